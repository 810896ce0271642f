using Kera.Base.Hosting;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Kera.Base.Ui;

/// <summary>
/// What a page and its components know of the request: its language, texts and formats, and the frame around it. An
/// endpoint takes it as a parameter; the layout hands it down to every component.
/// </summary>
/// <param name="Language">The language of the address, or the preferred one where the address names none.</param>
/// <param name="Path">The address after the language, as <c>/flows</c>.</param>
/// <param name="Query">The query, with its question mark, or empty.</param>
/// <param name="Navigation">The main navigation, in order.</param>
/// <param name="Footer">What the footer leads to, in order.</param>
/// <param name="Header">What the header leads to beside the navigation, in order.</param>
/// <param name="HeadLinks">What the head tells the browser of.</param>
/// <param name="Options">What all pages know of the district.</param>
/// <param name="Site">Scheme and host at which the reader has this installation, for what goes on paper.</param>
public sealed record PageContext(
    Language Language,
    string Path,
    string Query,
    IReadOnlyList<NavigationEntry> Navigation,
    IReadOnlyList<FooterEntry> Footer,
    IReadOnlyList<HeaderEntry> Header,
    IReadOnlyList<HeadLink> HeadLinks,
    UiOptions Options,
    string Site)
{
    // In the query, asks for the page as a sheet for a wall.
    private const string NoticeName = "notice";

    /// <summary>What the page says.</summary>
    public Texts Texts { get; } = Texts.For(Language);

    /// <summary>How it writes numbers and times.</summary>
    public Formats Formats { get; } = new(Language, Options.Zone);

    /// <summary>Reads the context from a request; called by the framework for an endpoint's parameter.</summary>
    public static ValueTask<PageContext> BindAsync(HttpContext context) => ValueTask.FromResult(Of(context));

    /// <summary>Reads the context from a request.</summary>
    public static PageContext Of(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "/";
        var first = path.Length > 1 ? path.IndexOf('/', 1) is var slash and > 0 ? path[1..slash] : path[1..] : "";
        var named = Language.TryFind(first, out var language);
        return new PageContext(
            language ?? Language.Preferred(context.Request.Headers.AcceptLanguage),
            named ? path[(first.Length + 1)..] : path,
            context.Request.QueryString.ToUriComponent(),
            [.. context.RequestServices.GetServices<NavigationEntry>().OrderBy(entry => entry.Order)],
            [.. context.RequestServices.GetServices<FooterEntry>().OrderBy(entry => entry.Order)],
            [.. context.RequestServices.GetServices<HeaderEntry>().OrderBy(entry => entry.Order)],
            [.. context.RequestServices.GetServices<HeadLink>()],
            context.RequestServices.GetRequiredService<IOptions<UiOptions>>().Value,
            context.RequestServices.GetRequiredService<SiteAddress>().RootFor(context.Request))
        {
            IsNotice = context.Request.Query.ContainsKey(NoticeName),
        };
    }

    /// <summary>Whether the page is asked for as a sheet for a wall, with its title and a code that leads to it.</summary>
    public bool IsNotice { get; private init; }

    /// <summary>This very page as a sheet for a wall.</summary>
    public string NoticeUrl => Url(Path, [.. Own, new(NoticeName, "1")]);

    /// <summary>This very page, not as a sheet.</summary>
    public string OwnUrl => Url(Path, Own);

    /// <summary>The same after the language.</summary>
    public string OwnPath => OwnUrl[(Language.Code.Length + 1)..];

    private IEnumerable<KeyValuePair<string, string?>> Own =>
        from pair in Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(Query)
        where pair.Key != NoticeName
        from value in pair.Value
        select KeyValuePair.Create(pair.Key, value);

    /// <summary>Whether the navigation or the footer has a page: another feature's is linked to only where it is there.</summary>
    /// <param name="path">Its address after the language, as <c>/flows</c>.</param>
    public bool HasPage(string path) => Navigation.Any(entry => entry.Path == path) || Footer.Any(entry => entry.Path == path);

    /// <summary>Where it is told why a figure is what it is; null where no page does.</summary>
    public string? WhyUrl(string figure) => HasPage("/today") ? Url(Figures.FigureReader.WhyPath(figure)) : null;

    /// <summary>The address of a page in this language.</summary>
    public string Url(string path) => $"/{Language.Code}{path}";

    /// <summary>The address of a page in this language, with a query; pairs without a value are left out.</summary>
    public string Url(string path, IEnumerable<KeyValuePair<string, string?>> query)
    {
        var builder = new QueryBuilder();
        foreach (var (name, value) in query)
        {
            if (!string.IsNullOrEmpty(value))
            {
                builder.Add(name, value);
            }
        }

        return Url(path) + builder;
    }

    /// <summary>The address of this very page in another language.</summary>
    public string UrlIn(Language other) => $"/{other.Code}{Path}{Query}";
}

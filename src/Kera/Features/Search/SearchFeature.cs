using System.Xml.Linq;
using Kera.Base;
using Kera.Base.Api;
using Kera.Base.Search;
using Kera.Base.Ui;
using Kera.Features.Search.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Search;

/// <summary>Finds everything public by its words: places, partners, promises, events, things and pages, in three languages.</summary>
public sealed class SearchFeature : IFeature
{
    private const string DescriptionType = "application/opensearchdescription+xml";

    internal static string Path => "/search";

    internal static string DescriptionPath => "/search.xml";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CurrentIndex>();
        services.AddSingleton(new HeaderEntry(10, "search.navigation", Path, "magnifying-glass"));
        services.AddSingleton(new HeadLink("search", DescriptionType, "search.navigation", DescriptionPath));
        services.AddSingleton(new SearchSource(100, "page", "search.kind.page", PagesAsync));
        services.AddSearchApi();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, SearchAsync);
        pages.MapGet(DescriptionPath, Describe);
        endpoints.MapApi().MapSearch();
    }

    /// <summary>The place of a language among those of the index.</summary>
    internal static int Number(Language language) => language == Language.Finnish ? 0 : language == Language.Swedish ? 1 : 2;

    private static async Task<RazorComponentResult> SearchAsync(PageContext page, HttpContext context, CurrentIndex current, CancellationToken cancellation)
    {
        // What was typed is nobody's business but the reader's, and a list of finds is no page to find.
        context.Response.Headers["X-Robots-Tag"] = "noindex";
        var query = SearchQuery.Read(context.Request.Query, current.Sources, page, out var errors);
        var index = await current.GetAsync(cancellation);
        return new RazorComponentResult<SearchPage>(new
        {
            Page = page,
            Query = query,
            Contents = current.Sources.Where(source => index.Kinds.ContainsKey(source.Kind)).Select(source => (source, index.Kinds[source.Kind])).ToList(),
            View = errors.Count == 0 && query.Text.Length > 0 ? new SearchView(query, index.Find(query.Text, Number(page.Language)), current.Sources) : null,
            Errors = errors,
        })
        {
            StatusCode = errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    /// <summary>Tells a browser how to search here (OpenSearch 1.1), so that one can add it there.</summary>
    private static IResult Describe(PageContext page, HttpRequest request)
    {
        XNamespace space = "http://a9.com/-/spec/opensearch/1.1/";
        var description = new XElement(
            space + "OpenSearchDescription",
            new XElement(space + "ShortName", "Kera"),
            new XElement(space + "Description", page.Texts.Plain("search.description")),
            new XElement(space + "InputEncoding", "UTF-8"),
            new XElement(space + "Url", new XAttribute("type", "text/html"), new XAttribute("template", $"{request.Scheme}://{request.Host}{page.Url(Path)}?q={{searchTerms}}")));
        return Results.Text($"""<?xml version="1.0" encoding="UTF-8"?>{'\n'}{description}{'\n'}""", DescriptionType);
    }

    // The navigation and the footer know the pages that there are, each by its feature.
    private static Task<IReadOnlyList<SearchEntry>> PagesAsync(IServiceProvider services, CancellationToken cancellation) => Task.FromResult<IReadOnlyList<SearchEntry>>(
    [
        .. services.GetServices<NavigationEntry>().Select(entry => (entry.TextKey, entry.Path))
            .Concat(services.GetServices<FooterEntry>().Select(entry => (entry.TextKey, entry.Path)))
            .Select(page => new SearchEntry(Texts.InAll((texts, _) => texts[page.TextKey]), new("", "", ""), page.Path)),
    ]);
}

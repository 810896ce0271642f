using Kera.Base.Ui;

namespace Kera.Base.Hosting;

/// <summary>
/// The address at which people reach this installation, for what leaves it: mails, letters, printed codes. It comes from the
/// settings and never from a request, whose host header anyone can write: a mail with somebody's code would lead to them.
/// </summary>
public sealed class SiteAddress
{
    private readonly bool _set;

    private SiteAddress(string root, bool set) => (Root, _set) = (root, set);

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Root { get; }

    /// <summary>The host of the setting; null where there is none and what the browser asked for counts.</summary>
    public string? Domain => _set ? new Uri(Root).Host : null;

    /// <summary>The setting <c>PublicUrl</c>, or where there is none, the address listened at.</summary>
    /// <exception cref="SettingException">It is no such address.</exception>
    public static SiteAddress Of(KeraSettings settings)
    {
        if (settings.PublicUrl.Length > 0)
        {
            return Uri.TryCreate(settings.PublicUrl, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" && given.UserInfo.Length == 0 && given.PathAndQuery == "/" && given.Fragment.Length == 0
                ? new SiteAddress(given.GetLeftPart(UriPartial.Authority), set: true)
                : throw new SettingException("PublicUrl", $"'{settings.PublicUrl}' is no address of a site. Give the one that people type, without a path, as https://kera.example.org.");
        }

        var listened = new Uri(settings.Url.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal));
        return new SiteAddress(listened.GetLeftPart(UriPartial.Authority), set: false);
    }

    /// <summary>The whole address of a page.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="path">Its address after the language.</param>
    public string Url(Language language, string path) => $"{Root}/{language.Code}{path}";

    /// <summary>The root for what the one who asks takes along themself, as a printed code: the setting, or what their browser asked for.</summary>
    public string RootFor(HttpRequest request) => _set ? Root : $"{request.Scheme}://{request.Host}";
}

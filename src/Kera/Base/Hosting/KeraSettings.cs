using Kera.Base.Outbox;

namespace Kera.Base.Hosting;

/// <summary>
/// What the person who runs Kera may choose: the section <c>Kera</c> of <c>appsettings.json</c>, of the environment
/// (<c>Kera__Data</c> …), or the command line's options, the later before the earlier.
/// </summary>
public sealed class KeraSettings
{
    /// <summary>The folder of the district's files; empty for the built-in one.</summary>
    public string District { get; set; } = "";

    /// <summary>The folder of the data; empty for <c>.kera/&lt;district&gt;</c> under the current folder.</summary>
    public string Data { get; set; } = "";

    /// <summary>A PostgreSQL connection string; empty to keep the data in a file in the folder of the data.</summary>
    public string Postgres { get; set; } = "";

    /// <summary>The address to listen at.</summary>
    public string Url { get; set; } = "http://localhost:5080";

    /// <summary>The address that people type, as <c>https://kera.example.org</c>: it stands in mails and on paper. Empty for the one listened at.</summary>
    public string PublicUrl { get; set; } = "";

    /// <summary>Whether the district's demonstration runs, in a folder of its own.</summary>
    public bool Demo { get; set; }

    /// <summary>The addresses of proxies in front that are believed when they tell who calls.</summary>
    public IList<string> TrustedProxies { get; } = [];

    /// <summary>A provider by which people may sign in.</summary>
    public Accounts.OpenIdConnectSettings OpenIdConnect { get; } = new();

    /// <summary>How much one caller may ask for.</summary>
    public RequestLimits Limits { get; } = new();

    /// <summary>How mail is sent.</summary>
    public MailSettings Mail { get; } = new();

    /// <summary>How webhooks are called.</summary>
    public WebhookSettings Webhooks { get; } = new();

    /// <summary>How text messages are sent.</summary>
    public TextSettings Text { get; } = new();

    /// <summary>How many days something is kept, by the name of its rule.</summary>
    public IDictionary<string, int> Retention { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How the keys of forms and cookies are kept.</summary>
    public KeySettings Keys { get; } = new();

    /// <summary>From where prices, generation and weather are fetched: read, and checked, by the feature of that name.</summary>
    public IConfigurationSection? Feeds { get; set; }

    /// <summary>Doors and displays that are told of bookings: read, and checked, by the feature of that name.</summary>
    public IConfigurationSection? Spaces { get; set; }

    /// <summary>The payment provider: read, and checked, with the payments.</summary>
    public IConfigurationSection? Payments { get; set; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One cannot be used.</exception>
    public static KeraSettings From(IConfiguration configuration)
    {
        var settings = new KeraSettings();
        try
        {
            configuration.GetSection("Kera").Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException mistake)
        {
            throw new SettingException("Kera", mistake.InnerException?.Message ?? mistake.Message);
        }

        if (!Uri.TryCreate(settings.Url.Replace("//*", "//any", StringComparison.Ordinal).Replace("//+", "//any", StringComparison.Ordinal), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            throw new SettingException("Url", $"'{settings.Url}' is no address to listen at. Give one as http://localhost:5080.");
        }

        settings.Limits.Check();
        settings.OpenIdConnect.Check();
        return settings;
    }
}

/// <summary>How much one caller may ask for in a second; 0 for no limit. Each node counts for itself.</summary>
public sealed class RequestLimits
{
    /// <summary>Requests that read, from one address or token.</summary>
    public int ReadsPerSecond { get; set; } = 500;

    /// <summary>Requests that write, from one token (or address, where there is none).</summary>
    public int WritesPerSecond { get; set; } = 100;

    /// <summary>How many may listen to live updates from one address; 0 for no limit.</summary>
    public int LivePerAddress { get; set; } = 100;

    /// <summary>How many may listen to live updates on this node; 0 for no limit.</summary>
    public int Live { get; set; } = 10_000;

    /// <summary>The largest body of a request, in bytes.</summary>
    public long BodyBytes { get; set; } = 1_048_576;

    internal void Check()
    {
        if (ReadsPerSecond < 0 || WritesPerSecond < 0 || LivePerAddress < 0 || Live < 0)
        {
            throw new SettingException("Limits", "A limit of requests or listeners is 0, for none, or more.");
        }

        if (BodyBytes < 1024)
        {
            throw new SettingException("Limits:BodyBytes", "Requests need at least 1,024 bytes.");
        }
    }
}

/// <summary>A setting that cannot be used.</summary>
/// <param name="setting">Its name, under <c>Kera</c>.</param>
/// <param name="sentence">What is wrong and what would be right.</param>
public sealed class SettingException(string setting, string sentence) : Exception($"Setting {setting}: {sentence}");

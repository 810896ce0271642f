using Kera.Base.Hosting;

namespace Kera.Features.Feeds;

/// <summary>From where is fetched: the section <c>Kera:Feeds</c>. A source without an address is off.</summary>
public sealed class FeedSettings
{
    /// <summary>Prices of the day-ahead market.</summary>
    public EntsoESettings EntsoE { get; } = new();

    /// <summary>Generation by kind.</summary>
    public FingridSettings Fingrid { get; } = new();

    /// <summary>Observed weather.</summary>
    public FmiSettings Fmi { get; } = new();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">One cannot be used; its value is not told, for it may be a key.</exception>
    public static FeedSettings From(IConfiguration configuration)
    {
        var settings = new FeedSettings();
        try
        {
            configuration.GetSection("Kera:Feeds").Bind(settings, options => options.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException mistake)
        {
            throw new SettingException("Feeds", mistake.InnerException?.Message ?? mistake.Message);
        }

        settings.EntsoE.Check();
        settings.Fingrid.Check();
        settings.Fmi.Check();
        return settings;
    }

    /// <summary>Checks an address and what must stand beside it: all of it, or nothing.</summary>
    internal static void Check(string name, string url, params ReadOnlySpan<(string Name, string Value)> beside)
    {
        foreach (var (field, value) in beside)
        {
            if (value.Length > 0 != url.Length > 0)
            {
                throw new SettingException($"Feeds:{name}:{(url.Length > 0 ? field : "Url")}", $"It is missing. {name} needs all of its settings, or none to be off.");
            }

            if (value.Any(char.IsControl) || value.Length > 200)
            {
                throw new SettingException($"Feeds:{name}:{field}", "It is one line of at most 200 characters.");
            }
        }

        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && IsPrivate(address) && address is { Query: "", Fragment: "", UserInfo: "" }))
        {
            throw new SettingException($"Feeds:{name}:Url", "This is no address to fetch from. Give one with https and without a question mark, as https://data.example.org/api.");
        }
    }

    /// <summary>Checks a key that goes into a header or an address.</summary>
    internal static void CheckKey(string name, string key)
    {
        if (key.Any(letter => letter is <= ' ' or > '~'))
        {
            throw new SettingException($"Feeds:{name}:Key", "A key is letters, digits and signs without spaces.");
        }
    }

    // A key goes along: over the network only where nobody can read it.
    private static bool IsPrivate(Uri address) => address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}

/// <summary>The Transparency Platform of ENTSO-E.</summary>
public sealed class EntsoESettings
{
    /// <summary>The address of its API, as <c>https://web-api.tp.entsoe.eu/api</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>The security token.</summary>
    public string Key { get; set; } = "";

    /// <summary>The EIC code of the bidding zone: Finland is <c>10YFI-1--------U</c>.</summary>
    public string Area { get; set; } = "";

    internal void Check()
    {
        FeedSettings.Check("EntsoE", Url, ("Key", Key), ("Area", Area));
        FeedSettings.CheckKey("EntsoE", Key);
    }
}

/// <summary>The open data of Fingrid.</summary>
public sealed class FingridSettings
{
    /// <summary>How many requests it answers in a minute; each kind is one.</summary>
    private const int MostDatasets = 10;

    /// <summary>The address of its API, as <c>https://data.fingrid.fi/api</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>The key.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key of the mix in carbon.yaml.</summary>
    public string Mix { get; set; } = "";

    /// <summary>By the mix's kind, the number of the data set of its mean power in MW.</summary>
    public IDictionary<string, int> Datasets { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    internal void Check()
    {
        FeedSettings.Check("Fingrid", Url, ("Key", Key), ("Mix", Mix));
        FeedSettings.CheckKey("Fingrid", Key);
        if (Url.Length > 0 && (Datasets.Count is 0 or > MostDatasets || Datasets.Values.Any(number => number <= 0)))
        {
            throw new SettingException("Feeds:Fingrid:Datasets", $"Name 1 to {MostDatasets} kinds, each with the number of its data set, as Datasets:wind = 181.");
        }
    }
}

/// <summary>The open data of the Finnish Meteorological Institute; they want no key.</summary>
public sealed class FmiSettings
{
    /// <summary>The address of its WFS, as <c>https://opendata.fmi.fi/wfs</c>.</summary>
    public string Url { get; set; } = "";

    /// <summary>The place whose nearest station is read, as <c>Kumpula,Helsinki</c>.</summary>
    public string Place { get; set; } = "";

    internal void Check() => FeedSettings.Check("Fmi", Url, ("Place", Place));
}

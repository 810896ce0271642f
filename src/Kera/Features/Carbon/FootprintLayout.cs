namespace Kera.Features.Carbon;

/// <summary>
/// Which footprints are traced at once, and their places: the carbon by location, by market, direct and biogenic; by location again
/// for each source alone; and for each unit what entered over the boundary, how much of it has a factor, and of how much it is known
/// what it carries by market.
/// </summary>
public sealed class FootprintLayout
{
    internal static int Location => 0;
    internal static int Market => 1;
    internal static int Direct => 2;
    internal static int Biogenic => 3;
    /// <summary>The source of what was measured, beside those of the files.</summary>
    internal static string Measured => "measured";
    // A share of what entered: less is how floating point rounds.
    private const double Least = 1e-9;
    private const string MeanSuffix = ".mean";
    private const int Fixed = 4;
    private const int OfUnit = 3;

    /// <summary>A layout.</summary>
    /// <param name="sources">The keys of the sources.</param>
    /// <param name="units">The codes of the units in which something can enter.</param>
    public FootprintLayout(IReadOnlyList<string> sources, IReadOnlyList<string> units) => (Sources, Units) = (sources, units);

    /// <summary>The keys of the sources.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The codes of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>How many there are.</summary>
    public int Count => Fixed + Sources.Count + (OfUnit * Units.Count);

    /// <summary>The layout of a district.</summary>
    public static FootprintLayout Of(Kera.Base.District.DistrictCarbon carbon, Kera.Base.Ledger.Catalog catalog) => new(
        [.. carbon.Sources.Values.SelectMany(source => source.Mix is null ? [source.Key] : new[] { source.Key, Mean(source.Key) }), Measured],
        [.. catalog.Specifications.All.Select(each => each.Noun.Unit.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);

    /// <summary>The source beside one with a mix, for hours whose mix is not known.</summary>
    internal static string Mean(string source) => source + MeanSuffix;

    /// <summary>The key of the files that a source of the layout has, and whether it is the one by mean.</summary>
    internal static (string Key, bool ByMean) Declared(string source) =>
        source.EndsWith(MeanSuffix, StringComparison.Ordinal) ? (source[..^MeanSuffix.Length], true) : (source, false);

    internal static int OfSource(int source) => Fixed + source;

    internal int Entered(int unit) => Fixed + Sources.Count + (OfUnit * unit);

    internal int Covered(int unit) => Entered(unit) + 1;

    /// <summary>What was bought by a factor of the market, or made here, where nothing is bought.</summary>
    internal int CoveredByMarket(int unit) => Entered(unit) + 2;

    /// <summary>The place of a number in a layout that had no coverage by market.</summary>
    internal int FromVersion2(int place)
    {
        var first = Fixed + Sources.Count;
        return place < first ? place : first + ((place - first) / 2 * OfUnit) + ((place - first) % 2);
    }

    /// <summary>Of what something carries, the part of which it is known what it carries by market, 0 to 1; null where nothing entered.</summary>
    internal double? MarketCoverage(double[] carried)
    {
        var (entered, known) = (0.0, 0.0);
        for (var unit = 0; unit < Units.Count; unit++)
        {
            (entered, known) = (entered + carried[Entered(unit)], known + carried[CoveredByMarket(unit)]);
        }

        return entered > 0 ? Math.Min(1, known / entered) : null;
    }

    /// <summary>Whether what is carried by market is known of all of it.</summary>
    internal bool IsMarketKnown(double[] carried) => MarketCoverage(carried) is >= 1 - Least;

    internal int IndexOfSource(string key) => IndexOf(Sources, key);

    internal int IndexOfUnit(string code) => IndexOf(Units, code);

    private static int IndexOf(IReadOnlyList<string> list, string word)
    {
        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] == word)
            {
                return at;
            }
        }

        throw new KeyNotFoundException($"The layout has no '{word}'.");
    }
}

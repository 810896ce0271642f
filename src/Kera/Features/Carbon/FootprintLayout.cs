namespace Kera.Features.Carbon;

/// <summary>
/// Which footprints are traced at once, and their places: the carbon by location, by market, direct and biogenic; by location again
/// for each source alone; and for each unit what entered over the boundary and how much of it has a factor.
/// </summary>
public sealed class FootprintLayout
{
    internal static int Location => 0;
    internal static int Market => 1;
    internal static int Direct => 2;
    internal static int Biogenic => 3;
    /// <summary>The source of what was measured, beside those of the files.</summary>
    internal static string Measured => "measured";
    private const string MeanSuffix = ".mean";
    private const int Fixed = 4;

    /// <summary>A layout.</summary>
    /// <param name="sources">The keys of the sources.</param>
    /// <param name="units">The codes of the units in which something can enter.</param>
    public FootprintLayout(IReadOnlyList<string> sources, IReadOnlyList<string> units) => (Sources, Units) = (sources, units);

    /// <summary>The keys of the sources.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>The codes of the units.</summary>
    public IReadOnlyList<string> Units { get; }

    /// <summary>How many there are.</summary>
    public int Count => Fixed + Sources.Count + (2 * Units.Count);

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

    internal int Entered(int unit) => Fixed + Sources.Count + (2 * unit);

    internal int Covered(int unit) => Entered(unit) + 1;

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

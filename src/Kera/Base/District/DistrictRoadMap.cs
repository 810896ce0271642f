using Kera.Carbon;
using Kera.Flows;

namespace Kera.Base.District;

/// <summary>What an assumption of the road map rests on.</summary>
public enum DistrictAssumption
{
    /// <summary>A source prints it.</summary>
    Printed,

    /// <summary>It is derived from a source by what its note says.</summary>
    Estimated,

    /// <summary>No source gives it: it shows how the reckoning works and is to be replaced.</summary>
    Illustrative,
}

/// <summary>Which number of the road map stands beside a published one.</summary>
public enum DistrictBeside
{
    /// <summary>None can be compared with it.</summary>
    Nothing,

    /// <summary>How much less the plan emits than the baseline over all years, in per cent.</summary>
    Reduction,

    /// <summary>The share of a sector in the baseline over all years, in per cent.</summary>
    SectorShare,
}

/// <summary>The district's road map: the numbers that are reckoned with, and what people should know of them.</summary>
public sealed class DistrictRoadMap
{
    private readonly Lazy<RoadMapOutcome> outcome;

    /// <summary>A road map as the files declare it.</summary>
    public DistrictRoadMap(RoadMap map)
    {
        Map = map;
        outcome = new(map.Reckon);
    }

    /// <summary>The numbers.</summary>
    public RoadMap Map { get; }

    /// <summary>What comes of it; reckoned once.</summary>
    /// <exception cref="RoadMapException">Something in it cannot be; never of files without mistakes.</exception>
    public RoadMapOutcome Outcome => outcome.Value;

    /// <summary>What emissions are counted under, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, LocalizedText> Sectors { get; init; }

    /// <summary>The drivers, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, DistrictDriver> Drivers { get; init; }

    /// <summary>What emits, by key: its name.</summary>
    public required IReadOnlyDictionary<string, LocalizedText> Activities { get; init; }

    /// <summary>The measures, in the order of the file.</summary>
    public required IReadOnlyDictionary<string, DistrictMeasure> Measures { get; init; }

    /// <summary>What others found, to stand beside and never in the reckoning.</summary>
    public required IReadOnlyDictionary<string, DistrictPublished> Published { get; init; }
}

/// <summary>What people should know of a driver.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Of what, as people read it.</param>
/// <param name="Label">What it rests on.</param>
/// <param name="Factor">The emission factor that gives its first value; null where none does.</param>
/// <param name="Note">What is assumed, and how it came about.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictDriver(string Key, LocalizedText Name, LocalizedText Unit, DistrictAssumption Label, EmissionFactor? Factor, LocalizedText? Note, IReadOnlyList<string> Sources);

/// <summary>What people should know of a measure.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What is done.</param>
/// <param name="Text">What that means, and where its numbers come from.</param>
/// <param name="Responsible">The agents who answer for it.</param>
/// <param name="Label">What its numbers rest on.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictMeasure(string Key, LocalizedText Name, LocalizedText Text, IReadOnlyList<string> Responsible, DistrictAssumption Label, IReadOnlyList<string> Sources);

/// <summary>A result that somebody else published.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What was found.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what, as people read it.</param>
/// <param name="Date">When it was published.</param>
/// <param name="Beside">Which number of this road map stands beside it.</param>
/// <param name="Sector">Of which sector that is; null where of all.</param>
/// <param name="Note">What it was compared with, or what else differs; null where nothing is to be said.</param>
/// <param name="Uncertain">Whether the source rounds it.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictPublished(
    string Key,
    LocalizedText Name,
    Quantity Value,
    LocalizedText Unit,
    DistrictDate Date,
    DistrictBeside Beside,
    string? Sector,
    LocalizedText? Note,
    bool Uncertain,
    IReadOnlyList<string> Sources);

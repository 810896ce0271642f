using Kera.Base.District;

namespace Kera.Base.Store;

/// <summary>Where a person lives, as they say themselves: so that a report finds its keeper and a comparison its like.</summary>
public sealed class HomeRow
{
    /// <summary>The person.</summary>
    public int AgentId { get; set; }
    /// <summary>The place of the building.</summary>
    public int PlaceId { get; set; }
    /// <summary>Which home of it, as its door says; empty where unsaid.</summary>
    public string Door { get; set; } = "";
    /// <summary>What kind of home; null where it is not to be compared.</summary>
    public HomeKind? Kind { get; set; }
    /// <summary>How large; null where it is not to be compared.</summary>
    public HomeSize? Size { get; set; }
    public long Changed { get; set; }
}

public enum HomeKind
{
    Flat,
    Terraced,
    Detached,
}

/// <summary>How large a home is, in square metres: classes, for nobody needs to know it exactly.</summary>
public enum HomeSize
{
    Below40,
    From40,
    From60,
    From80,
    From110,
}

/// <summary>
/// What homes of a kind and size used in a month, as a band. It is reckoned once and stays, whoever comes or goes: two bands of one
/// month would tell what the one used who is only in the other.
/// </summary>
public sealed class HomeBandRow
{
    public int Id { get; set; }
    /// <summary>The month, counted from January 1970.</summary>
    public int Month { get; set; }
    public HomeMeasure Measure { get; set; }
    public HomeKind Kind { get; set; }
    public HomeSize Size { get; set; }
    /// <summary>A quarter of the homes used less, in millionths of the unit; rounded, and the mean of several homes.</summary>
    public long Low { get; set; }
    public long Middle { get; set; }
    /// <summary>A quarter used more.</summary>
    public long High { get; set; }
}

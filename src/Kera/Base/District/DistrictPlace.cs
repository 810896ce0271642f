namespace Kera.Base.District;

/// <summary>What kind of place one is.</summary>
public enum DistrictPlaceKind
{
    /// <summary>A whole district.</summary>
    District,

    /// <summary>The area of a detailed plan.</summary>
    PlanArea,

    /// <summary>A named neighbourhood.</summary>
    Neighbourhood,

    /// <summary>A railway station.</summary>
    Station,

    /// <summary>A building.</summary>
    Building,

    /// <summary>A part of a building.</summary>
    Premises,

    /// <summary>A company's grounds.</summary>
    Campus,

    /// <summary>A city block.</summary>
    Block,

    /// <summary>A street, a path.</summary>
    Street,

    /// <summary>A park, a garden.</summary>
    Park,

    /// <summary>A way that something takes.</summary>
    Route,

    /// <summary>An energy plant, a works.</summary>
    Plant,

    /// <summary>A pole that carries lights, sensors or antennas.</summary>
    Pole,
}

/// <summary>In what phase a place is.</summary>
public enum DistrictPhase
{
    /// <summary>In temporary use.</summary>
    Temporary,

    /// <summary>Being built, or taken down.</summary>
    Construction,

    /// <summary>Built and in its lasting use.</summary>
    Finished,

    /// <summary>There since before the district was planned.</summary>
    Standing,

    /// <summary>On paper.</summary>
    Planned,
}

/// <summary>A phase of a place; phases may overlap.</summary>
/// <param name="Phase">Which phase.</param>
/// <param name="From">Its beginning; null where no source says.</param>
/// <param name="To">Its end; null while it goes on.</param>
public sealed record DistrictPlacePhase(DistrictPhase Phase, DistrictDate? From, DistrictDate? To);

/// <summary>A valid GeoJSON geometry (RFC 7946, WGS 84, longitude first).</summary>
/// <param name="Type">Point, LineString, Polygon, or their Multi form.</param>
/// <param name="GeoJson">The geometry object as JSON text.</param>
public sealed record DistrictGeometry(string Type, string GeoJson);

/// <summary>A place.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="Kind">What kind of place.</param>
/// <param name="PartOf">The place that it is a part of; null where it is of none.</param>
/// <param name="Phases">Its phases, in the order of the file.</param>
/// <param name="Geometry">Where it is; null while nobody has drawn it.</param>
/// <param name="Schematic">Whether the geometry has no source and is to be shown as approximate.</param>
/// <param name="Fictional">Whether it exists only in the demonstration.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictPlace(
    string Key,
    LocalizedText Name,
    DistrictPlaceKind Kind,
    string? PartOf,
    IReadOnlyList<DistrictPlacePhase> Phases,
    DistrictGeometry? Geometry,
    bool Schematic,
    bool Fictional,
    IReadOnlyList<string> Sources);

using Kera.Flows;
using NodaTime;

namespace Kera.Base.District;

/// <summary>What kind of agent one is; a person is never in files.</summary>
public enum DistrictAgentKind
{
    /// <summary>A company, an authority, an association.</summary>
    Organization,

    /// <summary>A part of nature, such as the atmosphere.</summary>
    Ecological,
}

/// <summary>Who provides, receives, holds or answers for resources.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Kind">What kind of agent.</param>
/// <param name="Name">The name.</param>
/// <param name="Outside">Whether its stocks are not kept here.</param>
/// <param name="Role">What it does in the district.</param>
/// <param name="Fictional">Whether it exists only in the demonstration.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictAgent(
    string Key,
    DistrictAgentKind Kind,
    LocalizedText Name,
    bool Outside,
    LocalizedText? Role,
    bool Fictional,
    IReadOnlyList<string> Sources);

/// <summary>What a kind of thing is, broadly.</summary>
public enum DistrictResourceClass
{
    /// <summary>Heat, cooling, power, fuel.</summary>
    Energy,

    /// <summary>Drinking water, waste water.</summary>
    Water,

    /// <summary>Building materials, soil.</summary>
    Material,

    /// <summary>What is eaten.</summary>
    Food,

    /// <summary>What is thrown away.</summary>
    Waste,

    /// <summary>Devices and tools.</summary>
    Equipment,

    /// <summary>Floor area, streets.</summary>
    Space,

    /// <summary>What is let into air, water or soil.</summary>
    Emission,

    /// <summary>What is done for somebody.</summary>
    Service,
}

/// <summary>A kind of thing.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="Unit">The unit of every resource of the kind.</param>
/// <param name="EffortUnit">The unit of its use or of work with it; null where it has none.</param>
/// <param name="Classification">What it is, broadly.</param>
public sealed record DistrictResourceSpecification(string Key, LocalizedText Name, Unit Unit, Unit? EffortUnit, DistrictResourceClass Classification);

/// <summary>A kind of process.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
public sealed record DistrictProcessSpecification(string Key, LocalizedText Name);

/// <summary>What makes a resource a network: who holds it, and from when on.</summary>
public sealed record DistrictNetwork(string Holder, LocalDate Since);

/// <summary>A thing that is counted.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Specification">The kind of thing.</param>
/// <param name="Kind">How it is counted.</param>
/// <param name="Name">The name.</param>
/// <param name="Lot">The batch or lot code; null where it is none.</param>
/// <param name="Place">Where it is at first; null where unsaid.</param>
/// <param name="Network">Its holder and beginning, of a throughput resource; else null.</param>
/// <param name="Note">What a reader should know.</param>
/// <param name="Fictional">Whether it exists only in the demonstration.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictResource(
    string Key,
    string Specification,
    ResourceKind Kind,
    LocalizedText Name,
    string? Lot,
    string? Place,
    DistrictNetwork? Network,
    LocalizedText? Note,
    bool Fictional,
    IReadOnlyList<string> Sources);

/// <summary>What turns inputs into outputs.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="BasedOn">The kind of process; null where unsaid.</param>
/// <param name="Continuous">Whether it runs for years, as a meter or a plant does.</param>
/// <param name="Place">Where it is.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it ended; null while it goes on.</param>
/// <param name="Fictional">Whether it exists only in the demonstration.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictProcess(
    string Key,
    LocalizedText Name,
    string? BasedOn,
    bool Continuous,
    string? Place,
    DistrictDate? From,
    DistrictDate? To,
    bool Fictional,
    IReadOnlyList<string> Sources);

using Kera.Carbon;
using Kera.Flows;

namespace Kera.Base.District;

/// <summary>How the flows of a district become carbon: what enters by which factor, who uses it, how it is reported.</summary>
public sealed record DistrictCarbon
{
    /// <summary>The regions whose factors may be used, the best first.</summary>
    public required IReadOnlyList<string> Regions { get; init; }

    /// <summary>The fact that says how many residents stand behind the flows; null where unsaid.</summary>
    public string? Residents { get; init; }

    /// <summary>The fact that says how many jobs do; null where unsaid.</summary>
    public string? Jobs { get; init; }

    /// <summary>Generation mixes, whose hours give the intensity of what is drawn from a grid.</summary>
    public required IReadOnlyDictionary<string, DistrictMix> Mixes { get; init; }

    /// <summary>What enters over the boundary or is given off; of several that fit a flow the first counts.</summary>
    public required IReadOnlyDictionary<string, CarbonSource> Sources { get; init; }

    /// <summary>Who uses, in groups as people speak of them; of several that fit a flow the first counts.</summary>
    public required IReadOnlyDictionary<string, CarbonUse> Uses { get; init; }

    /// <summary>How processes of several products share what they take.</summary>
    public required IReadOnlyList<CarbonSharing> Sharing { get; init; }

    /// <summary>Which kinds of things are gases: what a process gives off of them was measured.</summary>
    public required IReadOnlyDictionary<string, CarbonGas> Gases { get; init; }

    /// <summary>Sub-sectors of the inventory without a number, with the reason.</summary>
    public required IReadOnlyDictionary<string, CarbonAbsence> Absences { get; init; }

    /// <summary>What is avoided against a stated baseline.</summary>
    public required IReadOnlyDictionary<string, CarbonAvoidance> Avoidances { get; init; }

    /// <summary>What things were made with, and how long they are used.</summary>
    public required IReadOnlyDictionary<string, EmbodiedThing> Things { get; init; }

    /// <summary>Rooms whose hours have a footprint.</summary>
    public required IReadOnlyDictionary<string, CarbonRoom> Rooms { get; init; }
}

/// <summary>Which flows are meant: those that fit every field that is given.</summary>
/// <param name="Flows">Keys of declared flows; none for any.</param>
/// <param name="Action">What is done; null for anything.</param>
/// <param name="Specification">What kind of thing; null for any.</param>
/// <param name="Resource">Which resource or to-resource; null for any.</param>
/// <param name="Process">Into or out of which process; null for any.</param>
/// <param name="ProcessKind">Of which kind the process is; null for any.</param>
/// <param name="Provider">Who gives; null for anyone.</param>
/// <param name="Receiver">Who gets; null for anyone.</param>
public sealed record FlowSelector(
    IReadOnlyList<string> Flows,
    FlowAction? Action,
    string? Specification,
    string? Resource,
    string? Process,
    string? ProcessKind,
    string? Provider,
    string? Receiver);

/// <summary>A factor by what finds it in factors.csv.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">The unit for which it is given, of the dimension of the flow.</param>
/// <param name="Stage">Which part of the way it counts.</param>
/// <param name="Method">Which electricity or heat it is of.</param>
/// <param name="Gas">Which gas it counts.</param>
public sealed record FactorReference(string Key, Unit Unit, FactorStage Stage, FactorMethod Method, string Gas);

/// <summary>Which colour a source has in drawings.</summary>
public enum CarbonCategory
{
    HeatPump,
    Sun,
    Combustion,
    WasteHeat,
    Grid,
    Transport,
    Other,
}

/// <summary>Something that enters the district over its boundary, or is given off in it.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Category">Its colour.</param>
/// <param name="Flows">The flows that bring it; any of these.</param>
/// <param name="Mix">The mix whose hours give its intensity; null where factors do.</param>
/// <param name="Factors">Its factors: by year, and in hours for which the mix is not known.</param>
/// <param name="CutOff">Whether it enters free of carbon by rule: waste heat, secondary material, ambient heat, waste.</param>
/// <param name="Inventory">The sub-sector where it is given off inside the boundary; null where it is not.</param>
public sealed record CarbonSource(
    string Key,
    LocalizedText Name,
    CarbonCategory Category,
    IReadOnlyList<FlowSelector> Flows,
    string? Mix,
    IReadOnlyList<FactorReference> Factors,
    bool CutOff,
    string? Inventory);

/// <summary>A group of uses.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Flows">The flows that go to it; any of these.</param>
/// <param name="Inventory">The sub-sector of the inventory, as I.1; null where it is in none.</param>
/// <param name="Of">Whether residents or jobs use it: by whom its footprint is divided; null for neither.</param>
public sealed record CarbonUse(string Key, LocalizedText Name, IReadOnlyList<FlowSelector> Flows, string? Inventory, CarbonUser? Of);

/// <summary>By whom something is used.</summary>
public enum CarbonUser
{
    Resident,
    Job,
}

/// <summary>The rule by which co-products share.</summary>
public enum SharingRule
{
    Energy,
    Mass,
    Price,
    Exergy,
    BenefitSharing,
}

/// <summary>How a process's products share what it takes.</summary>
/// <param name="Process">The process, or null where a kind is named.</param>
/// <param name="ProcessKind">The kind of process, or null.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Weights">By kind of thing, what a unit counts.</param>
public sealed record CarbonSharing(string? Process, string? ProcessKind, SharingRule Rule, IReadOnlyDictionary<string, decimal> Weights);

/// <summary>A gas that can be measured.</summary>
/// <param name="Specification">The kind of thing.</param>
/// <param name="Gas">CO2, biogenicCO2, CH4, N2O, HFC, PFC, SF6 or NF3.</param>
/// <param name="Potential">How many kilograms of CO2 a kilogram warms like, over 100 years.</param>
/// <param name="Set">By which report: AR4, AR5, AR6.</param>
/// <param name="Sources">Where that is from.</param>
public sealed record CarbonGas(string Specification, string Gas, decimal Potential, string Set, IReadOnlyList<string> Sources);

/// <summary>Why a sub-sector has no number.</summary>
/// <param name="Subsector">As II.2.</param>
/// <param name="Notation">NO, NE, IE or C.</param>
/// <param name="Reason">Why.</param>
public sealed record CarbonAbsence(string Subsector, string Notation, LocalizedText Reason);

/// <summary>What is avoided against a baseline.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What is compared, with what.</param>
/// <param name="Flows">What was used, whose own footprint is taken off.</param>
/// <param name="Baseline">The factor of what would have been used instead.</param>
public sealed record CarbonAvoidance(string Key, LocalizedText Name, IReadOnlyList<FlowSelector> Flows, FactorReference Baseline);

/// <summary>A thing with the carbon of its making.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What it is.</param>
/// <param name="Kilograms">Modules A to C of EN 15978, in kg CO2e; for a hall past its reference life what its refurbishment added.</param>
/// <param name="From">Since when it is used.</param>
/// <param name="Years">How long it is expected to be.</param>
/// <param name="LeastHours">The remaining hours by which it is divided at least.</param>
/// <param name="Illustrative">Whether no source says so.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record EmbodiedThing(
    string Key,
    LocalizedText Name,
    decimal Kilograms,
    NodaTime.LocalDate From,
    decimal Years,
    decimal LeastHours,
    bool Illustrative,
    IReadOnlyList<string> Sources);

/// <summary>A room whose hours have a footprint.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Flows">What the building takes that it is in.</param>
/// <param name="Share">Its share of that, as of the floor area.</param>
/// <param name="BookableHours">The hours of a day in which it can be booked.</param>
/// <param name="Used">What says for how many hours it was used; none where that is not known.</param>
/// <param name="Thing">What it was made with; null where that is not counted.</param>
public sealed record CarbonRoom(string Place, IReadOnlyList<FlowSelector> Flows, decimal Share, decimal BookableHours, IReadOnlyList<FlowSelector> Used, string? Thing);

/// <summary>A generation mix: so much of each kind in each hour.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">Of which grid.</param>
/// <param name="Kinds">Its kinds, by key.</param>
public sealed record DistrictMix(string Key, LocalizedText Name, IReadOnlyDictionary<string, MixKind> Kinds);

/// <summary>A kind of generation.</summary>
/// <param name="Key">As a column of a file is headed: <c>wind</c>.</param>
/// <param name="Factor">The key of its factor, for a kilowatt-hour.</param>
/// <param name="Burns">Whether anything is given off where it is made; what does not burn has a direct emission of nothing.</param>
public sealed record MixKind(string Key, string Factor, bool Burns)
{
    /// <summary>The Series of its hours, in MWh.</summary>
    /// <param name="mix">The mix's key.</param>
    public string Series(string mix) => $"mix.{mix}.{Key}";
}

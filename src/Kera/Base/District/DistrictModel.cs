using Kera.Base.District.Formulas;
using Kera.Base.Ledger;
using Kera.Carbon;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.District;

/// <summary>
/// A district as its files describe it, wholly valid: every key that one part names is there. Collections are in the order of
/// the files.
/// </summary>
public sealed record DistrictModel
{
    /// <summary>What the district is.</summary>
    public required DistrictHeader Header { get; init; }

    /// <summary>Where facts come from.</summary>
    public required IReadOnlyDictionary<string, DistrictSource> Sources { get; init; }

    /// <summary>Organizations and ecological agents; persons are never in files.</summary>
    public required IReadOnlyDictionary<string, DistrictAgent> Agents { get; init; }

    /// <summary>Places with their phases (the ledger's SpatialThings).</summary>
    public required IReadOnlyDictionary<string, DistrictPlace> Places { get; init; }

    /// <summary>Kinds of things.</summary>
    public required IReadOnlyDictionary<string, DistrictResourceSpecification> ResourceSpecifications { get; init; }

    /// <summary>Kinds of processes.</summary>
    public required IReadOnlyDictionary<string, DistrictProcessSpecification> ProcessSpecifications { get; init; }

    /// <summary>Things that are counted.</summary>
    public required IReadOnlyDictionary<string, DistrictResource> Resources { get; init; }

    /// <summary>What turns inputs into outputs.</summary>
    public required IReadOnlyDictionary<string, DistrictProcess> Processes { get; init; }

    /// <summary>The declared metered flows.</summary>
    public required IReadOnlyDictionary<string, DistrictFlow> Flows { get; init; }

    /// <summary>Agreements with their parties and goals.</summary>
    public required IReadOnlyDictionary<string, DistrictAgreement> Agreements { get; init; }

    /// <summary>Promises of one flow each.</summary>
    public required IReadOnlyDictionary<string, DistrictCommitment> Commitments { get; init; }

    /// <summary>What the district measures itself by.</summary>
    public required IReadOnlyDictionary<string, DistrictIndicator> Indicators { get; init; }

    /// <summary>What happened, in the order of the file; each becomes one event.</summary>
    public required IReadOnlyDictionary<string, DistrictEvent> History { get; init; }

    /// <summary>Dated facts that are no flows.</summary>
    public required IReadOnlyDictionary<string, DistrictMilestone> Timeline { get; init; }

    /// <summary>Experiments.</summary>
    public required IReadOnlyDictionary<string, DistrictPilot> Pilots { get; init; }

    /// <summary>What units cost the climate, with their pedigree, in the order of the file.</summary>
    public required IReadOnlyList<EmissionFactor> Factors { get; init; }

    /// <summary>How flows become carbon; null where the district does not say.</summary>
    public DistrictCarbon? Carbon { get; init; }

    /// <summary>Its heat and power as they are planned; null where it says nothing.</summary>
    public DistrictEnergy? Energy { get; init; }

    /// <summary>Its energy communities; null where it says nothing.</summary>
    public DistrictCommunities? Communities { get; init; }

    /// <summary>Who keeps its buildings and what is metered in homes; null where it says nothing.</summary>
    public DistrictBuildings? Buildings { get; init; }

    /// <summary>What can be booked; null where it says nothing.</summary>
    public DistrictSpaces? Spaces { get; init; }

    /// <summary>What stands empty and is let; null where it says nothing.</summary>
    public DistrictLetting? Letting { get; init; }

    /// <summary>Who sends invoices, by agent; nobody where it says nothing.</summary>
    public IReadOnlyDictionary<string, DistrictSeller> Sellers { get; init; } = new Dictionary<string, DistrictSeller>();

    /// <summary>What is lent; null where the district has no such file.</summary>
    public DistrictThings? Things { get; init; }

    /// <summary>What the district may emit over the years, and what is done about it; null where it has no road map.</summary>
    public DistrictRoadMap? RoadMap { get; init; }

    /// <summary>The synthetic loads; null where the district has no demonstration.</summary>
    public DistrictDemo? Demo { get; init; }

    /// <summary>What the formulas of indicators can name.</summary>
    public FormulaScope FormulaScope => new(ResourceSpecifications, Resources, Flows, Facts);

    /// <summary>The facts that tell the district's size, by key.</summary>
    public IReadOnlyDictionary<string, DistrictFact> Facts => Header.Facts.ToDictionary(fact => fact.Key, StringComparer.Ordinal);

    /// <summary>
    /// The event that brings each network into being: a raise of nothing by its holder, with the idempotency key
    /// <c>opening:KEY</c>. They come before the history and before any reading.
    /// </summary>
    public IEnumerable<EventInput> Openings =>
        from resource in Resources.Values
        let network = resource.Network
        where network is not null
        select new EventInput
        {
            IdempotencyKey = $"opening:{resource.Key}",
            Action = "raise",
            Provider = network.Holder,
            Receiver = network.Holder,
            ResourceInventoriedAs = resource.Key,
            ResourceQuantity = new MeasureInput(Quantity.Zero, ResourceSpecifications[resource.Specification].Unit.Code),
            HasPointInTime = Header.Zone.AtStartOfDay(network.Since).ToInstant(),
            Reason = "The network begins; nothing is in it.",
            Audience = ["public"],
        };
}

/// <summary>What the district is.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="Zone">The time zone of its days and months.</param>
/// <param name="Description">One paragraph.</param>
/// <param name="Position">Where it is; null while unsaid.</param>
/// <param name="Facts">Numbers that tell its size.</param>
/// <param name="Feedback">Where to write about the site: an e-mail or web address; null while unsaid.</param>
public sealed record DistrictHeader(
    string Key,
    LocalizedText Name,
    DateTimeZone Zone,
    LocalizedText Description,
    DistrictPosition? Position,
    IReadOnlyList<DistrictFact> Facts,
    Uri? Feedback = null);

/// <summary>A point on the earth, in degrees of WGS 84.</summary>
public sealed record DistrictPosition(decimal Latitude, decimal Longitude);

/// <summary>Where a fact comes from.</summary>
/// <param name="Key">The key by which facts name it.</param>
/// <param name="Citation">Who said it, where and when.</param>
/// <param name="Address">Where it can be read; null where only on paper.</param>
public sealed record DistrictSource(string Key, string Citation, Uri? Address);

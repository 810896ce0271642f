using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Flows;

/// <summary>One of the ledger's nouns as a page names it.</summary>
/// <param name="Key">The stable public key.</param>
/// <param name="Name">The name in the reader's language; the key where it has none.</param>
public sealed record Noun(string Key, string Name);

/// <summary>What can be filtered by, each sorted by name.</summary>
public sealed record FilterChoices(
    IReadOnlyList<Noun> Agents,
    IReadOnlyList<Noun> Specifications,
    IReadOnlyList<Noun> Resources,
    IReadOnlyList<Noun> Places);

/// <summary>What moves alike: one action on one thing, from one to another.</summary>
public sealed record Flow(
    string Action,
    Noun Provider,
    Noun Receiver,
    Noun? Resource,
    Noun? ToResource,
    Noun? Process,
    Noun Specification,
    string Unit,
    Quality? Quality)
{
    /// <summary>What it is called: the resource where one is named, else the kind of thing.</summary>
    public Noun Subject => Resource ?? ToResource ?? Specification;

    /// <summary>Whether its resource is a network, which stores nothing.</summary>
    public bool Network { get; init; }

    /// <summary>Whether the receiver's stocks are not kept here: what is transferred to it is gone.</summary>
    public bool Outward { get; init; }
}

/// <summary>What a flow amounted to in one hour, day or month.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Start">The beginning of the hour, day or month in the district's zone.</param>
/// <param name="Quantity">The sum, in the flow's unit.</param>
/// <param name="Events">How many events it is the sum of.</param>
public sealed record FlowAmount(Flow Flow, Instant Start, Quantity Quantity, long Events);

/// <summary>An amount and its UCUM code.</summary>
public sealed record Measure(Quantity Quantity, string Unit);

/// <summary>An event as lists show it.</summary>
/// <param name="Position">Its place in the chain.</param>
/// <param name="EffectTime">When it took effect.</param>
/// <param name="WholeDay">Whether no more than the day is known or meant: it began at midnight and is no hour's reading.</param>
/// <param name="Action">What was done, by the standard's name.</param>
/// <param name="Provider">From whom.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Subject">What moved.</param>
/// <param name="ToResource">What it became part of; null where unsaid.</param>
/// <param name="Resource">How much.</param>
/// <param name="Effort">How long.</param>
/// <param name="Correction">Whether it corrects another.</param>
/// <param name="Quality">What the number rests on; null where unsaid.</param>
public sealed record EventLine(
    long Position,
    Instant EffectTime,
    bool WholeDay,
    string Action,
    Noun Provider,
    Noun Receiver,
    Noun Subject,
    Noun? ToResource,
    Measure? Resource,
    Measure? Effort,
    bool Correction,
    Quality? Quality);

/// <summary>A stretch of events, newest first.</summary>
/// <param name="Events">The events.</param>
/// <param name="Older">Where the next page begins; null where this is the last.</param>
public sealed record EventPage(IReadOnlyList<EventLine> Events, EventCursor? Older);

/// <summary>What an agent answers for and holds of a resource.</summary>
/// <param name="Agent">Who holds it; null where no one is known to.</param>
/// <param name="Resource">What.</param>
/// <param name="Unit">The UCUM code of both quantities.</param>
/// <param name="Accounting">What it answers for.</param>
/// <param name="OnHand">What it holds.</param>
/// <param name="Network">Whether the resource is a network: the balance is then what went in less what came out.</param>
public sealed record BalanceLine(Noun? Agent, Noun Resource, string Unit, Quantity Accounting, Quantity OnHand, bool Network);

/// <summary>Balances at a moment, and how many there are in all.</summary>
public sealed record BalancePage(IReadOnlyList<BalanceLine> Lines, int Total);

/// <summary>One event with all that is known of it.</summary>
public sealed record EventView(EventLine Line)
{
    /// <summary>What the district's history calls it; null where it is no entry of the history.</summary>
    public string? Title { get; init; }

    /// <summary>How an estimate was reckoned.</summary>
    public string? Formula { get; init; }

    /// <summary>Whether sources disagree.</summary>
    public bool Uncertain { get; init; }
    public IReadOnlyList<DistrictSource> Sources { get; init; } = [];
    public Noun? InputOf { get; init; }
    public Noun? OutputOf { get; init; }
    public Noun? ResourceInventoriedAs { get; init; }
    public Noun? ConformsTo { get; init; }
    public Instant? End { get; init; }
    public Noun? ToLocation { get; init; }
    public string? State { get; init; }
    public string? Note { get; init; }
    public string? Reason { get; init; }
    public long? Corrects { get; init; }
    public IReadOnlyList<EventLine> CorrectedBy { get; init; } = [];
    public Noun? RealizationOf { get; init; }
    public IReadOnlyList<Fulfilled> Fulfills { get; init; } = [];

    /// <summary>The declared flow that it is a reading of.</summary>
    public Noun? DeclaredFlow { get; init; }

    /// <summary>What makes it come once and only once; of an entry of the district's history it names the entry.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whether note and reason were erased.</summary>
    public bool Erased { get; init; }
    public required Instant Created { get; init; }

    /// <summary>Its own hash, in hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the entry before it; null where that is none that the reader may read.</summary>
    public string? HashBefore { get; init; }
}

/// <summary>How much of an event counts towards a commitment.</summary>
public sealed record Fulfilled(Noun Commitment, Measure Measure);

/// <summary>One event on the way to or from a resource.</summary>
/// <param name="Event">The event.</param>
/// <param name="Distance">How many steps away.</param>
/// <param name="Through">What was passed through to it: the process, container or resource; null for a first step.</param>
public sealed record TraceLine(EventLine Event, int Distance, Noun? Through);

/// <summary>A walk up or down, nearest first.</summary>
/// <param name="Lines">What was reached.</param>
/// <param name="More">Whether the walk was cut short.</param>
public sealed record TraceWalk(IReadOnlyList<TraceLine> Lines, bool More);

/// <summary>A resource and what became of it.</summary>
public sealed record ResourceDetail(Noun Resource, Noun Specification, string Unit, bool Network)
{
    public string? Lot { get; init; }
    public Quantity Accounting { get; init; }
    public Quantity OnHand { get; init; }
    public Noun? Accountable { get; init; }
    public Noun? Custodian { get; init; }
    public Noun? Location { get; init; }
    public Noun? ContainedIn { get; init; }
    public Noun? Stage { get; init; }
    public string? State { get; init; }
    public required TraceWalk CameFrom { get; init; }
    public required TraceWalk WentTo { get; init; }
}

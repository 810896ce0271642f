using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.District;

/// <summary>Where a quantity of the history comes from.</summary>
public enum DistrictQuality
{
    /// <summary>A source prints it.</summary>
    Printed,

    /// <summary>It is derived by a formula.</summary>
    Estimated,
}

/// <summary>An event of the district's history.</summary>
/// <param name="Key">The stable key; the event's idempotency key is <c>history:KEY</c>.</param>
/// <param name="Title">What happened.</param>
/// <param name="Input">The event.</param>
/// <param name="Quality">Where the quantity comes from.</param>
/// <param name="Formula">How an estimated quantity was reckoned, with its assumptions; null where it is printed.</param>
/// <param name="Uncertain">Whether sources disagree, or leave part of it open.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictEvent(
    string Key,
    LocalizedText Title,
    EventInput Input,
    DistrictQuality Quality,
    LocalizedText? Formula,
    bool Uncertain,
    IReadOnlyList<string> Sources);

/// <summary>What an agreement aims at.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The goal.</param>
/// <param name="Due">By when; null where unsaid.</param>
public sealed record DistrictGoal(string Key, LocalizedText Name, DistrictDate? Due);

/// <summary>An agreement.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="Date">When it was made; null where unsaid.</param>
/// <param name="Parties">The agents that made it.</param>
/// <param name="Goals">What it aims at.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictAgreement(
    string Key,
    LocalizedText Name,
    DistrictDate? Date,
    IReadOnlyList<string> Parties,
    IReadOnlyList<DistrictGoal> Goals,
    IReadOnlyList<string> Sources)
{
    /// <summary>Its clauses that are no flows.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];
}

/// <summary>A promise of one flow.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The promise in words.</param>
/// <param name="ClauseOf">The agreement that it belongs to.</param>
/// <param name="Action">What is promised to be done.</param>
/// <param name="Provider">Who promises.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="Specification">What kind of thing.</param>
/// <param name="Resource">Which thing; null where any of the kind will do.</param>
/// <param name="ResourceQuantity">How much; null where the promise is of effort only.</param>
/// <param name="EffortQuantity">How long; null where unsaid.</param>
/// <param name="Due">By when, to the end of its last day; null where unsaid.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictCommitment(
    string Key,
    LocalizedText Name,
    string ClauseOf,
    FlowAction Action,
    string Provider,
    string Receiver,
    string Specification,
    string? Resource,
    MeasureInput? ResourceQuantity,
    MeasureInput? EffortQuantity,
    DistrictDate? Due,
    IReadOnlyList<string> Sources)
{
    /// <summary>The unit in which its fulfilment is counted.</summary>
    internal Unit CountedIn(DistrictResourceSpecification specification) =>
        ResourceQuantity is null ? specification.EffortUnit ?? Unit.Find("h") : specification.Unit;
}

/// <summary>A dated fact.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Date">When.</param>
/// <param name="Title">What.</param>
/// <param name="Place">Where; null where it is about the whole district.</param>
/// <param name="Uncertain">Whether sources disagree or only foresaw it.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictMilestone(string Key, DistrictDate Date, LocalizedText Title, string? Place, bool Uncertain, IReadOnlyList<string> Sources);

/// <summary>An experiment.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The name.</param>
/// <param name="Summary">What was tried, and what came of it.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end; null where unsaid.</param>
/// <param name="Places">Where.</param>
/// <param name="Agents">Who took part.</param>
/// <param name="Uncertain">Whether sources leave part of it open.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record DistrictPilot(
    string Key,
    LocalizedText Name,
    LocalizedText Summary,
    DistrictDate From,
    DistrictDate? To,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Agents,
    bool Uncertain,
    IReadOnlyList<string> Sources);

/// <summary>A number that tells the district's size.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">What is counted.</param>
/// <param name="Value">How much.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Uncertain">Whether sources disagree or round it.</param>
/// <param name="Sources">Where this comes from; empty where it is fictional.</param>
/// <param name="Fictional">Whether it is made up for the demonstration, and shown as such.</param>
public sealed record DistrictFact(string Key, LocalizedText Name, Quantity Value, Unit Unit, bool Uncertain, IReadOnlyList<string> Sources, bool Fictional = false);

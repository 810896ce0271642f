using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>How long one row of totals is.</summary>
public enum Granularity
{
    Hour,
    Day,
    Month,
}

/// <summary>Which flows are asked for; what is null does not narrow. Times are microseconds since 1970 UTC.</summary>
public sealed record LedgerFilter
{
    /// <summary>Provider or receiver.</summary>
    public Agent? Agent { get; init; }

    /// <summary>Resource or to-resource.</summary>
    public EconomicResource? Resource { get; init; }

    public ResourceSpecification? Specification { get; init; }

    public FlowAction? Action { get; init; }

    /// <summary>Input or output of it.</summary>
    public Process? Process { get; init; }

    /// <summary>Where the declared flow is metered or the resource lies, parts of the place included.</summary>
    public SpatialThing? Place { get; init; }

    /// <summary>From this effect time on.</summary>
    public long? From { get; init; }

    /// <summary>Before this effect time.</summary>
    public long? Until { get; init; }
}

/// <summary>The sum of a flow over a period.</summary>
/// <param name="Flow">Its dimensions.</param>
/// <param name="Start">The beginning of the period, microseconds since 1970 UTC.</param>
/// <param name="Quantity">In the unit of the flow's specification.</param>
/// <param name="Effort">In its effort unit, hours where it has none.</param>
/// <param name="Events">How many events, corrections not counted.</param>
public sealed record FlowTotal(FlowNouns Flow, long Start, Quantity Quantity, Quantity Effort, long Events);

/// <summary>The sum of a flow over a stretch of days or months.</summary>
/// <param name="Flow">Its dimensions.</param>
/// <param name="First">The beginning of the first day or month in which anything is recorded, microseconds since 1970 UTC.</param>
/// <param name="Last">The beginning of the last one.</param>
/// <param name="Quantity">In the unit of the flow's specification.</param>
/// <param name="Effort">In its effort unit, hours where it has none.</param>
/// <param name="Events">How many events, corrections not counted.</param>
public sealed record FlowSum(FlowNouns Flow, long First, long Last, Quantity Quantity, Quantity Effort, long Events);

/// <summary>A resource with what it amounts to.</summary>
public sealed record ResourceBalance(EconomicResource Resource, ResourceState State);

/// <summary>The place of a row in a list of events, newest first, for the next page.</summary>
public readonly record struct EventCursor(long EffectTime, long Position);

/// <summary>An event with all that may be known of it.</summary>
/// <param name="Stored">The event.</param>
/// <param name="Note">Its note; null where none was given or it was erased.</param>
/// <param name="Reason">Its reason, likewise.</param>
/// <param name="Erased">Whether it had words that were erased.</param>
/// <param name="Corrections">What corrects it.</param>
public sealed record EventDetail(StoredEvent Stored, string? Note, string? Reason, bool Erased, IReadOnlyList<EconomicEvent> Corrections);

/// <summary>What is recorded of a declared flow for an hour.</summary>
/// <param name="Start">The hour, microseconds since 1970 UTC.</param>
/// <param name="Position">Of the original event.</param>
/// <param name="Quantity">With all corrections, in the specification's unit.</param>
/// <param name="Revisions">How many corrections there are.</param>
public sealed record DeclaredHour(long Start, long Position, Quantity Quantity, int Revisions);

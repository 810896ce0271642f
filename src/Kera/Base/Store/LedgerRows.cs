namespace Kera.Base.Store;

/// <summary>
/// What events have in common that repeat: the dimensions of totals. An event row carries its number instead of nine columns.
/// </summary>
public sealed class FlowRow
{
    public int Id { get; set; }
    /// <summary>All the numbers below in one word: what makes a flow unique, nulls included.</summary>
    public string Dimensions { get; set; } = "";
    public int ActionId { get; set; }
    public int ProviderId { get; set; }
    public int ReceiverId { get; set; }
    public int? InputOfId { get; set; }
    public int? OutputOfId { get; set; }
    public int? ResourceId { get; set; }
    public int? ToResourceId { get; set; }
    public int SpecificationId { get; set; }
    public int AudienceId { get; set; }
    public int? DeclaredId { get; set; }
}

/// <summary>An event as it lies in the chain. Times are microseconds since 1970 UTC, quantities millionths.</summary>
public sealed class EventRow
{
    public long Position { get; set; }
    public string? IdempotencyKey { get; set; }
    public int FlowId { get; set; }
    /// <summary>The flow's resource again, for the index by which a resource's events are read.</summary>
    public int? ResourceId { get; set; }
    public int? ToResourceId { get; set; }
    /// <summary>The flow's processes again, only where they are batches: a walk crosses those wholly.</summary>
    public int? BatchInputOfId { get; set; }
    public int? BatchOutputOfId { get; set; }
    public long EffectTime { get; set; }
    public bool IsPoint { get; set; }
    public long? EndTime { get; set; }
    public long? Quantity { get; set; }
    public long? Effort { get; set; }
    public int? ToLocationId { get; set; }
    public string? State { get; set; }
    public int? AgreementId { get; set; }
    public long? Corrects { get; set; }
    public bool HasReason { get; set; }
    /// <summary>SHA-256 over salt, note and reason; null where there is neither.</summary>
    public byte[]? TextDigest { get; set; }
    public long Created { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>The erasable words of an event.</summary>
public sealed class EventTextRow
{
    public long Position { get; set; }
    public byte[] Salt { get; set; } = [];
    public string Note { get; set; } = "";
    public string Reason { get; set; } = "";
}

public sealed class FulfilmentRow
{
    public long Position { get; set; }
    public int CommitmentId { get; set; }
    public long Quantity { get; set; }
}

/// <summary>A version of an agreement, a commitment or a target in the chain.</summary>
public sealed class PromiseEntryRow
{
    public long Position { get; set; }
    /// <summary>agreement, commitment or target.</summary>
    public string Kind { get; set; } = "";
    public string SubjectKey { get; set; } = "";
    public int Version { get; set; }
    /// <summary>The canonical bytes that were hashed, so that the chain needs no old master data.</summary>
    public byte[] Content { get; set; } = [];
    public long Created { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>The one row that every writer locks: the newest position and its hash.</summary>
public sealed class ChainHeadRow
{
    public int Id { get; set; }
    public long Position { get; set; }
    public byte[] Hash { get; set; } = [];
}

/// <summary>A resource now.</summary>
public sealed class BalanceRow
{
    public int ResourceId { get; set; }
    public long Accounting { get; set; }
    public long Onhand { get; set; }
    public long LastEffectTime { get; set; }
    public int? AccountableId { get; set; }
    public int? CustodianId { get; set; }
    public int? LocationId { get; set; }
    public int? ContainerId { get; set; }
    public int? StageId { get; set; }
    public string? State { get; set; }
    public int? InProcessBy { get; set; }
    public int? InProcessOfId { get; set; }
    public long InProcess { get; set; }
}

/// <summary>The attributes of a resource from one event on.</summary>
public sealed class ResourceVersionRow
{
    public int ResourceId { get; set; }
    public long EffectTime { get; set; }
    public long Position { get; set; }
    public int? AccountableId { get; set; }
    public int? CustodianId { get; set; }
    public int? LocationId { get; set; }
    public int? ContainerId { get; set; }
    public int? StageId { get; set; }
    public string? State { get; set; }
    public int? InProcessBy { get; set; }
    public int? InProcessOfId { get; set; }
    public long InProcess { get; set; }
}

/// <summary>The sum of a flow's events of one day of the district's zone.</summary>
public sealed class FlowDayRow
{
    public int FlowId { get; set; }
    /// <summary>Days since 1970-01-01.</summary>
    public int Day { get; set; }
    public long Quantity { get; set; }
    public long Effort { get; set; }
    public long Events { get; set; }
}

/// <summary>The sum of a flow's events of one month of the district's zone.</summary>
public sealed class FlowMonthRow
{
    public int FlowId { get; set; }
    /// <summary>Months since January 1970.</summary>
    public int Month { get; set; }
    public long Quantity { get; set; }
    public long Effort { get; set; }
    public long Events { get; set; }
}

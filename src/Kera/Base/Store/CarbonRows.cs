namespace Kera.Base.Store;

/// <summary>How long a traced period is.</summary>
public enum CarbonSpan
{
    Hour,
    Day,
    Month,
    Year,
}

/// <summary>What the flows of a period carried. Times are microseconds since 1970 UTC, amounts kilograms of CO2e.</summary>
public sealed class CarbonPeriodRow
{
    public CarbonSpan Span { get; set; }
    public long Start { get; set; }
    /// <summary>The position in the chain up to which it knows.</summary>
    public long Position { get; set; }
    /// <summary>A number for the factors and rules by which it was reckoned.</summary>
    public long Factors { get; set; }
    public long Computed { get; set; }
    /// <summary>What was used by everyone, of all stages, by location.</summary>
    public double Used { get; set; }
    /// <summary>Every flow, network and stock; see the carbon feature's CarbonContent.</summary>
    public byte[] Content { get; set; } = [];
}

/// <summary>What a period was said to be before it was reckoned again.</summary>
public sealed class CarbonFormerRow
{
    public int Id { get; set; }
    public CarbonSpan Span { get; set; }
    public long Start { get; set; }
    public long Position { get; set; }
    public long Factors { get; set; }
    public long Computed { get; set; }
    public double Used { get; set; }
    public byte[] Content { get; set; } = [];
    public long Replaced { get; set; }
}

/// <summary>How far tracing has come; one row.</summary>
public sealed class CarbonStateRow
{
    public int Id { get; set; }
    public long Position { get; set; }
    public long Factors { get; set; }
}

/// <summary>From when on something else than events changed: an hour's mix that was imported.</summary>
public sealed class CarbonDueRow
{
    public long Id { get; set; }
    public long Since { get; set; }
}

using Kera.Sharing;

namespace Kera.Base.Store;

/// <summary>Bookings that were made together: each week at one time. The bookings name it; this says what is common to them.</summary>
public sealed class BookingSeriesRow
{
    public int Id { get; set; }
    /// <summary>By which addresses and its bookings know it; random.</summary>
    public string Key { get; set; } = "";
    public string Space { get; set; } = "";
    public BookingKind Kind { get; set; }
    /// <summary>Who made it, or for whom a round did; null where they were erased.</summary>
    public int? AgentId { get; set; }
    public int? GroupId { get; set; }
    /// <summary>The key of the round that it comes from; empty for none.</summary>
    public string Round { get; set; } = "";
    public long Made { get; set; }
    /// <summary>The dates that were refused and why, as JSON; empty for none.</summary>
    public string Refused { get; set; } = "";
}

/// <summary>How far the handler has come with a round of the district's files. One without a row has not begun.</summary>
public sealed class ApplicationRoundRow
{
    /// <summary>The round's key in the files.</summary>
    public string Key { get; set; } = "";
    /// <summary>What the handler granted and does not want, as JSON; empty for nothing.</summary>
    public string Handling { get; set; } = "";
    /// <summary>The newest answer with what was asked, as JSON; empty for none.</summary>
    public string Answer { get; set; } = "";
    /// <summary>The answer before it; empty for none.</summary>
    public string Former { get; set; } = "";
    public RoundSolving Solving { get; set; }
    /// <summary>When the node that solves it last said so.</summary>
    public long? Beat { get; set; }
    /// <summary>What the best answer so far counts, and what none can count more than.</summary>
    public long? Score { get; set; }
    public long? Bound { get; set; }
    /// <summary>When the answer was accepted; null where it is not.</summary>
    public long? Handled { get; set; }
    /// <summary>When the results were sent.</summary>
    public long? Sent { get; set; }
}

/// <summary>What a solve is doing.</summary>
public enum RoundSolving
{
    /// <summary>Nothing: none was asked for, or it is done.</summary>
    None,

    /// <summary>It was asked for.</summary>
    Asked,

    /// <summary>A node has it.</summary>
    Running,

    /// <summary>It is to stop.</summary>
    Stopping,

    /// <summary>It failed; the log says why.</summary>
    Failed,
}

/// <summary>What a group applies for in a round.</summary>
public sealed class RoundApplicationRow
{
    public int Id { get; set; }
    /// <summary>The round's key in the files.</summary>
    public string Round { get; set; } = "";
    public int GroupId { get; set; }
    /// <summary>Who wrote it last; null where they were erased.</summary>
    public int? AgentId { get; set; }
    /// <summary>The kind of group that it is weighed as: the group's, or what the handler says.</summary>
    public string Kind { get; set; } = "";
    /// <summary>The wishes, the most important first, as JSON.</summary>
    public string Wishes { get; set; } = "";
    public long Made { get; set; }
    public long Changed { get; set; }
    public long? Sent { get; set; }
    public long? Cancelled { get; set; }
    /// <summary>How many minutes a week were wished at most, and granted; 0 until results are sent.</summary>
    public int Wished { get; set; }
    public int Granted { get; set; }
}

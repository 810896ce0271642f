using Kera.Flows;

namespace Kera.Base.District;

/// <summary>Where a flow's readings go.</summary>
public enum DistrictFlowTarget
{
    /// <summary>Into the ledger, one event an hour.</summary>
    Ledger,

    /// <summary>Into a series, which only its owner and its audience may read.</summary>
    Series,
}

/// <summary>How a flow's readings come about.</summary>
public enum DistrictFlowLabel
{
    /// <summary>A meter's.</summary>
    Measured,

    /// <summary>Reckoned, or taken from a reference.</summary>
    Estimated,

    /// <summary>Made up, and shown as such wherever they appear.</summary>
    Synthetic,
}

/// <summary>A declared metered flow: readings of an undeclared one are refused.</summary>
public sealed record DistrictFlow
{
    /// <summary>The stable key.</summary>
    public required string Key { get; init; }

    /// <summary>The name.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>Where its readings go.</summary>
    public required DistrictFlowTarget Target { get; init; }

    /// <summary>How its readings come about.</summary>
    public required DistrictFlowLabel Label { get; init; }

    /// <summary>The unit of its readings; of the dimension of the thing that flows.</summary>
    public required Unit Unit { get; init; }

    /// <summary>What is done; null for a series.</summary>
    public FlowAction? Action { get; init; }

    /// <summary>The agent that provides; null for a series.</summary>
    public string? Provider { get; init; }

    /// <summary>The agent that receives; null for a series.</summary>
    public string? Receiver { get; init; }

    /// <summary>The resource; null for a series, for an import and for a service.</summary>
    public string? Resource { get; init; }

    /// <summary>The to-resource of a transfer; else null.</summary>
    public string? ToResource { get; init; }

    /// <summary>The kind of thing, where no resource is named; else null.</summary>
    public string? Specification { get; init; }

    /// <summary>The process that it goes into or comes out of; null where the action has none.</summary>
    public string? Process { get; init; }

    /// <summary>Where it is metered.</summary>
    public string? Place { get; init; }

    /// <summary>Who may read it: agents' keys, or the single word <c>public</c>. Empty, for a series only: its owner alone.</summary>
    public required IReadOnlyList<string> Audience { get; init; }

    /// <summary>The agent whose readings they are; null for a series whose owner is named when readings are imported.</summary>
    public string? Owner { get; init; }
}

namespace Kera.Base.Store;

/// <summary>A plan of heat and power. Times are microseconds since 1970 UTC.</summary>
public sealed class EnergyPlanRow
{
    public long Id { get; set; }
    public long Made { get; set; }
    /// <summary>Its first hour.</summary>
    public long First { get; set; }
    /// <summary>What was planned; see the energy feature's PlanContent.</summary>
    public byte[] Content { get; set; } = [];
}

/// <summary>How a plant's plan is carried out, as somebody said.</summary>
public sealed class EnergyModeRow
{
    public int Id { get; set; }
    /// <summary>The plant's key in energy.yaml.</summary>
    public string Plant { get; set; } = "";
    public District.PlantMode Mode { get; set; }
    public long Changed { get; set; }
}

/// <summary>Why a setpoint is what it is.</summary>
public enum SetpointCause
{
    /// <summary>The plan says so.</summary>
    Plan,

    /// <summary>The plan said more, or less, than the plant may.</summary>
    Limit,

    /// <summary>There was no plan.</summary>
    Fallback,
}

/// <summary>What a setpoint is worth.</summary>
public enum SetpointState
{
    /// <summary>It is told.</summary>
    Advised,

    /// <summary>It waits for approval.</summary>
    Proposed,

    /// <summary>It is the plant's.</summary>
    InForce,
}

/// <summary>What a plant runs at in an hour. Times are microseconds since 1970 UTC.</summary>
public sealed class EnergySetpointRow
{
    public long Id { get; set; }
    public string Plant { get; set; } = "";
    public long Hour { get; set; }
    public double Kilowatts { get; set; }
    public SetpointCause Cause { get; set; }
    public SetpointState State { get; set; }
    /// <summary>Why there was no plan; empty where there was.</summary>
    public string Reason { get; set; } = "";
    public long Made { get; set; }
    /// <summary>When it came in force by approval.</summary>
    public long? Approved { get; set; }
}

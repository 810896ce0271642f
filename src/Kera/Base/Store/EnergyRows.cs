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

/// <summary>What is offered.</summary>
public enum OfferKind
{
    /// <summary>Vehicles want energy by the time they leave.</summary>
    Charging,

    /// <summary>A load runs at one time or another.</summary>
    Run,

    /// <summary>A building takes more first and as much less after it.</summary>
    Shift,
}

/// <summary>An offer to move use. Times are microseconds since 1970 UTC, powers in kW, energies in kWh.</summary>
public sealed class EnergyOfferRow
{
    public long Id { get; set; }
    /// <summary>The flexibility's key in energy.yaml.</summary>
    public string Flexibility { get; set; } = "";
    /// <summary>Its key among the offers of the flexibility.</summary>
    public string Key { get; set; } = "";
    public OfferKind Kind { get; set; }
    /// <summary>The first hour of its window.</summary>
    public long From { get; set; }
    /// <summary>The end of its window.</summary>
    public long Until { get; set; }
    public double Power { get; set; }
    /// <summary>What is wanted (charging), or held ahead at most (shift).</summary>
    public double Energy { get; set; }
    /// <summary>For how many hours it runs.</summary>
    public int Hours { get; set; }
    public bool Interruptible { get; set; }
    /// <summary>Of what is held ahead, the share that is lost in an hour, per cent.</summary>
    public double LossPercent { get; set; }
    public long Changed { get; set; }
    /// <summary>By hour of its window the power that is planned; see the energy feature's OfferSchedule.</summary>
    public string Schedule { get; set; } = "";
}

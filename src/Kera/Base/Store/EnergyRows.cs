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

namespace Kera.Flows.Tests.Oracle;

/// <summary>What the oracle believes of one resource at one moment; amounts in millionths.</summary>
internal sealed class Holding
{
    public Int128 Accounting { get; set; }

    public Int128 Onhand { get; set; }

    public Agent? Accountable { get; set; }

    public Agent? Custodian { get; set; }

    public SpatialThing? Location { get; set; }

    public EconomicResource? Container { get; set; }

    public ProcessSpecification? Stage { get; set; }

    public string? State { get; set; }

    /// <summary>Which action put a part in process; null where nothing is.</summary>
    public string? AwayBy { get; set; }

    public Process? AwayIn { get; set; }

    public Int128 Away { get; set; }

    public bool HeldOrOwnedBy(Agent agent) => Custodian == agent || Accountable == agent;
}

namespace Kera.Carbon;

/// <summary>
/// What flowed in one step of time, gross: what goes both ways between two nodes is told both ways. Amounts are in each node's own
/// unit and not below zero. Several footprints (each gas, biogenic, location- and market-based, covered amount) are traced at once.
/// </summary>
/// <param name="Flows">The amount along each link, as the receiver counts it; a link between units is told in the deliverer's.</param>
/// <param name="FinalUse">What each node gave to use that is followed no further.</param>
/// <param name="Export">What each node gave over the boundary.</param>
/// <param name="Stock">What each node holds at the end of the step.</param>
/// <param name="Sources">What entered each node from outside times its factor, and its direct emissions: by node, then by footprint.</param>
public sealed record FlowStep(double[] Flows, double[] FinalUse, double[] Export, double[] Stock, double[] Sources)
{
    /// <summary>A step in which nothing has flowed yet.</summary>
    /// <param name="network">The network.</param>
    /// <param name="footprints">How many footprints are traced.</param>
    public static FlowStep Of(FlowNetwork network, int footprints) =>
        new(new double[network.Links.Count], new double[network.Nodes.Count], new double[network.Nodes.Count], new double[network.Nodes.Count], new double[network.Nodes.Count * footprints]);
}

/// <summary>What came of a footprint in a step, in its own unit; what came in is what went out.</summary>
/// <param name="Opening">What the stocks held before.</param>
/// <param name="Sources">What entered and was given off.</param>
/// <param name="FinalUse">What went to use.</param>
/// <param name="Export">What went over the boundary.</param>
/// <param name="Closing">What the stocks hold.</param>
/// <param name="Residual">What entered nodes that gave nothing on.</param>
public readonly record struct FlowBalance(double Opening, double Sources, double FinalUse, double Export, double Closing, double Residual)
{
    /// <summary>In less out, which is nothing but rounding.</summary>
    public double Difference => Opening + Sources - (FinalUse + Export + Closing + Residual);

    /// <summary>The sum of the terms' sizes.</summary>
    public double Size => Math.Abs(Opening) + Math.Abs(Sources) + Math.Abs(FinalUse) + Math.Abs(Export) + Math.Abs(Closing) + Math.Abs(Residual);
}

/// <summary>What one step came to. Arrays are by node, then by footprint.</summary>
/// <param name="Intensities">What a unit from each node carries; 0 where it gave nothing on.</param>
/// <param name="Closing">What each node's stock carries at the end: the next step's opening.</param>
/// <param name="Residual">What entered each node that gave nothing on.</param>
/// <param name="Balances">For each footprint.</param>
public sealed record TracedStep(double[] Intensities, double[] Closing, double[] Residual, IReadOnlyList<FlowBalance> Balances);

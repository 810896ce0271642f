namespace Kera.Carbon;

/// <summary>What losses do to an intensity: less is given than came in, so that each unit given carries more.</summary>
public static class FlowLoss
{
    /// <summary>
    /// The part of what is delivered that is there because of losses: (xᵢ − mean intensity of what came in) × deliveries, in the
    /// footprint's unit; not below zero.
    /// </summary>
    /// <param name="intensity">What a unit given carries.</param>
    /// <param name="deliveries">How much was given on, without what is kept.</param>
    /// <param name="came">How much came in and was held before, in the same unit.</param>
    /// <param name="carried">What that carried.</param>
    public static double Carbon(double intensity, double deliveries, double came, double carried) =>
        came > 0 ? Math.Max(0, intensity - (carried / came)) * deliveries : 0;
}

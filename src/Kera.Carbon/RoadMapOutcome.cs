namespace Kera.Carbon;

/// <summary>What comes of a road map, in tonnes of CO2e.</summary>
public sealed record RoadMapOutcome
{
    /// <summary>Emissions with the first measures alone: none at the beginning, all at the end.</summary>
    public required IReadOnlyList<RoadMapPath> Stages { get; init; }

    /// <summary>Emissions with every measure but one, in the order of the measures.</summary>
    public required IReadOnlyList<RoadMapPath> Without { get; init; }

    /// <summary>What each measure does and costs, in their order.</summary>
    public required IReadOnlyList<RoadMapMeasureOutcome> Measures { get; init; }

    /// <summary>What uncertain inputs do to the plan, the widest first.</summary>
    public required IReadOnlyList<RoadMapSwing> Swings { get; init; }

    /// <summary>The drivers' values, by key.</summary>
    public required IReadOnlyDictionary<string, RoadMapDriverPath> Drivers { get; init; }

    /// <summary>Without any measure.</summary>
    public RoadMapPath Baseline => Stages[0];

    /// <summary>With all.</summary>
    public RoadMapPath Plan => Stages[^1];

    /// <summary>What all measures save together over the years.</summary>
    public double Saved => Baseline.Total - Plan.Total;

    /// <summary>What they save together beyond the sum of their own effects: above zero where several do the same work, so that each alone could be missed; below where one works only with another.</summary>
    public double Remainder => Saved - Measures.Sum(measure => measure.OwnTotal);
}

/// <summary>Emissions over the years, in tonnes of CO2e.</summary>
public sealed class RoadMapPath
{
    /// <param name="activities">By activity in the road map's order, and year from the first.</param>
    internal RoadMapPath(IReadOnlyList<IReadOnlyList<double>> activities)
    {
        Activities = activities;
        var (annual, cumulative, sum) = (new double[activities[0].Count], new double[activities[0].Count], 0.0);
        for (var year = 0; year < annual.Length; year++)
        {
            annual[year] = activities.Sum(activity => activity[year]);
            cumulative[year] = sum += annual[year];
        }

        (Annual, Cumulative) = (annual, cumulative);
    }

    /// <summary>By activity in the road map's order, and year from the first.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Activities { get; }

    /// <summary>Of each year, from the first.</summary>
    public IReadOnlyList<double> Annual { get; }

    /// <summary>To the end of each year, from the first.</summary>
    public IReadOnlyList<double> Cumulative { get; }

    /// <summary>Of all years.</summary>
    public double Total => Cumulative[^1];
}

/// <summary>What a measure does and costs.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Wedge">What it saves on top of the measures before it, in tonnes a year from the first. Wedges sum to what all save.</param>
/// <param name="Own">What would be lost without it alone, in tonnes a year from the first.</param>
/// <param name="PresentCost">The present value of its costs less its savings, in euros of the first year; null where nobody has said.</param>
public sealed record RoadMapMeasureOutcome(RoadMapMeasure Measure, IReadOnlyList<double> Wedge, IReadOnlyList<double> Own, double? PresentCost)
{
    // Less than a tenth of a tonne, rounded, is shown as none.
    private const double LeastTonnes = 0.05;

    /// <summary>The wedge over all years, in tonnes.</summary>
    public double WedgeTotal => Wedge.Sum();

    /// <summary>The own effect over all years, in tonnes.</summary>
    public double OwnTotal => Own.Sum();

    /// <summary>Euros for a tonne: the present cost by the tonnes of the own effect, which are not discounted; null where it saves none, or its cost is not known.</summary>
    public double? AbatementCost => OwnTotal >= LeastTonnes ? PresentCost / OwnTotal : null;
}

/// <summary>What an uncertain input does to the plan.</summary>
/// <param name="Key">The driver's or the measure's key.</param>
/// <param name="OfMeasure">Whether it is a measure's effect and not a driver's path.</param>
/// <param name="AtLow">The plan's emissions over all years with its low value, in tonnes of CO2e.</param>
/// <param name="AtHigh">The same with its high value.</param>
public sealed record RoadMapSwing(string Key, bool OfMeasure, double AtLow, double AtHigh)
{
    /// <summary>How far the plan moves between the two, in tonnes.</summary>
    public double Width => Math.Abs(AtHigh - AtLow);
}

/// <summary>A driver's values, from the first year on.</summary>
/// <param name="Baseline">Without any measure.</param>
/// <param name="Plan">With all.</param>
public sealed record RoadMapDriverPath(IReadOnlyList<double> Baseline, IReadOnlyList<double> Plan);

/// <summary>Something that cannot be in a road map.</summary>
/// <param name="Section"><c>years</c>, <c>drivers</c>, <c>activities</c> or <c>measures</c>.</param>
/// <param name="Key">The key of the driver, activity or measure; empty where it is about the whole.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What would be right.</param>
public sealed record RoadMapMistake(string Section, string Key, string Problem, string Remedy);

/// <summary>A road map that has no outcome.</summary>
/// <param name="mistakes">Why.</param>
public sealed class RoadMapException(IReadOnlyList<RoadMapMistake> mistakes)
    : Exception(string.Join('\n', mistakes.Select(mistake => $"{mistake.Problem}: {mistake.Remedy}.")))
{
    /// <summary>Why.</summary>
    public IReadOnlyList<RoadMapMistake> Mistakes { get; } = mistakes;
}

using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Carbon;
using Kera.Flows;

namespace Kera.Features.RoadMap;

/// <summary>
/// A road map's tonnes as pages show them. Each activity's year is rounded to a tenth of a tonne and everything else is a sum or a
/// difference of these, so that what stands in a table adds up to the last digit.
/// </summary>
/// <param name="roadMap">The road map.</param>
public sealed class RoadMapNumbers(DistrictRoadMap roadMap)
{
    /// <summary>Tonnes a year with the first measures alone: none at the beginning, all at the end.</summary>
    public IReadOnlyList<IReadOnlyList<Quantity>> Stages { get; } = [.. roadMap.Outcome.Stages.Select(Annual)];

    /// <summary>Tonnes a year with every measure but one.</summary>
    private readonly IReadOnlyList<IReadOnlyList<Quantity>> _without = [.. roadMap.Outcome.Without.Select(Annual)];

    /// <summary>The road map.</summary>
    public DistrictRoadMap RoadMap { get; } = roadMap;

    /// <summary>The calendar years.</summary>
    public IReadOnlyList<int> Years { get; } = [.. Enumerable.Range(roadMap.Map.FirstYear, roadMap.Map.Years)];

    /// <summary>Tonnes a year without any measure.</summary>
    public IReadOnlyList<Quantity> Baseline => Stages[0];

    /// <summary>Tonnes a year with all.</summary>
    public IReadOnlyList<Quantity> Plan => Stages[^1];

    /// <summary>What all measures save over the years.</summary>
    public Quantity Saved => Sum(Baseline) - Sum(Plan);

    /// <summary>What they save together beyond the sum of their own effects.</summary>
    public Quantity Remainder => Enumerable.Range(0, _without.Count).Aggregate(Saved, (rest, measure) => rest - Sum(Own(measure)));

    /// <summary>What a measure saves on top of those before it, in tonnes a year.</summary>
    public IReadOnlyList<Quantity> Wedge(int measure) => Difference(Stages[measure], Stages[measure + 1]);

    /// <summary>What would be lost without a measure alone, in tonnes a year.</summary>
    public IReadOnlyList<Quantity> Own(int measure) => Difference(_without[measure], Plan);

    /// <summary>An activity's tonnes a year.</summary>
    public static IReadOnlyList<Quantity> Activity(RoadMapPath path, int activity) => [.. path.Activities[activity].Select(Rounded)];

    /// <summary>A sector's tonnes over all years.</summary>
    public Quantity Sector(RoadMapPath path, string sector) => RoadMap.Map.Activities.Index()
        .Where(each => each.Item.Sector == sector)
        .Aggregate(Quantity.Zero, (sum, each) => sum + Sum(Activity(path, each.Index)));

    /// <summary>The number of a year from the first; null where the road map does not reach it.</summary>
    public int? IndexOf(int year) => year >= Years[0] && year <= Years[^1] ? year - Years[0] : null;

    /// <summary>The sum of all years.</summary>
    public static Quantity Sum(IEnumerable<Quantity> annual) => annual.Aggregate(Quantity.Zero, (sum, year) => sum + year);

    /// <summary>The sums up to each year.</summary>
    public static IReadOnlyList<Quantity> Cumulative(IReadOnlyList<Quantity> annual)
    {
        var sum = Quantity.Zero;
        return [.. annual.Select(year => sum += year)];
    }

    /// <summary>Tonnes to a tenth.</summary>
    public static Quantity Rounded(double tonnes) => RoundedQuantity.Of(tonnes, 1);

    /// <summary>Any number of the reckoning for a table, to a thousandth.</summary>
    public static Quantity Value(double value) => RoundedQuantity.Of(value, 3);

    private static Quantity[] Annual(RoadMapPath path) =>
        [.. Enumerable.Range(0, path.Annual.Count).Select(year => path.Activities.Aggregate(Quantity.Zero, (sum, activity) => sum + Rounded(activity[year])))];

    private static Quantity[] Difference(IReadOnlyList<Quantity> more, IReadOnlyList<Quantity> less) => [.. more.Zip(less, (before, after) => before - after)];
}

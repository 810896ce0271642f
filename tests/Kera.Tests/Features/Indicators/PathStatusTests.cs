using Kera.Base.District;
using Kera.Features.Indicators;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.Features.Indicators;

/// <summary>When a goal is ahead, on its path or behind, and how many points a benchmark gives.</summary>
public sealed class PathStatusTests
{
    private static readonly LocalDate Middle = new(2027, 12, 31);

    // From 100 at the end of 2025 to 0 at the end of 2029: 50 in the middle, and 5 wide.
    private static readonly IndicatorPoint Baseline = Point(2025, 100);
    private static readonly IndicatorPoint[] Path = [Point(2029, 0)];

    [Theory]
    [InlineData(50, GoalStatus.OnPath)]
    [InlineData(45.1, GoalStatus.OnPath)]
    [InlineData(54.9, GoalStatus.OnPath)]
    [InlineData(44, GoalStatus.Ahead)]
    [InlineData(56, GoalStatus.Behind)]
    public void Less_is_better(double value, GoalStatus expected) =>
        Assert.Equal(expected, PathStatus.Of(IndicatorDirection.Less, Baseline, Path, value, Middle).Status);

    [Theory]
    [InlineData(50, GoalStatus.OnPath)]
    [InlineData(44, GoalStatus.Behind)]
    [InlineData(56, GoalStatus.Ahead)]
    public void More_is_better(double value, GoalStatus expected) =>
        Assert.Equal(expected, PathStatus.Of(IndicatorDirection.More, Baseline, Path, value, Middle).Status);

    [Fact]
    public void How_far_off_is_told_on_the_better_side_as_more()
    {
        var standing = PathStatus.Of(IndicatorDirection.Less, Baseline, Path, 80, Middle);

        Assert.Equal((GoalStatus.Behind, -30), (standing.Status, Math.Round(standing.Better, 1)));
        Assert.InRange(standing.Expected, 49.9, 50.1);
    }

    [Fact]
    public void Before_the_baseline_the_baseline_is_expected_and_after_the_end_the_end()
    {
        Assert.Equal(100, PathStatus.Expected(Baseline, Path, new(2020, 6, 1)));
        Assert.Equal(100, PathStatus.Expected(Baseline, Path, new(2025, 12, 31)));
        Assert.Equal(0, PathStatus.Expected(Baseline, Path, new(2029, 12, 31)));
        Assert.Equal(0, PathStatus.Expected(Baseline, Path, new(2040, 1, 1)));
    }

    [Fact]
    public void A_path_has_corners()
    {
        IndicatorPoint[] path = [Point(2026, 90), Point(2030, 10)];

        Assert.Equal(90, PathStatus.Expected(Baseline, path, new(2026, 12, 31)));
        Assert.InRange(PathStatus.Expected(Baseline, path, new(2028, 12, 31)), 49.9, 50.1);
    }

    [Fact]
    public void Without_a_baseline_the_first_point_holds_and_a_flat_path_is_a_twentieth_wide()
    {
        Assert.Equal(20, PathStatus.Expected(null, [Point(2030, 20)], new(2024, 1, 1)));
        Assert.Equal(GoalStatus.OnPath, PathStatus.Of(IndicatorDirection.More, null, [Point(2030, 20)], 19.1, Middle).Status);
        Assert.Equal(GoalStatus.Behind, PathStatus.Of(IndicatorDirection.More, null, [Point(2030, 20)], 18.9, Middle).Status);
    }

    [Fact]
    public void Without_a_value_there_are_no_data() =>
        Assert.Equal(GoalStatus.NoData, PathStatus.Of(IndicatorDirection.More, Baseline, Path, null, Middle).Status);

    [Theory]
    [InlineData(0, 1)]
    [InlineData(32.99, 1)]
    [InlineData(33, 2)]
    [InlineData(65.99, 2)]
    [InlineData(66, 3)]
    [InlineData(94.99, 3)]
    [InlineData(95, 4)]
    [InlineData(250, 4)]
    public void Points_change_at_their_borders(double percent, int points) =>
        Assert.Equal(points, BenchmarkPoints.Of(IndicatorDirection.More, percent, 100));

    [Theory]
    [InlineData(0, 4)]
    [InlineData(100, 4)]
    [InlineData(105, 4)]
    [InlineData(106, 3)]
    [InlineData(152, 2)]
    [InlineData(304, 1)]
    public void Where_less_is_better_the_benchmarks_share_counts(double value, int points) =>
        Assert.Equal(points, BenchmarkPoints.Of(IndicatorDirection.Less, value, 100));

    [Fact]
    public void A_benchmark_of_nothing_gives_no_points() => Assert.Null(BenchmarkPoints.Of(IndicatorDirection.More, 5, 0));

    private static IndicatorPoint Point(int year, long value) => new(year, new IndicatorNumber(Quantity.Whole(value), true, []));
}

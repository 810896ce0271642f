using Kera.Features.Energy;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>What of a month's cap of carbon a plan's hours have.</summary>
public sealed class CarbonBudgetTests
{
    private const double Cap = 30_000;
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Fact]
    public void Hours_have_their_share_of_what_is_left() =>
        Assert.Equal(new CarbonBudget((Cap - 7_200) * 48 / 360, Cap, 7_200, 0), Of(new LocalDate(2026, 11, 16), Enumerable.Repeat(20.0, 360)));

    [Fact]
    public void Hours_of_which_nothing_is_recorded_are_as_the_others() =>
        Assert.Equal(new CarbonBudget((Cap - 7_200) * 48 / 360, Cap, 7_200, 180), Of(new LocalDate(2026, 11, 16), Enumerable.Repeat(20.0, 180)));

    [Fact]
    public void Where_nothing_is_recorded_the_month_is_taken_to_be_even() =>
        Assert.Equal(new CarbonBudget(Cap * 48 / 720, Cap, Cap / 2, 360), Of(new LocalDate(2026, 11, 16), []));

    [Fact]
    public void Hours_of_the_next_month_have_a_share_of_its_cap() =>
        Assert.Equal(Cap - 696 * 20 + Cap * 24 / 744, Of(new LocalDate(2026, 11, 30), Enumerable.Repeat(20.0, 696)).Most, 1e-6);

    [Fact]
    public void What_is_used_up_leaves_nothing() => Assert.Equal(0, Of(new LocalDate(2026, 11, 16), Enumerable.Repeat(100.0, 360)).Most);

    /// <summary>October 2026 has an hour more: plans that each use up their share come to the cap, and not above it.</summary>
    [Fact]
    public void Plan_after_plan_comes_to_the_cap()
    {
        List<double> emitted = [];
        for (var hour = Instant.FromUtc(2026, 9, 30, 21, 0); hour < Instant.FromUtc(2026, 10, 31, 22, 0); hour += Duration.FromHours(1))
        {
            emitted.Add(CarbonBudget.Of(Cap, hour, 1, emitted, Zone).Most);
        }

        Assert.Equal(745, emitted.Count);
        Assert.Equal(Cap, emitted.Sum(), 1e-6);
    }

    private static CarbonBudget Of(LocalDate day, IEnumerable<double> emitted) => CarbonBudget.Of(Cap, day.AtStartOfDayInZone(Zone).ToInstant(), 48, [.. emitted], Zone);
}

using CsCheck;
using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>What is left behind a meter, and how readings fill settlement periods.</summary>
public sealed class NettingTests
{
    private static readonly SettlementPeriods s_day = new(new LocalDate(2026, 6, 1), new LocalDate(2026, 6, 2), DateTimeZoneProviders.Tzdb["Europe/Helsinki"]);

    [Theory]
    [InlineData(700, 200, 500, 0)]
    [InlineData(200, 700, 0, 500)]
    [InlineData(300, 300, 0, 0)]
    public void Use_and_production_of_one_period_are_netted(long use, long production, long netUse, long surplus) =>
        Assert.Equal((netUse, surplus), (Netting.NetUse(use, production), Netting.Surplus(use, production)));

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(3, 3, 0)]
    [InlineData(4, 1, 1)]
    [InlineData(1003, 253, 250)]
    public void An_hour_is_split_into_quarters_with_the_remainder_first(long hour, long first, long others)
    {
        var quarters = new long[4];

        Netting.Split(hour, quarters);

        Assert.Equal([first, others, others, others], quarters);
    }

    [Fact]
    public void An_hour_of_both_is_netted_in_the_hour_and_each_keeps_its_sum() => Gen.Select(Gen.Long[0, 10_000], Gen.Long[0, 10_000]).Sample((use, production) =>
    {
        var (uses, productions, netted) = (new long[4], new long[4], new long[4]);
        Netting.SplitBoth(use, production, uses, productions);
        Netting.Split(Math.Abs(use - production), netted);

        Assert.Equal((use, production), (uses.Sum(), productions.Sum()));
        Assert.Equal(netted.Select(quarter => Math.Sign(use - production) * quarter), uses.Zip(productions, (one, other) => one - other));
        Assert.All(uses.Concat(productions), quarter => Assert.True(quarter >= 0));
    });

    [Fact]
    public void Readings_of_quarters_and_hours_fill_their_periods_in_any_order()
    {
        var point = MeteringPoint.Of("home", s_day, [Hour(1, 403), Quarter(2, 70), Quarter(0, 50, ReadingQuality.Estimated), Quarter(1, 60)]);

        Assert.Equal([50, 60, 70, 0, 103, 100, 100, 100, 0], Enumerable.Range(0, 9).Select(point.Use));
        Assert.Equal(
            [ReadingQuality.Estimated, ReadingQuality.Measured, ReadingQuality.Measured, ReadingQuality.Missing, ReadingQuality.Estimated, ReadingQuality.Estimated, ReadingQuality.Estimated, ReadingQuality.Estimated, ReadingQuality.Missing],
            Enumerable.Range(0, 9).Select(point.Quality));
    }

    [Fact]
    public void Use_and_production_by_the_hour_are_netted_before_they_are_split()
    {
        var point = MeteringPoint.Of("home", s_day, [Hour(0, 5)], [Hour(0, 3)]);

        // By quarters, 2 1 1 1 and 3 0 0 0 would leave a use of 3 and a surplus of 1; the hour leaves a use of 2.
        Assert.Equal([2, 0, 0, 0], Enumerable.Range(0, 4).Select(quarter => Netting.NetUse(point.Use(quarter), point.Production(quarter))));
        Assert.Equal([0, 0, 0, 0], Enumerable.Range(0, 4).Select(quarter => Netting.Surplus(point.Use(quarter), point.Production(quarter))));
    }

    [Fact]
    public void A_period_is_as_well_known_as_the_worse_of_use_and_production()
    {
        var point = MeteringPoint.Of("home", s_day, [Quarter(0, 5), Quarter(1, 5), Quarter(2, 5)], [Quarter(0, 1), Quarter(1, 1, ReadingQuality.Estimated), Quarter(2, 1, ReadingQuality.Missing)]);

        Assert.Equal([ReadingQuality.Measured, ReadingQuality.Estimated, ReadingQuality.Missing], Enumerable.Range(0, 3).Select(point.Quality));
        // What is missing is not half known.
        Assert.Equal((0, 0), (point.Use(2), point.Production(2)));
    }

    [Fact]
    public void A_reading_that_fits_no_period_is_refused_by_its_number()
    {
        Refused("home.use[0]", "30 minutes", new MeterReading(s_day.Begin(0), 30, 1));
        Refused("home.use[0]", "does not begin with", new MeterReading(s_day.Begin(0) + Duration.FromMinutes(5), 15, 1));
        Refused("home.use[0]", "outside", new MeterReading(s_day.Begin(-1), 15, 1));
        Refused("home.use[0]", "outside", new MeterReading(s_day.Begin(96), 15, 1));
        Refused("home.use[0]", "outside", new MeterReading(s_day.Begin(95), 60, 1));
        Refused("home.use[1]", "already", Quarter(5, 1), Hour(1, 1));
        Refused("home.use[0]", "-1 Wh", Quarter(0, -1));
    }

    [Fact]
    public void Flat_values_are_refused_where_they_are_none()
    {
        Assert.Contains("use of -1 Wh in period 1", Assert.Throws<EnergyException>(() => new MeteringPoint("home", [0, -1], [], [])).Message, StringComparison.Ordinal);
        Assert.Contains("production of 1000000000001 Wh", Assert.Throws<EnergyException>(() => new MeteringPoint("home", [], [MeteringPoint.MostWattHours + 1], [])).Message, StringComparison.Ordinal);
        Assert.Contains("1 values of production for 2 periods", Assert.Throws<EnergyException>(() => new MeteringPoint("home", [1, 2], [1], [])).Message, StringComparison.Ordinal);
        Assert.Contains("no values", Assert.Throws<EnergyException>(() => new MeteringPoint("home", [], [], [])).Message, StringComparison.Ordinal);
    }

    private static MeterReading Quarter(int quarter, long amount, ReadingQuality quality = ReadingQuality.Measured) => new(s_day.Begin(quarter), 15, amount, quality);

    private static MeterReading Hour(int hour, long amount) => new(s_day.Begin(4 * hour), 60, amount);

    private static void Refused(string field, string part, params MeterReading[] readings)
    {
        var refusal = Assert.Throws<EnergyException>(() => MeteringPoint.Of("home", s_day, readings));
        Assert.Equal(field, refusal.Field);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }
}

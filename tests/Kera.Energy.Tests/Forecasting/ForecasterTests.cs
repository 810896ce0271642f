using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class ForecasterTests
{
    private static readonly ForecastTask s_demand = ForecastTask.Demand(MadeHours.Helsinki, null);
    private static readonly HourlySeries s_temperature = MadeHours.Temperature(5, 200);
    private static readonly HourlySeries s_series = MadeHours.Demand(5, s_temperature);
    private static readonly ForecastInputs s_inputs = new(s_temperature);
    private static readonly Instant s_origin = MadeHours.Day(150) - Duration.FromHours(2);

    [Fact]
    public void Nothing_after_the_origin_is_looked_at()
    {
        var changed = MadeHours.Changed(s_series, (hour, value) => hour >= (150 * 24) - 2 ? 1000 + hour : value);

        foreach (var task in new[] { s_demand, ForecastTask.Price(MadeHours.Helsinki, null), ForecastTask.Sun(60, 25) })
        {
            Assert.Equal(Forecaster.Forecast(task, s_series, s_inputs, s_origin, 48).Hours, Forecaster.Forecast(task, changed, s_inputs, s_origin, 48).Hours);
        }
    }

    [Fact]
    public void What_was_before_the_origin_is_looked_at()
    {
        var changed = MadeHours.Changed(s_series, (hour, value) => hour == (150 * 24) - 3 ? value + 1 : value);

        Assert.NotEqual(Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 48).Hours, Forecaster.Forecast(s_demand, changed, s_inputs, s_origin, 48).Hours);
    }

    [Fact]
    public void The_hours_are_those_asked_for_and_the_median_is_in_the_band()
    {
        var forecast = Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 168);

        Assert.Equal((s_origin, ForecastMethod.Learned, null), (forecast.Origin, forecast.Method, forecast.Why));
        Assert.Equal(Enumerable.Range(0, 168).Select(ahead => s_origin + Duration.FromHours(ahead)), forecast.Hours.Select(hour => hour.Start));
        Assert.All(forecast.Hours, hour => Assert.True(hour.Low < hour.Median && hour.Median < hour.High));
    }

    // Of demand without noise the pattern is all there is.
    [Fact]
    public void The_forecast_knows_what_cold_does()
    {
        var demand = MadeHours.Of(200, hour => 20 - (0.5 * s_temperature[MadeHours.Start + Duration.FromHours(hour)]));
        var frost = MadeHours.Changed(s_temperature, (hour, value) => hour >= (150 * 24) - 2 ? value - 4 : value);

        var (usual, cold) = (Forecaster.Forecast(s_demand, demand, s_inputs, s_origin, 24), Forecaster.Forecast(s_demand, demand, new(frost), s_origin, 24));

        // In the first hour the mean of the day, which is told too, is as it was.
        Assert.All(usual.Hours.Zip(cold.Hours).Skip(1), pair => Assert.Equal(2, pair.Second.Median - pair.First.Median, 0.3));
    }

    [Fact]
    public void One_price_far_from_all_is_not_drawn_on_to_the_days_after_it()
    {
        // Dear days follow dear days, as they do on the market.
        var prices = MadeHours.Changed(s_temperature.Before(MadeHours.Day(150)), (_, value) => 30 + (4 * value));
        var high = MadeHours.Changed(prices, (hour, value) => hour == (150 * 24) - 10 ? 1_000 : value);

        var forecast = Forecaster.Forecast(ForecastTask.Price(MadeHours.Helsinki, null), high, new(), MadeHours.Day(150), 48);

        Assert.Equal(ForecastMethod.Learned, forecast.Method);
        Assert.All(forecast.Hours, hour => Assert.InRange(hour.Median, 0, 140));
    }

    [Fact]
    public void Weather_that_ends_early_is_used_where_it_is_there()
    {
        // The weather of the first ten hours is known; then none is.
        var early = s_temperature.Before(s_origin + Duration.FromHours(10));
        var (known, ended, none) = (Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 24), Forecaster.Forecast(s_demand, s_series, new(early), s_origin, 24), Forecaster.Forecast(s_demand, s_series, new(), s_origin, 24));

        Assert.Equal(known.Hours.Take(9).Select(hour => hour.Median), ended.Hours.Take(9).Select(hour => hour.Median));
        Assert.NotEqual(known.Hours[23].Median, ended.Hours[23].Median);
        Assert.Equal(none.Hours[23].Median, ended.Hours[23].Median, 1.0);
    }

    [Fact]
    public void Gaps_in_what_was_are_passed_over_and_are_never_nothing()
    {
        var random = new Random(9);
        var gaps = MadeHours.Changed(s_series, (hour, value) => random.NextDouble() < 0.1 || hour / 24 is 120 or 149 ? double.NaN : value);

        var (whole, some) = (Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 48), Forecaster.Forecast(s_demand, gaps, s_inputs, s_origin, 48));

        Assert.Equal(ForecastMethod.Learned, some.Method);
        // Noise is 0.5; demand is some 10, so that a gap taken for nothing would show.
        Assert.All(whole.Hours.Zip(some.Hours), pair => Assert.Equal(pair.First.Median, pair.Second.Median, 0.9));
    }

    [Fact]
    public void With_less_than_fourteen_days_the_day_before_is_repeated_and_it_is_said()
    {
        var (few, enough) = (s_series.Before(MadeHours.Day(13)), s_series.Before(MadeHours.Day(14)));

        var forecast = Forecaster.Forecast(s_demand, few, s_inputs, few.End, 48);

        Assert.Equal((ForecastMethod.DayBefore, "13 days of history are too few to learn from; 14 are needed."), (forecast.Method, forecast.Why));
        Assert.Equal(SeasonalNaive.DayBefore(s_demand, few, s_inputs, few.End, 48).Hours, forecast.Hours);
        Assert.DoesNotContain("too few to learn", Forecaster.Forecast(s_demand, enough, s_inputs, enough.End, 48).Why ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void What_repeats_itself_is_repeated_and_it_is_said()
    {
        // A week of any numbers, again and again: no learning is better.
        var random = new Random(4);
        var week = Enumerable.Range(0, 168).Select(_ => 100 * random.NextDouble()).ToArray();
        var series = MadeHours.Of(100, hour => week[hour % 168]);

        var forecast = Forecaster.Forecast(s_demand, series, new(), series.End, 48);

        Assert.Equal((ForecastMethod.WeekBefore, "On the newest days repeating was better than learning."), (forecast.Method, forecast.Why));
        Assert.All(forecast.Hours.Select((hour, ahead) => (hour, ahead)), pair => Assert.Equal(week[((100 * 24) + pair.ahead) % 168], pair.hour.Median));
    }

    // On 26 March 2023 the clock goes from 3 to 4, on 29 October from 4 to 3.
    [Theory]
    [InlineData(2023, 3, 26)]
    [InlineData(2023, 10, 29)]
    public void When_the_clock_changes_habits_go_by_the_clock(int year, int month, int day)
    {
        // 1, and 5 from 7 to 9 of the clock.
        var series = MadeHours.Of(330, hour => (MadeHours.Start + Duration.FromHours(hour)).InZone(MadeHours.Helsinki).Hour is 7 or 8 ? 5 : 1);
        var origin = MadeHours.Helsinki.AtStartOfDay(new LocalDate(year, month, day)).ToInstant();

        // Bought and sold by the hour of UTC, repeating is wrong here; what is made sure of is the base that learning begins from.
        var features = new ForecastFeatures(s_demand, series.Before(origin), new(), origin, 48);

        for (var ahead = 0; ahead < 48; ahead++)
        {
            Assert.Equal(series[origin + Duration.FromHours(ahead)], features.Base(features.Origin, features.Origin + ahead));
        }
    }

    [Fact]
    public void The_sun_gives_nothing_at_night_and_never_less_than_nothing()
    {
        var random = new Random(8);
        var clouds = 0.0;
        var task = ForecastTask.Sun(60.2, 24.7);
        var series = MadeHours.Of(150, hour =>
        {
            clouds = hour % 24 == 0 ? random.NextDouble() : clouds;
            return ClearSky.OfHour(MadeHours.Start + Duration.FromHours(hour), 60.2, 24.7) * clouds / 1000;
        });

        var forecast = Forecaster.Forecast(task, series, new(), series.End, 48);

        Assert.Equal(ForecastMethod.Learned, forecast.Method);
        foreach (var hour in forecast.Hours)
        {
            var clear = ClearSky.OfHour(hour.Start, 60.2, 24.7);
            Assert.True(clear >= 5 ? hour.Low >= 0 && hour.High > hour.Low : (hour.Low, hour.Median, hour.High) == (0, 0, 0), $"{hour} under {clear}");
        }
    }

    [Fact]
    public void The_same_is_forecast_from_the_same() =>
        Assert.Equal(Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 48).Hours, Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 48).Hours);

    [Fact]
    public void What_cannot_be_forecast_is_said_by_field()
    {
        Assert.Equal("hours", Assert.Throws<EnergyException>(() => Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 0)).Field);
        Assert.Equal("hours", Assert.Throws<EnergyException>(() => Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin, 169)).Field);
        Assert.Equal("origin", Assert.Throws<EnergyException>(() => Forecaster.Forecast(s_demand, s_series, s_inputs, s_origin + Duration.FromMinutes(1), 24)).Field);
        Assert.Equal("history", Assert.Throws<EnergyException>(() => Forecaster.Forecast(s_demand, s_series, s_inputs, MadeHours.Start - Duration.FromDays(1), 24)).Field);
        Assert.Equal("latitude", Assert.Throws<EnergyException>(() => ForecastTask.Sun(91, 0)).Field);
    }
}

using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

public sealed class BacktestTests
{
    private static readonly bool s_full = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1";
    private static readonly ForecastTask s_demand = ForecastTask.Demand(MadeHours.Helsinki, null);

    // The noise is 0.5: its mean absolute value, 0.4, is what no forecast can be below.
    [Fact]
    public void Learning_finds_the_pattern_and_its_band_holds_four_hours_in_five()
    {
        for (var seed = 1; seed <= (s_full ? 20 : 1); seed++)
        {
            var temperature = MadeHours.Temperature(seed, 260);
            var series = MadeHours.Demand(seed, temperature);
            var origins = Backtest.DailyOrigins(MadeHours.Helsinki, new LocalDate(2023, 6, 15), 60).Where((_, day) => s_full || day % 2 == 0).ToArray();

            var learned = Backtest.Run(s_demand, series, new(temperature), origins, 48, Forecaster.Forecast).ByDayAhead;
            var naive = new ForecastLearner[] { SeasonalNaive.DayBefore, SeasonalNaive.WeekBefore }.Select(learner => Backtest.Run(s_demand, series, new(temperature), origins, 48, learner).ByDayAhead).ToArray();

            for (var day = 0; day < 2; day++)
            {
                Assert.InRange(learned[day].MeanAbsoluteError, 0.38, 0.5);
                Assert.InRange(learned[day].Coverage, 0.75, 0.85);
                Assert.True(learned[day].MeanAbsoluteError < 0.6 * naive.Min(scores => scores[day].MeanAbsoluteError));
                Assert.True(learned[day].PinballLoss < 0.7 * naive.Min(scores => scores[day].PinballLoss));
            }
        }
    }

    [Fact]
    public void Each_forecast_is_given_what_was_before_its_origin_and_judged_by_what_came()
    {
        var series = MadeHours.Changed(MadeHours.Of(10, hour => hour), (hour, value) => hour == (5 * 24) + 1 ? double.NaN : value);
        List<Instant> ends = [];
        Forecast Same(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours)
        {
            ends.Add(history.End);
            return new Forecast(origin, ForecastMethod.Learned, null, [.. Enumerable.Range(0, hours).Select(ahead => new ForecastHour(origin + Duration.FromHours(ahead), history[origin - Duration.FromHours(1)], null, null))]);
        }

        var origins = new[] { MadeHours.Day(5), MadeHours.Day(6) };
        var found = Backtest.Run(s_demand, series, new(), origins, 30, Same);

        Assert.Equal(origins, ends);
        Assert.Equal([47, 12], found.ByDayAhead.Select(score => score.Count));
        // 1 to 24 hours off, 12.5 in the mean, once without the hour that is a gap; then 25 to 30.
        Assert.Equal((600.0 - 2) / 47, found.ByDayAhead[0].MeanAbsoluteError, 1e-12);
        Assert.Equal(27.5, found.ByDayAhead[1].MeanAbsoluteError, 1e-12);
        Assert.Equal(2, found.Methods[ForecastMethod.Learned]);
    }

    [Fact]
    public void Origins_go_by_the_clock()
    {
        var origins = Backtest.DailyOrigins(MadeHours.Helsinki, new LocalDate(2023, 3, 25), 3, 3);

        // At 3 there is no 3 on the 26th: it is 4, the same instant.
        Assert.Equal([Instant.FromUtc(2023, 3, 25, 1, 0), Instant.FromUtc(2023, 3, 26, 1, 0), Instant.FromUtc(2023, 3, 27, 0, 0)], origins);
    }
}

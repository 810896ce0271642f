using System.Runtime.CompilerServices;
using Kera.Generated;
using NodaTime;

namespace Kera.Energy.Tests.Forecasting;

/// <summary>Forecasts of real series beat the better of the two naive ones by a margin. The whole measurement is the bench's scenario <c>forecast</c>.</summary>
public sealed class SharedDataTests
{
    private const int Hours = 48;

    // Every so many days, so that it takes seconds.
    private static readonly int s_step = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 1 : 12;

    [Fact]
    public void The_Finnish_price_of_2024()
    {
        var hours = Read("data/energy/fi_hourly_2023_2024.csv", 2023);
        var task = ForecastTask.Price(DateTimeZoneProviders.Tzdb["Europe/Oslo"], FinnishHolidays.Contains);
        AssertBeatsNaive(task, hours.Column("spot_eur_mwh_ex_vat"), new(), new LocalDate(2024, 1, 1), 0.15);
    }

    [Fact]
    public void Heat_by_the_temperature_of_Helsinki()
    {
        var temperature = Read("data/energy/fi_hourly_2023_2024.csv", 2023).Column("temp_vantaa_c");
        AssertBeatsNaive(ForecastTask.Demand(MadeHours.Helsinki, FinnishHolidays.Contains), Read("reference/energy/fi2023_year.csv", 2023).Column("heat"), new(temperature), new LocalDate(2023, 5, 1), 0.5);
    }

    [Fact]
    public void The_power_of_a_home() =>
        AssertBeatsNaive(ForecastTask.Demand(DateTimeZoneProviders.Tzdb["Europe/Berlin"], null), Read("data/energy/pv_household_2020_de.csv", 2020).Column("electricity demand (kW)"), new(), new LocalDate(2020, 5, 1), 0.1);

    [Fact]
    public void The_sun_on_panels() =>
        AssertBeatsNaive(ForecastTask.Sun(51, 10), Read("data/energy/pv_household_2020_de.csv", 2020).Column("pv yield (kW/kW)"), new(), new LocalDate(2020, 5, 1), 0.05);

    private static void AssertBeatsNaive(ForecastTask task, HourlySeries series, ForecastInputs inputs, LocalDate first, double margin)
    {
        var days = Period.DaysBetween(first, series.End.InZone(task.Zone).Date) - (Hours / 24);
        Instant[] origins = [.. Backtest.DailyOrigins(task.Zone, first, days).Where((_, day) => day % s_step == 0)];
        var scores = new ForecastLearner[] { Forecaster.Forecast, SeasonalNaive.DayBefore, SeasonalNaive.WeekBefore }.Select(learner => Backtest.Run(task, series, inputs, origins, Hours, learner).ByDayAhead[0]).ToArray();
        var naive = Math.Min(scores[1].MeanAbsoluteError, scores[2].MeanAbsoluteError);

        Assert.True(scores[0].MeanAbsoluteError <= (1 - margin) * naive, $"{scores[0].MeanAbsoluteError} is not {margin:0 %} below {naive}.");
        Assert.True(scores[0].PinballLoss < Math.Min(scores[1].PinballLoss, scores[2].PinballLoss));
        Assert.InRange(scores[0].Coverage, 0.72, 0.9);
    }

    // As Requires.Shared of Kera.Tests: the data lie beside the repository, and are no part of it.
    private static SharedHours Read(string relativePath, int year, [CallerFilePath] string here = "")
    {
        var folder = Environment.GetEnvironmentVariable("KERA_TESTS_SHARED") ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared"));
        Assert.SkipUnless(Directory.Exists(folder), $"{relativePath} is not here: put the shared data beside the repository, in ../shared, or name their folder in KERA_TESTS_SHARED.");
        return new SharedHours(Path.Combine(folder, relativePath), new LocalDate(year, 1, 1));
    }
}

using System.Globalization;
using Kera.Energy;
using Kera.Generated;
using NodaTime;

namespace Kera.Bench.Scenarios;

/// <summary>Forecasts of demand, sun and price on real series, each made from what was known at the midnight before, beside the seasonal naive.</summary>
internal static class ForecastScenario
{
    private const int Hours = 48;
    private static readonly string[] s_ahead = ["1 to 24 h", "25 to 48 h"];

    public static Report Run(string shared)
    {
        var report = new Report();
        var price = new SharedHours(Path.Combine(shared, "data/energy/fi_hourly_2023_2024.csv"), new LocalDate(2023, 1, 1));
        var district = new SharedHours(Path.Combine(shared, "reference/energy/fi2023_year.csv"), new LocalDate(2023, 1, 1));
        var heat = new SharedHours(Path.Combine(shared, "data/energy/dh_profile_2019_de.csv"), new LocalDate(2019, 1, 1));
        var home = new SharedHours(Path.Combine(shared, "data/energy/pv_household_2020_de.csv"), new LocalDate(2020, 1, 1));
        var (market, helsinki, berlin) = (Zone("Europe/Oslo"), Zone("Europe/Helsinki"), Zone("Europe/Berlin"));
        var (temperature, wind, nuclear) = (price.Column("temp_vantaa_c"), price.Column("wind_fi_mw"), price.Column("nuclear_fi_mw"));
        var newYear = new LocalDate(2024, 1, 1);

        var sold = ForecastTask.Price(market, FinnishHolidays.Contains);
        Measure(report, new("Finnish day-ahead price 2024, EUR/MWh", sold, price.Column("spot_eur_mwh_ex_vat"), new(), newYear, 0.2));
        Measure(report, new("the same, temperature known", sold, price.Column("spot_eur_mwh_ex_vat"), new(temperature), newYear, 0.2));
        Measure(report, new("the same, temperature, wind and nuclear power known", sold, price.Column("spot_eur_mwh_ex_vat"), new(temperature, wind, nuclear), newYear, 0.25));
        var taken = ForecastTask.Demand(helsinki, FinnishHolidays.Contains);
        var spring = new LocalDate(2023, 5, 1);
        Measure(report, new("heat of a Finnish district 2023 (by formula), MW", taken, district.Column("heat"), new(), spring, null));
        Measure(report, new("the same, temperature known", taken, district.Column("heat"), new(temperature), spring, 0.5));
        Measure(report, new("power of a Finnish district 2023 (by formula), MW", taken, district.Column("el"), new(temperature), spring, null));
        Measure(report, new("heat of a German network 2019, MW", ForecastTask.Demand(berlin, null), heat.Column("heat_mw"), new(), new LocalDate(2019, 5, 1), 0.05));
        Measure(report, new("power of one German home 2020, kW", ForecastTask.Demand(berlin, null), home.Column("electricity demand (kW)"), new(), new LocalDate(2020, 5, 1), 0.1));
        Measure(report, new("sun on German panels 2020, kW/kWp", ForecastTask.Sun(51, 10), home.Column("pv yield (kW/kW)"), new(), new LocalDate(2020, 5, 1), 0.1));
        Time(report, sold, price.Column("spot_eur_mwh_ex_vat"), new(temperature, wind, nuclear));

        report.Note("Every day a forecast of 48 hours from midnight (of Oslo for prices, whose day is the market's; of UTC for the sun), from what was before: at most 400 days. MAE of the median; 'day' and 'week' are the seasonal naive: the same hour of the newest day, and of the newest same weekday, that is known. 'Less' is by how much the error is below that of the better of the two. The band is to hold 80 % of the hours; those that were certain and came so, as the nights of panels, are not counted. Pinball loss is the mean of those of the 10th, 50th and 90th percentile, of the naive with bands of its own past errors.");
        report.Note("Where temperature, wind and nuclear power are known, they are what was, in place of what others forecast: that score is of perfect weather. No cloud is known to the forecast of the sun. The forecast price is that of the first and second day that are not published; after the publication the first of them is the day after tomorrow.");
        report.Note("The loads by formula have no noise: power repeats by the week to the last digit, and the forecast then does so too. The files of the German series name neither place nor clock; 51° north, 10° east and the clock of Berlin are taken.");
        return report;
    }

    private static void Measure(Report report, Series series)
    {
        var origins = Backtest.DailyOrigins(series.Task.Zone, series.First, Period.DaysBetween(series.First, series.Values.End.InZone(series.Task.Zone).Date) - (Hours / 24));
        var results = new ForecastLearner[] { Forecaster.Forecast, SeasonalNaive.DayBefore, SeasonalNaive.WeekBefore }
            .Select(learner => Backtest.Run(series.Task, series.Values, series.Inputs, origins, Hours, learner)).ToArray();
        for (var day = 0; day < s_ahead.Length; day++)
        {
            var (learned, before, week) = (results[0].ByDayAhead[day], results[1].ByDayAhead[day], results[2].ByDayAhead[day]);
            var better = before.MeanAbsoluteError < week.MeanAbsoluteError ? before : week;
            var what = string.Create(CultureInfo.InvariantCulture, $"{series.Name}, {s_ahead[day]}: MAE {learned.MeanAbsoluteError:0.###} (day {before.MeanAbsoluteError:0.###}, week {week.MeanAbsoluteError:0.###}); RMSE {learned.RootMeanSquareError:0.###} ({before.RootMeanSquareError:0.###}, {week.RootMeanSquareError:0.###}); pinball {learned.PinballLoss:0.###} ({before.PinballLoss:0.###}, {week.PinballLoss:0.###}); band holds {Held(learned.Coverage)}; less");
            var less = better.MeanAbsoluteError == 0 ? double.NaN : 1 - (learned.MeanAbsoluteError / better.MeanAbsoluteError);
            if (series.Goal is { } goal && day == 0)
            {
                report.AtLeast(what, 100 * less, 100 * goal, "%");
            }
            else
            {
                report.Add(what, double.IsNaN(less) ? "no error to lessen" : $"{Report.Number(100 * less)} %");
            }
        }

        report.Note(string.Create(CultureInfo.InvariantCulture, $"{series.Name}: {origins.Count} forecasts, the first on {series.First:uuuu'-'MM'-'dd}; {string.Join(", ", results[0].Methods.OrderBy(method => method.Key).Select(method => $"{method.Value} {method.Key}"))}."));
    }

    private static void Time(Report report, ForecastTask task, HourlySeries series, ForecastInputs inputs)
    {
        const int Runs = 21;
        var before = TimeSpan.Zero;
        for (var run = -5; run < Runs; run++)
        {
            if (run == 0)
            {
                before = Environment.CpuUsage.TotalTime;
            }

            Forecaster.Forecast(task, series, inputs, series.End - Duration.FromDays(3), Hours);
        }

        // What it takes of a core, whoever else is on it.
        report.AtMost("learning from 400 days with all inputs and forecasting 48 hours, processor time, mean", (Environment.CpuUsage.TotalTime - before).TotalMilliseconds / Runs, 300, "ms");
    }

    private static string Held(double share) => double.IsNaN(share) ? "all, exactly" : share.ToString("0.0 %", CultureInfo.InvariantCulture);

    private static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb[name];

    private sealed record Series(string Name, ForecastTask Task, HourlySeries Values, ForecastInputs Inputs, LocalDate First, double? Goal);
}

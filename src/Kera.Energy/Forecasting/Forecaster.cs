using NodaTime;

namespace Kera.Energy;

/// <summary>
/// Forecasts by learning from what was: for each hour ahead a regression of its own (<see cref="RidgeRegression"/>) over the same hour of all
/// days before, each with what was known then. The newest days are not learned from at first: the errors on them make median and band, and say
/// whether learning beats repeating. Then all is learned from. The same input gives the same forecast.
/// </summary>
public static class Forecaster
{
    /// <summary>With fewer days of history nothing is learned.</summary>
    public const int LeastDays = 14;

    // A year and some weeks: so every season was seen, and what is older does not outweigh it.
    private const int MostDays = 400;

    // The newest days, whose errors make the band; of a short history a third.
    private const int ErrorDays = 60;
    private const int ErrorBlocks = 3;

    // Repeating is taken where its error is below this share of what learning has: days that are few do not say more.
    private const double ClearlyBetter = 0.9;
    private const int FewestExamples = 3;
    private const int MostHours = 168;
    private const int Day = 24;

    /// <summary>
    /// Forecasts hours. The time is about that of 2 × hours × days × columns²: for 48 hours from a year some 0.3 s on one core.
    /// </summary>
    /// <param name="task">What is forecast.</param>
    /// <param name="history">What was; what it has from the origin on is not looked at.</param>
    /// <param name="inputs">What else is known. The forecast is as good as what they say of the hours to come.</param>
    /// <param name="origin">The first hour that is forecast, on a full hour of UTC; of a day-ahead price the first that is not published.</param>
    /// <param name="hours">How many hours, 1 to 168.</param>
    /// <exception cref="EnergyException">There are too few or too many hours, no full hour, or no history to repeat.</exception>
    public static Forecast Forecast(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours)
    {
        if (hours is < 1 or > MostHours)
        {
            throw new EnergyException("hours", $"{hours} hours are asked for. Ask for 1 to {MostHours}.");
        }

        if (origin.ToUnixTimeTicks() % NodaConstants.TicksPerHour != 0)
        {
            throw new EnergyException("origin", $"{origin} is no full hour. Hours begin on full hours of UTC.");
        }

        var first = Instant.Max(history.Start, origin - Duration.FromDays(MostDays));
        var recent = new HourlySeries(first, history.Part(first, Math.Max(0, (int)(origin - first).TotalHours)));
        if (recent.Count < LeastDays * Day)
        {
            return SeasonalNaive.Repeat(recent, origin, hours, ForecastMethod.DayBefore, $"{recent.Count / Day} days of history are too few to learn from; {LeastDays} are needed.");
        }

        var learning = new Learning(task, recent, inputs, origin, hours);
        var method = learning.Best();
        return method == ForecastMethod.Learned
            ? new Forecast(origin, method, null, learning.Hours())
            : SeasonalNaive.Repeat(recent, origin, hours, method, learning.CanJudge ? "On the newest days repeating was better than learning." : "Too few hours of the newest days are known to learn from them.");
    }

    /// <summary>One forecast being made.</summary>
    private sealed class Learning
    {
        private readonly ForecastKind _kind;
        private readonly Instant _start;
        private readonly int _hours;
        private readonly ForecastFeatures _features;
        private readonly SunFeatures? _sun;
        private readonly double[] _predicted;
        private readonly List<double>[] _errors;
        private readonly double[] _losses = new double[3];
        private int _judged;

        public Learning(ForecastTask task, HourlySeries history, ForecastInputs inputs, Instant origin, int hours)
        {
            (_kind, _start, _hours) = (task.Kind, history.Start, hours);
            _features = new ForecastFeatures(task, history, inputs, origin, hours);
            _sun = task.Kind == ForecastKind.Sun ? new SunFeatures(task, history.Start, _features.Known) : null;
            _predicted = new double[hours];
            _errors = new List<double>[hours];
            for (var ahead = 0; ahead < hours; ahead++)
            {
                _errors[ahead] = [];
                Learn(ahead);
            }
        }

        // Whether all hours could be learned, and some judged.
        public bool CanJudge => _judged > 0 && !Array.Exists(_predicted, double.IsNaN);

        // Repeating where that was clearly better on the days that were not learned from.
        public ForecastMethod Best()
        {
            var (learned, day, week) = (_losses[(int)ForecastMethod.Learned], _losses[(int)ForecastMethod.DayBefore], _losses[(int)ForecastMethod.WeekBefore]);
            return CanJudge && Math.Min(day, week) >= ClearlyBetter * learned ? ForecastMethod.Learned
                : week < day ? ForecastMethod.WeekBefore
                : ForecastMethod.DayBefore;
        }

        public ForecastHour[] Hours()
        {
            var hours = new ForecastHour[_hours];
            for (var ahead = 0; ahead < _hours; ahead++)
            {
                var hour = _features.Origin + ahead;
                if (_sun?.Clear(hour) == 0)
                {
                    hours[ahead] = new ForecastHour(_start + Duration.FromHours(hour), 0, 0, 0);
                    continue;
                }

                // Its neighbours' errors are of the same kind, and three times as many.
                var (low, median, high) = ErrorQuantiles.Of([.. _errors[Math.Max(0, ahead - 1)..Math.Min(_hours, ahead + 2)].SelectMany(errors => errors)]);
                var value = _predicted[ahead];
                double? At(double? error) => error is null ? null : Outwards(hour, value + error.Value);
                hours[ahead] = new ForecastHour(_start + Duration.FromHours(hour), At(median)!.Value, At(low), At(high));
            }

            return hours;
        }

        private void Learn(int ahead)
        {
            var hour = _features.Origin + ahead;
            if (_sun?.Clear(hour) == 0)
            {
                return;
            }

            List<Example> examples = [];
            for (var (days, target) = (1, _features.DaysBefore(hour, 1)); target >= 0; days++, target = _features.DaysBefore(hour, days))
            {
                var origin = _features.DaysBefore(_features.Origin, days);
                if (target < _features.Origin && target >= origin && origin >= 0 && ExampleOf(origin, target) is { } example && !double.IsNaN(example.Target))
                {
                    examples.Add(example);
                }
            }

            if (ExampleOf(_features.Origin, hour) is not { } asked)
            {
                _predicted[ahead] = double.NaN;
                return;
            }

            // The first light of spring has no examples: it is taken to be as usual.
            if (examples.Count < FewestExamples)
            {
                _predicted[ahead] = asked.Base;
                return;
            }

            // What is not known of the hour that is asked for is not learned from either.
            var used = Array.ConvertAll(asked.Row, value => !double.IsNaN(value));
            var penalty = JudgeNewest(ahead, examples, used);
            _predicted[ahead] = asked.Base + Fit(examples, used, penalty).Predict(_kind == ForecastKind.Price ? Within(asked.Row, examples) : asked.Row);
        }

        // An hour at ten times the usual comes once. Drawn on to the hours after it in the scale of prices it would be told as a hundred times: a row
        // counts as the outermost that was learned from.
        private static double[] Within(double[] row, List<Example> examples)
        {
            var within = new double[row.Length];
            for (var column = 0; column < row.Length; column++)
            {
                var (least, most) = (double.NaN, double.NaN);
                foreach (var example in examples)
                {
                    // NaN is no number to either, unless both are.
                    (least, most) = (double.MinNumber(least, example.Row[column]), double.MaxNumber(most, example.Row[column]));
                }

                within[column] = double.IsNaN(row[column]) || double.IsNaN(least) ? row[column] : Math.Clamp(row[column], least, most);
            }

            return within;
        }

        // Block by block, the oldest first, each by what was learned from all that was known before it; how small weights are held is found once.
        private double? JudgeNewest(int ahead, List<Example> examples, bool[] used)
        {
            var judged = Math.Min(ErrorDays, examples.Count / 3);
            double? penalty = null;
            for (var block = ErrorBlocks - 1; block >= 0; block--)
            {
                var (first, last) = (judged * block / ErrorBlocks, judged * (block + 1) / ErrorBlocks);
                // As many days ahead are unknown of a day's newest ones as it is ahead.
                var known = Math.Min(last + (ahead / Day), examples.Count - 1);
                var regression = Fit(examples[known..], used, penalty);
                penalty = regression.Penalty;
                Judge(ahead, examples[first..last], regression);
            }

            return penalty;
        }

        private void Judge(int ahead, List<Example> examples, RidgeRegression regression)
        {
            foreach (var example in examples)
            {
                var predicted = example.Base + regression.Predict(example.Row);
                _errors[ahead].Add(example.Base + example.Target - predicted);
                var (day, week) = (SeasonalNaive.Before(_features.Known, example.Origin, example.Hour, Day), SeasonalNaive.Before(_features.Known, example.Origin, example.Hour, 7 * Day));
                if (!double.IsNaN(day) && !double.IsNaN(week))
                {
                    var was = _features.Known[example.Hour];
                    _losses[(int)ForecastMethod.Learned] += Math.Abs(was - Outwards(example.Hour, predicted));
                    _losses[(int)ForecastMethod.DayBefore] += Math.Abs(was - day);
                    _losses[(int)ForecastMethod.WeekBefore] += Math.Abs(was - week);
                    _judged++;
                }
            }
        }

        private static RidgeRegression Fit(List<Example> examples, bool[] used, double? penalty) =>
            RidgeRegression.Fit(examples.ConvertAll(example => example.Row), examples.ConvertAll(example => example.Target), used, penalty);

        private Example? ExampleOf(int origin, int hour)
        {
            if (_sun is not null)
            {
                var usual = _sun.Usual(origin, hour);
                return double.IsNaN(usual) || _sun.Clear(hour) == 0 ? null : new Example(origin, hour, _sun.Row(origin, hour), usual, _sun.Share(hour) - usual);
            }

            var @base = _features.Base(origin, hour);
            return double.IsNaN(@base) ? null : new Example(origin, hour, _features.Row(origin, hour), @base, _features.Learned(hour) - @base);
        }

        // As it is told: the sun never gives less than nothing.
        private double Outwards(int hour, double value) =>
            _kind == ForecastKind.Price ? _features.Scale.Stretch(value)
            : _sun is null ? value
            : Math.Max(0, value) * _sun.Clear(hour);
    }

    /// <summary>An hour as it was known at an origin.</summary>
    private sealed record Example(int Origin, int Hour, double[] Row, double Base, double Target);
}

namespace Kera.Carbon;

/// <summary>Reckons a road map that has been checked.</summary>
internal sealed class RoadMapReckoning(RoadMap map)
{
    // Of what stands there before: so much is lost by adding and taking away the same again.
    private const double Rounding = 1e-9;

    // Of one activity in a year: a thousand million tonnes is more than a country's, and sums over all years stay exact.
    private const double MostTonnes = 1e9;

    private readonly Dictionary<string, int> _numberOf = map.Drivers.Select((driver, number) => (driver.Key, number)).ToDictionary(StringComparer.Ordinal);
    private readonly ILookup<string, (int Measure, RoadMapEffect Effect)> _effects = map.Measures
        .SelectMany((measure, number) => measure.Effects.Select(effect => (Measure: number, Effect: effect)))
        .OrderBy(each => each.Effect.Change)
        .ToLookup(each => each.Effect.Driver, StringComparer.Ordinal);

    public RoadMapOutcome Outcome()
    {
        var count = map.Measures.Count;
        var stages = Enumerable.Range(0, count + 1).Select(first => Path(new Case(measure => measure < first))).ToList();
        var without = Enumerable.Range(0, count).Select(left => Path(new Case(measure => measure != left))).ToList();
        var (none, all) = (Values(new Case(_ => false)), Values(new Case(_ => true)));
        return new RoadMapOutcome
        {
            Stages = stages,
            Without = without,
            Measures = [.. map.Measures.Select((measure, at) => new RoadMapMeasureOutcome(
                measure,
                Difference(stages[at], stages[at + 1]),
                Difference(without[at], stages[^1]),
                PresentCost(measure)))],
            Swings = [.. Swings().OrderByDescending(swing => swing.Width)],
            Drivers = map.Drivers.Select((driver, at) => (driver.Key, new RoadMapDriverPath(none[at], all[at]))).ToDictionary(StringComparer.Ordinal),
        };
    }

    private IEnumerable<RoadMapSwing> Swings()
    {
        foreach (var driver in map.Drivers.Where(driver => driver.Uncertain))
        {
            yield return new RoadMapSwing(driver.Key, false, At(driver.Low), At(driver.High));

            double At(double scale) => Path(new Case(_ => true, driver.Key, scale)).Total;
        }

        foreach (var (measure, number) in map.Measures.Select((measure, number) => (measure, number)).Where(each => each.measure.Effects.Any(effect => effect.Low is not null || effect.High is not null)))
        {
            yield return new RoadMapSwing(measure.Key, true, At(false), At(true));

            double At(bool high) => Path(new Case(_ => true, UncertainMeasure: number, High: high)).Total;
        }
    }

    private RoadMapPath Path(Case of)
    {
        var values = Values(of);
        return new RoadMapPath([.. map.Activities.Select(activity =>
        {
            var drivers = activity.Drivers.Select(driver => values[_numberOf[driver]]).ToList();
            return Enumerable.Range(0, map.Years)
                .Select(year => Finite(drivers.Aggregate(activity.Tonnes, (product, driver) => product * driver[year]), activity.Key, map.FirstYear + year))
                .ToArray();
        })]);
    }

    private double[][] Values(Case of) => [.. map.Drivers.Select(driver => Enumerable.Range(map.FirstYear, map.Years).Select(year => ValueOf(driver, year, of)).ToArray())];

    private double ValueOf(RoadMapDriver driver, int year, Case of)
    {
        var value = driver.At(year) * (driver.Key == of.ScaledDriver ? of.Scale : 1);
        var most = value;
        foreach (var (measure, effect) in _effects[driver.Key].Where(each => of.Active(each.Measure)))
        {
            var force = map.Measures[measure].Force(year);
            var amount = (measure != of.UncertainMeasure ? null : of.High ? effect.High : effect.Low) ?? effect.Amount;
            value = effect.Change switch
            {
                RoadMapChange.To => (value * (1 - force)) + (amount * force),
                RoadMapChange.Add => value + (amount * force),
                _ => value * (1 + (amount * force)),
            };
            most = Math.Max(most, Math.Abs(value));
        }

        return value >= 0 ? value : value > -Rounding * most ? 0 : throw BelowZero(driver, year, value, of);
    }

    private RoadMapException BelowZero(RoadMapDriver driver, int year, double value, Case of)
    {
        var taking = _effects[driver.Key].Where(each => of.Active(each.Measure) && each.Effect.Change == RoadMapChange.Add).Select(each => $"'{map.Measures[each.Measure].Key}'");
        return new RoadMapException([new RoadMapMistake(
            "drivers",
            driver.Key,
            FormattableString.Invariant($"the driver '{driver.Key}' falls to {value:0.######} in {year}: {string.Join(" and ", taking)} take more from it than there is"),
            "add less below zero, or take a share with by")]);
    }

    private static double Finite(double tonnes, string activity, int year) => tonnes < MostTonnes
        ? tonnes
        : throw new RoadMapException([new RoadMapMistake("activities", activity, $"the activity '{activity}' emits more in {year} than can be counted", "mend its tonnes or the units of its drivers")]);

    private static double[] Difference(RoadMapPath more, RoadMapPath less) => [.. more.Annual.Zip(less.Annual, (before, after) => before - after)];

    private double? PresentCost(RoadMapMeasure measure) => measure.Cost is null
        ? null
        : Enumerable.Range(0, map.Years).Sum(year => measure.CostIn(map.FirstYear + year)!.Value / Math.Pow(1 + map.RealRate, year));

    /// <summary>Which measures are taken, and which input is not as expected.</summary>
    private sealed record Case(Func<int, bool> Active, string? ScaledDriver = null, double Scale = 1, int? UncertainMeasure = null, bool High = false);
}

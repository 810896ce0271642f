namespace Kera.Carbon;

/// <summary>Tells everything in a road map that cannot be, before anything is reckoned.</summary>
internal static class RoadMapCheck
{
    private const int MostYears = 200;

    // No more than euros and tonnes of a whole country, so that sums over all years stay exact: a slip of units is found here.
    private const double Most = 1e10;
    private const double LeastRate = -0.2;
    private const double MostRate = 1;

    public static List<RoadMapMistake> Mistakes(RoadMap map) =>
    [
        .. OfYears(map),
        .. Twice("drivers", map.Drivers.Select(driver => driver.Key)),
        .. map.Drivers.SelectMany(OfDriver),
        .. Twice("activities", map.Activities.Select(activity => activity.Key)),
        .. map.Activities.SelectMany(activity => OfActivity(map, activity)),
        .. Twice("measures", map.Measures.Select(measure => measure.Key)),
        .. map.Measures.SelectMany(measure => OfMeasure(map, measure)),
        .. SetTwice(map),
    ];

    private static IEnumerable<RoadMapMistake> OfYears(RoadMap map)
    {
        if (map.Years is < 1 or > MostYears)
        {
            yield return new("years", "", $"the road map has {map.Years} years", $"give it 1 to {MostYears}, 50 as a rule");
        }

        if (!(map.RealRate is >= LeastRate and <= MostRate))
        {
            yield return new("years", "", $"the real rate is {map.RealRate}", "give a share a year from −0.2 to 1, as 0.03");
        }

        if (map.Activities.Count == 0)
        {
            yield return new("activities", "", "the road map has no activity", "add what emits, as heating");
        }
    }

    private static IEnumerable<RoadMapMistake> OfDriver(RoadMapDriver driver)
    {
        if (driver.Points.Count == 0)
        {
            yield return new("drivers", driver.Key, $"the driver '{driver.Key}' has no value", "give it one year with its value at least");
        }

        for (var at = 1; at < driver.Points.Count; at++)
        {
            if (driver.Points[at].Year <= driver.Points[at - 1].Year)
            {
                yield return new("drivers", driver.Key, $"the driver '{driver.Key}' has {driver.Points[at].Year} after {driver.Points[at - 1].Year}", "put its years in order, each once");
            }
        }

        foreach (var point in driver.Points.Where(point => !NotNegative(point.Value)))
        {
            yield return new("drivers", driver.Key, FormattableString.Invariant($"the driver '{driver.Key}' is {point.Value} in {point.Year}"), "give a number not below zero");
        }

        if (!(driver.Low is >= 0 and <= 1 && driver.High >= 1 && double.IsFinite(driver.High)))
        {
            yield return new("drivers", driver.Key, FormattableString.Invariant($"the driver '{driver.Key}' is from {driver.Low} to {driver.High} of its path"), "give a low from 0 to 1 and a high of 1 or more");
        }
    }

    private static IEnumerable<RoadMapMistake> OfActivity(RoadMap map, RoadMapActivity activity)
    {
        if (activity.Drivers.Count == 0)
        {
            yield return new("activities", activity.Key, $"the activity '{activity.Key}' has no driver", "name the drivers whose product it is");
        }

        foreach (var driver in activity.Drivers.Where(driver => map.Drivers.All(known => known.Key != driver)))
        {
            yield return Unknown("activities", "activity", activity.Key, driver, map);
        }

        foreach (var driver in activity.Drivers.GroupBy(driver => driver).Where(same => same.Count() > 1))
        {
            yield return new("activities", activity.Key, $"the activity '{activity.Key}' names the driver '{driver.Key}' twice", "name each once");
        }

        if (!(activity.Tonnes > 0 && double.IsFinite(activity.Tonnes)))
        {
            yield return new("activities", activity.Key, FormattableString.Invariant($"a product of 1 of the activity '{activity.Key}' is {activity.Tonnes} tonnes"), "give a number above zero: 0.000001 where its drivers make grams");
        }
    }

    private static IEnumerable<RoadMapMistake> OfMeasure(RoadMap map, RoadMapMeasure measure)
    {
        if (measure.Start < map.FirstYear || measure.Start > map.LastYear)
        {
            yield return Mistake($"starts in {measure.Start}", $"let it start in a year from {map.FirstYear} to {map.LastYear}; what is older is in the drivers");
        }

        if (measure.Ramp is < 1 or > MostYears)
        {
            yield return Mistake($"comes into force in {measure.Ramp} years", $"give it 1 to {MostYears}; 1 is at once");
        }

        if (measure.Effects.Count == 0)
        {
            yield return Mistake("changes no driver", "say which driver it changes, and how");
        }

        foreach (var effect in measure.Effects.Where(effect => map.Drivers.All(known => known.Key != effect.Driver)))
        {
            yield return Unknown("measures", "measure", measure.Key, effect.Driver, map);
        }

        foreach (var effect in measure.Effects.GroupBy(effect => effect.Driver).Where(same => same.Count() > 1))
        {
            yield return Mistake($"changes the driver '{effect.Key}' twice", "change each once");
        }

        foreach (var effect in measure.Effects)
        {
            foreach (var amount in new[] { effect.Amount, effect.Low ?? effect.Amount, effect.High ?? effect.Amount }.Distinct().Where(amount => !Possible(effect.Change, amount)))
            {
                yield return effect.Change switch
                {
                    RoadMapChange.To => Mistake(FormattableString.Invariant($"sets the driver '{effect.Driver}' to {amount}"), "set it to a number not below zero"),
                    RoadMapChange.By => Mistake(FormattableString.Invariant($"changes the driver '{effect.Driver}' by {amount} of it"), "take no more than all of it away: −1 at least"),
                    _ => Mistake(FormattableString.Invariant($"adds {amount} to the driver '{effect.Driver}'"), "give a number"),
                };
            }
        }

        foreach (var mistake in measure.Cost is { } cost ? OfCost(map, cost) : [])
        {
            yield return Mistake(mistake.Problem, mistake.Remedy);
        }

        RoadMapMistake Mistake(string problem, string remedy) => new("measures", measure.Key, $"the measure '{measure.Key}' {problem}", remedy);
    }

    private static IEnumerable<(string Problem, string Remedy)> OfCost(RoadMap map, RoadMapCost cost)
    {
        if (new[] { cost.Investment, cost.Yearly, cost.Saving }.Any(euros => !(euros is >= 0 and < Most)))
        {
            yield return (FormattableString.Invariant($"costs {cost.Investment} once and {cost.Yearly} a year, and saves {cost.Saving} a year"), "give euros not below zero, and less than ten thousand million");
        }

        if (cost.InvestedIn is { } invested && (invested < map.FirstYear || invested > map.LastYear))
        {
            yield return ($"is invested in in {invested}", $"give a year from {map.FirstYear} to {map.LastYear}");
        }

        if (cost.Lifetime is < 1)
        {
            yield return ($"lasts {cost.Lifetime} years", "give 1 or more, or leave it out where it outlasts the road map");
        }
    }

    // Else the second would undo the first, and the plan would depend on the order of the file.
    private static IEnumerable<RoadMapMistake> SetTwice(RoadMap map) =>
        from same in map.Measures.SelectMany(measure => measure.Effects.Where(effect => effect.Change == RoadMapChange.To).Select(effect => (measure.Key, effect.Driver))).GroupBy(each => each.Driver)
        let keys = same.Select(each => each.Key).Distinct().ToList()
        where keys.Count > 1
        select new RoadMapMistake("measures", keys[1], $"the driver '{same.Key}' is set to a value by '{keys[0]}' and by '{keys[1]}'", "let one of them add to it or change it by a share");

    private static IEnumerable<RoadMapMistake> Twice(string section, IEnumerable<string> keys) =>
        keys.GroupBy(key => key).Where(same => same.Count() > 1).Select(same => new RoadMapMistake(section, same.Key, $"'{same.Key}' is among the {section} twice", "give one of them another key"));

    private static RoadMapMistake Unknown(string section, string noun, string key, string driver, RoadMap map) =>
        new(section, key, $"the {noun} '{key}' names the unknown driver '{driver}'", $"use one of {string.Join(", ", map.Drivers.Select(known => known.Key))}");

    private static bool Possible(RoadMapChange change, double amount) =>
        double.IsFinite(amount) && (change == RoadMapChange.Add || amount >= (change == RoadMapChange.To ? 0 : -1));

    private static bool NotNegative(double value) => value >= 0 && double.IsFinite(value);
}

namespace Kera.Carbon;

/// <summary>An activity at level one.</summary>
/// <param name="Name">The activity's own name.</param>
/// <param name="Flows">Products that come out (above zero) and go in (below zero), each in its product's unit.</param>
/// <param name="Emissions">What it gives off (above zero) and takes from nature (below zero), by name.</param>
public sealed record LifeCycleActivity(string Name, IReadOnlyDictionary<string, double> Flows, IReadOnlyDictionary<string, double> Emissions);

/// <summary>What a demand takes.</summary>
/// <param name="Levels">How often each activity runs, by its name.</param>
/// <param name="Emissions">What all of them give off together, by name.</param>
/// <param name="Intensities">What a unit of each product gives off, with everything behind it: by product, by name.</param>
public sealed record LifeCycleResult(
    IReadOnlyDictionary<string, double> Levels,
    IReadOnlyDictionary<string, double> Emissions,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> Intensities);

/// <summary>A system of activities that has no answer, or none that could be trusted.</summary>
/// <param name="field">Where it lies: <c>activities</c>, <c>demand</c>, or one of them.</param>
/// <param name="members">The activities and products it is about.</param>
/// <param name="sentence">What is wrong and what would be right.</param>
public sealed class LifeCycleException(string field, IReadOnlyList<string> members, string sentence) : Exception(sentence)
{
    /// <summary>Where it lies.</summary>
    public string Field { get; } = field;

    /// <summary>The activities and products it is about.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}

/// <summary>
/// Levels of activities and intensities of products: <c>As = f</c>, <c>g = Bs</c>, <c>Aᵀx = Bᵀ</c> (Heijungs and Suh, The
/// Computational Structure of Life Cycle Assessment, 2002). There are as many activities as products: co-products are shared out
/// before, and a product made in two ways is two products and their mix.
/// </summary>
public static class LifeCycleSystem
{
    // Beyond, fewer than four digits of an answer would be right where the numbers given have sixteen.
    private const double WorstCondition = 1e12;
    private const int MostNamed = 8;

    /// <summary>Solves a system part by part along its loops: O(flows) and O(n³) for the activities of the largest loop.</summary>
    /// <param name="activities">The activities, each with a name of its own.</param>
    /// <param name="demand">How much of which products is wanted.</param>
    /// <exception cref="LifeCycleException">The system is not square, singular or badly scaled, or a number is none.</exception>
    public static LifeCycleResult Solve(IReadOnlyList<LifeCycleActivity> activities, IReadOnlyDictionary<string, double> demand)
    {
        Check(activities, demand);
        var matrix = new LifeCycleMatrix(activities);
        var products = matrix.Products;
        if (demand.Keys.Where(product => !matrix.NumberOf.ContainsKey(product)).ToList() is { Count: > 0 } unknown)
        {
            throw new LifeCycleException("demand", unknown, $"No activity makes or takes {Names(unknown)}, but it is demanded. Add an activity that makes it, or take it out of the demand.");
        }

        if (products.Count != activities.Count)
        {
            throw NotSquare(activities, products);
        }

        var parts = Factor(matrix, activities);
        var wanted = new double[products.Count];
        foreach (var (product, amount) in demand)
        {
            wanted[matrix.NumberOf[product]] = amount;
        }

        var levels = Refined(wanted, b => LevelsOf(matrix, parts, b), matrix.Times);
        var names = activities.SelectMany(activity => activity.Emissions.Keys).Distinct(StringComparer.Ordinal).ToList();
        var emissions = new Dictionary<string, double>(StringComparer.Ordinal);
        var intensities = products.ToDictionary(product => product, _ => new Dictionary<string, double>(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var name in names)
        {
            var direct = activities.Select(activity => activity.Emissions.GetValueOrDefault(name)).ToArray();
            emissions[name] = Enumerable.Range(0, activities.Count).Sum(activity => direct[activity] * levels[activity]);
            var intensity = Refined(direct, b => IntensitiesOf(matrix, parts, b), matrix.TransposedTimes);
            for (var product = 0; product < products.Count; product++)
            {
                intensities[products[product]][name] = intensity[product];
            }
        }

        return new LifeCycleResult(
            activities.Select((activity, number) => (activity.Name, Level: levels[number])).ToDictionary(pair => pair.Name, pair => pair.Level, StringComparer.Ordinal),
            emissions,
            intensities.ToDictionary(pair => pair.Key, IReadOnlyDictionary<string, double> (pair) => pair.Value, StringComparer.Ordinal));
    }

    private static void Check(IReadOnlyList<LifeCycleActivity> activities, IReadOnlyDictionary<string, double> demand)
    {
        if (activities.Count == 0)
        {
            throw new LifeCycleException("activities", [], "There are no activities. Name at least one, with what it makes.");
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var number = 0; number < activities.Count; number++)
        {
            var activity = activities[number];
            if (string.IsNullOrWhiteSpace(activity.Name))
            {
                throw new LifeCycleException($"activities[{number}].name", [], "The activity has no name. Give each a name of its own.");
            }

            if (!names.Add(activity.Name))
            {
                throw new LifeCycleException($"activities[{number}].name", [activity.Name], $"Two activities are named '{activity.Name}'. Give each a name of its own.");
            }

            Finite(activity.Flows, $"activities[{number}].flows");
            Finite(activity.Emissions, $"activities[{number}].emissions");
        }

        Finite(demand, "demand");
    }

    private static void Finite(IReadOnlyDictionary<string, double> amounts, string field)
    {
        foreach (var (name, amount) in amounts)
        {
            if (!double.IsFinite(amount))
            {
                throw new LifeCycleException($"{field}.{name}", [name], $"The amount of '{name}' is no finite number.");
            }
        }
    }

    private static LifeCycleException NotSquare(IReadOnlyList<LifeCycleActivity> activities, IReadOnlyList<string> products)
    {
        var made = activities.SelectMany(activity => activity.Flows.Where(flow => flow.Value > 0).Select(flow => (flow.Key, activity.Name))).ToLookup(pair => pair.Key, pair => pair.Name, StringComparer.Ordinal);
        var count = $"The number of activities is {activities.Count}, of products {products.Count}; it must be the same.";
        if (products.Count > activities.Count)
        {
            var missing = products.Where(product => !made.Contains(product)).ToList();
            var several = activities.Where(activity => activity.Flows.Count(flow => flow.Value > 0) > 1).Select(activity => activity.Name).ToList();
            return new LifeCycleException("activities", [.. missing, .. several], (missing.Count, several.Count) switch
            {
                ( > 0, _) => $"{count} Nothing makes {Names(missing)}: add an activity for each, or take the flow out.",
                (_, > 0) => $"{count} {Names(several)} makes several products: share it out into an activity for each first.",
                _ => count,
            });
        }

        var doubled = made.Where(product => product.Count() > 1).ToList();
        var idle = activities.Where(activity => !activity.Flows.Values.Any(amount => amount > 0)).Select(activity => activity.Name).ToList();
        return new LifeCycleException("activities", [.. doubled.Select(product => product.Key), .. idle], (doubled.Count, idle.Count) switch
        {
            ( > 0, _) => $"{count} {Names([.. doubled.Select(product => product.Key)])} is made by {Names([.. doubled.SelectMany(product => product).Distinct(StringComparer.Ordinal)])}: make each its own product, and an activity that mixes them.",
            (_, > 0) => $"{count} {Names(idle)} makes nothing: name what it is for as a product.",
            _ => count,
        });
    }

    private static List<LifeCyclePart> Factor(LifeCycleMatrix matrix, IReadOnlyList<LifeCycleActivity> activities)
    {
        if (!matrix.Match(out var stuck))
        {
            var (products, makers) = (stuck.Select(product => matrix.Products[product]).ToList(), matrix.ActivitiesOf(stuck).Select(activity => activities[activity].Name).ToList());
            throw new LifeCycleException("activities", [.. products, .. makers], $"The system is singular: {products.Count} products ({Names(products)}) are made or taken by {makers.Count} activities only ({Names(makers)}). Each product needs an activity of its own.");
        }

        var parts = new List<LifeCyclePart>();
        foreach (var members in matrix.Parts())
        {
            var part = new LifeCyclePart(matrix, members);
            if (part.Condition > WorstCondition)
            {
                List<string> names = [.. members.Select(product => matrix.Products[product]), .. members.Select(product => activities[matrix.ActivityOf[product]].Name)];
                throw new LifeCycleException("activities", names, double.IsInfinity(part.Condition)
                    ? $"The system is singular: the activities {Names([.. members.Select(product => activities[matrix.ActivityOf[product]].Name)])} need of {Names([.. members.Select(product => matrix.Products[product])])} just what they make, so that nothing is left over. Check their inputs."
                    : $"The system is badly scaled: {Names([.. members.Select(product => matrix.Products[product])])} would be wrong in more than the fourth digit (condition {part.Condition:0.0e+0}). Check whether an input of {Names([.. members.Select(product => activities[matrix.ActivityOf[product]].Name)])} is in the wrong unit, or takes nearly all that is made.");
            }

            parts.Add(part);
        }

        return parts;
    }

    // Solved once more for what the first answer missed.
    private static double[] Refined(double[] wanted, Func<double[], double[]> solve, Func<double[], double[]> times)
    {
        var answer = solve(wanted);
        var given = times(answer);
        var missed = new double[wanted.Length];
        for (var row = 0; row < wanted.Length; row++)
        {
            missed[row] = wanted[row] - given[row];
        }

        if (missed.Any(amount => amount != 0))
        {
            var more = solve(missed);
            for (var row = 0; row < wanted.Length; row++)
            {
                answer[row] += more[row];
            }
        }

        return answer;
    }

    // A product's row names the activities that make and take it: what stands behind comes before.
    private static double[] LevelsOf(LifeCycleMatrix matrix, List<LifeCyclePart> parts, double[] wanted)
    {
        var levels = new double[wanted.Length];
        foreach (var part in parts)
        {
            var b = Array.ConvertAll(part.Members, product => wanted[product] - matrix.RowTimes(product, levels));
            part.Factors.Solve(b);
            for (var member = 0; member < b.Length; member++)
            {
                levels[matrix.ActivityOf[part.Members[member]]] = b[member];
            }
        }

        return levels;
    }

    private static double[] IntensitiesOf(LifeCycleMatrix matrix, List<LifeCyclePart> parts, double[] direct)
    {
        var intensities = new double[direct.Length];
        for (var number = parts.Count - 1; number >= 0; number--)
        {
            var part = parts[number];
            var b = Array.ConvertAll(part.Members, product => direct[matrix.ActivityOf[product]] - matrix.ColumnTimes(matrix.ActivityOf[product], intensities));
            part.Factors.SolveTransposed(b);
            for (var member = 0; member < b.Length; member++)
            {
                intensities[part.Members[member]] = b[member];
            }
        }

        return intensities;
    }

    private static string Names(List<string> names) =>
        string.Join(", ", names.Take(MostNamed).Select(name => $"'{name}'")) + (names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "");
}

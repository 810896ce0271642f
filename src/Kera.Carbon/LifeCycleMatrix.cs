namespace Kera.Carbon;

/// <summary>The technology matrix A, products by activities, as what is in it: by rows and by columns.</summary>
internal sealed class LifeCycleMatrix
{
    private readonly List<(int Other, double Amount)>[] _rows;
    private readonly List<(int Other, double Amount)>[] _columns;
    private readonly int[] _productOf;

    public LifeCycleMatrix(IReadOnlyList<LifeCycleActivity> activities)
    {
        Products = [.. activities.SelectMany(activity => activity.Flows.Keys).Distinct(StringComparer.Ordinal)];
        NumberOf = Products.Select((product, number) => (product, number)).ToDictionary(pair => pair.product, pair => pair.number, StringComparer.Ordinal);
        _rows = [.. Products.Select(_ => new List<(int, double)>())];
        _columns = [.. activities.Select(_ => new List<(int, double)>())];
        for (var activity = 0; activity < activities.Count; activity++)
        {
            foreach (var (product, amount) in activities[activity].Flows)
            {
                if (amount != 0)
                {
                    _rows[NumberOf[product]].Add((activity, amount));
                    _columns[activity].Add((NumberOf[product], amount));
                }
            }
        }

        ActivityOf = new int[Products.Count];
        _productOf = new int[activities.Count];
    }

    /// <summary>The products, in the order in which they are first named.</summary>
    public IReadOnlyList<string> Products { get; }

    /// <summary>The number of each product.</summary>
    public IReadOnlyDictionary<string, int> NumberOf { get; }

    /// <summary>The activity that each product was given by <see cref="Match"/>.</summary>
    public int[] ActivityOf { get; }

    /// <summary>
    /// Gives each product an activity of its own that makes or takes it, those that make it first; O(products · flows). Where
    /// there is none left for one, no system with these flows has an answer.
    /// </summary>
    /// <param name="stuck">Products that share fewer activities than they are; empty where all was well.</param>
    public bool Match(out IReadOnlyList<int> stuck)
    {
        Array.Fill(ActivityOf, -1);
        Array.Fill(_productOf, -1);
        var seen = new int[ActivityOf.Length];
        for (var product = 0; product < _rows.Length; product++)
        {
            _rows[product].Sort((left, right) => right.Amount.CompareTo(left.Amount));
            if (_rows[product].FindIndex(flow => flow.Amount > 0 && _productOf[flow.Other] < 0) is >= 0 and var index)
            {
                Give(product, _rows[product][index].Other);
            }
        }

        for (var product = 0; product < _rows.Length; product++)
        {
            if (ActivityOf[product] < 0 && !Augment(product, seen, out stuck))
            {
                return false;
            }
        }

        stuck = [];
        return true;
    }

    /// <summary>The activities that make or take any of some products.</summary>
    public IReadOnlyList<int> ActivitiesOf(IReadOnlyList<int> products) => [.. products.SelectMany(product => _rows[product].Select(flow => flow.Other)).Distinct().Order()];

    /// <summary>The parts that hang together by loops, as products, each after those whose activities its products name.</summary>
    public IEnumerable<int[]> Parts()
    {
        var starts = new int[_rows.Length + 1];
        var targets = new List<int>();
        for (var product = 0; product < _rows.Length; product++)
        {
            targets.AddRange(_rows[product].Select(flow => _productOf[flow.Other]));
            starts[product + 1] = targets.Count;
        }

        var components = new Components(_rows.Length);
        components.Find(_rows.Length, starts, targets.ToArray(), []);
        for (var part = 0; part < components.Count; part++)
        {
            var members = components.Order[components.Starts[part]..components.Starts[part + 1]];
            Array.Sort(members);
            yield return members;
        }
    }

    /// <summary>The amount of a product that an activity makes or takes.</summary>
    public IReadOnlyList<(int Activity, double Amount)> Row(int product) => _rows[product];

    public double RowTimes(int product, double[] levels) => Times(_rows[product], levels);

    public double ColumnTimes(int activity, double[] intensities) => Times(_columns[activity], intensities);

    /// <summary>A times the levels of the activities.</summary>
    public double[] Times(double[] levels) => Array.ConvertAll(_rows, row => Times(row, levels));

    /// <summary>Aᵀ times the intensities of the products.</summary>
    public double[] TransposedTimes(double[] intensities) => Array.ConvertAll(_columns, column => Times(column, intensities));

    private static double Times(List<(int Other, double Amount)> line, double[] values)
    {
        var sum = 0.0;
        foreach (var (other, amount) in line)
        {
            sum += amount * values[other];
        }

        return sum;
    }

    private void Give(int product, int activity) => (ActivityOf[product], _productOf[activity]) = (activity, product);

    // Breadth first from the product over activities to the products that hold them, until an activity is free.
    private bool Augment(int root, int[] seen, out IReadOnlyList<int> stuck)
    {
        var from = new Dictionary<int, int>();
        List<int> reached = [root];
        seen[root] = root + 1;
        for (var index = 0; index < reached.Count; index++)
        {
            foreach (var (activity, _) in _rows[reached[index]])
            {
                if (!from.TryAdd(activity, reached[index]))
                {
                    continue;
                }

                if (_productOf[activity] < 0)
                {
                    for (var free = activity; free >= 0;)
                    {
                        var product = from[free];
                        var before = ActivityOf[product];
                        Give(product, free);
                        free = product == root ? -1 : before;
                    }

                    stuck = [];
                    return true;
                }

                if (seen[_productOf[activity]] != root + 1)
                {
                    seen[_productOf[activity]] = root + 1;
                    reached.Add(_productOf[activity]);
                }
            }
        }

        stuck = reached;
        return false;
    }
}

/// <summary>A part of the system that hangs together by loops, factored.</summary>
internal sealed class LifeCyclePart
{
    public LifeCyclePart(LifeCycleMatrix matrix, int[] members)
    {
        Members = members;
        var place = members.Select((product, number) => (matrix.ActivityOf[product], number)).ToDictionary(pair => pair.Item1, pair => pair.number);
        var block = new double[members.Length * members.Length];
        for (var row = 0; row < members.Length; row++)
        {
            foreach (var (activity, amount) in matrix.Row(members[row]))
            {
                if (place.TryGetValue(activity, out var column))
                {
                    block[row * members.Length + column] = amount;
                }
            }
        }

        Factors = DenseFactors.Of(members.Length, block);
    }

    /// <summary>Its products.</summary>
    public int[] Members { get; }

    /// <summary>Its block of the matrix: rows are its products, columns their activities.</summary>
    public DenseFactors Factors { get; }

    /// <summary>Its condition, infinite where it is singular.</summary>
    public double Condition => Factors.Condition;
}

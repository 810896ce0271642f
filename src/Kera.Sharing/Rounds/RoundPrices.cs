namespace Kera.Sharing.Rounds;

/// <summary>
/// Prices of the cells of the week (a Lagrangian relaxation): each wish takes what is best for it after paying for the space, so that
/// all of it together bounds what any answer can count, for any prices. Prices are moved towards where as much is wished as there is:
/// there the bound is that of the linear relaxation, and what is worth its price is mostly what the best answer has.
/// All in whole numbers: the bound is exact.
/// </summary>
internal sealed class RoundPrices
{
    // After so many steps without a lower bound they become shorter, by so much.
    private const int Patience = 15;
    private const double Shrink = 0.7;

    private readonly RoundIndex _index;
    private readonly Candidate[][] _byWish;
    private readonly int[][] _linesOfSpace;
    private readonly Line[] _lines;
    private readonly long[] _groupRates;
    private readonly long[] _categoryRates;
    private readonly long[][] _spaceSums;
    private readonly List<Candidate> _chosen = [];
    private readonly long[] _values;
    private readonly long _lack;
    private readonly int _groupLines;
    private readonly int _equipmentLines;
    private long _atPrices;

    public RoundPrices(RoundIndex index, RoundCandidates candidates)
    {
        _index = index;
        _byWish = [.. candidates.ByWish.Select(list => list.ToArray())];
        var cliques = RoundModel.CliquesOf(index.Beside);
        _linesOfSpace = [.. index.Beside.Select((_, space) => Enumerable.Range(0, cliques.Count).Where(line => cliques[line].Contains(space)).ToArray())];
        (_groupLines, _equipmentLines) = (cliques.Count, cliques.Count + index.Groups.Count);
        _lines =
        [
            .. cliques.Select(_ => new Line(index.Cells, 1)), .. index.Groups.Select(_ => new Line(index.Cells, 1)),
            .. index.Round.Equipment.Select(equipment => new Line(index.Cells, equipment.Pieces)),
        ];
        _groupRates = new long[index.Groups.Count];
        _categoryRates = new long[index.Round.Categories.Count];
        _spaceSums = [.. index.Beside.Select(_ => new long[index.Cells + 1])];
        _values = new long[index.Wishes.Count];
        _lack = index.Round.Categories.Count == 0 ? 0 : RoundPoints.Lack(1, index.Round.Categories.Max(category => category.Weight));
    }

    /// <summary>What no answer can count more than.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>Moves the prices, each time by less where that brings nothing.</summary>
    /// <param name="steps">How often.</param>
    /// <param name="target">What an answer counts that is known.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Move(int steps, long target, CancellationToken cancellation)
    {
        var (stride, waited) = (1.0, 0);
        for (var step = 0; step < steps && Bound > target && stride > 1e-4; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            var value = Evaluate();
            waited = value < Bound - (Bound / 100_000) ? 0 : waited + 1;
            if (value < Bound)
            {
                Bound = value;
                Keep();
            }

            if (waited == Patience)
            {
                (stride, waited) = (stride * Shrink, 0);
            }

            Step(stride * Math.Max(1, value - target));
        }

        Restore();
        _atPrices = Evaluate();
        Bound = Math.Min(Bound, _atPrices);
    }

    /// <summary>
    /// Lowers the bound, where that can be: with each group choosing for all its wishes at once, so that what its first half hours count is no more than they
    /// are worth. The prices stay as they were.
    /// </summary>
    /// <param name="steps">How often prices are moved for it.</param>
    /// <param name="target">What an answer counts that is known.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Tighten(int steps, long target, CancellationToken cancellation)
    {
        var choice = new RoundGroupChoice(_index, _byWish);
        var (stride, waited, best) = (1.0, 0, long.MaxValue);
        for (var step = 0; step < steps && best > target && stride > 1e-5; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            Array.Clear(_groupRates);
            var value = SumLines();
            _chosen.Clear();
            foreach (var group in _index.Groups)
            {
                value += choice.Choose(group, WorthOf, _chosen);
            }

            waited = value < best - (best / 100_000) ? 0 : waited + 1;
            best = Math.Min(best, value);
            if (waited == Patience)
            {
                (stride, waited) = (stride * Shrink, 0);
            }

            Step(stride * Math.Max(1, value - target));
        }

        Restore();
        Evaluate();
        Bound = Math.Min(Bound, best);
    }

    /// <summary>What a time counts for its wish and its group more than its price; how many times it is, is not in it.</summary>
    public long WorthOf(Candidate candidate)
    {
        var wish = _index.Wishes[candidate.Wish];
        var group = _lines[_groupLines + wish.Group].Sums;
        var worth = (candidate.Points * wish.Multiplier) + (candidate.HalfHours * (_groupRates[wish.Group] + _categoryRates[_index.Groups[wish.Group].Category]))
            - (_spaceSums[candidate.Space][candidate.After] - _spaceSums[candidate.Space][candidate.First]) - (group[candidate.After] - group[candidate.First]);
        foreach (var (equipment, pieces) in wish.Equipment)
        {
            var sums = _lines[_equipmentLines + equipment].Sums;
            worth -= pieces * (sums[candidate.After] - sums[candidate.First]);
        }

        return worth;
    }

    /// <summary>What a wish gains at these prices.</summary>
    public long GainOf(int wish) => _values[wish];

    /// <summary>What no answer can count more than that grants a time.</summary>
    public long BoundWith(Candidate candidate)
    {
        var chosen = _chosen.Count;
        var gain = Choose(_index.Wishes[candidate.Wish], candidate);
        _chosen.RemoveRange(chosen, _chosen.Count - chosen);
        return gain == long.MinValue ? gain : _atPrices - _values[candidate.Wish] + gain;
    }

    private long Evaluate()
    {
        var total = SumLines();
        foreach (var group in _index.Groups)
        {
            total += RoundPoints.FirstLevels.Sum(level => level.HalfHours * Math.Max(0, (level.Points * group.Multiplier) - _groupRates[group.Number]));
        }

        _chosen.Clear();
        foreach (var wish in _index.Wishes)
        {
            total += _values[wish.Number] = Choose(wish, null);
        }

        return total;
    }

    // What all hours, pieces and minima cost; and the sums of prices up to each cell, by which times are priced.
    private long SumLines()
    {
        var total = 0L;
        foreach (var line in _lines)
        {
            total += line.Sum();
        }

        for (var space = 0; space < _spaceSums.Length; space++)
        {
            for (var cell = 0; cell <= _index.Cells; cell++)
            {
                var sum = 0L;
                foreach (var line in _linesOfSpace[space])
                {
                    sum += _lines[line].Sums[cell];
                }

                _spaceSums[space][cell] = sum;
            }
        }

        for (var category = 0; category < _categoryRates.Length; category++)
        {
            total -= _categoryRates[category] * (_index.Round.Categories[category].MinimumMinutes / 30);
        }

        return total;
    }

    // The best of each day, and of those as many as are worth it; the handler's, and a time that must be, in any case.
    private long Choose(IndexedWish wish, Candidate? must)
    {
        Span<long> worths = stackalloc long[7];
        Span<int> places = stackalloc int[7];
        worths.Fill(long.MinValue);
        Span<bool> musts = stackalloc bool[7];
        musts.Clear();
        var candidates = _byWish[wish.Number];
        for (var place = 0; place < candidates.Length; place++)
        {
            if (must is not null && must.Day == candidates[place].Day && must != candidates[place])
            {
                continue;
            }

            var worth = WorthOf(candidates[place]);
            musts[candidates[place].Day] |= candidates[place].Pinned || candidates[place] == must;
            if (worth > worths[candidates[place].Day])
            {
                (worths[candidates[place].Day], places[candidates[place].Day]) = (worth, place);
            }
        }

        var least = musts.Count(true);
        var (sum, best, bestCount, chosenFrom) = (0L, least > 0 ? long.MinValue : 0, 0, _chosen.Count);
        for (var count = 1; count <= wish.Wish.MaximumTimes; count++)
        {
            var day = -1;
            for (var other = 0; other < 7; other++)
            {
                var better = day < 0 || worths[other] > worths[day];
                day = worths[other] > long.MinValue && (count > least ? better : musts[other]) ? other : day;
            }

            if (day < 0)
            {
                break;
            }

            sum += worths[day] + (wish.HalfHours * wish.Multiplier * RoundPoints.Time(count));
            _chosen.Add(candidates[places[day]]);
            worths[day] = long.MinValue;
            if (count >= wish.Floor && count >= least && sum > best)
            {
                (best, bestCount) = (sum, count);
            }
        }

        _chosen.RemoveRange(chosenFrom + bestCount, _chosen.Count - chosenFrom - bestCount);
        return best;
    }

    private void Step(double length)
    {
        foreach (var line in _lines)
        {
            Array.Clear(line.Used);
        }

        var groupUse = new int[_groupRates.Length];
        var categoryUse = new int[_categoryRates.Length];
        foreach (var candidate in _chosen)
        {
            var wish = _index.Wishes[candidate.Wish];
            foreach (var line in _linesOfSpace[candidate.Space])
            {
                _lines[line].Use(candidate, 1);
            }

            _lines[_groupLines + wish.Group].Use(candidate, 1);
            foreach (var (equipment, pieces) in wish.Equipment)
            {
                _lines[_equipmentLines + equipment].Use(candidate, pieces);
            }

            groupUse[wish.Group] += candidate.HalfHours;
            categoryUse[_index.Groups[wish.Group].Category] += candidate.HalfHours;
        }

        foreach (var group in _index.Groups)
        {
            groupUse[group.Number] -= RoundPoints.FirstLevels.Sum(level => level.Points * group.Multiplier > _groupRates[group.Number] ? level.HalfHours : 0);
        }

        for (var category = 0; category < categoryUse.Length; category++)
        {
            categoryUse[category] -= _index.Round.Categories[category].MinimumMinutes / 30;
        }

        var size = _lines.Sum(line => line.Size()) + SizeOf(groupUse, _groupRates) + SizeOf(categoryUse, _categoryRates);
        var scale = length / Math.Max(1, size);
        foreach (var line in _lines)
        {
            line.Move(scale);
        }

        MoveRates(groupUse, _groupRates, scale, long.MaxValue);
        MoveRates(categoryUse, _categoryRates, scale, _lack);
    }

    private static double SizeOf(int[] use, long[] rates) => use.Select((amount, number) => amount > 0 && rates[number] == 0 ? 0 : (double)amount * amount).Sum();

    private static void MoveRates(int[] use, long[] rates, double scale, long most)
    {
        for (var number = 0; number < rates.Length; number++)
        {
            rates[number] = Math.Clamp(rates[number] - (long)(scale * use[number]), 0, most);
        }
    }

    private long[] _keptGroupRates = [];
    private long[] _keptCategoryRates = [];

    private void Keep()
    {
        (_keptGroupRates, _keptCategoryRates) = ([.. _groupRates], [.. _categoryRates]);
        foreach (var line in _lines)
        {
            line.Keep();
        }
    }

    private void Restore()
    {
        _keptGroupRates.CopyTo(_groupRates, 0);
        _keptCategoryRates.CopyTo(_categoryRates, 0);
        foreach (var line in _lines)
        {
            line.Restore();
        }
    }

    /// <summary>The cells of one set of spaces, one group or one kind of equipment through the week.</summary>
    private sealed class Line(int cells, int pieces)
    {
        private readonly long[] _prices = new long[cells];
        private readonly long[] _kept = new long[cells];

        public long[] Sums { get; } = new long[cells + 1];

        public int[] Used { get; } = new int[cells];

        public long Sum()
        {
            for (var cell = 0; cell < cells; cell++)
            {
                Sums[cell + 1] = Sums[cell] + _prices[cell];
            }

            return Sums[cells] * pieces;
        }

        public void Use(Candidate candidate, int count)
        {
            for (var cell = candidate.First; cell < candidate.After; cell++)
            {
                Used[cell] += count;
            }
        }

        public double Size()
        {
            var size = 0.0;
            for (var cell = 0; cell < cells; cell++)
            {
                double over = Used[cell] - pieces;
                size += over > 0 || _prices[cell] > 0 ? over * over : 0;
            }

            return size;
        }

        public void Move(double scale)
        {
            for (var cell = 0; cell < cells; cell++)
            {
                _prices[cell] = Math.Max(0, _prices[cell] + (long)(scale * (Used[cell] - pieces)));
            }
        }

        public void Keep() => _prices.CopyTo(_kept, 0);

        public void Restore() => _kept.CopyTo(_prices, 0);
    }
}

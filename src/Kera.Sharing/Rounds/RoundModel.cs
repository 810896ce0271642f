using Google.OrTools.Sat;

namespace Kera.Sharing.Rounds;

/// <summary>
/// A round as a model of 0 and 1: one for each time that a wish may be granted. Times that use a space, or spaces that cannot be used
/// beside each other, in one cell of the week are at most one together, which bounds the best answer closely.
/// </summary>
internal sealed class RoundModel
{
    private readonly RoundIndex _index;
    private readonly RoundBoard _fixed;
    private readonly List<Candidate> _candidates;
    private readonly BoolVar[] _granted;
    private readonly CpModel _model = new();
    private readonly List<(int Wish, int Number, BoolVar Variable)> _times = [];
    private readonly List<(int Group, (int Before, int Most) Level, IntVar Variable)> _levels = [];
    private readonly List<(int Category, int Most, IntVar Variable)> _lacks = [];
    private readonly LinearExprBuilder _objective = LinearExpr.NewBuilder();

    /// <summary>A model of some groups, with all their candidates that nothing granted is in the way of.</summary>
    /// <param name="index">The round.</param>
    /// <param name="candidates">The candidates.</param>
    /// <param name="board">What the other groups are granted.</param>
    public RoundModel(RoundIndex index, IEnumerable<Candidate> candidates, RoundBoard board)
    {
        (_index, _fixed) = (index, board);
        _candidates = [.. candidates];
        _granted = [.. _candidates.Select((_, number) => _model.NewBoolVar(""))];
        for (var number = 0; number < _granted.Length; number++)
        {
            _objective.AddTerm(_granted[number], _candidates[number].Points * index.Wishes[_candidates[number].Wish].Multiplier);
            if (_candidates[number].Pinned)
            {
                _model.Add(_granted[number] == 1);
            }
        }

        var byWish = Enumerable.Range(0, _granted.Length).ToLookup(number => _candidates[number].Wish);
        foreach (var wish in index.Wishes.Where(wish => byWish[wish.Number].Any()))
        {
            AddTimes(wish, [.. byWish[wish.Number]]);
        }

        AddSpaces();
        AddGroups();
        AddEquipment();
        AddCategories();
        _model.Maximize(_objective);
    }

    /// <summary>Where the search begins.</summary>
    /// <param name="granted">What these groups are granted.</param>
    public void Hint(IReadOnlyCollection<Candidate> granted)
    {
        var known = granted.ToHashSet();
        for (var number = 0; number < _granted.Length; number++)
        {
            _model.AddHint(_granted[number], known.Contains(_candidates[number]) ? 1 : 0);
        }

        var times = granted.ToLookup(candidate => candidate.Wish);
        foreach (var (wish, number, variable) in _times)
        {
            _model.AddHint(variable, times[wish].Count() >= number ? 1 : 0);
        }

        var halfHours = granted.ToLookup(candidate => _index.Wishes[candidate.Wish].Group, candidate => candidate.HalfHours);
        foreach (var (group, level, variable) in _levels)
        {
            _model.AddHint(variable, Math.Clamp(halfHours[group].Sum() - level.Before, 0, level.Most));
        }

        foreach (var (category, most, variable) in _lacks)
        {
            _model.AddHint(variable, Math.Max(0, most - granted.Where(candidate => _index.Groups[_index.Wishes[candidate.Wish].Group].Category == category).Sum(candidate => candidate.HalfHours)));
        }
    }

    public CpSolverStatus Solve(CpSolver solver) => solver.Solve(_model);

    public IEnumerable<Candidate> Read(CpSolver solver) => _candidates.Where((_, number) => solver.BooleanValue(_granted[number]));

    // Each time of the week counts less than the one before, so that the sum takes the first ones first by itself.
    private void AddTimes(IndexedWish wish, int[] numbers)
    {
        var (most, floor) = (wish.Wish.MaximumTimes, wish.Floor);
        var point = wish.HalfHours * wish.Multiplier;
        if (most == 1)
        {
            _model.AddAtMostOne(numbers.Select(number => _granted[number]));
            foreach (var number in numbers)
            {
                _objective.AddTerm(_granted[number], point * RoundPoints.Time(1));
            }

            return;
        }

        var any = _model.NewBoolVar("");
        _times.Add((wish.Number, floor, any));
        _objective.AddTerm(any, point * Enumerable.Range(1, floor).Sum(RoundPoints.Time));
        var more = Enumerable.Range(floor + 1, most - floor).Select(_ => _model.NewBoolVar("")).ToArray();
        var previous = any;
        for (var step = 0; step < more.Length; step++)
        {
            _objective.AddTerm(more[step], point * RoundPoints.Time(floor + 1 + step));
            _times.Add((wish.Number, floor + 1 + step, more[step]));
            _model.AddImplication(more[step], previous);
            previous = more[step];
        }

        _model.Add(LinearExpr.Sum(numbers.Select(number => _granted[number])) == floor * any + LinearExpr.Sum(more));
        foreach (var day in numbers.GroupBy(number => _candidates[number].Day))
        {
            _model.Add(LinearExpr.Sum(day.Select(number => _granted[number])) <= any);
        }
    }

    private void AddSpaces()
    {
        var bySpace = Enumerable.Range(0, _granted.Length).ToLookup(number => _candidates[number].Space);
        foreach (var clique in CliquesOf(_index.Beside))
        {
            AddAtMostOnes(clique.SelectMany(space => bySpace[space]));
        }
    }

    private void AddGroups()
    {
        foreach (var group in Enumerable.Range(0, _granted.Length).GroupBy(number => (_index.Wishes[_candidates[number].Wish].Group, _candidates[number].Day)))
        {
            // The times of one wish on a day are at most one already.
            if (group.Select(number => _candidates[number].Wish).Distinct().Skip(1).Any())
            {
                AddAtMostOnes(group);
            }
        }

        var byGroup = Enumerable.Range(0, _granted.Length).ToLookup(number => _index.Wishes[_candidates[number].Wish].Group);
        foreach (var group in _index.Groups.Where(group => byGroup[group.Number].Any()))
        {
            var levels = RoundPoints.FirstLevels.Select(level => _model.NewIntVar(0, level.HalfHours, "")).ToArray();
            for (var (level, before) = (0, 0); level < levels.Length; before += RoundPoints.FirstLevels[level++].HalfHours)
            {
                _levels.Add((group.Number, (before, RoundPoints.FirstLevels[level].HalfHours), levels[level]));
                _objective.AddTerm(levels[level], RoundPoints.FirstLevels[level].Points * group.Multiplier);
            }

            _model.Add(LinearExpr.Sum(levels) <= HalfHoursOf(byGroup[group.Number]));
        }
    }

    private void AddEquipment()
    {
        for (var equipment = 0; equipment < _index.Round.Equipment.Count; equipment++)
        {
            var users = Enumerable.Range(0, _granted.Length)
                .Select(number => (Number: number, Pieces: _index.Wishes[_candidates[number].Wish].Equipment.Where(need => need.Equipment == equipment).Sum(need => need.Pieces)))
                .Where(user => user.Pieces > 0).ToList();
            for (var cell = 0; cell < _index.Cells; cell++)
            {
                var within = users.Where(user => _candidates[user.Number].First <= cell && cell < _candidates[user.Number].After).ToList();
                if (within.Count > 0)
                {
                    _model.Add(LinearExpr.WeightedSum(within.Select(user => _granted[user.Number]), within.Select(user => user.Pieces)) <= _fixed.FreePiecesOf(equipment, cell));
                }
            }
        }
    }

    private void AddCategories()
    {
        var byCategory = Enumerable.Range(0, _granted.Length).ToLookup(number => _index.Groups[_index.Wishes[_candidates[number].Wish].Group].Category);
        for (var category = 0; category < _index.Round.Categories.Count; category++)
        {
            var least = (_index.Round.Categories[category].MinimumMinutes / 30) - _fixed.HalfHoursOf(category);
            if (least > 0)
            {
                var lack = _model.NewIntVar(0, least, "");
                _lacks.Add((category, least, lack));
                _model.Add(lack + HalfHoursOf(byCategory[category]) >= least);
                _objective.AddTerm(lack, -RoundPoints.Lack(1, _index.Round.Categories.Max(other => other.Weight)));
            }
        }
    }

    private LinearExpr HalfHoursOf(IEnumerable<int> numbers) => LinearExpr.WeightedSum(numbers.Select(number => _granted[number]), numbers.Select(number => _candidates[number].HalfHours));

    // One for each cell in which the last of some begin before the first of them ends: the others are parts of these.
    private void AddAtMostOnes(IEnumerable<int> numbers)
    {
        var byFirst = numbers.ToLookup(number => _candidates[number].First);
        List<int> open = [];
        foreach (var cell in byFirst.Select(starting => starting.Key).Order())
        {
            if (open.Any(number => _candidates[number].After <= cell))
            {
                Close();
                open.RemoveAll(number => _candidates[number].After <= cell);
            }

            open.AddRange(byFirst[cell]);
        }

        Close();

        void Close()
        {
            if (open.Count > 1)
            {
                _model.AddAtMostOne(open.Select(number => _granted[number]));
            }
        }
    }

    /// <summary>Sets of spaces of which any two cannot be used beside each other, so that each such pair, and each space, is in one.</summary>
    internal static List<int[]> CliquesOf(int[][] beside)
    {
        List<int[]> cliques = [];
        HashSet<(int, int)> covered = [];
        for (var space = 0; space < beside.Length; space++)
        {
            foreach (var other in beside[space].Where(other => other >= space))
            {
                if (covered.Contains((space, other)) || (other == space && beside[space].Length > 1))
                {
                    continue;
                }

                List<int> clique = [.. new[] { space, other }.Distinct()];
                clique.AddRange(beside[space].Where(third => third != space && third != other && beside[other].Contains(third)).Aggregate(
                    new List<int>(), (found, third) => found.All(known => beside[third].Contains(known)) ? [.. found, third] : found));
                covered.UnionWith(clique.SelectMany(one => clique.Where(two => one <= two).Select(two => (one, two))));
                cliques.Add([.. clique]);
            }
        }

        return cliques;
    }
}

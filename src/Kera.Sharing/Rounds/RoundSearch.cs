using Google.OrTools.Sat;

namespace Kera.Sharing.Rounds;

/// <summary>
/// Searches the best answer: of small rounds at once; of large ones again and again of some groups that wish the same spaces, while
/// the others keep what they have (large neighbourhood search), until work is over or the bound is reached.
/// </summary>
internal sealed class RoundSearch
{
    // So many candidates are solved at once; of more, groups that have so many of the best together, at first.
    private const int AtOnce = 6_000;
    private const int AtFirst = 500;

    // In a part of a round each wish has so many candidates on each day: those that are worth most at the prices.
    private const int BestOfDay = 4;

    // After so many parts come the small steps.
    private const int PartsBetween = 20;

    private const int PriceSteps = 1_500;

    // Work for a part, and what each takes besides the solver's own.
    private const double PartWork = 0.15;
    private const double Overhead = 0.01;

    private readonly RoundIndex _index;
    private readonly RoundSolveOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly RoundPrices _prices;
    private readonly RoundBoard _board;
    private readonly RoundImprovement _improvement;
    private readonly List<Candidate> _all;
    private readonly List<Candidate>[] _best;
    private readonly ILookup<int, int> _groupsOf;
    private readonly ILookup<int, int> _spacesOf;
    private double _work;

    public RoundSearch(RoundIndex index, RoundCandidates candidates, RoundSolveOptions options, CancellationToken cancellation)
    {
        (_index, _options, _cancellation) = (index, options, cancellation);
        var prices = _prices = new RoundPrices(index, candidates);
        _board = new RoundBoard(index);
        prices.Move(PriceSteps, _board.Total, cancellation);
        Bound = prices.Bound;
        _improvement = new RoundImprovement(index, candidates, _board, prices);
        _all = [.. candidates.All];
        _best = [.. candidates.ByWish.Select(list => list.GroupBy(candidate => candidate.Day).SelectMany(day => day.OrderByDescending(prices.WorthOf).Take(BestOfDay)).ToList())];
        var wished = _all.SelectMany(candidate => index.Beside[candidate.Space].Select(space => (Space: space, Group: GroupOf(candidate)))).Distinct().ToList();
        (_groupsOf, _spacesOf) = (wished.ToLookup(pair => pair.Space, pair => pair.Group), wished.ToLookup(pair => pair.Group, pair => pair.Space));
    }

    /// <summary>What no answer can count more than.</summary>
    public long Bound { get; private set; }

    public RoundBoard Solve()
    {
        _improvement.Begin();
        _improvement.Improve();
        Tell();
        if (_all.Count <= AtOnce)
        {
            SolveAtOnce();
        }
        else
        {
            SolveParts();
        }

        _improvement.Improve();
        return _board;
    }

    private void SolveAtOnce()
    {
        var open = 0L;
        foreach (var groups in Components())
        {
            if (_board.Total >= Bound)
            {
                return;
            }

            Solve(groups, _best.SelectMany(candidates => candidates).Union(_board.All), PartWork);
            // What cannot be part of a better answer is left out.
            var (status, left) = Solve(groups, _all.Where(candidate => _prices.BoundWith(candidate) > _board.Total).Union(_board.All), Math.Max(PartWork, _options.Work - _work));
            open += status == CpSolverStatus.Optimal ? 0 : left;
        }

        Bound = Math.Min(Bound, _board.Total + open);
    }

    // Sets of groups of which none bears on another, found by what they wish.
    private List<HashSet<int>> Components()
    {
        List<HashSet<int>> components = [];
        HashSet<int> left = [.. _groupsOf.Select(space => space.Key)];
        while (left.Count > 0)
        {
            var (groups, whole) = GroupsNear(left.Min(), new Random(1), int.MaxValue);
            if (!whole)
            {
                return [[.. Enumerable.Range(0, _index.Groups.Count)]];
            }

            components.Add(groups);
            left.ExceptWith(groups.SelectMany(group => _spacesOf[group]));
        }

        return components;
    }

    private void SolveParts()
    {
        _prices.Tighten(PriceSteps, _board.Total, _cancellation);
        Bound = _prices.Bound;
        Tell();
        var random = new Random(1);
        var size = AtFirst;
        HashSet<int> unsettled = [.. _groupsOf.Select(space => space.Key)];
        for (var part = 1; _board.Total < Bound && _work < _options.Work && unsettled.Count > 0; part++)
        {
            var (before, work) = (_board.Total, Math.Min(PartWork, _options.Work - _work));
            var (groups, whole) = GroupsNear(unsettled.Order().ElementAt(random.Next(unsettled.Count)), random, size);
            var (status, _) = Solve(groups, _best.SelectMany(candidates => candidates).Union(_board.All), work);
            if (status != CpSolverStatus.Optimal)
            {
                size = Math.Max(size * 9 / 10, AtFirst / 4);
            }
            else if (whole)
            {
                // Nothing else bears on these: solved once, they stay as they are.
                unsettled.ExceptWith(groups.SelectMany(group => _spacesOf[group]));
            }
            else
            {
                size = Math.Min(size * 21 / 20, AtOnce);
            }

            if (part % PartsBetween == 0)
            {
                // These look beyond the best of each day.
                _improvement.Improve();
            }

            if (_board.Total > before)
            {
                Tell();
            }
        }
    }

    // Solves some groups anew and grants them what is better; what at most is left to gain.
    private (CpSolverStatus Status, long Left) Solve(HashSet<int> groups, IEnumerable<Candidate> candidates, double work)
    {
        var before = _board.Total;
        Candidate[] possible = [.. candidates.Where(candidate => groups.Contains(GroupOf(candidate)))];
        Candidate[] had = [.. _board.All.Where(candidate => groups.Contains(GroupOf(candidate)))];
        Array.ForEach(had, _board.Remove);
        var model = new RoundModel(_index, possible.Where(_board.IsFree), _board);
        model.Hint(had);
        // One worker, one seed and an end by work: the same round gets the same answer. The full linear relaxation (level 2) is what
        // proves parts best; there is little symmetry to look for, and looking long before the search brings nothing.
        using var solver = new CpSolver
        {
            StringParameters = FormattableString.Invariant($"num_workers:1,random_seed:1,linearization_level:2,cut_max_active_count_value:0.1,symmetry_level:0,cp_model_probing_level:0,max_presolve_iterations:1,max_deterministic_time:{work}"),
        };
        using var registered = _cancellation.Register(solver.StopSearch);
        var status = model.Solve(solver);
        _cancellation.ThrowIfCancellationRequested();
        _work += solver.Response!.DeterministicTime + Overhead;
        Candidate[] found = status is CpSolverStatus.Optimal or CpSolverStatus.Feasible ? [.. model.Read(solver)] : had;
        Array.ForEach(found, _board.Add);
        if (_board.Total < before)
        {
            Array.ForEach(found, _board.Remove);
            Array.ForEach(had, _board.Add);
        }

        return (status, found == had ? Bound : Math.Max(0, (long)Math.Ceiling(solver.BestObjectiveBound - solver.ObjectiveValue)));
    }

    // Those that wish a space or one beside it, then those of the other spaces which they wish; and whether nobody else wishes any of these.
    private (HashSet<int> Groups, bool Whole) GroupsNear(int seed, Random random, int size)
    {
        HashSet<int> groups = [];
        HashSet<int> seen = [seed];
        Queue<int> spaces = new(seen);
        var count = 0;
        while (spaces.TryDequeue(out var space))
        {
            var near = _groupsOf[space].ToArray();
            random.Shuffle(near);
            foreach (var group in near.Where(group => !groups.Contains(group)))
            {
                if (count >= size)
                {
                    return (groups, false);
                }

                groups.Add(group);
                count += _index.Groups[group].Wishes.Sum(wish => _best[wish].Count);
                foreach (var other in _spacesOf[group].Where(seen.Add))
                {
                    spaces.Enqueue(other);
                }
            }
        }

        var users = _index.Wishes.SelectMany(wish => wish.Equipment.Select(need => (need.Equipment, wish.Group))).ToLookup(pair => pair.Equipment, pair => groups.Contains(pair.Group));
        return (groups, users.All(use => use.Distinct().Count() == 1) && _index.Round.Categories.All(category => category.MinimumMinutes == 0));
    }

    private int GroupOf(Candidate candidate) => _index.Wishes[candidate.Wish].Group;

    private void Tell() => _options.Progress?.Invoke(new RoundProgress(_board.Total, Bound));
}

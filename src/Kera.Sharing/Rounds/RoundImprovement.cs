namespace Kera.Sharing.Rounds;

/// <summary>A first answer, and small steps from an answer to a better one. Each step is the same for the same round.</summary>
internal sealed class RoundImprovement(RoundIndex index, RoundCandidates candidates, RoundBoard board, RoundPrices prices)
{
    // Those come first that gain most where each pays for its space.
    private readonly IndexedWish[] _order = [.. index.Wishes.OrderByDescending(wish => prices.GainOf(wish.Number)).ThenByDescending(wish => wish.Multiplier)];

    /// <summary>Grants the handler's times, those of the former answer that still can be, and what else is free.</summary>
    public void Begin()
    {
        foreach (var candidate in candidates.All.Where(candidate => candidate.Pinned))
        {
            board.Add(candidate);
        }

        foreach (var candidate in candidates.All.Where(candidate => candidate.Parts.Kept > 0 && !candidate.Pinned))
        {
            if (!board.IsFull(candidate.Wish) && board.IsFree(candidate))
            {
                board.Add(candidate);
            }
        }

        foreach (var wish in index.Wishes.Where(wish => board.Of(wish.Number).Count < wish.Floor))
        {
            Withdraw(wish.Number);
        }

        Fill();
    }

    /// <summary>Takes the better of an answer's neighbours as long as there is one: a time for those in its way, or a wish for those in the way of its times.</summary>
    public void Improve()
    {
        for (var better = true; better;)
        {
            better = false;
            foreach (var wish in _order)
            {
                while (Try(wish))
                {
                    better = true;
                }
            }
        }
    }

    // Grants wishes what is free: first what is worth its price to them, then the rest.
    private void Fill()
    {
        foreach (var worth in new[] { true, false })
        {
            for (var times = 1; times <= 7; times++)
            {
                foreach (var wish in _order.Where(wish => wish.Wish.MaximumTimes >= times && board.Of(wish.Number).Count < times))
                {
                    var time = RoundPoints.Time(times) * wish.HalfHours * wish.Multiplier;
                    Grant(wish, Math.Max(times, wish.Floor), candidate => (!worth || prices.WorthOf(candidate) + time >= 0) && board.IsFree(candidate));
                }
            }
        }
    }

    // Up to a number of times, each the best of its day; nothing where the minimum is not reached.
    private void Grant(IndexedWish wish, int times, Func<Candidate, bool> isFree)
    {
        var best = candidates.ByWish[wish.Number].Where(isFree).GroupBy(candidate => candidate.Day).Select(day => day.MaxBy(prices.WorthOf)!);
        foreach (var candidate in best.OrderByDescending(prices.WorthOf).ThenBy(candidate => candidate.First).Take(times - board.Of(wish.Number).Count).ToList())
        {
            board.Add(candidate);
        }

        if (board.Of(wish.Number).Count < wish.Floor)
        {
            Withdraw(wish.Number);
        }
    }

    private bool Try(IndexedWish wish)
    {
        var had = board.Of(wish.Number).Count;
        if (had < wish.Floor)
        {
            return TryWhole(wish);
        }

        var sameDayOnly = board.IsFull(wish.Number);
        foreach (var candidate in candidates.ByWish[wish.Number])
        {
            if ((!sameDayOnly || board.Of(wish.Number).Any(time => time.Day == candidate.Day)) && !board.Of(wish.Number).Contains(candidate) && TryAll(wish, [candidate]))
            {
                return true;
            }
        }

        return false;
    }

    // Of each day the time that by itself costs least, and of those days the best.
    private bool TryWhole(IndexedWish wish)
    {
        List<(long Gain, Candidate Candidate)> days = [];
        foreach (var day in candidates.ByWish[wish.Number].GroupBy(candidate => candidate.Day))
        {
            var best = day.Select(candidate => (Gain: GainOf([candidate]), Candidate: candidate)).MaxBy(pair => pair.Gain);
            if (best.Gain is { } gain)
            {
                days.Add((gain, best.Candidate));
            }
        }

        return days.Count >= wish.Floor
            && TryAll(wish, [.. days.OrderByDescending(day => day.Gain).ThenBy(day => day.Candidate.First).Take(wish.Floor).Select(day => day.Candidate)]);
    }

    private bool TryAll(IndexedWish wish, IReadOnlyList<Candidate> wanted) => TryAll(wanted, keep: true) is > 0 && board.Of(wish.Number).Count > 0;

    /// <summary>What the total would gain if times were granted and what is in their way were not; null where the handler's times are in their way.</summary>
    public long? GainOf(IReadOnlyList<Candidate> wanted) => TryAll(wanted, keep: false);

    // The wishes of what goes go too where their minimum is no longer reached.
    private long? TryAll(IReadOnlyList<Candidate> wanted, bool keep)
    {
        var before = board.Total;
        List<(Candidate Candidate, bool Added)> done = [];
        var possible = true;
        foreach (var candidate in wanted)
        {
            foreach (var blocker in board.BlockersOf(candidate).OrderBy(blocker => blocker.Wish).ThenBy(blocker => blocker.First))
            {
                possible &= !blocker.Pinned && !wanted.Contains(blocker);
                Take(blocker);
            }

            board.Add(candidate);
            done.Add((candidate, true));
        }

        foreach (var wish in done.Where(step => !step.Added).Select(step => step.Candidate.Wish).Distinct().ToList())
        {
            if (board.Of(wish).Count < index.Wishes[wish].Floor && !wanted.Any(candidate => candidate.Wish == wish))
            {
                foreach (var rest in board.Of(wish).ToList())
                {
                    Take(rest);
                }
            }
        }

        var gain = board.Total - before;
        if (!keep || !possible || gain <= 0)
        {
            foreach (var (candidate, added) in Enumerable.Reverse(done))
            {
                Undo(candidate, added);
            }
        }

        return possible ? gain : null;

        void Take(Candidate candidate)
        {
            board.Remove(candidate);
            done.Add((candidate, false));
        }
    }

    private void Undo(Candidate candidate, bool added)
    {
        if (added)
        {
            board.Remove(candidate);
        }
        else
        {
            board.Add(candidate);
        }
    }

    private void Withdraw(int wish)
    {
        foreach (var candidate in board.Of(wish).Where(candidate => !candidate.Pinned).ToList())
        {
            board.Remove(candidate);
        }
    }
}

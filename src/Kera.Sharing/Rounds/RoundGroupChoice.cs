namespace Kera.Sharing.Rounds;

/// <summary>
/// What a group takes where each time has its worth: the best of its wishes together, for what the half hours of a group count depends on how many they are.
/// Exact, by a table of how many half hours the first days and wishes take, up to those that count more for being the first.
/// </summary>
internal sealed class RoundGroupChoice
{
    private const int Days = 7;
    private const long Never = long.MinValue / 4;

    private static readonly int s_most = RoundPoints.FirstLevels.Sum(level => level.HalfHours);
    private static readonly int s_width = s_most + 1;

    private readonly RoundIndex _index;
    private readonly Option[][][] _options;
    private readonly int[] _least;

    // By wish and half hours what it gains; and how it came there.
    private readonly long[][] _gains;
    private readonly int[][] _times;
    private readonly (Candidate? Time, int Before)[][] _steps;

    public RoundGroupChoice(RoundIndex index, Candidate[][] byWish)
    {
        _index = index;
        _options = [.. byWish.Select(OptionsOf)];
        _least = [.. byWish.Select(list => list.Where(candidate => candidate.Pinned).Select(candidate => candidate.Day).Distinct().Count())];
        _gains = [.. byWish.Select(_ => new long[s_width])];
        _times = [.. byWish.Select(_ => new int[s_width])];
        _steps = [.. index.Wishes.Select(wish => new (Candidate?, int)[Days * (wish.Wish.MaximumTimes + 1) * s_width])];
    }

    /// <summary>What a group gains at most.</summary>
    /// <param name="group">The group.</param>
    /// <param name="worthOf">What a time is worth, without what the group's first half hours count.</param>
    /// <param name="chosen">Where the times are put that gain it.</param>
    public long Choose(IndexedGroup group, Func<Candidate, long> worthOf, List<Candidate> chosen)
    {
        var sums = new long[group.Wishes.Length + 1][];
        var taken = new int[group.Wishes.Length][];
        sums[0] = new long[s_width];
        Array.Fill(sums[0], Never, 1, s_most);
        for (var place = 0; place < group.Wishes.Length; place++)
        {
            var wish = group.Wishes[place];
            Reckon(_index.Wishes[wish], worthOf);
            (sums[place + 1], taken[place]) = (new long[s_width], new int[s_width]);
            Array.Fill(sums[place + 1], Never);
            for (var before = 0; before < s_width; before++)
            {
                for (var own = 0; own < s_width; own++)
                {
                    var (sum, all) = (sums[place][before] + _gains[wish][own], Math.Min(s_most, before + own));
                    if (sum > sums[place + 1][all])
                    {
                        (sums[place + 1][all], taken[place][all]) = (sum, (before * s_width) + own);
                    }
                }
            }
        }

        var (best, halfHours) = (Never, 0);
        for (var count = 0; count < s_width; count++)
        {
            var gain = sums[^1][count] + (RoundPoints.First(count) * group.Multiplier);
            if (gain > best)
            {
                (best, halfHours) = (gain, count);
            }
        }

        for (var place = group.Wishes.Length - 1; place >= 0; place--)
        {
            var step = taken[place][halfHours];
            Read(_index.Wishes[group.Wishes[place]], step % s_width, chosen);
            halfHours = step / s_width;
        }

        return best;
    }

    // Of each day and length the candidates between which only their worth decides.
    private static Option[][] OptionsOf(Candidate[] candidates)
    {
        return [.. Enumerable.Range(0, Days).Select(day =>
        {
            var ofDay = candidates.Where(candidate => candidate.Day == day).ToList();
            var pinned = ofDay.Exists(candidate => candidate.Pinned);
            return ofDay.Where(candidate => candidate.Pinned || !pinned).GroupBy(candidate => Math.Min(s_most, candidate.HalfHours))
                .Select(same => new Option(same.Key, pinned, [.. same])).ToArray();
        })];
    }

    private void Reckon(IndexedWish wish, Func<Candidate, long> worthOf)
    {
        var most = wish.Wish.MaximumTimes;
        Span<long> now = stackalloc long[8 * s_width];
        Span<long> next = stackalloc long[8 * s_width];
        now.Fill(Never);
        now[0] = 0;
        var steps = _steps[wish.Number];
        for (var day = 0; day < Days; day++)
        {
            var options = _options[wish.Number][day];
            var stepsOfDay = steps.AsSpan(day * (most + 1) * s_width, (most + 1) * s_width);
            if (options.Length > 0 && options[0].Must)
            {
                next.Fill(Never);
            }
            else
            {
                now.CopyTo(next);
                for (var state = 0; state < stepsOfDay.Length; state++)
                {
                    stepsOfDay[state] = (null, state);
                }
            }

            foreach (var option in options)
            {
                var (worth, best) = (Never, option.Candidates[0]);
                foreach (var candidate in option.Candidates)
                {
                    var own = worthOf(candidate);
                    if (own > worth)
                    {
                        (worth, best) = (own, candidate);
                    }
                }

                for (var count = 0; count < most; count++)
                {
                    for (var before = 0; before < s_width; before++)
                    {
                        var from = (count * s_width) + before;
                        if (now[from] > Never / 2)
                        {
                            var to = ((count + 1) * s_width) + Math.Min(s_most, before + option.HalfHours);
                            if (now[from] + worth > next[to])
                            {
                                next[to] = now[from] + worth;
                                stepsOfDay[to] = (best, from);
                            }
                        }
                    }
                }
            }

            var old = now;
            now = next;
            next = old;
        }

        var (gains, times) = (_gains[wish.Number], _times[wish.Number]);
        Array.Fill(gains, Never);
        var points = 0L;
        for (var count = 0; count <= most; count++)
        {
            points += count == 0 ? 0 : wish.HalfHours * wish.Multiplier * RoundPoints.Time(count);
            if ((count > 0 && count < wish.Floor) || count < _least[wish.Number])
            {
                continue;
            }

            for (var halfHours = 0; halfHours < s_width; halfHours++)
            {
                var gain = now[(count * s_width) + halfHours];
                if (gain > Never / 2 && gain + points > gains[halfHours])
                {
                    (gains[halfHours], times[halfHours]) = (gain + points, count);
                }
            }
        }
    }

    private void Read(IndexedWish wish, int halfHours, List<Candidate> chosen)
    {
        var steps = _steps[wish.Number];
        var (states, state) = ((wish.Wish.MaximumTimes + 1) * s_width, (_times[wish.Number][halfHours] * s_width) + halfHours);
        for (var day = Days - 1; day >= 0; day--)
        {
            var (time, before) = steps[(day * states) + state];
            if (time is not null)
            {
                chosen.Add(time);
            }

            state = before;
        }
    }

    private sealed record Option(int HalfHours, bool Must, Candidate[] Candidates);
}

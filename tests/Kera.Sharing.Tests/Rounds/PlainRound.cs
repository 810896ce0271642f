using Kera.Sharing.Rounds;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>The rules of a round written plainly from docs/concepts/rounds.md, with nothing of the kernel's: what is possible, what it counts, and the best by trying all.</summary>
internal sealed class PlainRound(Round round)
{
    private static readonly int[] s_times = [20, 12, 8, 6, 5, 4, 3];
    private static readonly int[] s_options = [6, 4, 2, 0, 0, 0, 0];
    private static readonly int[] s_priorities = [5, 4, 3, 2, 2, 2, 2];

    /// <summary>How many answers there are to try, not counting what is in each other's way.</summary>
    public double Answers => Wishes.Aggregate(1.0, (product, wish) => product * Sets(wish.Application, wish.Wish).Count());

    /// <summary>What the best of all answers counts.</summary>
    public long Best() => Best(0, []);

    /// <summary>What an answer counts.</summary>
    public long Score(IReadOnlyList<RoundAllocation> times, IReadOnlyList<RoundAllocation> former)
    {
        var total = 0L;
        foreach (var application in round.Applications)
        {
            var multiplier = Category(application).Weight * (200 - Past(application));
            for (var place = 0; place < application.Wishes.Count; place++)
            {
                var wish = application.Wishes[place];
                var number = 0;
                foreach (var time in times.Where(time => time.Group == application.Group && time.Wish == wish.Key))
                {
                    var (halfHours, least) = (time.Minutes / 30, wish.MinimumMinutes / 30);
                    total += multiplier * s_priorities[place] * ((s_times[number++] * least) + (4 * Math.Max(0, halfHours - least))
                        + (IsWithin(time, wish.Suitable.Where(suitable => suitable.Primary)) ? 6 * halfHours : 0)
                        + (s_options[wish.Options.ToList().IndexOf(time.Space)] * halfHours) + (former.Contains(time) ? halfHours : 0));
                }
            }

            var all = times.Where(time => time.Group == application.Group).Sum(time => time.Minutes) / 30;
            total += multiplier * 5 * ((Math.Min(all, 4) * 10) + (Math.Clamp(all - 4, 0, 4) * 4));
        }

        foreach (var category in round.Categories)
        {
            var lack = category.MinimumMinutes - times.Where(time => Category(round.Applications.Single(application => application.Group == time.Group)) == category).Sum(time => time.Minutes);
            total -= Math.Max(0, lack) / 30 * 200L * 5 * 100 * round.Categories.Max(other => other.Weight);
        }

        return total;
    }

    /// <summary>Whether times can be beside each other, each being possible by itself.</summary>
    public bool AreTogether(IReadOnlyList<RoundAllocation> times)
    {
        for (var one = 0; one < times.Count; one++)
        {
            for (var two = 0; two < one; two++)
            {
                var (a, b) = (times[one], times[two]);
                if ((a.Group == b.Group && a.Wish == b.Wish && a.Day == b.Day) || (Overlap(a, b) && (a.Group == b.Group || Conflict(a.Space, b.Space))))
                {
                    return false;
                }
            }
        }

        return round.Equipment.All(equipment => times.All(time => times.Where(other => other.Day == time.Day && other.Begin <= time.Begin && time.Begin < other.End)
            .Sum(other => WishOf(other).Equipment.Where(need => need.Equipment == equipment.Key).Sum(need => need.Pieces)) <= equipment.Pieces));
    }

    /// <summary>The times that a wish may have.</summary>
    public IEnumerable<RoundAllocation> TimesOf(RoundApplication application, RoundWish wish) =>
        from space in round.Spaces
        where wish.Options.Contains(space.Key) && space.Capacity >= wish.People && wish.Features.All(space.Features.Contains)
            && wish.Equipment.All(need => round.Equipment.Single(equipment => equipment.Key == need.Equipment).Pieces >= need.Pieces)
        from day in space.Open.Select(open => open.Day).Distinct()
        from begin in Enumerable.Range(0, 1440 / round.GridMinutes).Select(step => step * round.GridMinutes)
        from end in Enumerable.Range(1, 1440 / round.GridMinutes).Select(step => step * round.GridMinutes)
        let time = new RoundAllocation(application.Group, wish.Key, space.Key, day, begin, end)
        where time.Minutes >= wish.MinimumMinutes && time.Minutes <= wish.MaximumMinutes && IsWithin(time, wish.Suitable)
            && space.Open.Any(open => open.Day == day && open.Begin <= begin && end <= open.End)
            && !round.Spaces.Any(other => Conflict(space.Key, other.Key) && other.Occupied.Any(used => Touches(used, time)))
            && !round.Forbids.Any(forbid => (forbid.Group ?? time.Group) == time.Group && (forbid.Wish ?? time.Wish) == time.Wish && (forbid.Space ?? time.Space) == time.Space && (forbid.Time is null || Touches(forbid.Time, time)))
        select time;

    private List<(RoundApplication Application, RoundWish Wish)> Wishes => [.. round.Applications.SelectMany(application => application.Wishes.Select(wish => (application, wish)))];

    private long Best(int wish, List<RoundAllocation> times)
    {
        if (wish == Wishes.Count)
        {
            return Score(times, []);
        }

        var best = long.MinValue;
        foreach (var set in Sets(Wishes[wish].Application, Wishes[wish].Wish))
        {
            List<RoundAllocation> more = [.. times, .. set];
            best = AreTogether(more) ? Math.Max(best, Best(wish + 1, more)) : best;
        }

        return best;
    }

    // Wishes here are for two times at most.
    private IEnumerable<RoundAllocation[]> Sets(RoundApplication application, RoundWish wish)
    {
        var times = TimesOf(application, wish).ToList();
        var ones = wish.MinimumTimes == 1 ? times.Select(time => new[] { time }) : [];
        var twos = wish.MaximumTimes == 2 ? times.SelectMany(one => times.Where(other => other.Day > one.Day).Select(other => new[] { one, other })) : [];
        return [[], .. ones, .. twos];
    }

    private RoundCategory Category(RoundApplication application) => round.Categories.Single(category => category.Key == application.Category);

    private RoundWish WishOf(RoundAllocation time) => round.Applications.Single(application => application.Group == time.Group).Wishes.Single(wish => wish.Key == time.Wish);

    private int Past(RoundApplication application)
    {
        var known = round.Applications.Where(other => other.PastPercent is not null).ToList();
        return application.PastPercent ?? (known.Count == 0 ? 100 : known.Sum(other => other.PastPercent!.Value) / known.Count);
    }

    private bool Conflict(string one, string other) => one == other
        || round.Spaces.Any(space => (space.Key == one && space.Conflicts.Contains(other)) || (space.Key == other && space.Conflicts.Contains(one)));

    private static bool Overlap(RoundAllocation one, RoundAllocation other) => one.Day == other.Day && one.Begin < other.End && other.Begin < one.End;

    private bool Touches(WeeklyTime span, RoundAllocation time) => span.Day == time.Day && span.Begin / round.GridMinutes * round.GridMinutes < time.End
        && time.Begin < (span.End + round.GridMinutes - 1) / round.GridMinutes * round.GridMinutes;

    private static bool IsWithin(RoundAllocation time, IEnumerable<SuitableTime> suitable) =>
        Enumerable.Range(time.Begin, time.Minutes).All(minute => suitable.Any(span => span.Day == time.Day && span.Begin <= minute && minute < span.End));
}

namespace Kera.Sharing.Rounds;

/// <summary>What an answer counts, by <see cref="RoundPoints"/>: reckoned from the round and the granted times alone.</summary>
/// <param name="Wishes">What each wish that has times counts, in the order of the applications.</param>
/// <param name="Groups">What each group that has times counts for its first hours.</param>
/// <param name="Lacks">What is taken off for categories below their minimum.</param>
public sealed record RoundScore(IReadOnlyList<WishScore> Wishes, IReadOnlyList<GroupScore> Groups, IReadOnlyList<CategoryLack> Lacks)
{
    /// <summary>All of it.</summary>
    public long Total => Wishes.Sum(wish => wish.Total) + Groups.Sum(group => group.Total) - Lacks.Sum(lack => lack.Points);

    /// <summary>The score of an answer.</summary>
    /// <param name="round">The round.</param>
    /// <param name="allocations">The granted times, each of a wish that there is and in one of its options.</param>
    /// <param name="former">The times of the former answer; null where there is none.</param>
    public static RoundScore Of(Round round, IReadOnlyList<RoundAllocation> allocations, IReadOnlyList<RoundAllocation>? former = null)
    {
        var index = new RoundIndex(round, former);
        var byWish = allocations.ToLookup(index.WishOf);
        var byGroup = allocations.ToLookup(allocation => allocation.Group, allocation => allocation.Minutes / 30);
        return new RoundScore(
            [.. index.Wishes.Where(wish => byWish[wish.Number].Any()).Select(wish => WishScoreOf(index, wish, [.. byWish[wish.Number]]))],
            [.. index.Groups.Where(group => byGroup[group.Key].Any()).Select(group => new GroupScore(group.Key, group.Multiplier, RoundPoints.First(byGroup[group.Key].Sum())))],
            LacksOf(round, allocations));
    }

    private static WishScore WishScoreOf(RoundIndex index, IndexedWish wish, IReadOnlyList<RoundAllocation> allocations)
    {
        var parts = allocations.Select(time => index.CandidateOf(wish.Number, wish.Wish.Options.ToList().IndexOf(time.Space), time.Day, time.Begin, time.End).Parts).ToList();
        return new WishScore(
            index.Groups[wish.Group].Key, wish.Wish.Key, wish.Multiplier,
            wish.HalfHours * Enumerable.Range(1, allocations.Count).Sum(RoundPoints.Time),
            parts.Sum(part => part.Longer), parts.Sum(part => part.Primary), parts.Sum(part => part.Option), parts.Sum(part => part.Kept));
    }

    private static List<CategoryLack> LacksOf(Round round, IReadOnlyList<RoundAllocation> allocations)
    {
        var categories = round.Applications.ToDictionary(application => application.Group, application => application.Category);
        var halfHours = allocations.ToLookup(allocation => categories[allocation.Group], allocation => allocation.Minutes / 30);
        var highest = round.Categories.Max(category => category.Weight);
        return
        [
            .. from category in round.Categories
               let lack = (category.MinimumMinutes / 30) - halfHours[category.Key].Sum()
               where lack > 0
               select new CategoryLack(category.Key, lack * 30, RoundPoints.Lack(lack, highest)),
        ];
    }
}

/// <summary>What the times of a wish count.</summary>
/// <param name="Group">The group.</param>
/// <param name="Wish">The key of its wish.</param>
/// <param name="Multiplier">Weight of the category · <see cref="RoundPoints.Past"/> · <see cref="RoundPoints.Priority"/>.</param>
/// <param name="Times">Points for the times.</param>
/// <param name="Longer">Points for what is longer than the minimum.</param>
/// <param name="Primary">Points for primary suitable times.</param>
/// <param name="Option">Points for preferred spaces.</param>
/// <param name="Kept">Points for what is as it was.</param>
public sealed record WishScore(string Group, string Wish, long Multiplier, int Times, int Longer, int Primary, int Option, int Kept)
{
    /// <summary>The points, multiplied.</summary>
    public long Total => Multiplier * (Times + Longer + Primary + Option + Kept);
}

/// <summary>What the first hours of a group count.</summary>
/// <param name="Group">The group.</param>
/// <param name="Multiplier">Weight of the category · <see cref="RoundPoints.Past"/> · the highest <see cref="RoundPoints.Priority"/>.</param>
/// <param name="First">The points of <see cref="RoundPoints.First"/>.</param>
public sealed record GroupScore(string Group, long Multiplier, int First)
{
    /// <summary>The points, multiplied.</summary>
    public long Total => Multiplier * First;
}

/// <summary>What a category has less than its minimum.</summary>
/// <param name="Category">The category.</param>
/// <param name="Minutes">What it lacks, in minutes a week.</param>
/// <param name="Points">What is taken off.</param>
public sealed record CategoryLack(string Category, int Minutes, long Points);

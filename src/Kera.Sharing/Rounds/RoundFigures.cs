namespace Kera.Sharing.Rounds;

/// <summary>How an answer is shared out, in minutes a week.</summary>
/// <param name="Groups">By group, in the order of the applications.</param>
/// <param name="Categories">By category, in the order of the round.</param>
/// <param name="Spaces">By space, in the order of the round.</param>
public sealed record RoundFigures(IReadOnlyList<RoundShare> Groups, IReadOnlyList<RoundShare> Categories, IReadOnlyList<SpaceUse> Spaces)
{
    /// <summary>The least share of its wish that a group has; 0 without groups.</summary>
    public double LeastShare => Groups.Select(group => group.Share).DefaultIfEmpty(0).Min();

    /// <summary>The mean of the groups' shares.</summary>
    public double MeanShare => Groups.Select(group => group.Share).DefaultIfEmpty(0).Average();

    /// <summary>The Gini coefficient of the groups' shares: 0 where all have the same, towards 1 where few have all. Half the mean difference of two groups by the mean.</summary>
    public double Gini
    {
        get
        {
            var shares = Groups.Select(group => group.Share).Order().ToList();
            var sum = shares.Sum();
            return sum == 0 ? 0 : shares.Select((share, place) => ((2 * (place + 1)) - shares.Count - 1) * share).Sum() / (shares.Count * sum);
        }
    }

    /// <summary>The figures of an answer.</summary>
    /// <param name="round">The round.</param>
    /// <param name="allocations">The granted times, of groups and spaces that there are.</param>
    public static RoundFigures Of(Round round, IReadOnlyList<RoundAllocation> allocations)
    {
        var index = new RoundIndex(round);
        var byGroup = allocations.ToLookup(time => time.Group, time => time.Minutes);
        var bySpace = allocations.ToLookup(time => time.Space, time => time.Minutes);
        List<RoundShare> groups = [.. round.Applications.Select(application => new RoundShare(
            application.Group, application.Wishes.Sum(wish => wish.MaximumTimes * wish.MaximumMinutes), byGroup[application.Group].Sum()))];
        var byCategory = groups.Zip(round.Applications).ToLookup(pair => pair.Second.Category, pair => pair.First);
        return new RoundFigures(
            groups,
            [.. round.Categories.Select(category => new RoundShare(category.Key, byCategory[category.Key].Sum(group => group.Wished), byCategory[category.Key].Sum(group => group.Granted)))],
            [.. round.Spaces.Select((space, number) => new SpaceUse(
                space.Key, Enumerable.Range(0, index.Cells).Count(cell => index.Open[number][cell] && !index.Occupied[number][cell]) * round.GridMinutes, bySpace[space.Key].Sum()))]);
    }
}

/// <summary>What a group, or the groups of a category, wished at most and got.</summary>
/// <param name="Key">The key of the group or category.</param>
/// <param name="Wished">What was wished at most: times · duration.</param>
/// <param name="Granted">What was granted.</param>
public sealed record RoundShare(string Key, int Wished, int Granted)
{
    /// <summary>The share of the wish that was granted; 1 where nothing was wished.</summary>
    public double Share => Wished == 0 ? 1 : (double)Granted / Wished;
}

/// <summary>How a space is used.</summary>
/// <param name="Space">The space.</param>
/// <param name="Free">How long it is open and not used already.</param>
/// <param name="Granted">How long of that it is granted; use of the spaces beside it is not in it.</param>
public sealed record SpaceUse(string Space, int Free, int Granted)
{
    /// <summary>The share of the free time that is granted; 0 where there is none.</summary>
    public double Rate => Free == 0 ? 0 : (double)Granted / Free;
}

namespace Kera.Sharing.Rounds;

/// <summary>What changes for a group from one answer to another.</summary>
/// <param name="Group">The group.</param>
/// <param name="Added">Times that it has more.</param>
/// <param name="Removed">Times that it has no more.</param>
/// <param name="Moved">Times of a wish that became other times of it.</param>
public sealed record RoundChanges(string Group, IReadOnlyList<RoundAllocation> Added, IReadOnlyList<RoundAllocation> Removed, IReadOnlyList<RoundMove> Moved)
{
    /// <summary>What changes between two answers, by group; groups for which nothing changes are not in it.</summary>
    /// <param name="before">The times of the one.</param>
    /// <param name="after">The times of the other.</param>
    public static IReadOnlyList<RoundChanges> Between(IReadOnlyList<RoundAllocation> before, IReadOnlyList<RoundAllocation> after)
    {
        var (removed, added) = (before.Except(after).ToLookup(time => time.Group), after.Except(before).ToLookup(time => time.Group));
        return [.. removed.Concat(added).Select(group => group.Key).Distinct().Order(StringComparer.Ordinal).Select(group => Of(group, [.. removed[group]], [.. added[group]]))];
    }

    // A time that goes is paired with one of its wish that comes, sooner of its weekday and then of its space.
    private static RoundChanges Of(string group, List<RoundAllocation> removed, List<RoundAllocation> added)
    {
        List<RoundMove> moved = [];
        var pairs = from one in removed
                    from other in added
                    where one.Wish == other.Wish
                    orderby one.Day == other.Day descending, one.Space == other.Space descending, one.Day, other.Day
                    select new RoundMove(one, other);
        foreach (var pair in pairs.ToList())
        {
            if (removed.Contains(pair.From) && added.Contains(pair.To))
            {
                removed.Remove(pair.From);
                added.Remove(pair.To);
                moved.Add(pair);
            }
        }

        return new RoundChanges(group, added, removed, moved);
    }
}

/// <summary>A time that became another.</summary>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
public sealed record RoundMove(RoundAllocation From, RoundAllocation To);

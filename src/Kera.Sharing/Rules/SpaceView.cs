namespace Kera.Sharing;

/// <summary>One space in some days: when it may be used at all, before any booking is looked at.</summary>
internal sealed class SpaceView
{
    private readonly SpaceTree _tree;
    private readonly int _number;
    private OpenTime? _open;

    public SpaceView(SpaceTree tree, int number, LocalDays days)
    {
        (_tree, _number, Days, Space) = (tree, number, days, tree.Spaces[number]);
        (Life, Permitted) = (LifeOf(Space), PermittedOf(Space));
        foreach (var above in tree.Above(number))
        {
            var (life, permitted) = (LifeOf(tree.Spaces[above]), PermittedOf(tree.Spaces[above]));
            Life = new(Math.Max(Life.Begin, life.Begin), Math.Min(Life.End, life.End));
            Permitted = Permitted is null ? permitted : permitted is null ? Permitted : Permitted.And(permitted);
        }
    }

    public Space Space { get; }

    public LocalDays Days { get; }

    /// <summary>From the first day to the last of the space and all above it.</summary>
    public Span Life { get; }

    /// <summary>What the permits of the space and all above it allow; null where none is needed.</summary>
    public List<Span>? Permitted { get; }

    /// <summary>When it is open to customers.</summary>
    public OpenTime Open => _open ??= OpenTime.Of(_tree.HoursOf(_number), Days, staff: false);

    /// <summary>Takes opening hours that were laid on the same days already.</summary>
    public SpaceView With(OpenTime open)
    {
        _open = open;
        return this;
    }

    /// <summary>The time of a round.</summary>
    public Span Of(RoundPeriod round) => new(Days.Begin(round.From), Days.Begin(round.To.PlusDays(1)));

    /// <summary>When bookings of a kind may be, by the hours, the life, the permits and the rounds.</summary>
    public List<Span> Usable(bool staff) => staff || Space.Rules.Rounds.Count == 0
        ? Permissible(staff)
        : Permissible(staff).Without([.. Space.Rules.Rounds.Where(round => !round.ResultsSent).Select(Of).ToList().Merged()]);

    /// <summary>When it may be used at all, by the hours (which do not bind staff), the life and the permits.</summary>
    public List<Span> Permissible(bool staff)
    {
        List<Span> life = [Life];
        var permissible = staff ? life : Life is { Begin: long.MinValue, End: long.MaxValue } ? Open.Spans : Open.Spans.And(life);
        return Permitted is null ? permissible : permissible.And(Permitted);
    }

    private Span LifeOf(Space space) => new(
        space.FirstDay is { } first ? Days.Begin(first) : long.MinValue,
        space.LastDay is { } last ? Days.Begin(last.PlusDays(1)) : long.MaxValue);

    private List<Span>? PermittedOf(Space space)
    {
        if (space.Permits.Count == 0)
        {
            return null;
        }

        var spans = new List<Span>();
        foreach (var permit in space.Permits)
        {
            var end = Days.Begin(permit.To.PlusDays(1));
            for (var (day, date) = (0, Days.First); day < Days.Count; day++, date = date.PlusDays(1))
            {
                if (date >= permit.From && date <= permit.To)
                {
                    spans.Add(new(Days.At(day, permit.Begin), Math.Min(end, Days.At(permit.End <= permit.Begin ? day + 1 : day, permit.End))));
                }
            }
        }

        return spans.Merged();
    }
}

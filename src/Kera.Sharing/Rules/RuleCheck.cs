using NodaTime;

namespace Kera.Sharing;

/// <summary>Tells everything in rules and hours that cannot be, so that contradictory rules are refused when they are set and not found out by a customer.</summary>
public static class RuleCheck
{
    private static readonly Duration s_minute = Duration.FromMinutes(1);

    /// <summary>All mistakes of a tree; none where all is well.</summary>
    /// <param name="tree">The spaces.</param>
    /// <param name="today">The day of checking: whether a space is open long enough is looked up in the year from it.</param>
    public static IReadOnlyList<RuleMistake> Mistakes(SpaceTree tree, LocalDate today) =>
    [
        .. tree.Spaces.SelectMany(space => Mistakes(tree, space.Key, today)),
        .. tree.Equipment.Where(thing => thing.Pieces < 1).Select(thing => new RuleMistake(thing.Key, nameof(Equipment.Pieces), RuleMistakeCode.TooSmall) { Count = 1 }),
    ];

    /// <summary>The mistakes of a space.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public static IReadOnlyList<RuleMistake> Mistakes(SpaceTree tree, string space, LocalDate today)
    {
        var it = tree.Space(space);
        List<RuleMistake> mistakes =
        [
            .. OfDurations(space, it.Rules),
            .. OfWindows(tree.Zone, space, it.Rules),
            .. OfWho(tree, it),
            .. OfLife(it),
            .. it.Hours is { } hours ? HoursCheck.Mistakes(space, hours) : [],
        ];
        // Only hours and steps that can be are laid on days.
        if (mistakes.Count == 0 && NeverOpenLongEnough(tree, it, today) is { } never)
        {
            mistakes.Add(never);
        }

        return mistakes;
    }

    private static IEnumerable<RuleMistake> OfDurations(string key, BookingRules rules)
    {
        foreach (var (field, duration) in new[] { (nameof(rules.StartGrid), rules.StartGrid), (nameof(rules.DurationStep), rules.Step) })
        {
            if (duration <= Duration.Zero)
            {
                yield return new(key, field, RuleMistakeCode.NotPositive) { Right = s_minute };
            }
        }

        foreach (var (field, duration) in new[] { (nameof(rules.LeastDuration), rules.LeastDuration), (nameof(rules.MostDuration), rules.MostDuration) })
        {
            if (duration <= Duration.Zero)
            {
                yield return new(key, field, RuleMistakeCode.NotPositive) { Right = rules.Step };
            }
        }

        (string, Duration?)[] notNegative =
        [
            (nameof(rules.BufferBefore), rules.BufferBefore),
            (nameof(rules.BufferAfter), rules.BufferAfter),
            (nameof(rules.Notice), rules.Notice),
            (nameof(rules.CancellableBefore), rules.CancellableBefore),
        ];
        foreach (var (field, duration) in notNegative)
        {
            if (duration < Duration.Zero)
            {
                yield return new(key, field, RuleMistakeCode.Negative) { Right = Duration.Zero };
            }
        }

        if (rules.LeastDuration > rules.MostDuration)
        {
            yield return new(key, nameof(rules.LeastDuration), RuleMistakeCode.LeastAboveMost) { Right = rules.MostDuration };
        }
        else if (rules.MostDuration is { } most && rules.Step > Duration.Zero && FirstMultiple(rules) is var first && first > most)
        {
            yield return new(key, nameof(rules.MostDuration), RuleMistakeCode.NoDurationFits) { Right = first };
        }
    }

    private static IEnumerable<RuleMistake> OfWindows(DateTimeZone zone, string key, BookingRules rules)
    {
        if (rules.NoticeDays < 0)
        {
            yield return new(key, nameof(rules.NoticeDays), RuleMistakeCode.TooSmall) { Count = 0 };
        }

        // A start of the day is at or before now, so that a notice in days is never longer than as many days from now; one day must be left.
        var leastHorizon = Math.Max(Math.Max(rules.NoticeDays, 0), (int)Math.Ceiling(rules.Notice.TotalDays));
        if (rules.HorizonDays is { } horizon && (horizon < leastHorizon || horizon < 1))
        {
            yield return new(key, nameof(rules.HorizonDays), RuleMistakeCode.NoticeBeyondHorizon) { Count = Math.Max(1, leastHorizon) };
        }

        if (rules.PublishedUntil <= rules.PublishedFrom)
        {
            yield return new(key, nameof(rules.PublishedUntil), RuleMistakeCode.EndsBeforeItBegins) { Until = Local(rules.PublishedFrom) };
        }

        if (rules.BookingCloses <= rules.BookingOpens)
        {
            yield return new(key, nameof(rules.BookingCloses), RuleMistakeCode.EndsBeforeItBegins) { Until = Local(rules.BookingOpens) };
        }

        if (rules.BookingOpens >= rules.PublishedUntil)
        {
            yield return new(key, nameof(rules.BookingOpens), RuleMistakeCode.BookingWhileHidden) { Until = Local(rules.PublishedUntil) };
        }

        if (rules.BookingCloses <= rules.PublishedFrom)
        {
            yield return new(key, nameof(rules.BookingCloses), RuleMistakeCode.BookingWhileHidden) { From = Local(rules.PublishedFrom) };
        }

        for (var at = 0; at < rules.Rounds.Count; at++)
        {
            if (rules.Rounds[at] is var round && round.To < round.From)
            {
                yield return new(key, $"{nameof(rules.Rounds)}[{at}].{nameof(round.To)}", RuleMistakeCode.EndsBeforeItBegins) { Until = round.From.AtMidnight() };
            }
        }

        LocalDateTime? Local(Instant? instant) => instant?.InZone(zone).LocalDateTime;
    }

    private static IEnumerable<RuleMistake> OfWho(SpaceTree tree, Space space)
    {
        var rules = space.Rules;
        if (rules.Audiences is { Count: 0 })
        {
            yield return new(space.Key, nameof(rules.Audiences), RuleMistakeCode.Empty);
        }

        if (space.Capacity < 1)
        {
            yield return new(space.Key, nameof(space.Capacity), RuleMistakeCode.TooSmall) { Count = 1 };
        }

        if (rules.Deposit < 0)
        {
            yield return new(space.Key, nameof(rules.Deposit), RuleMistakeCode.TooSmall) { Count = 0 };
        }

        for (var at = 0; at < rules.Limits.Count; at++)
        {
            var field = $"{nameof(rules.Limits)}[{at}]";
            if (rules.Limits[at] is BookingsAtOnce { Most: < 1 } once)
            {
                yield return new(space.Key, $"{field}.{nameof(once.Most)}", RuleMistakeCode.TooSmall) { Count = 1 };
            }

            if (rules.Limits[at] is TimePerPeriod period && rules.Step > Duration.Zero && FirstMultiple(rules) is var least && period.Most < least)
            {
                yield return new(space.Key, $"{field}.{nameof(period.Most)}", RuleMistakeCode.LimitBelowLeastDuration) { Right = least };
            }

            if (rules.Limits[at].Kinds is { Count: 0 })
            {
                yield return new(space.Key, $"{field}.{nameof(UsageLimit.Kinds)}", RuleMistakeCode.Empty);
            }

            foreach (var kind in (rules.Limits[at].Kinds ?? []).Where(kind => tree.Spaces.All(known => known.Kind != kind)))
            {
                yield return new(space.Key, $"{field}.{nameof(UsageLimit.Kinds)}", RuleMistakeCode.UnknownKind) { Name = kind };
            }
        }
    }

    private static IEnumerable<RuleMistake> OfLife(Space space)
    {
        if (space.LastDay < space.FirstDay)
        {
            yield return new(space.Key, nameof(space.LastDay), RuleMistakeCode.EndsBeforeItBegins) { Until = space.FirstDay?.AtMidnight() };
        }

        for (var at = 0; at < space.Permits.Count; at++)
        {
            if (space.Permits[at] is var permit && permit.To < permit.From)
            {
                yield return new(space.Key, $"{nameof(space.Permits)}[{at}].{nameof(permit.To)}", RuleMistakeCode.EndsBeforeItBegins) { Until = permit.From.AtMidnight() };
            }
        }
    }

    // A space that is never open at all may be one that staff alone use.
    private static RuleMistake? NeverOpenLongEnough(SpaceTree tree, Space space, LocalDate today)
    {
        var least = FirstMultiple(space.Rules);
        var days = new LocalDays(tree.Zone, today, today.PlusYears(1));
        var longest = new SpaceView(tree, tree.NumberOf(space.Key), days).Usable(staff: false).Select(span => span.End - span.Begin).DefaultIfEmpty().Max();
        return longest > 0 && longest < Ticks.Of(least)
            ? new(space.Key, nameof(space.Rules.LeastDuration), RuleMistakeCode.NeverOpenLongEnough) { Right = Duration.FromTicks(longest) }
            : null;
    }

    // The shortest duration that may be booked: the first multiple of the step that is not below the least.
    private static Duration FirstMultiple(BookingRules rules)
    {
        var (step, least) = (Ticks.Of(rules.Step), Ticks.Of(rules.LeastDuration ?? rules.Step));
        return Duration.FromTicks(Math.Max(1, (least + step - 1) / step) * step);
    }
}

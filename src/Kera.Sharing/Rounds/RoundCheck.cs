namespace Kera.Sharing.Rounds;

/// <summary>Checks granted times against what a round asks, whoever granted them.</summary>
public static class RoundCheck
{
    /// <summary>What is wrong with granted times; nothing where they can be.</summary>
    /// <param name="round">The round; times that are its forced pins are let pass as those are.</param>
    /// <param name="allocations">The times.</param>
    /// <returns>The faults: of each time by itself, then of two together.</returns>
    /// <exception cref="SharingException">The round is not as it should be.</exception>
    public static IReadOnlyList<RoundFault> Faults(Round round, IReadOnlyList<RoundAllocation> allocations)
    {
        RoundInput.Check(round);
        return Faults(new RoundIndex(round), allocations);
    }

    internal static List<RoundFault> Faults(RoundIndex index, IReadOnlyList<RoundAllocation> allocations)
    {
        List<RoundFault> faults = [];
        List<Candidate> sound = [];
        foreach (var allocation in allocations)
        {
            var codes = FaultsOf(index, allocation).ToList();
            faults.AddRange(codes.Select(code => new RoundFault(code, allocation)));
            if (codes.Count == 0)
            {
                var wish = index.WishOf(allocation)!.Value;
                sound.Add(index.CandidateOf(wish, OptionOf(index.Wishes[wish], allocation), allocation.Day, allocation.Begin, allocation.End));
            }
        }

        return [.. faults, .. FaultsOfTwo(index, sound), .. FaultsOfTimes(index, sound)];
    }

    private static int OptionOf(IndexedWish wish, RoundAllocation allocation) => wish.Wish.Options.ToList().IndexOf(allocation.Space);

    private static IEnumerable<RoundFaultCode> FaultsOf(RoundIndex index, RoundAllocation allocation)
    {
        if (index.WishOf(allocation) is not { } number)
        {
            return [RoundFaultCode.UnknownWish];
        }

        var (wish, grid, forced) = (index.Wishes[number], index.Round.GridMinutes, index.IsForced(allocation));
        var option = OptionOf(wish, allocation);
        if (option < 0)
        {
            return [RoundFaultCode.NotAnOption];
        }

        var within = allocation.Day is >= NodaTime.IsoDayOfWeek.Monday and <= NodaTime.IsoDayOfWeek.Sunday && allocation.Begin >= 0 && allocation.Begin < allocation.End && allocation.End <= 1440;
        if (!within || (!forced && (allocation.Begin % grid != 0 || allocation.End % grid != 0)))
        {
            return [RoundFaultCode.OffGrid];
        }

        var (first, after) = index.CellsOf(allocation.Day, allocation.Begin, allocation.End);
        var space = wish.Options[option];
        (bool Wrong, RoundFaultCode Code)[] checks =
        [
            (!forced && (allocation.Minutes < wish.Wish.MinimumMinutes || allocation.Minutes > wish.Wish.MaximumMinutes), RoundFaultCode.Duration),
            (!forced && !RoundIndex.Suits(wish.Suitable, first, after), RoundFaultCode.NotSuitable),
            (wish.Wish.People > index.Round.Spaces[space].Capacity, RoundFaultCode.TooManyPeople),
            (wish.Wish.Features.Except(index.Round.Spaces[space].Features).Any(), RoundFaultCode.FeatureMissing),
            (!RoundIndex.Suits(index.Open[space], first, after), RoundFaultCode.Closed),
            (index.Occupied[space].AsSpan(first, after - first).Contains(true), RoundFaultCode.Occupied),
            (index.ForbiddenFor(number, space).AsSpan(first, after - first).Contains(true), RoundFaultCode.Forbidden),
        ];
        return checks.Where(check => check.Wrong).Select(check => check.Code);
    }

    private static IEnumerable<RoundFault> FaultsOfTwo(RoundIndex index, List<Candidate> times)
    {
        for (var later = 0; later < times.Count; later++)
        {
            for (var earlier = 0; earlier < later; earlier++)
            {
                var (one, other) = (times[later], times[earlier]);
                var sameDay = one.Wish == other.Wish && one.Day == other.Day;
                if (sameDay)
                {
                    yield return new RoundFault(RoundFaultCode.SecondOnDay, one.Allocation, other.Allocation);
                }

                if (one.First >= other.After || other.First >= one.After)
                {
                    continue;
                }

                if (index.Beside[one.Space].Contains(other.Space))
                {
                    yield return new RoundFault(RoundFaultCode.SpaceTaken, one.Allocation, other.Allocation);
                }

                if (!sameDay && index.Wishes[one.Wish].Group == index.Wishes[other.Wish].Group)
                {
                    yield return new RoundFault(RoundFaultCode.GroupElsewhere, one.Allocation, other.Allocation);
                }
            }
        }
    }

    private static IEnumerable<RoundFault> FaultsOfTimes(RoundIndex index, List<Candidate> times)
    {
        foreach (var ofWish in times.GroupBy(time => time.Wish))
        {
            var wish = index.Wishes[ofWish.Key];
            foreach (var tooMany in ofWish.Skip(wish.Wish.MaximumTimes))
            {
                yield return new RoundFault(RoundFaultCode.TooManyTimes, tooMany.Allocation);
            }

            if (ofWish.Count() < wish.Floor)
            {
                yield return new RoundFault(RoundFaultCode.TooFewTimes, ofWish.First().Allocation);
            }
        }

        for (var equipment = 0; equipment < index.Round.Equipment.Count; equipment++)
        {
            var users = times.Select(time => (Time: time, Pieces: index.Wishes[time.Wish].Equipment.Where(need => need.Equipment == equipment).Sum(need => need.Pieces))).Where(user => user.Pieces > 0).ToList();
            foreach (var (user, _) in users.Where(user => Enumerable.Range(user.Time.First, user.Time.After - user.Time.First).Any(cell =>
                users.Where(other => other.Time.First <= cell && cell < other.Time.After).Sum(other => other.Pieces) > index.Round.Equipment[equipment].Pieces)))
            {
                yield return new RoundFault(RoundFaultCode.EquipmentShort, user.Allocation);
            }
        }
    }
}

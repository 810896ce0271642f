using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>Every time that each wish may be granted, and how far the options came that have none.</summary>
internal sealed class RoundCandidates
{
    private readonly RoundIndex _index;

    public RoundCandidates(RoundIndex index)
    {
        _index = index;
        (ByWish, Hindrances) = (new List<Candidate>[index.Wishes.Count], new RoundReasonCode?[index.Wishes.Count][]);
        var pins = index.Round.Pins.Select(pin => pin.Allocation).Distinct().ToLookup(allocation => index.WishOf(allocation));
        foreach (var wish in index.Wishes)
        {
            List<Candidate> found = [.. pins[wish.Number].Select(time => index.CandidateOf(wish.Number, wish.Wish.Options.ToList().IndexOf(time.Space), time.Day, time.Begin, time.End))];
            var pinned = found.Select(candidate => candidate.Day).ToHashSet();
            Hindrances[wish.Number] = [.. Enumerable.Range(0, wish.Options.Length).Select(option => AddAll(found, pinned, wish, option))];
            ByWish[wish.Number] = found;
        }
    }

    /// <summary>By wish its candidates: the handler's times first.</summary>
    public List<Candidate>[] ByWish { get; }

    /// <summary>By wish and option what keeps it from having any; null where it has some.</summary>
    public RoundReasonCode?[][] Hindrances { get; }

    public IEnumerable<Candidate> All => ByWish.SelectMany(candidates => candidates);

    private RoundReasonCode? AddAll(List<Candidate> found, HashSet<int> pinnedDays, IndexedWish wish, int option)
    {
        var space = wish.Options[option];
        var (round, grid) = (_index.Round, _index.Round.GridMinutes);
        if (wish.Wish.People > round.Spaces[space].Capacity)
        {
            return RoundReasonCode.SpaceTooSmall;
        }

        if (wish.Wish.Features.Except(round.Spaces[space].Features).Any())
        {
            return RoundReasonCode.FeatureMissing;
        }

        if (wish.Equipment.Any(need => need.Pieces > round.Equipment[need.Equipment].Pieces))
        {
            return RoundReasonCode.EquipmentMissing;
        }

        // A time passes one gate after the other; the farthest that any came says what the option fails at.
        var gates = new (bool[] Cells, bool Wanted, RoundReasonCode Else)[]
        {
            (wish.Suitable, true, RoundReasonCode.SuitableTimesTooShort),
            (_index.Open[space], true, RoundReasonCode.SpaceClosed),
            (_index.Occupied[space], false, RoundReasonCode.SpaceOccupied),
            (_index.ForbiddenFor(wish.Number, space), false, RoundReasonCode.HandlerForbade),
        };
        var farthest = 0;
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
        {
            for (var begin = 0; begin < 1440; begin += grid)
            {
                for (var minutes = wish.Wish.MinimumMinutes; minutes <= wish.Wish.MaximumMinutes && begin + minutes <= 1440; minutes += grid)
                {
                    var (first, after) = _index.CellsOf(day, begin, begin + minutes);
                    var passed = 0;
                    while (passed < gates.Length && Array.IndexOf(gates[passed].Cells, !gates[passed].Wanted, first, after - first) < 0)
                    {
                        passed++;
                    }

                    farthest = Math.Max(farthest, passed);
                    if (passed < gates.Length)
                    {
                        // What is longer fails at the same.
                        break;
                    }

                    if (!pinnedDays.Contains((int)day - 1))
                    {
                        found.Add(_index.CandidateOf(wish.Number, option, day, begin, begin + minutes));
                    }
                }
            }
        }

        return farthest < gates.Length ? gates[farthest].Else : null;
    }
}

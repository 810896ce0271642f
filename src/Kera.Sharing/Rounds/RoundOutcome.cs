namespace Kera.Sharing.Rounds;

/// <summary>What a group got, and why.</summary>
/// <param name="Group">The group.</param>
/// <param name="Wishes">What each of its wishes got, in their order.</param>
public sealed record GroupOutcome(string Group, IReadOnlyList<WishOutcome> Wishes);

/// <summary>What a wish got, and why.</summary>
/// <param name="Wish">The key of the wish.</param>
/// <param name="Times">How many times a week.</param>
/// <param name="Minutes">How many minutes a week in all.</param>
/// <param name="Reasons">First what is granted, then why it is not more.</param>
public sealed record WishOutcome(string Wish, int Times, int Minutes, IReadOnlyList<RoundReason> Reasons);

/// <summary>Finds the reasons of an answer that none of its neighbours is better than.</summary>
internal sealed class RoundReasons(RoundIndex index, RoundCandidates candidates, RoundBoard board)
{
    public IReadOnlyList<GroupOutcome> All() =>
        [.. index.Groups.Select(group => new GroupOutcome(group.Key, [.. group.Wishes.Select(wish => OutcomeOf(index.Wishes[wish]))]))];

    private WishOutcome OutcomeOf(IndexedWish wish)
    {
        var times = board.Of(wish.Number);
        List<RoundReason> reasons =
        [
            new(RoundReasonCode.GrantedByHandler, times.Count(time => time.Pinned)),
            new(RoundReasonCode.GrantedAsWished, times.Count(time => time.Primary && time.Option == 0 && time.Allocation.Minutes >= wish.Wish.MaximumMinutes)),
            new(RoundReasonCode.GrantedSecondary, times.Count(time => !time.Primary)),
            new(RoundReasonCode.GrantedOtherSpace, times.Count(time => time.Option > 0)),
            new(RoundReasonCode.GrantedShorter, times.Count(time => time.Allocation.Minutes < wish.Wish.MaximumMinutes)),
        ];
        if (times.Count < wish.Wish.MaximumTimes)
        {
            reasons.AddRange(WhyNotMore(wish, times));
        }

        return new WishOutcome(wish.Wish.Key, times.Count, times.Sum(time => time.Allocation.Minutes), [.. reasons.Where(reason => reason.Count > 0)]);
    }

    private IEnumerable<RoundReason> WhyNotMore(IndexedWish wish, IReadOnlyList<Candidate> times)
    {
        var days = candidates.ByWish[wish.Number].GroupBy(candidate => candidate.Day).ToList();
        var hindered = candidates.Hindrances[wish.Number].OfType<RoundReasonCode>().GroupBy(code => code).OrderBy(code => code.Key);
        var (left, byHandler) = (0, 0);
        HashSet<Candidate> blockers = [];
        foreach (var day in days.Where(day => times.All(time => time.Day != day.Key)))
        {
            var inTheWay = day.Select(board.BlockersOf).ToList();
            var others = inTheWay.Where(those => !those.Any(other => other.Pinned && index.Wishes[other.Wish].Group != wish.Group)).ToList();
            left += inTheWay.Any(those => those.Count == 0) ? 1 : 0;
            byHandler += others.Count == 0 ? 1 : 0;
            blockers.UnionWith(inTheWay.Any(those => those.Count == 0) ? [] : others.SelectMany(those => those));
        }

        return
        [
            new(RoundReasonCode.TooFewDays, wish.Wish.MaximumTimes - days.Count),
            .. hindered.Select(code => new RoundReason(code.Key, code.Count())),
            new(RoundReasonCode.HandlerGranted, byHandler),
            .. from blocker in blockers
               let other = index.Wishes[blocker.Wish]
               let code = other.Group == wish.Group ? RoundReasonCode.TakenByItself
                   : other.Multiplier >= wish.Multiplier ? RoundReasonCode.TakenByWeightier : RoundReasonCode.TakenByMoreTogether
               group blocker by (Code: code, Category: code == RoundReasonCode.TakenByItself ? null : index.Round.Categories[index.Groups[other.Group].Category].Key) into taken
               orderby taken.Key.Code, taken.Key.Category
               select new RoundReason(taken.Key.Code, taken.Count(), taken.Key.Category),
            .. times.Count == 0 && days.Count > 0 && wish.Floor > 1 ? [new RoundReason(RoundReasonCode.MinimumNotReached, wish.Floor - left)] : Array.Empty<RoundReason>(),
        ];
    }
}

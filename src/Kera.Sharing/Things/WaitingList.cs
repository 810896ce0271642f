using NodaTime;

namespace Kera.Sharing;

/// <summary>Somebody waits for a thing.</summary>
/// <param name="Key">Who, or what stands for them.</param>
/// <param name="Days">For how many days they want it.</param>
/// <param name="From">The earliest first day that suits them.</param>
/// <param name="Until">The latest.</param>
public sealed record ThingWish(string Key, int Days, LocalDate From, LocalDate Until);

/// <summary>Who waited is served in the order of asking.</summary>
public static class WaitingList
{
    /// <summary>Who can have what they wait for now, and when. Each is given before the next is looked at, so that nobody overtakes another whose wish could be met.</summary>
    /// <param name="pieces">How many things there are.</param>
    /// <param name="claims">When they are away.</param>
    /// <param name="buffer">For how many days each is looked after before it is lent again.</param>
    /// <param name="waiting">Who waits, who asked first before the others.</param>
    /// <param name="today">The day that it is.</param>
    public static IReadOnlyList<(string Key, ThingClaim Claim)> Served(int pieces, IEnumerable<ThingClaim> claims, int buffer, IEnumerable<ThingWish> waiting, LocalDate today)
    {
        List<ThingClaim> taken = [.. claims];
        List<(string, ThingClaim)> served = [];
        foreach (var wish in waiting)
        {
            if (ThingAvailability.FirstFree(pieces, taken, buffer, wish.Days, LocalDate.Max(wish.From, today), wish.Until) is { } day)
            {
                var claim = new ThingClaim(day, day.PlusDays(wish.Days - 1));
                taken.Add(claim);
                served.Add((wish.Key, claim));
            }
        }

        return served;
    }
}

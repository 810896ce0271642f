using NodaTime;

namespace Kera.Sharing;

/// <summary>A thing is away from a day to a day, both whole: reserved, lent, or in repair.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; <see cref="ThingAvailability.NoEnd"/> where nobody knows.</param>
public readonly record struct ThingClaim(LocalDate From, LocalDate To);

/// <summary>
/// Whether one of several things that are alike is free. Whoever reserves gets any of them, so that only their number counts: as many claims
/// as there are things may share a day, and then the things can always be dealt out so that nobody has to change theirs.
/// </summary>
public static class ThingAvailability
{
    /// <summary>The last day of what has no end.</summary>
    public static LocalDate NoEnd { get; } = new(9000, 1, 1);

    /// <summary>How many are free on a day.</summary>
    /// <param name="pieces">How many there are.</param>
    /// <param name="claims">When they are away.</param>
    /// <param name="buffer">For how many days each is looked after before it is lent again.</param>
    /// <param name="day">The day.</param>
    /// <returns>Below 0 where more are claimed than there are: what was lent came back late, or broke.</returns>
    public static int Free(int pieces, IEnumerable<ThingClaim> claims, int buffer, LocalDate day) =>
        pieces - claims.Count(claim => claim.From <= day && day <= WithBuffer(claim, buffer).To);

    /// <summary>Whether so many more can be away from a day to a day.</summary>
    /// <param name="pieces">How many there are.</param>
    /// <param name="claims">When they are away.</param>
    /// <param name="buffer">For how many days each is looked after before it is lent again.</param>
    /// <param name="wish">When.</param>
    /// <param name="wanted">How many.</param>
    public static bool Fits(int pieces, IReadOnlyCollection<ThingClaim> claims, int buffer, ThingClaim wish, int wanted = 1)
    {
        var last = WithBuffer(wish, buffer).To;
        // Between two beginnings the number of those that are away only falls.
        return claims.Select(claim => claim.From).Where(day => day > wish.From && day <= last).Prepend(wish.From).Distinct()
            .All(day => Free(pieces, claims, buffer, day) >= wanted);
    }

    /// <summary>The first day from which so many can be away for some days; null where there is none.</summary>
    /// <param name="pieces">How many there are.</param>
    /// <param name="claims">When they are away.</param>
    /// <param name="buffer">For how many days each is looked after before it is lent again.</param>
    /// <param name="days">For how many days, at least 1.</param>
    /// <param name="notBefore">The earliest first day.</param>
    /// <param name="notAfter">The latest first day.</param>
    /// <param name="wanted">How many.</param>
    public static LocalDate? FirstFree(int pieces, IReadOnlyCollection<ThingClaim> claims, int buffer, int days, LocalDate notBefore, LocalDate notAfter, int wanted = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        // It begins to be free when something comes back, or is free already.
        return claims.Where(claim => claim.To < NoEnd).Select(claim => WithBuffer(claim, buffer).To.PlusDays(1)).Where(day => day > notBefore && day <= notAfter).Prepend(notBefore)
            .Where(day => day <= notAfter).Distinct().Order()
            .Where(day => Fits(pieces, claims, buffer, new ThingClaim(day, day.PlusDays(days - 1)), wanted))
            .Select(day => (LocalDate?)day).FirstOrDefault();
    }

    private static ThingClaim WithBuffer(ThingClaim claim, int buffer) => claim.To >= NoEnd ? claim : claim with { To = claim.To.PlusDays(buffer) };
}

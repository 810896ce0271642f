using NodaTime;

namespace Kera.Sharing;

/// <summary>Why a loan is not extended.</summary>
public enum ExtensionRefusal
{
    /// <summary>It was extended as often as it may be.</summary>
    TooOften,

    /// <summary>Somebody waits for such a thing.</summary>
    SomebodyWaits,

    /// <summary>All such things are reserved for these days.</summary>
    Reserved,

    /// <summary>It would cost more than its site, or whoever ordered it, may order for.</summary>
    OverLimit,
}

/// <summary>Whether a loan is extended: where nobody waits and nobody has reserved.</summary>
public static class LoanExtension
{
    /// <summary>Why a loan is not extended; null where it is.</summary>
    /// <param name="pieces">How many such things there are.</param>
    /// <param name="others">When the others are away, without this loan.</param>
    /// <param name="buffer">For how many days each is looked after before it is lent again.</param>
    /// <param name="due">The last day as it is, or today where that is later.</param>
    /// <param name="newDue">The last day as it is to be.</param>
    /// <param name="extended">How often it was extended.</param>
    /// <param name="most">How often it may be.</param>
    /// <param name="somebodyWaits">Whether somebody waits.</param>
    public static ExtensionRefusal? Of(int pieces, IReadOnlyCollection<ThingClaim> others, int buffer, LocalDate due, LocalDate newDue, int extended, int most, bool somebodyWaits) =>
        extended >= most ? ExtensionRefusal.TooOften
        : somebodyWaits ? ExtensionRefusal.SomebodyWaits
        : ThingAvailability.Fits(pieces, others, buffer, new ThingClaim(due.PlusDays(1), newDue)) ? null
        : ExtensionRefusal.Reserved;
}

using NodaTime;

namespace Kera.Sharing;

/// <summary>Whether a customer may cancel a booking.</summary>
public static class Cancellation
{
    /// <summary>Only what is confirmed, of the kinds normal and seasonal, up to the rule's time before it begins; what came from a round and costs something never.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="rules">The rules of its space.</param>
    /// <param name="price">Its price in euros.</param>
    /// <param name="now">The time of cancelling.</param>
    public static StateChange ByCustomer(Booking booking, BookingRules rules, decimal price, Instant now)
    {
        var refusals = new List<StateRefusal>();
        if (booking.State != BookingState.Confirmed)
        {
            refusals.Add(new(StateRefusalCode.WrongState) { State = booking.State });
        }

        if (booking.Kind is not (BookingKind.Normal or BookingKind.Seasonal))
        {
            refusals.Add(new(StateRefusalCode.WrongKind) { Kind = booking.Kind });
        }

        if (rules.CancellableBefore is not { } before)
        {
            refusals.Add(new(StateRefusalCode.NoRule));
        }
        else if (now > booking.Time.Start - before)
        {
            refusals.Add(new(StateRefusalCode.TooLate) { Until = booking.Time.Start - before });
        }

        if (booking.Kind == BookingKind.Seasonal && price > 0)
        {
            refusals.Add(new(StateRefusalCode.PaidSeasonal));
        }

        return new(BookingState.Cancelled, refusals);
    }
}

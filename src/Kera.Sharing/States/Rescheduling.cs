using NodaTime;

namespace Kera.Sharing;

/// <summary>Whether a customer may move a booking. Whether the new time may be booked, <see cref="BookingCheck.Decide"/> tells, with the booking named as the one replaced.</summary>
public static class Rescheduling
{
    /// <summary>Only what is confirmed, of the kinds normal and by staff for somebody, costs nothing, was not decided on by staff, has not begun, is within the time of cancelling, and would cost nothing then.</summary>
    /// <param name="booking">The booking.</param>
    /// <param name="rules">The rules of its space.</param>
    /// <param name="price">Its price in euros.</param>
    /// <param name="newPrice">The price at the new time; null where no pricing is in force then, which refuses too.</param>
    /// <param name="handled">Whether staff decided on it.</param>
    /// <param name="now">The time of moving.</param>
    public static StateChange ByCustomer(Booking booking, BookingRules rules, decimal price, decimal? newPrice, bool handled, Instant now)
    {
        var refusals = new List<StateRefusal>();
        if (booking.State != BookingState.Confirmed)
        {
            refusals.Add(new(StateRefusalCode.WrongState) { State = booking.State });
        }

        if (booking.Kind is not (BookingKind.Normal or BookingKind.Behalf))
        {
            refusals.Add(new(StateRefusalCode.WrongKind) { Kind = booking.Kind });
        }

        if (rules.CancellableBefore is not { } before)
        {
            refusals.Add(new(StateRefusalCode.NoRule));
        }
        else if (now > booking.Time.Start - before || now >= booking.Time.Start)
        {
            refusals.Add(new(StateRefusalCode.TooLate) { Until = booking.Time.Start - before });
        }

        if (price > 0)
        {
            refusals.Add(new(StateRefusalCode.Paid));
        }

        if (newPrice is not 0)
        {
            refusals.Add(new(StateRefusalCode.WouldBePaid));
        }

        if (handled)
        {
            refusals.Add(new(StateRefusalCode.Handled));
        }

        return new(BookingState.Confirmed, refusals);
    }
}

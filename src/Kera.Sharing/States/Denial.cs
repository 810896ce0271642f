using NodaTime;

namespace Kera.Sharing;

/// <summary>What staff may decide on a booking.</summary>
public static class Denial
{
    /// <summary>Denying: what waits for handling or is confirmed, and has not ended.</summary>
    public static StateChange Deny(Booking booking, Instant now)
    {
        var refusals = OfState(booking, booking.State is BookingState.AwaitingHandling or BookingState.Confirmed);
        if (now >= booking.Time.End)
        {
            refusals.Add(new(StateRefusalCode.TooLate) { Until = booking.Time.End });
        }

        return new(BookingState.Denied, refusals);
    }

    /// <summary>Approving: what waits for handling.</summary>
    public static StateChange Approve(Booking booking) => new(BookingState.Confirmed, OfState(booking, booking.State == BookingState.AwaitingHandling));

    /// <summary>
    /// Taking a decision back: what is confirmed or denied waits for handling again. A denied one occupied nothing meanwhile, so ask
    /// <see cref="BookingBook.Occupying"/> or <see cref="BookingCheck.Decide"/> first.
    /// </summary>
    public static StateChange ReturnToHandling(Booking booking) =>
        new(BookingState.AwaitingHandling, OfState(booking, booking.State is BookingState.Confirmed or BookingState.Denied));

    private static List<StateRefusal> OfState(Booking booking, bool allowed) => allowed ? [] : [new(StateRefusalCode.WrongState) { State = booking.State }];
}

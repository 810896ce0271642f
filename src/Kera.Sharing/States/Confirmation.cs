namespace Kera.Sharing;

/// <summary>What becomes of a hold that is confirmed.</summary>
public static class Confirmation
{
    /// <summary>The state: staff handle it where the space or an application to pay nothing asks for that; else it waits for a payment that is not made on site; else it holds.</summary>
    /// <param name="rules">The rules of the space.</param>
    /// <param name="price">The price in euros.</param>
    /// <param name="paidOnSite">Whether it is paid on site.</param>
    /// <param name="asksToPayNothing">Whether the booker applies to pay nothing.</param>
    public static BookingState StateOf(BookingRules rules, decimal price, bool paidOnSite = false, bool asksToPayNothing = false) =>
        rules.NeedsApproval || asksToPayNothing ? BookingState.AwaitingHandling
        : price > 0 && !paidOnSite ? BookingState.AwaitingPayment
        : BookingState.Confirmed;
}

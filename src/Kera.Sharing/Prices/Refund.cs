using NodaTime;

namespace Kera.Sharing;

/// <summary>What is paid back to who cancels in time.</summary>
/// <param name="Before">How long before the beginning, at least.</param>
/// <param name="Percent">How much of the price, in per cent.</param>
public sealed record RefundStep(Duration Before, decimal Percent);

/// <summary>What is paid back of a price when a booking is cancelled.</summary>
public static class Refund
{
    /// <summary>Of each line the share of the longest step that was kept, rounded to the cent and with the tax in it; nothing where none was kept.</summary>
    /// <param name="paid">What was paid.</param>
    /// <param name="steps">The steps, in any order.</param>
    /// <param name="begin">When the booking begins.</param>
    /// <param name="now">When it is cancelled.</param>
    public static IReadOnlyList<PriceLine> Of(PriceQuote paid, IReadOnlyList<RefundStep> steps, Instant begin, Instant now)
    {
        var step = steps.Where(step => begin - now >= step.Before).MaxBy(step => step.Before);
        return step is null || paid.FreeReason is not null ? [] : [.. paid.Lines.Select(line => PriceLine.Of(line.Gross * step.Percent / 100, line.VatPercent))];
    }
}

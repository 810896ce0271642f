using NodaTime;

namespace Kera.Sharing;

/// <summary>An amount in euros with its tax; net and tax are the gross to the cent.</summary>
/// <param name="Gross">With tax, in whole cents.</param>
/// <param name="Vat">The tax in it.</param>
/// <param name="VatPercent">The tax in per cent.</param>
public sealed record PriceLine(decimal Gross, decimal Vat, decimal VatPercent)
{
    /// <summary>How it is paid.</summary>
    public PaymentWay Pay { get; init; }

    /// <summary>Without tax.</summary>
    public decimal Net => Gross - Vat;

    /// <summary>An amount of which the tax is reckoned: gross · p / (100 + p). Both are rounded to the cent, half a cent away from zero.</summary>
    public static PriceLine Of(decimal gross, decimal vatPercent)
    {
        var cents = Cents(gross);
        return new(cents, Cents(cents * vatPercent / (100 + vatPercent)), vatPercent);
    }

    private static decimal Cents(decimal euros) => decimal.Round(euros, 2, MidpointRounding.AwayFromZero);
}

/// <summary>The price of a booking, line by line. Each line is rounded by itself and the sums are sums of the lines.</summary>
/// <param name="Lines">The lines.</param>
/// <param name="FreeReason">Why nothing is paid, or null.</param>
public sealed record PriceQuote(IReadOnlyList<PriceLine> Lines, string? FreeReason = null)
{
    private static readonly Duration s_quarter = Duration.FromMinutes(15);

    /// <summary>What is paid, in euros with tax.</summary>
    public decimal Gross => FreeReason is null ? Lines.Sum(line => line.Gross) : 0;

    /// <summary>The tax in it.</summary>
    public decimal Vat => FreeReason is null ? Lines.Sum(line => line.Vat) : 0;

    /// <summary>The line of a booking by the pricing of the day on which it begins: by the time, rounded up to quarters of an hour, or flat. Null where no pricing is in force.</summary>
    /// <param name="pricings">The pricings, in any order.</param>
    /// <param name="time">The booking's time.</param>
    /// <param name="zone">The zone of the days.</param>
    /// <param name="audiences">The audiences of who pays.</param>
    /// <param name="pieces">How many of it.</param>
    public static PriceLine? LineOf(IReadOnlyList<Pricing> pricings, Interval time, DateTimeZone zone, IReadOnlyList<string> audiences, int pieces = 1)
    {
        if (Pricing.On(pricings, time.Start.InZone(zone).Date) is not { } pricing)
        {
            return null;
        }

        var price = pricing.Audiences.Where(audience => audiences.Contains(audience.Audience)).Select(audience => audience.Price).Append(pricing.Price).Min();
        return PriceLine.Of(price * Units(pricing.Unit, time.Duration) * pieces, pricing.VatPercent) with { Pay = pricing.Pay };
    }

    /// <summary>What of it is paid in a way, in euros with tax.</summary>
    public decimal PaidBy(PaymentWay way) => FreeReason is null ? Lines.Where(line => line.Pay == way).Sum(line => line.Gross) : 0;

    /// <summary>The same booking for nothing.</summary>
    /// <param name="reason">Why; it is not blank.</param>
    /// <exception cref="SharingException">There is no reason.</exception>
    public PriceQuote Free(string reason) => string.IsNullOrWhiteSpace(reason)
        ? throw new SharingException("A booking is free of charge for a reason. Give it.")
        : this with { FreeReason = reason };

    private static decimal Units(PriceUnit unit, Duration duration)
    {
        var (step, ticks) = (Ticks.Of(s_quarter), Ticks.Of(duration));
        var quarters = (ticks + step - 1) / step;
        return unit switch
        {
            PriceUnit.QuarterHour => quarters,
            PriceUnit.HalfHour => quarters / 2m,
            PriceUnit.Hour => quarters / 4m,
            _ => 1,
        };
    }
}

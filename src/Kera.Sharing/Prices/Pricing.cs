using NodaTime;

namespace Kera.Sharing;

/// <summary>For what a price is.</summary>
public enum PriceUnit
{
    /// <summary>A quarter of an hour.</summary>
    QuarterHour,

    /// <summary>Half an hour.</summary>
    HalfHour,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>Half a day, whatever the duration.</summary>
    HalfDay,

    /// <summary>A day, whatever the duration.</summary>
    Day,

    /// <summary>A week, whatever the duration.</summary>
    Week,

    /// <summary>A booking, whatever the duration.</summary>
    Booking,
}

/// <summary>How a price is paid.</summary>
public enum PaymentWay
{
    /// <summary>By an invoice, later.</summary>
    Invoice,

    /// <summary>On site, when one comes.</summary>
    OnSite,

    /// <summary>Online, before it holds.</summary>
    Online,
}

/// <summary>What those of an audience pay.</summary>
/// <param name="Audience">The code of the audience.</param>
/// <param name="Price">Euros a unit, tax included.</param>
public sealed record AudiencePrice(string Audience, decimal Price);

/// <summary>What a space or a thing costs from a day on.</summary>
/// <param name="From">The first day: the day on which a booking begins counts.</param>
/// <param name="Unit">For what the price is.</param>
/// <param name="Price">Euros a unit, tax included.</param>
/// <param name="VatPercent">Value added tax in per cent, such as 25.5.</param>
public sealed record Pricing(LocalDate From, PriceUnit Unit, decimal Price, decimal VatPercent)
{
    /// <summary>What some pay instead; of several that apply, the least.</summary>
    public IReadOnlyList<AudiencePrice> Audiences { get; init; } = [];

    /// <summary>How it is paid.</summary>
    public PaymentWay Pay { get; init; }

    /// <summary>The pricing of a day: the last that began by then; null before the first.</summary>
    public static Pricing? On(IReadOnlyList<Pricing> pricings, LocalDate date) => pricings.Where(pricing => pricing.From <= date).MaxBy(pricing => pricing.From);

    /// <summary>What cannot be in pricings: two from one day, a price below zero, a tax below zero.</summary>
    /// <param name="key">The key of what they are of.</param>
    /// <param name="pricings">The pricings, in any order.</param>
    public static IReadOnlyList<RuleMistake> Mistakes(string key, IReadOnlyList<Pricing> pricings)
    {
        var mistakes = new List<RuleMistake>();
        for (var at = 0; at < pricings.Count; at++)
        {
            var pricing = pricings[at];
            if (pricings.Take(at).Any(earlier => earlier.From == pricing.From))
            {
                mistakes.Add(new(key, $"[{at}].{nameof(From)}", RuleMistakeCode.Twice));
            }

            if (pricing.Price < 0 || pricing.Audiences.Any(audience => audience.Price < 0))
            {
                mistakes.Add(new(key, $"[{at}].{nameof(Price)}", RuleMistakeCode.TooSmall) { Count = 0 });
            }

            if (pricing.VatPercent < 0)
            {
                mistakes.Add(new(key, $"[{at}].{nameof(VatPercent)}", RuleMistakeCode.TooSmall) { Count = 0 });
            }
        }

        return mistakes;
    }
}

using System.Globalization;
using Kera.Base.District;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What of a booking's price is for what.</summary>
/// <param name="Key">The key of the space, or of equipment.</param>
/// <param name="Line">The price.</param>
public sealed record BookingPrice(string Key, PriceLine Line);

/// <summary>The prices of a booking, line by line, as they are reckoned and as a row keeps them for its invoice.</summary>
internal static class BookingPrices
{
    private const int CentsInEuro = 100;

    private const string OnSiteMark = "!";

    /// <summary>Stands where a row's line is paid online.</summary>
    internal static string OnlineMark => "+";

    /// <summary>What a booking costs: the space, then its equipment.</summary>
    /// <param name="spaces">The spaces.</param>
    /// <param name="request">The booking.</param>
    /// <param name="zone">The zone of the days.</param>
    /// <param name="asker">Who books.</param>
    /// <param name="online">Whether it can be paid online; else what would be is invoiced.</param>
    public static IReadOnlyList<BookingPrice> Of(DistrictSpaces spaces, BookingRequest request, DateTimeZone zone, Asker asker, bool online = false)
    {
        (string Key, PriceLine? Line)[] lines =
        [
            (request.Space, PriceQuote.LineOf(spaces.Spaces[request.Space].Prices, request.Time, zone, asker.Audiences)),
            .. request.Equipment.Select(use => (use.Equipment, PriceQuote.LineOf(spaces.Equipment[use.Equipment].Prices, request.Time, zone, asker.Audiences, use.Pieces))),
        ];
        return [.. lines.Where(each => each.Line is not null).Select(each => new BookingPrice(each.Key, each.Line!.Pay == PaymentWay.Online && !online ? each.Line with { Pay = PaymentWay.Invoice } : each.Line))];
    }

    /// <summary>As a row keeps them.</summary>
    public static string Write(IEnumerable<BookingPrice> prices) => string.Join(' ', prices
        .Select(price => string.Create(CultureInfo.InvariantCulture, $"{price.Key}={(int)(price.Line.Gross * CentsInEuro)}@{(int)(price.Line.VatPercent * CentsInEuro)}{MarkOf(price.Line.Pay)}")));

    /// <summary>Reads what a row keeps.</summary>
    public static IReadOnlyList<BookingPrice> Read(string text) => text.Length == 0
        ? []
        : [.. text.Split(' ').Select(each => each.Split('=', '@')).Select(parts => new BookingPrice(
            parts[0], PriceLine.Of(Hundredths(parts[1]), Hundredths(parts[2].TrimEnd('!', '+'))) with { Pay = WayOf(parts[2]) }))];

    /// <summary>Whether anything of what a row keeps is paid online.</summary>
    public static bool AnyOnline(string text) => text.Contains(OnlineMark, StringComparison.Ordinal);

    private static string MarkOf(PaymentWay way) => way switch { PaymentWay.OnSite => OnSiteMark, PaymentWay.Online => OnlineMark, _ => "" };

    private static PaymentWay WayOf(string rate) =>
        rate.EndsWith(OnSiteMark, StringComparison.Ordinal) ? PaymentWay.OnSite : rate.EndsWith(OnlineMark, StringComparison.Ordinal) ? PaymentWay.Online : PaymentWay.Invoice;

    private static decimal Hundredths(string text) => int.Parse(text, CultureInfo.InvariantCulture) / (decimal)CentsInEuro;
}

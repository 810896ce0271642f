using Kera.Base.District;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Payments;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What bookings cost whom, for the invoices of who keeps the spaces: what holds wholly, what was cancelled without what is paid back, what was denied or is free for a reason nothing.</summary>
public sealed class BookingCharges(SpaceCalendar calendar)
{
    private const int CentsInEuro = 100;

    // Longer than anything that is still cancelled or invoiced.
    private static readonly Duration s_back = Duration.FromDays(400);

    /// <summary>The source of the charges.</summary>
    public ChargeSource Source => new(BookingRegister.SourceWord, OwedAsync);

    private async Task<IReadOnlyList<Charge>> OwedAsync(KeraDb db, DistrictSeller seller, CancellationToken cancellation)
    {
        List<string> kept = [.. (calendar.Spaces?.Spaces.Values ?? []).Where(space => space.Keeper == seller.Agent).Select(space => space.Key)];
        var since = DistrictCalendar.ToMicroseconds(calendar.Now - s_back);
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => kept.Contains(row.Space) && row.Lines != "" && row.End > since
                // Who was erased owes nothing more, but what they had paid online and did not use is credited.
                && (row.AgentId != null || (row.Lines.Contains(BookingPrices.OnlineMark) && row.State != BookingState.Confirmed))
                && (row.State == BookingState.Confirmed || row.State == BookingState.Cancelled || row.State == BookingState.Denied)).OrderBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(row => ChargeOf(row, seller))];
    }

    private Charge ChargeOf(BookingRow row, DistrictSeller seller)
    {
        var spaces = calendar.Spaces!;
        var day = DistrictCalendar.ToInstant(row.Begin).InZone(spaces.Tree.Zone).Date;
        var end = DistrictCalendar.ToInstant(row.End).InZone(spaces.Tree.Zone).Date;
        // Of a month together what was used in it; at once, from when it holds.
        var ready = seller.Monthly ? new LocalDate(end.Year, end.Month, 1).PlusMonths(1) : DistrictCalendar.ToInstant(row.Changed).InZone(spaces.Tree.Zone).Date;
        return new Charge(BookingRegister.SourceOf(row.Key), row.AgentId, "", day, ready, LinesOf(row, static price => price.Line.Pay != PaymentWay.OnSite, OwedOf));
    }

    /// <summary>What is paid online of a booking, for its payment and receipt.</summary>
    public Charge OnlineOf(BookingRow row)
    {
        var day = DistrictCalendar.ToInstant(row.Begin).InZone(calendar.Spaces!.Tree.Zone).Date;
        return new Charge(BookingRegister.SourceOf(row.Key), row.AgentId, "", day, calendar.Today, LinesOf(row, static price => price.Line.Pay == PaymentWay.Online, static (_, _, line) => line));
    }

    /// <summary>Pays back what of a booking was paid online and is not owed any more; in the transaction of its change.</summary>
    public static async Task SettleAsync(KeraDb db, BookingRow row, DistrictSpace? space, Instant now, CancellationToken cancellation)
    {
        if (BookingPrices.AnyOnline(row.Lines))
        {
            var owed = BookingPrices.Read(row.Lines).Where(price => price.Line.Pay == PaymentWay.Online).Sum(price => OwedOf(row, space, price.Line).Gross);
            await PaymentRefunds.SettleAsync(db, BookingRegister.SourceOf(row.Key), (int)(owed * CentsInEuro), now, cancellation);
        }
    }

    // One line for each rate of tax: what the space is, and its equipment with it where the tax is the same.
    private List<ChargeLine> LinesOf(BookingRow row, Func<BookingPrice, bool> which, Func<BookingRow, DistrictSpace, PriceLine, PriceLine> owedOf)
    {
        var spaces = calendar.Spaces!;
        return [.. BookingPrices.Read(row.Lines).Where(price => price.Line.Gross > 0 && which(price)).Select(price => (price.Key, Line: owedOf(row, spaces.Spaces[row.Space], price.Line)))
            .GroupBy(each => each.Line.VatPercent).Select(rate => new ChargeLine(
                NameOf(spaces, rate.First().Key), (int)(rate.Sum(each => each.Line.Gross) * CentsInEuro), (int)(rate.Sum(each => each.Line.Vat) * CentsInEuro), (int)(rate.Key * CentsInEuro)))];
    }

    private static PriceLine OwedOf(BookingRow row, DistrictSpace? space, PriceLine line)
    {
        var nothing = PriceLine.Of(0, line.VatPercent);
        if (row.State == BookingState.Denied || row.FreeReason.Length > 0)
        {
            return nothing;
        }

        if (row.State != BookingState.Cancelled)
        {
            return line;
        }

        if (row.Refund >= row.Gross || space is null)
        {
            return nothing;
        }

        var back = Refund.Of(new PriceQuote([line]), space.Refunds, DistrictCalendar.ToInstant(row.Begin), DistrictCalendar.ToInstant(row.Changed));
        return PriceLine.Of(line.Gross - back.Sum(each => each.Gross), line.VatPercent);
    }

    private static LocalizedText NameOf(DistrictSpaces spaces, string key) =>
        spaces.Spaces.TryGetValue(key, out var space) ? space.Name : spaces.Equipment.TryGetValue(key, out var thing) ? thing.Name : new LocalizedText(key, key, key);
}

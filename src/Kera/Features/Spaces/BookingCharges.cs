using Kera.Base.District;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What bookings cost whom, for the invoices of who keeps the spaces: what holds wholly, what was cancelled without what is paid back, what was denied or is free for a reason nothing.</summary>
internal sealed class BookingCharges(SpaceCalendar calendar)
{
    private const int CentsInEuro = 100;

    // Longer than anything that is still cancelled or invoiced.
    private static readonly Duration s_back = Duration.FromDays(400);

    /// <summary>The source of the charges.</summary>
    public ChargeSource Source => new("booking", OwedAsync);

    private async Task<IReadOnlyList<Charge>> OwedAsync(KeraDb db, DistrictSeller seller, CancellationToken cancellation)
    {
        List<string> kept = [.. (calendar.Spaces?.Spaces.Values ?? []).Where(space => space.Keeper == seller.Agent).Select(space => space.Key)];
        var since = DistrictCalendar.ToMicroseconds(calendar.Now - s_back);
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => kept.Contains(row.Space) && row.Lines != "" && row.AgentId != null && row.End > since
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
        var owed = BookingPrices.Read(row.Lines).Where(price => price.Line is { Gross: > 0, PaidOnSite: false }).Select(price => (price.Key, Line: OwedOf(row, spaces.Spaces[row.Space], price.Line)));
        return new Charge(
            "booking:" + row.Key,
            row.AgentId,
            "",
            day,
            ready,
            // One line for each rate of tax: what the space is, and its equipment with it where the tax is the same.
            [.. owed.GroupBy(each => each.Line.VatPercent).Select(rate => new ChargeLine(
                NameOf(spaces, rate.First().Key), (int)(rate.Sum(each => each.Line.Gross) * CentsInEuro), (int)(rate.Sum(each => each.Line.Vat) * CentsInEuro), (int)(rate.Key * CentsInEuro)))]);
    }

    private static PriceLine OwedOf(BookingRow row, DistrictSpace space, PriceLine line)
    {
        var nothing = PriceLine.Of(0, line.VatPercent);
        if (row.State == BookingState.Denied || row.FreeReason.Length > 0)
        {
            return nothing;
        }

        if (row.State == BookingState.Confirmed)
        {
            return line;
        }

        if (row.Refund >= row.Gross)
        {
            return nothing;
        }

        var back = Refund.Of(new PriceQuote([line]), space.Refunds, DistrictCalendar.ToInstant(row.Begin), DistrictCalendar.ToInstant(row.Changed));
        return PriceLine.Of(line.Gross - back.Sum(each => each.Gross), line.VatPercent);
    }

    private static LocalizedText NameOf(DistrictSpaces spaces, string key) =>
        spaces.Spaces.TryGetValue(key, out var space) ? space.Name : spaces.Equipment.TryGetValue(key, out var thing) ? thing.Name : new LocalizedText(key, key, key);
}

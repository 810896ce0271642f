using Kera.Base.District;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>
/// What loans cost whom, for the invoices of who keeps the things: what came back or is lost, its price and the deposit that was kept and
/// not paid at the counter; what is on a site over the end of a month, that month's days.
/// </summary>
internal sealed class LoanCharges(ThingShelf shelf)
{
    // Longer than anything that is still given back or invoiced.
    private static readonly Duration s_back = Duration.FromDays(400);

    /// <summary>The source of the charges.</summary>
    public ChargeSource Source => new("loan", OwedAsync);

    private async Task<IReadOnlyList<Charge>> OwedAsync(KeraDb db, DistrictSeller seller, CancellationToken cancellation)
    {
        List<string> kept = [.. (shelf.Things?.Kinds.Values ?? []).Where(kind => kind.Keeper == seller.Agent).Select(kind => kind.Key)];
        var since = DistrictCalendar.ToMicroseconds(shelf.Now - s_back);
        var rows = await db.Loans.AsNoTracking()
            .Where(row => kept.Contains(row.Kind) && (row.AgentId != null || row.Site != "")
                && (((row.State == LoanState.Returned || row.State == LoanState.Lost) && row.BackAt > since) || (row.State == LoanState.Out && row.Site != "")))
            .OrderBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(row => row.State == LoanState.Out ? SoFar(row, seller) : Ended(row, seller)).OfType<Charge>()];
    }

    private Charge? Ended(LoanRow row, DistrictSeller seller)
    {
        var day = shelf.DayOf(DistrictCalendar.ToInstant(row.BackAt!.Value));
        var name = shelf.Things!.Kinds[row.Kind].Name;
        List<ChargeLine> lines = [new(name, row.Gross, row.Vat, row.VatRate)];
        // What makes a damage good is no price of anything: there is no tax in it.
        if (row is { DepositKept: var damage, DepositTaken: false })
        {
            lines = row.VatRate == 0 ? [new(name, row.Gross + damage, 0, 0)] : [.. lines, new(name, damage, 0, 0)];
        }

        return Of(row, day, seller.Monthly ? new LocalDate(day.Year, day.Month, 1).PlusMonths(1) : day, lines);
    }

    // Where invoices come by the month, what is hired for many of them does not wait until it is back.
    private Charge? SoFar(LoanRow row, DistrictSeller seller)
    {
        var month = new LocalDate(shelf.Today.Year, shelf.Today.Month, 1);
        var (days, _) = LoanPrices.PaidBy(row, LoanPrices.FirstDay(row, shelf), month.PlusDays(-1));
        if (!seller.Monthly || days == 0)
        {
            return null;
        }

        var kind = shelf.Things!.Kinds[row.Kind];
        var (gross, vat) = kind.Price.Of(days, 0, 0);
        return Of(row, month.PlusDays(-1), month, [new(kind.Name, LoanPrices.Cents(gross), LoanPrices.Cents(vat), LoanPrices.Cents(kind.Price.Vat))]);
    }

    private Charge? Of(LoanRow row, LocalDate day, LocalDate ready, IReadOnlyList<ChargeLine> lines) =>
        row.Site.Length == 0 ? new Charge("loan:" + row.Key, row.AgentId, "", day, ready, lines)
        : shelf.Things!.Sites.GetValueOrDefault(row.Site) is { } site ? new Charge("loan:" + row.Key, null, site.Company, day, ready, lines)
        : null;
}

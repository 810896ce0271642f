using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>Up to what a site may order in a month, and each orderer of it. What the company's desk says goes before the file.</summary>
/// <param name="Month">Of the site, in cents.</param>
/// <param name="Default">Of an orderer of whom nobody says anything, in cents.</param>
/// <param name="Persons">Of orderers, in cents; 0 for who may not order.</param>
public sealed record SiteLimits(int Month, int Default, IReadOnlyDictionary<int, int> Persons)
{
    /// <summary>Of one orderer, in cents.</summary>
    public int Of(int agentId) => Persons.GetValueOrDefault(agentId, Default);

    /// <summary>The limits of a site as they are now.</summary>
    internal static async Task<SiteLimits> OfAsync(KeraDb db, BuildingSite site, CancellationToken cancellation)
    {
        var rows = await db.SiteLimits.AsNoTracking().Where(row => row.Site == site.Key).ToListAsync(cancellation);
        return new SiteLimits(
            rows.Find(row => row.AgentId is null)?.Cents ?? LoanPrices.Cents(site.MonthlyLimit),
            LoanPrices.Cents(site.OrdererLimit),
            rows.Where(row => row.AgentId is not null).ToDictionary(row => row.AgentId!.Value, row => row.Cents));
    }

    /// <summary>For how many cents is ordered to a site in the month of a day, by whom.</summary>
    internal static async Task<List<(int? Orderer, int Cents)>> UsedAsync(KeraDb db, string site, LocalDate day, CancellationToken cancellation)
    {
        var month = new LocalDate(day.Year, day.Month, 1);
        var (from, until) = (DistrictCalendar.DayNumber(month), DistrictCalendar.DayNumber(month.PlusMonths(1)));
        var rows = await db.Loans.AsNoTracking().Where(row => row.Site == site && row.First >= from && row.First < until && row.State != LoanState.Cancelled && row.State != LoanState.Waiting)
            .Select(row => new { row.AgentId, row.Gross }).ToListAsync(cancellation);
        return [.. rows.Select(row => (row.AgentId, row.Gross))];
    }
}

using System.Globalization;
using Kera.Base.District;
using Kera.Base.Invoices;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>The rents of agreements, for the owner's invoices: each month's in time for its due day, less where the agreement ends early.</summary>
internal sealed class TenancyCharges(Catalog catalog)
{
    // Rent is invoiced so long before its day at most, so that later months were never invoiced.
    private const int MonthsAhead = 5;
    private const int CentsInEuro = 100;

    /// <summary>The source of the charges.</summary>
    public ChargeSource Source => new("rent", OwedAsync);

    private async Task<IReadOnlyList<Charge>> OwedAsync(KeraDb db, DistrictSeller seller, CancellationToken cancellation)
    {
        var rows = await db.Tenancies.AsNoTracking().Where(row => row.Owner == seller.Agent && row.State == TenancyState.Agreed && row.Rent > 0).ToListAsync(cancellation);
        return [.. rows.Select(Tenancy.Of).SelectMany(tenancy => ChargesOf(tenancy, seller))];
    }

    private IEnumerable<Charge> ChargesOf(Tenancy tenancy, DistrictSeller seller)
    {
        var person = tenancy.AgentId is { } id && catalog.Get(catalog.Agents, id).Key == tenancy.Tenant;
        // Who was erased pays no more: there is nobody to send it to.
        if (!person && catalog.Find(catalog.Agents, tenancy.Tenant)?.Row is not { Kind: "organization" })
        {
            yield break;
        }

        foreach (var duty in TenancyDuties.Of(tenancy.Terms).Where(duty => duty.Kind == DutyKind.Rent))
        {
            var line = PriceLine.Of(duty.Amount.ToDecimal(), tenancy.Terms.Vat / (decimal)CentsInEuro);
            yield return Of(duty.Month, duty.Due, [new ChargeLine(TextOf(duty.Month), (int)(line.Gross * CentsInEuro), (int)(line.Vat * CentsInEuro), tenancy.Terms.Vat)]);
        }

        for (var month = 1; tenancy.EndedBy.Length > 0 && month <= MonthsAhead; month++)
        {
            var first = new LocalDate(tenancy.Terms.LastDay.Year, tenancy.Terms.LastDay.Month, 1).PlusMonths(month);
            yield return Of(first, first, []);
        }

        Charge Of(LocalDate month, LocalDate due, IReadOnlyList<ChargeLine> lines) => new(
            string.Create(CultureInfo.InvariantCulture, $"rent:{tenancy.Key}:{month.Year:0000}-{month.Month:00}"), person ? tenancy.AgentId : null, person ? "" : tenancy.Tenant, due, due.PlusDays(-seller.PaymentDays), lines);
    }

    private static LocalizedText TextOf(LocalDate month) => Texts.InAll((texts, language) => texts.Format("premises.rent.of", ("month", new Formats(language, DateTimeZone.Utc).Month(month))));
}

using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>What loans cost: by days begun, from the day on which it is fetched until it is back, or its site needs it no more.</summary>
internal static class LoanPrices
{
    private const decimal CentsInEuro = 100;

    /// <summary>Euros as rows keep them.</summary>
    public static int Cents(decimal euros) => (int)decimal.Round(euros * CentsInEuro, MidpointRounding.AwayFromZero);

    /// <summary>Cents as people read them.</summary>
    public static decimal Euros(int cents) => cents / CentsInEuro;

    /// <summary>What a loan of so many days costs, into its row.</summary>
    public static void Set(LoanRow row, ThingKind kind, int days, int late, decimal consumed = 0)
    {
        var (gross, vat) = kind.Price.Of(days, late, consumed);
        (row.Gross, row.Vat, row.VatRate) = (Cents(gross), Cents(vat), Cents(kind.Price.Vat));
    }

    /// <summary>The first day that is paid of what is out.</summary>
    public static LocalDate FirstDay(LoanRow row, ThingShelf shelf) =>
        LocalDate.Max(DistrictCalendar.DateOf(row.First), shelf.DayOf(DistrictCalendar.ToInstant(row.OutAt!.Value)));

    /// <summary>How many days are paid by a day, and how many of them were late. A site pays no more for late ones, and none after it said that it needs the thing no more.</summary>
    public static (int Days, int Late) PaidBy(LoanRow row, LocalDate first, LocalDate day)
    {
        var last = row.OffHire is { } off ? LocalDate.Min(DistrictCalendar.DateOf(off), day) : day;
        return (Math.Max(0, Period.DaysBetween(first, last) + 1), row.Site.Length > 0 ? 0 : Math.Max(0, Period.DaysBetween(DistrictCalendar.DateOf(row.Due), day)));
    }
}

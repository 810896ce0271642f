using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>What both sides promise each other in an agreement on temporary use.</summary>
/// <param name="Area">Square metres.</param>
/// <param name="FirstDay">The first day.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="Rent">Cents a month with tax; 0 for none.</param>
/// <param name="Vat">The tax in it, in hundredths of a per cent.</param>
/// <param name="Use">Hours a month that the tenant has the premises.</param>
/// <param name="Upkeep">Hours a month that the tenant looks after them.</param>
/// <param name="Opening">Hours a month that the tenant keeps them open to the public.</param>
/// <param name="Sharing">Hours a month that the tenant lets other tenants use what it shares.</param>
/// <param name="Words">Hours of use, what is looked after, what is shared, in words.</param>
/// <param name="NoticeDays">How many days before it ends early either side says so.</param>
public sealed record TenancyTerms(Quantity Area, LocalDate FirstDay, LocalDate LastDay, int Rent, int Vat, int Use, int Upkeep, int Opening, int Sharing, string Words, int NoticeDays);

/// <summary>An agreement on temporary use.</summary>
public sealed record Tenancy(
    int Id, string Key, int ApplicationId, string Premises, string Owner, string Tenant, int? AgentId, TenancyState State, TenancyTerms Terms, Instant? Offered, Instant? Accepted, string EndedBy, string EndReason, long Changed)
{
    internal static Tenancy Of(TenancyRow row) => new(
        row.Id,
        row.Key,
        row.ApplicationId,
        row.Premises,
        row.Owner,
        row.Tenant,
        row.AgentId,
        row.State,
        new TenancyTerms(
            new Quantity(row.Area), DistrictCalendar.DateOf(row.FirstDay), DistrictCalendar.DateOf(row.LastDay), row.Rent, row.Vat, row.Use, row.Upkeep, row.Opening, row.Sharing, row.Terms, row.NoticeDays),
        Stored.Moment(row.Offered),
        Stored.Moment(row.Accepted),
        row.EndedBy,
        row.EndReason,
        row.Changed);

    /// <summary>Whether it is in force on a day.</summary>
    public bool Holds(LocalDate day) => State == TenancyState.Agreed && Terms.FirstDay <= day && day <= Terms.LastDay;
}

/// <summary>What one side owes the other.</summary>
public enum DutyKind
{
    /// <summary>The owner gives the premises to use.</summary>
    Use,

    /// <summary>The tenant pays.</summary>
    Rent,

    /// <summary>The tenant looks after the premises.</summary>
    Upkeep,

    /// <summary>The tenant keeps them open to the public.</summary>
    Opening,

    /// <summary>The tenant lets other tenants use what it shares.</summary>
    Sharing,
}

/// <summary>A duty of a month.</summary>
/// <param name="Kind">What.</param>
/// <param name="Month">The first day of the calendar month.</param>
/// <param name="Amount">Hours, or euros of a rent.</param>
/// <param name="Due">The last day on which it is done in time.</param>
public sealed record Duty(DutyKind Kind, LocalDate Month, Quantity Amount, LocalDate Due)
{
    /// <summary>Whether the tenant owes it; else the owner does.</summary>
    public bool IsTenants => Kind != DutyKind.Use;
}

/// <summary>The duties of an agreement, month by month. A month that is not whole counts by its days.</summary>
public static class TenancyDuties
{
    private const int CentsInEuro = 100;

    /// <summary>The longest agreement, in years.</summary>
    public static int MostYears => 5;

    /// <summary>All duties, by month and kind. Rent is due on the first day of the month that the agreement has, all else on the last.</summary>
    public static IReadOnlyList<Duty> Of(TenancyTerms terms)
    {
        List<Duty> duties = [];
        for (var month = FirstOf(terms.FirstDay); month <= terms.LastDay; month = month.PlusMonths(1))
        {
            var (first, last) = (LocalDate.Max(month, terms.FirstDay), LocalDate.Min(month.PlusMonths(1).PlusDays(-1), terms.LastDay));
            var days = Period.DaysBetween(first, last) + 1;
            var length = month.Calendar.GetDaysInMonth(month.Year, month.Month);
            foreach (var (kind, monthly) in new[] { (DutyKind.Use, terms.Use), (DutyKind.Rent, terms.Rent), (DutyKind.Upkeep, terms.Upkeep), (DutyKind.Opening, terms.Opening), (DutyKind.Sharing, terms.Sharing) })
            {
                if (monthly > 0)
                {
                    duties.Add(new Duty(kind, month, kind == DutyKind.Rent ? Euros(monthly, days, length) : Hours(monthly, days, length), kind == DutyKind.Rent ? first : last));
                }
            }
        }

        return duties;
    }

    private static LocalDate FirstOf(LocalDate day) => new(day.Year, day.Month, 1);

    // To the cent, half a cent away from zero.
    private static Quantity Euros(int cents, int days, int length) => new((long)decimal.Round((decimal)cents * days / length, MidpointRounding.AwayFromZero) * (Quantity.One / CentsInEuro));

    // To the minute would not be exact in an hour's decimals: to the hundredth of an hour.
    private static Quantity Hours(int hours, int days, int length) => new((long)decimal.Round((decimal)hours * 100 * days / length, MidpointRounding.AwayFromZero) * (Quantity.One / 100));
}

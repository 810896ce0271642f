using System.Globalization;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>A loan as it stands.</summary>
/// <param name="Row">What is stored.</param>
/// <param name="Kind">Its kind.</param>
public sealed record LoanView(LoanRow Row, ThingKind Kind)
{
    private const decimal Millionths = 1_000_000;

    /// <summary>The key.</summary>
    public string Key => Row.Key;

    /// <summary>The first day; of a wish the earliest that suits.</summary>
    public LocalDate First => DistrictCalendar.DateOf(Row.First);

    /// <summary>The last day.</summary>
    public LocalDate Due => DistrictCalendar.DateOf(Row.Due);

    /// <summary>Of a wish, the latest first day.</summary>
    public LocalDate Latest => DistrictCalendar.DateOf(Row.Latest);

    /// <summary>The price in euros with tax.</summary>
    public decimal Gross => LoanPrices.Euros(Row.Gross);

    /// <summary>What of it is tax.</summary>
    public decimal Vat => LoanPrices.Euros(Row.Vat);

    /// <summary>The deposit in euros.</summary>
    public decimal Deposit => LoanPrices.Euros(Row.Deposit);

    /// <summary>What of it was kept, in euros.</summary>
    public decimal DepositKept => LoanPrices.Euros(Row.DepositKept);

    /// <summary>The hours of use: those that were, or those that are expected of so many days.</summary>
    public decimal Hours => Row.State == LoanState.Returned ? Row.Hours / Millionths : Row.Days * Kind.HoursPerDay;

    /// <summary>The kilograms of CO2e that they carry, once it is back.</summary>
    public decimal Carbon => Row.Carbon / Millionths;

    /// <summary>What did not come back with it.</summary>
    public IEnumerable<LocalizedText> Missing => Numbers(Row.Missing).Where(number => number < Kind.Accessories.Count).Select(number => Kind.Accessories[number]);

    /// <summary>What was used up, with the number of pieces.</summary>
    public IEnumerable<(ThingConsumable Consumable, int Pieces)> Consumed => Row.Consumed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => Numbers(each.Replace(':', ' ')).ToList())
        .Where(pair => pair[0] < Kind.Consumables.Count).Select(pair => (Kind.Consumables[pair[0]], pair[1]));

    private static IEnumerable<int> Numbers(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => int.Parse(each, CultureInfo.InvariantCulture));
}

using System.Globalization;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces.Premises;

/// <summary>What stands in the fields of a form before anybody types: what is there, or what is usual.</summary>
internal static class PremisesFields
{
    public static Refused Of(PageContext page, EmptyPremises premises)
    {
        var values = new Dictionary<string, string>
        {
            ["place"] = premises.Place,
            ["area"] = Number(premises.Area),
            ["firstDay"] = Day(premises.FirstDay),
            ["lastDay"] = Day(premises.LastDay),
            ["withdrawn"] = premises.Withdrawn ? "true" : "",
            ["changed"] = premises.Changed.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var language in Language.All)
        {
            values["name" + language.Code] = premises.Words.Name.In(language.Code);
            values["condition" + language.Code] = premises.Words.Condition.In(language.Code);
            values["plan" + language.Code] = premises.Words.Plan.In(language.Code);
            values["uses" + language.Code] = premises.Words.Uses.In(language.Code);
        }

        foreach (var (at, permit) in premises.Permits.Index())
        {
            values[PremisesForm.Numbered("permit", at + 1)] = Said.In(page.Language, permit.Name).Text;
            values[PremisesForm.Numbered("permitFrom", at + 1)] = Day(permit.From);
            values[PremisesForm.Numbered("permitTo", at + 1)] = Day(permit.To);
        }

        return With(values);
    }

    /// <summary>A new call: from now for four weeks, for as long as the premises are there.</summary>
    public static Refused OfNewCall(EmptyPremises premises, LocalDate today) => With(new Dictionary<string, string>
    {
        ["opens"] = Day(today) + "T00:00",
        ["closes"] = Day(today.PlusWeeks(4)) + "T15:00",
        ["firstDay"] = Day(premises.FirstDay is { } first && first > today ? first : today.PlusMonths(2)),
        ["lastDay"] = Day(premises.LastDay),
    });

    public static Refused Of(ApplicationWish wish)
    {
        var values = new Dictionary<string, string>
        {
            ["plan"] = wish.Plan,
            ["area"] = wish.Area == Quantity.Zero ? "" : Number(wish.Area),
            ["firstDay"] = Day(wish.FirstDay),
            ["lastDay"] = Day(wish.LastDay),
            ["sharing"] = wish.Sharing,
            ["showName"] = wish.ShowName ? "true" : "",
        };
        foreach (var (at, answer) in wish.Answers.Index())
        {
            values[PremisesForm.Numbered("answer", at + 1)] = answer;
        }

        return With(values);
    }

    public static Refused Of(Tenancy tenancy)
    {
        var terms = tenancy.Terms;
        return With(new Dictionary<string, string>
        {
            ["area"] = Number(terms.Area),
            ["firstDay"] = Day(terms.FirstDay),
            ["lastDay"] = Day(terms.LastDay),
            ["rent"] = Hundredths(terms.Rent),
            ["vat"] = Hundredths(terms.Vat),
            ["use"] = Whole(terms.Use),
            ["upkeep"] = Whole(terms.Upkeep),
            ["opening"] = Whole(terms.Opening),
            ["sharing"] = Whole(terms.Sharing),
            ["terms"] = terms.Words,
            ["noticeDays"] = Whole(terms.NoticeDays),
            ["changed"] = tenancy.Changed.ToString(CultureInfo.InvariantCulture),
        });
    }

    private static Refused With(Dictionary<string, string> values) => Refused.Nothing with { Values = values };

    private static string Day(LocalDate? day) => day is { } date ? LocalDatePattern.Iso.Format(date) : "";

    private static string Number(Quantity quantity) => quantity == Quantity.Zero ? "" : quantity.ToString();

    private static string Hundredths(int hundredths) => (hundredths / 100m).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}

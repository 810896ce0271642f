using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>Things and loans in the reader's words.</summary>
internal static class ThingWords
{
    /// <summary>Whether a kind has these words in its name or its description, in one of some languages; in any where none is named.</summary>
    public static bool Matches(ThingKind kind, string words, params IReadOnlyList<Language> languages) =>
        words.Length == 0 || (languages.Count > 0 ? languages : Language.All).Any(language => Texts.WithoutSoftHyphens($"{kind.Name.In(language.Code)} {kind.About?.In(language.Code)}").Contains(words, StringComparison.CurrentCultureIgnoreCase));

    /// <summary>A word as the API writes it.</summary>
    public static string Word(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    public static string Name(PageContext page, ThingKind kind) => kind.Name.In(page.Language.Code);

    public static string Agent(PageContext page, Catalog catalog, string agent) => catalog.Find(catalog.Agents, agent)?.Row.Name(page.Language) ?? agent;

    public static string Place(PageContext page, Catalog catalog, string place) => catalog.Find(catalog.Places, place)?.Row.Name(page.Language) ?? place;

    public static string Euros(PageContext page, decimal euros) => page.Formats.Amount(new Quantity((long)(euros * Quantity.One)), "EUR", 2);

    /// <summary>What is paid: free of charge is said in words.</summary>
    public static string Price(PageContext page, decimal euros) => euros == 0 ? page.Texts["things.free"] : Euros(page, euros);

    public static string PerDay(PageContext page, ThingKind kind) => kind.Price.PerDay == 0 ? page.Texts["things.free"] : page.Texts.Format("things.perday", ("price", Euros(page, kind.Price.PerDay)));

    public static string Days(PageContext page, int days) => page.Texts.Count("things.days", days, ("count", page.Formats.Number(days)));

    /// <summary>From when until when it is lent.</summary>
    public static string Span(PageContext page, LoanView loan) =>
        loan.First == loan.Due ? page.Formats.Date(loan.First) : Formats.Span(page.Formats.Date(loan.First), page.Formats.Date(loan.Due));

    /// <summary>What so many hours cost the climate, by the figure of one.</summary>
    public static string Carbon(PageContext page, FigureValue hour, decimal hours) => page.Formats.Prose(new Quantity((long)(hour.Quantity.ToDecimal() * hours * Quantity.One)), hour.Unit.Split('/')[0]);

    public static string Carbon(PageContext page, decimal kilograms) => page.Formats.Prose(new Quantity((long)(kilograms * Quantity.One)), "kg{CO2e}");

    /// <summary>Where a loan stands, and by when.</summary>
    public static string State(PageContext page, LoanView loan, LocalDate today) =>
        page.Texts.FormatStored("things.state", loan.Row.State == LoanState.Out && loan.Due < today ? "Late" : loan.Row.State.ToString(), new Dictionary<string, string>
        {
            ["first"] = page.Formats.Date(loan.First),
            ["span"] = Span(page, loan),
            ["due"] = page.Formats.Date(loan.Due),
            ["latest"] = page.Formats.Date(loan.Latest),
            ["until"] = loan.Row.HeldUntil is { } until ? page.Formats.Moment(DistrictCalendar.ToInstant(until)) : "",
        });

    /// <summary>Why something is not lent: the rule, with its values.</summary>
    public static string Refusal(PageContext page, ThingRefusal refusal)
    {
        var values = new Dictionary<string, string>
        {
            ["thing"] = Name(page, refusal.Kind),
            ["number"] = refusal.Number is { } number ? page.Formats.Number(number) : "",
            ["day"] = refusal.Day is { } day ? page.Formats.Date(day) : "",
            ["euros"] = refusal.Euros is { } euros ? Euros(page, euros) : "",
        };
        return page.Texts.FormatStored("things.refusal", refusal is { Code: "NoneFree", Day: null } ? "NeverFree" : refusal.Code, values);
    }
}

using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>Premises, calls and agreements in the reader's words.</summary>
internal static class PremisesText
{
    /// <summary>What premises are called; the key where they are no more.</summary>
    public static Said Name(PageContext page, EmptyPremises? premises, string key) => premises is null ? new Said(key, null) : Said.In(page.Language, premises.Words.Name);

    /// <summary>From when until when; either may be unsaid.</summary>
    public static string Days(PageContext page, LocalDate? first, LocalDate? last) => (first, last) switch
    {
        (null, null) => page.Texts["premises.days.unsaid"],
        ({ } from, null) => page.Texts.Format("premises.days.from", ("from", page.Formats.Date(from))),
        (null, { } to) => page.Texts.Format("premises.days.until", ("until", page.Formats.Date(to))),
        ({ } from, { } to) => $"{page.Formats.Date(from)} – {page.Formats.Date(to)}",
    };

    public static string Area(PageContext page, Quantity area) => page.Formats.Amount(area, "m2");

    public static string Euros(PageContext page, int cents) => page.Formats.Amount(new Quantity(cents * (Quantity.One / 100)), "EUR", 2);

    /// <summary>A month's hours.</summary>
    public static string Hours(PageContext page, int hours) => page.Texts.Format("premises.hours.month", ("hours", page.Formats.Number(hours)));

    /// <summary>The rent of a month, with what of it is tax in words; that there is none is said.</summary>
    public static string Rent(PageContext page, int cents, int vat, string key) => cents == 0
        ? page.Texts["premises.rent.none"]
        : page.Texts.Format(key, ("amount", Euros(page, cents)), ("percent", page.Formats.Number(new Quantity(vat * (Quantity.One / 100)))));

    /// <summary>How much of a duty there is.</summary>
    public static string Amount(PageContext page, Duty duty) => duty.Kind == DutyKind.Rent ? page.Formats.Amount(duty.Amount, "EUR", 2) : page.Formats.Amount(duty.Amount, "h");
}

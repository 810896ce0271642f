using System.Globalization;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Today;

/// <summary>Says of a figure in words what it is, of when, how old, and more or less than what.</summary>
internal static class FigureWords
{
    // Readings of an hour come in after it; what is older is told.
    private static readonly Duration Fresh = Duration.FromHours(2);
    private static readonly Duration Hour = Duration.FromHours(1);

    // Of the earlier figure, in percent: a smaller difference is none to a reader.
    private const int Same = 3;

    /// <summary>Of when a figure is, within a sentence: <c>today from 13:00 to 14:00</c>, or its days, month or years.</summary>
    public static string When(PageContext page, FigureValue value, Instant now)
    {
        var from = value.From.InZone(page.Formats.Zone).LocalDateTime;
        var until = value.Until.InZone(page.Formats.Zone).LocalDateTime;
        if (value.Until - value.From > Hour)
        {
            var last = until.PlusTicks(-1);
            var first = from.TimeOfDay == LocalTime.Midnight && until.TimeOfDay == LocalTime.Midnight ? from.Date : (LocalDate?)null;
            if (first is { } day && day == last.Date)
            {
                return page.Formats.OnDay(day);
            }

            if (first is { Day: 1 } month && until.Date == month.PlusMonths(1))
            {
                return page.Formats.InMonth(month);
            }

            if (first is null || first.Value.DayOfYear > 1 || until.DayOfYear > 1)
            {
                return page.Texts.Format("today.when.span", ("from", page.Formats.Date(from.Date)), ("until", page.Formats.Date(last.Date)));
            }

            return from.Year == last.Year ? page.Formats.InYear(from.Date) : string.Create(CultureInfo.InvariantCulture, $"{from.Year}–{last.Year}");
        }

        var times = page.Texts.Format("today.hours", ("from", page.Formats.Time(from.TimeOfDay)), ("until", page.Formats.Time(until.TimeOfDay)));
        return from.Date == now.InZone(page.Formats.Zone).Date
            ? page.Texts.Format("today.when.today", ("hours", times))
            : page.Texts.Format("today.when.day", ("day", page.Formats.OnDay(from.Date)), ("hours", times));
    }

    /// <summary>The figure as a sentence.</summary>
    public static string Sentence(PageContext page, Figure figure, FigureValue value, string district, Instant now) => page.Texts.Format(
        value.SentenceKey,
        ("name", figure.NameIn(page.Language)),
        ("district", district),
        ("amount", page.Formats.Prose(value.Quantity, value.Unit)),
        ("when", When(page, value, now)));

    /// <summary>More or less than the day before, as a sentence; null where it cannot be compared.</summary>
    public static string? Compared(PageContext page, FigureValue value, string district)
    {
        if (value.Before is not { } before || before.Quantity <= Quantity.Zero)
        {
            return null;
        }

        var difference = value.Quantity - before.Quantity;
        var size = difference < Quantity.Zero ? Quantity.Zero - difference : difference;
        return size.ToDecimal() * 100 < before.Quantity.ToDecimal() * Same
            ? page.Texts.Format(before.SameKey, ("district", district))
            : page.Texts.Format(difference > Quantity.Zero ? before.MoreKey : before.LessKey, ("district", district), ("share", page.Formats.Percent(size, before.Quantity)));
    }

    /// <summary>How long nothing newer than an hourly figure has come in; null while it is fresh or is none of an hour.</summary>
    public static Duration? Silence(FigureValue value, Instant now) =>
        value.Until - value.From <= Hour && now - value.Until > Fresh ? now - value.Until : null;

    /// <summary>A length of time in whole hours or days.</summary>
    public static string Age(PageContext page, Duration age) => age < Duration.FromDays(2)
        ? page.Texts.Count("today.age.hours", (long)age.TotalHours, ("count", page.Formats.Number((long)age.TotalHours)))
        : page.Texts.Count("today.age.days", (long)age.TotalDays, ("count", page.Formats.Number((long)age.TotalDays)));

    /// <summary>A figure's address: a page of the feature that registered it.</summary>
    public static string Url(PageContext page, FigureLink link) => page.Url(link.Path, link.Query);
}

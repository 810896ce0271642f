using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>How long a stretch is shown, and so how wide its bars are.</summary>
public enum HomeSpan
{
    /// <summary>A day by hours.</summary>
    Day,

    /// <summary>A month by days.</summary>
    Month,

    /// <summary>A year by months.</summary>
    Year,
}

/// <summary>A day, month or year that is shown.</summary>
/// <param name="Span">Which of the three.</param>
/// <param name="First">Its first day.</param>
public sealed record HomePeriod(HomeSpan Span, LocalDate First)
{
    /// <summary>Reads <c>2026-11-24</c>, <c>2026-11</c> or <c>2026</c>; null where it is none.</summary>
    public static HomePeriod? Parse(string text) =>
        LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day } ? Bounded(new HomePeriod(HomeSpan.Day, day))
        : YearMonthPattern.Iso.Parse(text) is { Success: true, Value: var month } ? Bounded(new HomePeriod(HomeSpan.Month, month.OnDayOfMonth(1)))
        : text.Length == 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year > 0 ? Bounded(new HomePeriod(HomeSpan.Year, new LocalDate(year, 1, 1)))
        : null;

    /// <summary>The stretch that a day lies in.</summary>
    public static HomePeriod Of(HomeSpan span, LocalDate day) => new(span, span switch
    {
        HomeSpan.Day => day,
        HomeSpan.Month => day.With(DateAdjusters.StartOfMonth),
        _ => new LocalDate(day.Year, 1, 1),
    });

    /// <summary>As addresses write it.</summary>
    public string Word => Span switch
    {
        HomeSpan.Day => LocalDatePattern.Iso.Format(First),
        HomeSpan.Month => YearMonthPattern.Iso.Format(First.ToYearMonth()),
        _ => First.Year.ToString("0000", CultureInfo.InvariantCulture),
    };

    /// <summary>The first day after it.</summary>
    public LocalDate After => Shifted(1).First;

    /// <summary>So many of its kind later.</summary>
    public HomePeriod Shifted(int by) => this with
    {
        First = Span switch
        {
            HomeSpan.Day => First.PlusDays(by),
            HomeSpan.Month => First.PlusMonths(by),
            _ => First.PlusYears(by),
        },
    };

    /// <summary>The beginnings of its bars, and its end. A day has 23 to 25 hours.</summary>
    public IReadOnlyList<Instant> Bounds(DateTimeZone zone)
    {
        var end = zone.AtStartOfDay(After).ToInstant();
        List<Instant> bounds = [zone.AtStartOfDay(First).ToInstant()];
        for (var day = First; bounds[^1] < end;)
        {
            if (Span == HomeSpan.Day)
            {
                bounds.Add(bounds[^1] + Duration.FromHours(1));
            }
            else
            {
                day = Span == HomeSpan.Month ? day.PlusDays(1) : day.PlusMonths(1);
                bounds.Add(zone.AtStartOfDay(day).ToInstant());
            }
        }

        return bounds;
    }

    private static HomePeriod? Bounded(HomePeriod period) => period.First.Year is > 1900 and < 3000 ? period : null;
}

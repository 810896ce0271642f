using System.Globalization;
using Kera.Base.Readings;
using Kera.Base.Store;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Carbon;

/// <summary>An hour, a day, a month or a year of the district's zone.</summary>
/// <param name="Span">How long it is.</param>
/// <param name="Start">Its beginning.</param>
/// <param name="End">Its end.</param>
public sealed record CarbonTime(CarbonSpan Span, Instant Start, Instant End)
{
    private static readonly InstantPattern HourPattern = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd't'HH'z'");

    /// <summary>The period of a length that a moment lies in.</summary>
    public static CarbonTime Of(CarbonSpan span, Instant moment, DateTimeZone zone)
    {
        if (span == CarbonSpan.Hour)
        {
            var hour = Hours.Of(moment);
            return new CarbonTime(span, hour, hour + Hours.Length);
        }

        return Of(span, moment.InZone(zone).Date, zone);
    }

    /// <summary>The period of a length, a day at the least, that a date lies in.</summary>
    public static CarbonTime Of(CarbonSpan span, LocalDate date, DateTimeZone zone)
    {
        var first = span switch
        {
            CarbonSpan.Month => new LocalDate(date.Year, date.Month, 1),
            CarbonSpan.Year => new LocalDate(date.Year, 1, 1),
            _ => date,
        };
        return new CarbonTime(span, zone.AtStartOfDay(first).ToInstant(), zone.AtStartOfDay(Next(span, first, 1)).ToInstant());
    }

    /// <summary>The period so many before or after.</summary>
    public CarbonTime Shifted(int steps, DateTimeZone zone) => Span == CarbonSpan.Hour
        ? new CarbonTime(Span, Start + (steps * Hours.Length), End + (steps * Hours.Length))
        : Of(Span, Next(Span, Start.InZone(zone).Date, steps), zone);

    /// <summary>What it is compared with: the hour a day before, the day a week before, the month or year before.</summary>
    public CarbonTime Before(DateTimeZone zone) => Span switch
    {
        CarbonSpan.Hour => Of(Span, zone.AtLeniently(Start.InZone(zone).LocalDateTime.PlusDays(-1)).ToInstant(), zone),
        CarbonSpan.Day => Shifted(-7, zone),
        _ => Shifted(-1, zone),
    };

    /// <summary>The periods that it is made of, in which its course is told; an hour's are those of its day.</summary>
    public CarbonSpan Parts => Span switch { CarbonSpan.Year => CarbonSpan.Month, CarbonSpan.Month => CarbonSpan.Day, _ => CarbonSpan.Hour };

    /// <summary>In a figure's name: <c>2026</c>, <c>2026-11</c>, <c>2026-11-24</c>, or of an hour, in UTC, <c>2026-11-24t12z</c>.</summary>
    public string Word(DateTimeZone zone)
    {
        var date = Start.InZone(zone).Date;
        return Span switch
        {
            CarbonSpan.Hour => HourPattern.Format(Start),
            CarbonSpan.Day => LocalDatePattern.Iso.Format(date),
            CarbonSpan.Month => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}-{date.Month:00}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{date.Year:0000}"),
        };
    }

    /// <summary>Reads such a word; null where it is none.</summary>
    public static CarbonTime? Parse(string word, DateTimeZone zone)
    {
        if (HourPattern.Parse(word) is { Success: true } hour && hour.Value.InUtc().Year is > 1900 and < 3000)
        {
            return Of(CarbonSpan.Hour, hour.Value, zone);
        }

        var (span, text) = word.Length switch { 4 => (CarbonSpan.Year, word + "-01-01"), 7 => (CarbonSpan.Month, word + "-01"), _ => (CarbonSpan.Day, word) };
        return LocalDatePattern.Iso.Parse(text) is { Success: true } date && date.Value.Year is > 1900 and < 3000 ? Of(span, date.Value, zone) : null;
    }

    private static LocalDate Next(CarbonSpan span, LocalDate date, int steps) => span switch
    {
        CarbonSpan.Month => date.PlusMonths(steps),
        CarbonSpan.Year => date.PlusYears(steps),
        _ => date.PlusDays(steps),
    };
}

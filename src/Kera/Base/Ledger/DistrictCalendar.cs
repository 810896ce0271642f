using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>
/// Days and months of the district's zone, as small numbers. Keeps the last hour it was asked about, for readings come in
/// order: not safe for several threads.
/// </summary>
public sealed class DistrictCalendar(DateTimeZone zone)
{
    private static readonly LocalDate Epoch = new(1970, 1, 1);
    private const long Quarter = 900_000_000;
    private (long Quarter, int Day, int Month) _last = (long.MinValue, 0, 0);

    /// <summary>The zone.</summary>
    public DateTimeZone Zone { get; } = zone;

    /// <summary>The day (days since 1970-01-01) and month (months since January 1970) of a moment.</summary>
    /// <param name="microseconds">Since 1970 UTC.</param>
    public (int Day, int Month) DayOf(long microseconds)
    {
        // Offsets of zones are whole quarters of an hour since 1921 in Helsinki; before that the slow way is right too.
        var quarter = microseconds >= 0 ? microseconds / Quarter : long.MinValue;
        if (quarter != _last.Quarter || quarter == long.MinValue)
        {
            var date = ToInstant(microseconds).InZone(Zone).Date;
            _last = (quarter, Period.DaysBetween(Epoch, date), ((date.Year - 1970) * 12) + date.Month - 1);
        }

        return (_last.Day, _last.Month);
    }

    /// <summary>The first moment of a day, microseconds since 1970 UTC.</summary>
    public long StartOfDay(int day) => ToMicroseconds(Zone.AtStartOfDay(DateOf(day)).ToInstant());

    /// <summary>The first moment of a month, microseconds since 1970 UTC.</summary>
    public long StartOfMonth(int month) => ToMicroseconds(Zone.AtStartOfDay(FirstOf(month)).ToInstant());

    public static LocalDate DateOf(int day) => Epoch.PlusDays(day);

    public static LocalDate FirstOf(int month) => Epoch.PlusMonths(month);

    public static int DayNumber(LocalDate date) => Period.DaysBetween(Epoch, date);

    public static int MonthNumber(LocalDate date) => ((date.Year - 1970) * 12) + date.Month - 1;

    public static long ToMicroseconds(Instant instant) => instant.ToUnixTimeTicks() / 10;

    public static Instant ToInstant(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);
}

using NodaTime;

namespace Kera.Energy;

/// <summary>The settlement periods of whole days of a zone, 15 minutes each: 96 on a day, 92 and 100 on those on which the clock changes.</summary>
public sealed class SettlementPeriods
{
    private readonly Instant _begin;

    /// <summary>The periods of days.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="until">The day after the last.</param>
    /// <param name="zone">The zone in which days begin.</param>
    /// <exception cref="EnergyException">There is no day, or its days are no whole number of periods long.</exception>
    public SettlementPeriods(LocalDate first, LocalDate until, DateTimeZone zone)
    {
        (First, Until, Zone) = (first, until, zone);
        if (until <= first)
        {
            throw new EnergyException("periods", $"From {first:R} until {until:R} there is no day.");
        }

        _begin = zone.AtStartOfDay(first).ToInstant();
        var length = (zone.AtStartOfDay(until).ToInstant() - _begin).ToInt64Nanoseconds();
        if (length % Length.ToInt64Nanoseconds() != 0)
        {
            throw new EnergyException("periods", $"From {first:R} until {until:R} is no whole number of quarters of an hour in {zone.Id}.");
        }

        Count = (int)(length / Length.ToInt64Nanoseconds());
    }

    /// <summary>How long a period is.</summary>
    public static Duration Length { get; } = Duration.FromMinutes(15);

    /// <summary>The first day.</summary>
    public LocalDate First { get; }

    /// <summary>The day after the last.</summary>
    public LocalDate Until { get; }

    /// <summary>The zone in which days begin.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>How many periods there are.</summary>
    public int Count { get; }

    /// <summary>The periods of a month.</summary>
    public static SettlementPeriods OfMonth(YearMonth month, DateTimeZone zone) => new(month.OnDayOfMonth(1), month.PlusMonths(1).OnDayOfMonth(1), zone);

    /// <summary>When a period begins.</summary>
    public Instant Begin(int period) => _begin + Length * period;

    /// <summary>The first period of a day; 0 for a day before them, their count for a day after.</summary>
    public int FirstOf(LocalDate day) => day <= First ? 0 : day >= Until ? Count : (int)((Zone.AtStartOfDay(day).ToInstant() - _begin).ToInt64Nanoseconds() / Length.ToInt64Nanoseconds());

    /// <summary>The period that begins at an instant; null where none does.</summary>
    public int? BeginningAt(Instant begin)
    {
        if (begin < _begin || begin >= Begin(Count))
        {
            return null;
        }

        var (period, rest) = Math.DivRem((begin - _begin).ToInt64Nanoseconds(), Length.ToInt64Nanoseconds());
        return rest == 0 ? (int)period : null;
    }
}

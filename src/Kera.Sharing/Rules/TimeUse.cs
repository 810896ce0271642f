using NodaTime;

namespace Kera.Sharing;

/// <summary>How much of each week or month a limit's bookings take, reckoned as it is asked for.</summary>
internal sealed class TimeUse(TimePerPeriod limit, List<Span> booked, DateTimeZone zone)
{
    private Span _period;
    private long _used;

    public TimePerPeriod Limit => limit;

    /// <summary>The first week or month in which a further booking would be too much, with how much there would be; or null.</summary>
    public (long Period, long Total)? Excess(Span time)
    {
        for (var at = time.Begin; at < time.End; at = _period.End)
        {
            if (at < _period.Begin || at >= _period.End)
            {
                Turn(at);
            }

            var total = _used + Within(time);
            if (total > Ticks.Of(limit.Most))
            {
                return (_period.Begin, total);
            }
        }

        return null;
    }

    private void Turn(long at)
    {
        var date = Ticks.ToInstant(at).InZone(zone).Date;
        var (first, next) = limit.Period == LimitPeriod.Week
            ? (date.With(DateAdjusters.PreviousOrSame(IsoDayOfWeek.Monday)), date.With(DateAdjusters.Next(IsoDayOfWeek.Monday)))
            : (date.With(DateAdjusters.StartOfMonth), date.With(DateAdjusters.StartOfMonth).PlusMonths(1));
        _period = new(Ticks.Of(zone.AtStartOfDay(first).ToInstant()), Ticks.Of(zone.AtStartOfDay(next).ToInstant()));
        _used = booked.Sum(Within);
    }

    private long Within(Span time) => Math.Max(0, Math.Min(time.End, _period.End) - Math.Max(time.Begin, _period.Begin));
}

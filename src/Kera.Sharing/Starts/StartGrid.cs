namespace Kera.Sharing;

/// <summary>The points at which bookings begin: from each anchor of the open time, or for staff from each midnight, by even steps up to the next anchor.</summary>
internal struct StartGrid(OpenTime? open, LocalDays days, long step)
{
    private int _next;
    private long _anchor = long.MinValue;
    private long _until = long.MinValue;

    /// <summary>The first point at or after a time that is not before one asked for earlier. The time is one of the open span, or after it.</summary>
    public long From(long ticks)
    {
        Turn(ticks);
        var steps = (ticks - _anchor + step - 1) / step;
        var point = _anchor + (steps * step);
        return point < _until ? point : _until;
    }

    /// <summary>The point after another.</summary>
    public long After(long point)
    {
        if (point >= _until)
        {
            Turn(point);
        }

        return Math.Min(point + step, _until);
    }

    // To the last anchor at or before a time.
    private void Turn(long ticks)
    {
        if (ticks < _until)
        {
            return;
        }

        if (open is null)
        {
            var day = days.DayOf(ticks);
            (_anchor, _until) = (days.Begin(day), days.Begin(day + 1));
            return;
        }

        while (_next < open.Anchors.Count && open.Anchors[_next] <= ticks)
        {
            _next++;
        }

        (_anchor, _until) = (_next == 0 ? ticks : open.Anchors[_next - 1], _next < open.Anchors.Count ? open.Anchors[_next] : long.MaxValue);
    }
}

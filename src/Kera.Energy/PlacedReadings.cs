namespace Kera.Energy;

/// <summary>Readings of one direction, each in its settlement periods.</summary>
internal sealed class PlacedReadings
{
    // The first period of each value that was metered by the hour, and the value.
    private readonly Dictionary<int, long> _hours = [];

    public PlacedReadings(string point, SettlementPeriods periods, IReadOnlyList<MeterReading> readings, string direction)
    {
        (WattHours, Qualities) = (new long[periods.Count], new ReadingQuality[periods.Count]);
        Array.Fill(Qualities, ReadingQuality.Missing);
        var taken = new bool[periods.Count];
        for (var number = 0; number < readings.Count; number++)
        {
            var reading = readings[number];
            var field = $"{point}.{direction}[{number}]";
            var count = reading.Minutes switch
            {
                15 => 1,
                60 => Netting.QuartersPerHour,
                _ => throw new EnergyException(field, $"A reading of {reading.Minutes} minutes is none: give 15 or 60."),
            };
            if (periods.BeginningAt(reading.Begin) is not { } first || first + count > periods.Count)
            {
                throw new EnergyException(field, $"The reading of {reading.Minutes} minutes at {reading.Begin} does not begin with a settlement period, or lies outside of them.");
            }

            if (taken.AsSpan(first, count).Contains(true))
            {
                throw new EnergyException(field, $"At {reading.Begin} there is another reading of the same {direction} already.");
            }

            if (reading.WattHours is < 0 or > MeteringPoint.MostWattHours)
            {
                throw new EnergyException(field, $"A reading of {reading.WattHours} Wh is none: give 0 to {MeteringPoint.MostWattHours}.");
            }

            taken.AsSpan(first, count).Fill(true);
            if (reading.Quality != ReadingQuality.Missing)
            {
                Place(first, count, reading);
            }
        }
    }

    public long[] WattHours { get; }

    public ReadingQuality[] Qualities { get; }

    /// <summary>Splits anew the hours that both directions have by the hour, so that they are netted in the hour.</summary>
    public void NetHours(PlacedReadings production)
    {
        foreach (var (first, use) in _hours)
        {
            if (production._hours.TryGetValue(first, out var produced))
            {
                Netting.SplitBoth(use, produced, WattHours.AsSpan(first), production.WattHours.AsSpan(first));
            }
        }
    }

    private void Place(int first, int count, MeterReading reading)
    {
        if (count == 1)
        {
            (WattHours[first], Qualities[first]) = (reading.WattHours, reading.Quality);
            return;
        }

        Netting.Split(reading.WattHours, WattHours.AsSpan(first));
        Qualities.AsSpan(first, count).Fill(ReadingQuality.Estimated);
        _hours.Add(first, reading.WattHours);
    }
}

using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>The hours of an offer's window: what is planned of each, kW, below zero for less than usual; null where nothing is planned yet.</summary>
internal sealed class OfferSchedule
{
    private readonly EnergyOfferRow _row;
    private readonly double?[] _hours;

    public OfferSchedule(EnergyOfferRow row)
    {
        (_row, First) = (row, DistrictCalendar.ToInstant(row.From));
        _hours = new double?[(int)(DistrictCalendar.ToInstant(row.Until) - First).TotalHours];
        var there = row.Schedule.Length == 0 ? [] : JsonSerializer.Deserialize<double?[]>(row.Schedule)!;
        Array.Copy(there, _hours, Math.Min(there.Length, _hours.Length));
    }

    /// <summary>The first hour of the window.</summary>
    public Instant First { get; }

    /// <summary>By hour of the window.</summary>
    public IReadOnlyList<double?> Hours => _hours;

    /// <summary>How many hours of the window lie before an hour.</summary>
    public int Before(Instant hour) => Math.Clamp((int)(hour - First).TotalHours, 0, _hours.Length);

    /// <summary>What was planned of the hours before one.</summary>
    public double EnergyBefore(Instant hour) => _hours.Take(Before(hour)).Sum(power => power ?? 0);

    /// <summary>For how many of the hours before one it was to run.</summary>
    public int RunBefore(Instant hour) => _hours.Take(Before(hour)).Count(power => power > 0);

    /// <summary>What is held ahead when an hour begins, by what was planned of those before.</summary>
    public double HeldBefore(Instant hour)
    {
        var held = 0.0;
        foreach (var power in _hours.Take(Before(hour)))
        {
            held = Math.Max(0, (held * (1 - (_row.LossPercent / 100))) + (power ?? 0));
        }

        return held;
    }

    /// <summary>Whether anything is planned from an hour on.</summary>
    public bool PlannedFrom(Instant hour) => _hours.Skip(Before(hour)).Any(power => power is not null);

    /// <summary>Plans the hours from one on; what was planned of those before it stays.</summary>
    public void Plan(Instant from, Func<Instant, double?> power)
    {
        for (var hour = Before(from); hour < _hours.Length; hour++)
        {
            _hours[hour] = power(First + Duration.FromHours(hour)) is { } planned ? Math.Round(planned, 3) : null;
        }

        _row.Schedule = JsonSerializer.Serialize(_hours);
    }
}

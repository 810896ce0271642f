using NodaTime;

namespace Kera.Energy;

/// <summary>How well a value is known; of two, the larger is the worse.</summary>
public enum ReadingQuality : byte
{
    /// <summary>As the meter gave it.</summary>
    Measured,

    /// <summary>Reckoned: a quarter of an hour's value, or what took the place of a value.</summary>
    Estimated,

    /// <summary>Not there.</summary>
    Missing,
}

/// <summary>What a meter counted from an instant on, in one direction.</summary>
/// <param name="Begin">When its time begins.</param>
/// <param name="Minutes">How long it is: 15 or 60.</param>
/// <param name="WattHours">Wh, from 0 to <see cref="MeteringPoint.MostWattHours"/>.</param>
/// <param name="Quality">How well it is known.</param>
public readonly record struct MeterReading(Instant Begin, int Minutes, long WattHours, ReadingQuality Quality = ReadingQuality.Measured);

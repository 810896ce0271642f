using System.Text;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.District;

/// <summary>
/// The synthetic loads of a demonstration: pure functions of flow, seed and hour in decimal arithmetic, so that every machine
/// finds the same numbers.
/// </summary>
public static class DemoLoad
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    /// <summary>What flows in an hour, in the flow's unit, to three decimals; at least 0.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <param name="hour">The beginning of the hour.</param>
    /// <exception cref="ArgumentException">The instant is not the beginning of an hour.</exception>
    /// <exception cref="OverflowException">The district's numbers make a load too large for a quantity.</exception>
    public static Quantity Quantity(DemoFlow flow, int seed, Instant hour)
    {
        var seconds = hour.ToUnixTimeSeconds();
        if (seconds % 3_600 != 0 || hour != Instant.FromUnixTimeSeconds(seconds))
        {
            throw new ArgumentException($"{hour} is not the beginning of an hour.", nameof(hour));
        }

        return Rounded(Load(flow, seed, hour));
    }

    /// <summary>What a kind of generation makes in an hour, in MWh, to three decimals; at least 0.</summary>
    /// <inheritdoc cref="Quantity(DemoFlow, int, Instant)"/>
    public static Quantity Quantity(DemoMix mix, int seed, Instant hour) =>
        Rounded(Shaped(mix.Load, Noise(mix.Kind.Series(mix.Mix), seed, hour), hour));

    /// <summary>The value of a Series in an hour, to three decimals.</summary>
    /// <inheritdoc cref="Quantity(DemoFlow, int, Instant)"/>
    public static Quantity Quantity(DemoSeries series, int seed, Instant hour) =>
        Rounded(series.Offset + Shaped(series.Load, Noise(series.Key, seed, hour), hour));

    private static Quantity Rounded(decimal load) => new(decimal.ToInt64(decimal.Round(load, 3, MidpointRounding.ToEven) * Flows.Quantity.One));

    private static decimal Load(DemoFlow flow, int seed, Instant hour) => flow.Rule switch
    {
        ShapedLoad shaped => Shaped(shaped, Noise(flow.Flow.Key, seed, hour), hour),
        FollowingLoad following => Quantity(following.Of, seed, hour).ToDecimal() * following.Factor,
        BalancingLoad balancing => Balance(balancing, seed, hour),
        _ => throw new ArgumentException($"{flow.Rule} is no known rule of a load.", nameof(flow)),
    };

    private static decimal Shaped(ShapedLoad load, decimal noise, Instant hour)
    {
        var local = hour.InZone(load.Zone);
        return load.Base
            * (load.Shape.Day[local.Hour] / 100)
            * (load.Shape.Week[(int)local.DayOfWeek - 1] / 100)
            * (Season(load.Shape.Year, local.Date) / 100)
            * (1 + (noise * load.NoisePercent / 100));
    }

    private static decimal Season(IReadOnlyList<decimal> year, LocalDate date)
    {
        var days = date.Calendar.GetDaysInMonth(date.Year, date.Month);
        // Twice the days from the middle of the month, so that whole numbers do.
        var offset = (2 * date.Day) - 1 - days;
        var neighbour = year[(date.Month - 1 + (offset < 0 ? 11 : 1)) % 12];
        var share = Math.Abs(offset) / (2m * days);
        return (year[date.Month - 1] * (1 - share)) + (neighbour * share);
    }

    private static decimal Balance(BalancingLoad load, int seed, Instant hour)
    {
        var needs = load.Needs.Sum(need => Quantity(need, seed, hour).ToDecimal()) * (1 + (load.LossesPercent / 100));
        var lacking = needs - load.Supplies.Sum(supply => Quantity(supply, seed, hour).ToDecimal());
        return Math.Max(0, load.Surplus ? -lacking : lacking);
    }

    /// <summary>A number from -1 to 1 in thousandths that depends on nothing but the flow's key, the seed and the hour.</summary>
    private static decimal Noise(string key, int seed, Instant hour)
    {
        // FNV-1a over the key, then SplitMix64 over seed and hour.
        var hash = 0xCBF29CE484222325UL;
        foreach (var letter in Encoding.UTF8.GetBytes(key))
        {
            hash = unchecked((hash ^ letter) * 0x100000001B3UL);
        }

        hash = Mix(unchecked(hash + ((ulong)seed * GoldenRatio)));
        hash = Mix(unchecked(hash + ((ulong)(hour.ToUnixTimeSeconds() / 3_600) * GoldenRatio)));
        return ((decimal)(hash % 2_001) - 1_000) / 1_000;
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}

namespace Kera.Energy;

/// <summary>A metering point with what was used and produced behind it, in Wh, period by period.</summary>
public sealed class MeteringPoint
{
    /// <summary>The most that a value may be: a TWh, so that a share of it in millionths and its sums stay exact.</summary>
    public const long MostWattHours = 1_000_000_000_000;

    private readonly long[] _use;
    private readonly long[] _production;
    private readonly ReadingQuality[] _qualities;

    /// <summary>A point by flat arrays, a number for each settlement period. They are kept and not copied: do not change them afterwards. O(periods).</summary>
    /// <param name="name">Its name, one of a kind.</param>
    /// <param name="use">What was used; empty where nothing ever is.</param>
    /// <param name="production">What was produced; empty where nothing ever is.</param>
    /// <param name="qualities">How well each period is known, by the worse of both; what is missing counts as nothing whatever number stands there. Empty where all is measured.</param>
    /// <exception cref="EnergyException">Neither is given, the lengths differ, or a value is below zero or above <see cref="MostWattHours"/>.</exception>
    public MeteringPoint(string name, long[] use, long[] production, ReadingQuality[] qualities)
    {
        (Name, _use, _production, _qualities) = (name, use, production, qualities);
        Count = Math.Max(use.Length, production.Length);
        foreach (var (length, what) in ((int, string)[])[(use.Length, "use"), (production.Length, "production"), (qualities.Length, "quality")])
        {
            Require(length == 0 || length == Count, name, $"The point '{name}' has {length} values of {what} for {Count} periods.");
        }

        Require(Count > 0, name, $"The point '{name}' has no values.");
        RequireAmounts(name, use, "use");
        RequireAmounts(name, production, "production");
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How many periods it has values for.</summary>
    public int Count { get; }

    /// <summary>A point from its meter's readings of 15 and 60 minutes, in any order; what has no reading is missing. O(readings + periods).</summary>
    /// <remarks>
    /// An hour is split into quarters, marked estimated. Where use and production of an hour are both metered by the hour, they are
    /// netted in the hour (<see cref="Netting.SplitBoth"/>).
    /// </remarks>
    /// <param name="name">Its name.</param>
    /// <param name="periods">The periods to fill.</param>
    /// <param name="use">Readings of what was used; null where nothing ever is.</param>
    /// <param name="production">Readings of what was produced; null where nothing ever is.</param>
    /// <exception cref="EnergyException">A reading has another length, does not begin with a period or ends after the last, or is there twice; an amount is none.</exception>
    public static MeteringPoint Of(string name, SettlementPeriods periods, IReadOnlyList<MeterReading>? use, IReadOnlyList<MeterReading>? production = null)
    {
        var uses = use is null ? null : new PlacedReadings(name, periods, use, "use");
        var productions = production is null ? null : new PlacedReadings(name, periods, production, "production");
        if (uses is not null && productions is not null)
        {
            uses.NetHours(productions);
        }

        var qualities = (uses ?? productions)?.Qualities ?? [];
        for (var period = 0; productions is not null && period < qualities.Length; period++)
        {
            qualities[period] = Worse(qualities[period], productions.Qualities[period]);
        }

        return new(name, uses?.WattHours ?? [], productions?.WattHours ?? [], qualities);
    }

    /// <summary>The worse of two.</summary>
    public static ReadingQuality Worse(ReadingQuality one, ReadingQuality other) => one > other ? one : other;

    /// <summary>How well a period is known.</summary>
    public ReadingQuality Quality(int period) => _qualities.Length == 0 ? ReadingQuality.Measured : _qualities[period];

    /// <summary>What was used in a period; 0 where it is missing.</summary>
    public long Use(int period) => _use.Length == 0 || Quality(period) == ReadingQuality.Missing ? 0 : _use[period];

    /// <summary>What was produced in a period; 0 where it is missing.</summary>
    public long Production(int period) => _production.Length == 0 || Quality(period) == ReadingQuality.Missing ? 0 : _production[period];

    private static void RequireAmounts(string name, long[] amounts, string what)
    {
        if (amounts.AsSpan().IndexOfAnyExceptInRange(0, MostWattHours) is >= 0 and var period)
        {
            throw new EnergyException(name, $"The point '{name}' has a {what} of {amounts[period]} Wh in period {period}: give 0 to {MostWattHours}.");
        }
    }

    private static void Require(bool holds, string field, string sentence)
    {
        if (!holds)
        {
            throw new EnergyException(field, sentence);
        }
    }
}

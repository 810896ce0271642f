using System.Globalization;

namespace Kera.Energy;

/// <summary>A member's fixed share of the surplus: a whole number of millionths, that is per cent with up to four decimals.</summary>
public readonly record struct CommunityShare
{
    /// <summary>The millionths of the whole, 100 %.</summary>
    public const long Whole = 1_000_000;

    private CommunityShare(long partsPerMillion) => PartsPerMillion = partsPerMillion;

    /// <summary>The share in millionths, from 0 to 1,000,000.</summary>
    public long PartsPerMillion { get; }

    /// <summary>The share in per cent, exact.</summary>
    public decimal Percent => PartsPerMillion / 10_000m;

    /// <summary>A share in millionths.</summary>
    /// <exception cref="EnergyException">It is below zero or above the whole.</exception>
    public static CommunityShare OfPartsPerMillion(long partsPerMillion) =>
        partsPerMillion is >= 0 and <= Whole ? new(partsPerMillion) : throw new EnergyException("share", $"A share of {partsPerMillion} millionths is none: give 0 to 1,000,000.");

    /// <summary>A share in per cent.</summary>
    /// <exception cref="EnergyException">It is below zero, above 100, or has more than four decimals.</exception>
    public static CommunityShare OfPercent(decimal percent) =>
        percent is >= 0 and <= 100 && decimal.IsInteger(percent * 10_000) ? new((long)(percent * 10_000))
            : throw new EnergyException("share", string.Create(CultureInfo.InvariantCulture, $"A share of {percent} % is none: give 0 to 100 with up to four decimals."));

    /// <summary>⌊p · surplus⌋ in Wh. Rounding down is our reading. Exact for amounts up to <see cref="MeteringPoint.MostWattHours"/>.</summary>
    public long Of(long surplus) => surplus * PartsPerMillion / Whole;

    /// <summary>As <c>12.5 %</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Percent:0.####} %");
}

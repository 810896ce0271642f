using Kera.Base.Figures;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.RoadMap;

/// <summary>
/// What the district emitted by its ledger, as another feature counts it; never scaled to a time that it does not cover.
/// </summary>
/// <param name="Figure">The figure; null where no feature has registered it.</param>
/// <param name="Value">What it amounts to; null where nothing has been counted, or not in mass.</param>
/// <param name="Zone">The zone of calendar years.</param>
public sealed record RoadMapActual(Figure? Figure, FigureValue? Value, DateTimeZone Zone)
{
    private const int Decimals = 3;

    /// <summary>The name by which the figure is asked for.</summary>
    public static string Key => "carbon.year";

    /// <summary>Reads it.</summary>
    public static async Task<RoadMapActual> ReadAsync(FigureReader figures, DateTimeZone zone, CancellationToken cancellation)
    {
        var value = await figures.ValueAsync(Key, cancellation);
        return new RoadMapActual(figures.Find(Key), value is not null && InGrams(value.Unit) is not null ? value : null, zone);
    }

    /// <summary>How much, in tonnes of CO2e to the kilogram.</summary>
    public Quantity? Tonnes => Value is { } value
        ? new Quantity((long)(Math.Round(value.Quantity.ToDecimal() * InGrams(value.Unit)!.Value / 1_000_000, Decimals, MidpointRounding.AwayFromZero) * Quantity.One))
        : null;

    /// <summary>The first day that it covers.</summary>
    public LocalDate First => Value!.From.InZone(Zone).Date;

    /// <summary>The last day that it covers.</summary>
    public LocalDate Last => (Value!.Until - Duration.Epsilon).InZone(Zone).Date;

    /// <summary>How many days it covers, begun ones included.</summary>
    public int Days => Period.DaysBetween(First, Last) + 1;

    /// <summary>Whether it covers a calendar year and nothing else, so that it can be compared with a year of the plan.</summary>
    public bool IsWholeYear => First == new LocalDate(Last.Year, 1, 1) && Last == new LocalDate(Last.Year, 12, 31);

    private static decimal? InGrams(string unit) => unit switch { "g{CO2e}" => 1, "kg{CO2e}" => 1_000, "t{CO2e}" => 1_000_000, _ => null };
}

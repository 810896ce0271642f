using Kera.Base.District;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>What a home used in a stretch of time, and how much of that is known of.</summary>
/// <param name="Use">How much was metered.</param>
/// <param name="Known">How long there are readings of.</param>
/// <param name="Cost">What it cost, EUR, as far as prices are known.</param>
/// <param name="Priced">The part of the use that has a price.</param>
/// <param name="Carbon">What it cost the climate, kg CO2e, as far as intensities are known.</param>
/// <param name="Traced">The part of the use that has an intensity.</param>
public readonly record struct HomeAmounts(Quantity Use, Duration Known, decimal Cost, Quantity Priced, decimal Carbon, Quantity Traced)
{
    public static HomeAmounts operator +(HomeAmounts left, HomeAmounts right) => new(
        left.Use + right.Use, left.Known + right.Known, left.Cost + right.Cost, left.Priced + right.Priced, left.Carbon + right.Carbon, left.Traced + right.Traced);

    /// <summary>Whether anything was read: where not, nothing is told, for that is not nothing.</summary>
    public bool IsKnown => Known > Duration.Zero;

    /// <summary>Whether it is of less than a time as one reads it: the hour that runs has no reading yet.</summary>
    public bool LacksOf(Duration elapsed) => Known.TotalSeconds < elapsed.TotalSeconds * 0.99;

    /// <summary>Whether any of it has a price.</summary>
    public bool HasCost => IsKnown && (Priced > Quantity.Zero || Use == Quantity.Zero);

    /// <summary>Whether any of it has an intensity.</summary>
    public bool HasCarbon => IsKnown && (Traced > Quantity.Zero || Use == Quantity.Zero);
}

/// <summary>What is metered of one thing in a home over a stretch.</summary>
/// <param name="Reading">What.</param>
/// <param name="Unit">The UCUM code of it.</param>
/// <param name="Bars">By bar of the period.</param>
/// <param name="Total">All of it.</param>
/// <param name="Elapsed">How much of the period is over.</param>
/// <param name="Quality">The least sure of its values.</param>
public sealed record HomeUse(HomeReading Reading, string Unit, IReadOnlyList<HomeAmounts> Bars, HomeAmounts Total, Duration Elapsed, SeriesQuality Quality)
{
    /// <summary>Whether some of the time that is over has no reading.</summary>
    public bool HasGaps => Total.LacksOf(Elapsed);
}

/// <summary>How warm it is somewhere, in °C.</summary>
/// <param name="Newest">The newest value.</param>
/// <param name="At">Of when.</param>
/// <param name="Lowest">The lowest of the stretch.</param>
/// <param name="Highest">The highest of it.</param>
/// <param name="Quality">The least sure of its values.</param>
public sealed record MeasuredTemperature(Quantity Newest, Instant At, Quantity Lowest, Quantity Highest, SeriesQuality Quality)
{
    /// <summary>What values say; null where there are none.</summary>
    public static MeasuredTemperature? Of(IReadOnlyList<SeriesValue> values) =>
        values.Count == 0 ? null : new MeasuredTemperature(values[^1].Value, values[^1].Start, values.Min(value => value.Value), values.Max(value => value.Value), values.Max(value => value.Quality));
}

/// <summary>How warm a room is.</summary>
public sealed record RoomTemperature(HomeRoom Room, MeasuredTemperature Measured);

/// <summary>A home as its own resident sees it.</summary>
/// <param name="Period">The stretch.</param>
/// <param name="Bounds">The beginnings of its bars, and its end.</param>
/// <param name="Uses">What is metered; empty where nothing is.</param>
/// <param name="Rooms">Rooms with a thermometer, as they were in the stretch.</param>
public sealed record HomeView(HomePeriod Period, IReadOnlyList<Instant> Bounds, IReadOnlyList<HomeUse> Uses, IReadOnlyList<RoomTemperature> Rooms);

/// <summary>What power costs in an hour that comes, EUR a kWh with fees and tax.</summary>
public sealed record HomePrice(Instant Hour, decimal Price);

/// <summary>The best hours that come.</summary>
/// <param name="Hours">Every hour whose price is known.</param>
/// <param name="First">Where the cheapest stretch begins.</param>
/// <param name="After">Where it ends.</param>
/// <param name="Mean">What a kWh costs in it.</param>
/// <param name="Dearest">What it costs in the dearest stretch as long.</param>
public sealed record HomeAhead(IReadOnlyList<HomePrice> Hours, Instant First, Instant After, decimal Mean, decimal Dearest);

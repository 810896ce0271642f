using Kera.Base.Readings;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>A carbon of some energy, as far as it is known.</summary>
/// <param name="Grams">Of what is known, in g CO2e.</param>
/// <param name="Known">Of how much energy it is known, in Wh.</param>
/// <param name="Energy">Of how much it should be, in Wh.</param>
public readonly record struct KnownCarbon(decimal Grams, long Known, long Energy)
{
    /// <summary>Whether nothing is missing.</summary>
    public bool IsWhole => Known == Energy;

    /// <summary>The sum of two.</summary>
    public static KnownCarbon operator +(KnownCarbon one, KnownCarbon other) => new(one.Grams + other.Grams, one.Known + other.Known, one.Energy + other.Energy);
}

/// <summary>What a member's net use cost the climate, in both ways. Credits change the second alone.</summary>
/// <param name="Location">Net use at the location-based intensity of its network.</param>
/// <param name="Market">What is left to buy at the network's market-based intensity, and what is credited at that of the community's own production.</param>
public readonly record struct MemberCarbon(KnownCarbon Location, KnownCarbon Market)
{
    /// <summary>The sum of two.</summary>
    public static MemberCarbon operator +(MemberCarbon one, MemberCarbon other) => new(one.Location + other.Location, one.Market + other.Market);
}

/// <summary>Intensities by the hour, in g CO2e for a kWh, of the network behind a point and of what its community makes; an hour that is not there is not known.</summary>
/// <param name="Network">The key of the network; null where no single one is behind the point.</param>
/// <param name="Location">The network's, by location.</param>
/// <param name="Market">The network's, by market.</param>
/// <param name="Produced">That of the community's production.</param>
public sealed record PointIntensities(string? Network, IReadOnlyDictionary<Instant, decimal> Location, IReadOnlyDictionary<Instant, decimal> Market, IReadOnlyDictionary<Instant, decimal> Produced)
{
    private const decimal WattHoursInKilowattHour = 1_000;

    /// <summary>The carbon of a period.</summary>
    public MemberCarbon Of(StatementLine line)
    {
        var hour = Hours.Of(line.Begin);
        return new MemberCarbon(Of(line.Energy.NetUse, Location, hour), Of(line.Energy.LeftToBuy, Market, hour) + Of(line.Energy.Credit, Produced, hour));
    }

    /// <summary>The carbon of a statement.</summary>
    public MemberCarbon Of(SettlementStatement statement) => statement.Lines.Aggregate(default(MemberCarbon), (sum, line) => sum + Of(line));

    private static KnownCarbon Of(long wattHours, IReadOnlyDictionary<Instant, decimal> intensities, Instant hour) =>
        intensities.TryGetValue(hour, out var grams) ? new(wattHours * grams / WattHoursInKilowattHour, wattHours, wattHours) : new(0, 0, wattHours);
}

using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Communities;

/// <summary>
/// Finds the intensities of a community's hours in public Series, by their keys: <c>carbon.intensity.NETWORK</c>,
/// <c>carbon.market.NETWORK</c> and <c>carbon.produced.FLOW</c>. Where nobody writes them, nothing is known.
/// </summary>
public sealed class CarbonIntensities(DistrictInForce district, PointReadings readings, SeriesStore series)
{
    /// <summary>
    /// The intensities for members' points, by point. The members of a community are behind one connection: where a point's flows name
    /// no network, the property's do.
    /// </summary>
    /// <param name="community">The community.</param>
    /// <param name="members">The members' points.</param>
    /// <param name="periods">Which hours.</param>
    /// <param name="reader">Who asks, who may read the property.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyDictionary<string, PointIntensities>> OfAsync(DistrictCommunity community, IReadOnlyList<string> members, SettlementPeriods periods, CommunityReader reader, CancellationToken cancellation)
    {
        var points = district.Model!.Communities!.Points;
        var property = points[community.Rules.Property];
        var produced = await ProducedAsync(property, periods, reader, cancellation);
        var found = new Dictionary<string, PointIntensities>(StringComparer.Ordinal);
        foreach (var behind in members.GroupBy(member => NetworkOf(points[member].Use) ?? NetworkOf(property.Flows)))
        {
            var intensities = new PointIntensities(
                behind.Key,
                await ReadAsync("carbon.intensity." + behind.Key, periods, cancellation),
                await ReadAsync("carbon.market." + behind.Key, periods, cancellation),
                produced);
            foreach (var member in behind)
            {
                found[member] = intensities;
            }
        }

        return found;
    }

    private string? NetworkOf(IEnumerable<string> flows) =>
        flows.Select(flow => district.Model!.Flows[flow].Resource).OfType<string>().Distinct(StringComparer.Ordinal).ToList() is [var only] ? only : null;

    // Each flow by what it made in the hour. Of a private one nothing is traced: it is the sun at the point of use, at 0.
    private async Task<Dictionary<Instant, decimal>> ProducedAsync(DistrictPoint property, SettlementPeriods periods, CommunityReader reader, CancellationToken cancellation)
    {
        List<(IReadOnlyDictionary<Instant, decimal> Amounts, IReadOnlyDictionary<Instant, decimal>? Intensities)> flows = [];
        foreach (var flow in property.Production.Select(key => district.Model!.Flows[key]))
        {
            var traced = flow.Target == DistrictFlowTarget.Ledger && flow.Audience is [Catalog.Public];
            flows.Add((await readings.HoursAsync(reader, property, flow, periods, cancellation), traced ? await ReadAsync("carbon.produced." + flow.Key, periods, cancellation) : null));
        }

        var produced = new Dictionary<Instant, decimal>();
        for (var hour = periods.Begin(0); hour < periods.Begin(periods.Count); hour += Hours.Length)
        {
            if (Mean(flows, hour) is { } grams)
            {
                produced[hour] = grams;
            }
        }

        return produced;
    }

    // Null where a flow's amount is not known, or what it carries.
    private static decimal? Mean(List<(IReadOnlyDictionary<Instant, decimal> Amounts, IReadOnlyDictionary<Instant, decimal>? Intensities)> flows, Instant hour)
    {
        var (sum, amount) = (0m, 0m);
        foreach (var flow in flows)
        {
            if (!flow.Amounts.TryGetValue(hour, out var made))
            {
                return null;
            }

            var grams = 0m;
            if (made > 0 && flow.Intensities?.TryGetValue(hour, out grams) == false)
            {
                return null;
            }

            (sum, amount) = (sum + (made * grams), amount + made);
        }

        return amount > 0 ? sum / amount : null;
    }

    private async Task<Dictionary<Instant, decimal>> ReadAsync(string key, SettlementPeriods periods, CancellationToken cancellation)
    {
        var values = new Dictionary<Instant, decimal>();
        for (Instant? from = periods.Begin(0); from is not null;)
        {
            var page = await series.ReadAsync(key, Reader.Public, from, periods.Begin(periods.Count), cancellation: cancellation);
            from = page?.Next;
            foreach (var value in page is { Series.Unit: "g{CO2e}/kWh" } ? page.Values : [])
            {
                values[value.Start] = value.Value.ToDecimal();
            }
        }

        return values;
    }
}

using Kera.Base.Figures;
using Kera.Flows;

namespace Kera.Features.Carbon;

/// <content>What a unit of a network carries by market: by what was bought, which is known only where that has a factor.</content>
public sealed partial class CarbonReckoner
{
    /// <summary>What a unit of a network carried by market in a period, in g CO2e; null where it gave nothing, or of a part of what was bought nothing is known.</summary>
    public async Task<FigureValue?> MarketAsync(EconomicResource network, CarbonTime time, CancellationToken cancellation)
    {
        if (await GivenAsync(network, time, cancellation) is not var (period, node) || !period.Layout.IsMarketKnown(node.Carried))
        {
            return null;
        }

        var value = OfMarket(period, node, network) with
        {
            Quantity = Rounded(node.Carried[FootprintLayout.Market] / node.Given * 1_000),
            Unit = $"{Gram}/{network.ConformsTo.Unit.Code}",
            Formula = T.Format("carbon.formula.market", ("resource", _names.Resource(network)!)),
        };
        return period.Hidden.Contains(network.Id) ? value : value with
        {
            Parts = [Part(_names.Resource(network)!, node.Carried[FootprintLayout.Market], QualityOf(period.Flows), null)],
            PartUnit = Kilogram,
            Divisor = new FigurePart(T.Format("carbon.given", ("resource", _names.Resource(network)!)), Rounded(node.Given), network.ConformsTo.Unit.Code, null, ResourceLink(network)),
            Events = await EventsAsync(time, cancellation),
        };
    }

    /// <summary>Of what came into a network in a period, how many per cent carry by market what is known; null where it gave nothing.</summary>
    public async Task<FigureValue?> MarketCoverageAsync(EconomicResource network, CarbonTime time, CancellationToken cancellation)
    {
        if (await GivenAsync(network, time, cancellation) is not var (period, node) || period.Layout.MarketCoverage(node.Carried) is not { } share)
        {
            return null;
        }

        var value = OfMarket(period, node, network) with { Quantity = Rounded(share * 100), Unit = "%", Formula = T["carbon.formula.market.coverage"] };
        // Of several units a percentage is told, and no sum.
        return period.Hidden.Contains(network.Id) || Entered(period, node) is not [var (unit, entered, known)] ? value : value with
        {
            Parts = [new FigurePart(T["carbon.market.known"], Rounded(known), unit, QualityOf(period.Flows), null)],
            PartUnit = unit,
            Divisor = new FigurePart(T["carbon.market.entered"], Rounded(entered), unit, null, ResourceLink(network)),
            LeftOut = entered > known ? [new FigurePart(T["carbon.market.unknown"], Rounded(entered - known), unit, null, null)] : [],
            Events = await EventsAsync(time, cancellation),
        };
    }

    // Of a network alone: its intensity is everyone's, though a flow of it may be hidden.
    private async Task<(TracedPeriod Period, NodeCarbon Node)?> GivenAsync(EconomicResource network, CarbonTime time, CancellationToken cancellation) =>
        network.Throughput
        && await Book.PeriodAsync(time, _reader, cancellation) is { } period
        && period.Content.Nodes.FirstOrDefault(node => node.Resource == network.Id) is { Given: > 0 } node
        && period.Flows.Any(flow => flow.Nouns.Resource == network || flow.Nouns.ToResource == network)
            ? (period, node)
            : null;

    private FigureValue OfMarket(TracedPeriod period, NodeCarbon node, EconomicResource network) => Value(period, [], "") with
    {
        Factors = [.. _rules.Carbon.Sources.Values.Where(source => period.Layout.Sources.Contains(source.Key) && OfEither(node.Carried, period.Layout, source.Key) > 0).SelectMany(source => FactorsOf(source, period))],
        EventsLink = FlowsLink(period.Time, new("resource", network.Key)),
    };

    private static List<(string Unit, double Entered, double Known)> Entered(TracedPeriod period, NodeCarbon node) =>
        [.. Enumerable.Range(0, period.Layout.Units.Count).Select(unit => (period.Layout.Units[unit], node.Carried[period.Layout.Entered(unit)], node.Carried[period.Layout.CoveredByMarket(unit)])).Where(each => each.Item2 > 0)];
}

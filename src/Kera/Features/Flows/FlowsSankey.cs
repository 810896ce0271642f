using Kera.Flows;

namespace Kera.Features.Flows;

/// <summary>What a node of the Sankey stands for.</summary>
public enum SankeyKind
{
    Agent,
    Process,
    Resource,

    /// <summary>A kind of thing, where no resource was named.</summary>
    Specification,

    /// <summary>A correction of balances, named by its action.</summary>
    Action,

    /// <summary>What a network was given beyond what was taken from it.</summary>
    Loss,

    /// <summary>What was taken from a network beyond what it was given.</summary>
    Unmetered,

    /// <summary>What a stock grew by.</summary>
    IntoStock,

    /// <summary>What a stock shrank by.</summary>
    FromStock,

    /// <summary>What was too small to stand alone.</summary>
    Others,
}

/// <summary>One end of a band.</summary>
/// <param name="Column">0 where it came from, 1 what it went through, 2 where it went.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Noun">Which one; of an action only the key tells; null where the kind says all.</param>
/// <param name="Count">Of others: how many.</param>
public sealed record SankeyPoint(int Column, SankeyKind Kind, Noun? Noun, int Count = 0)
{
    /// <summary>Whether it was reckoned, not recorded: the difference of what went in and what came out.</summary>
    public bool IsDifference => Kind is SankeyKind.Loss or SankeyKind.Unmetered or SankeyKind.IntoStock or SankeyKind.FromStock;
}

/// <summary>What went from one point to another.</summary>
/// <param name="From">Where it came from.</param>
/// <param name="To">Where it went.</param>
/// <param name="Quantity">How much: above zero.</param>
/// <param name="Counted">How much of it is in the sum of the movement that the page shows.</param>
public sealed record SankeyAmount(SankeyPoint From, SankeyPoint To, Quantity Quantity, Quantity Counted);

/// <summary>
/// What moved, from where to where. What is put in and taken out goes through what it is put into: a network or a stock, with all
/// that went in and came out of it in the same unit, whatever the action. All else goes straight from the provider, or the process, to the
/// receiver. The bands' <see cref="SankeyAmount.Counted"/> and <see cref="LeftOut"/> add up to the movement's sum.
/// </summary>
public sealed class FlowsSankey
{
    private const int MostOfAColumn = 9;
    private const int From = 0;
    private const int Through = 1;
    private const int To = 2;

    private readonly Dictionary<(SankeyPoint From, SankeyPoint To), (Quantity Quantity, Quantity Counted)> _bands = [];

    /// <summary>Adds up.</summary>
    /// <param name="amounts">What the flows of every action amounted to.</param>
    /// <param name="action">The action that the page shows.</param>
    /// <param name="unit">The unit that it shows.</param>
    /// <param name="query">What it was asked for: of a part of the flows of a network no difference can be told.</param>
    public FlowsSankey(IReadOnlyList<FlowAmount> amounts, string action, string unit, FlowsQuery query)
    {
        var flows = amounts.Where(amount => amount.Flow.Unit == unit)
            .GroupBy(amount => amount.Flow)
            .Select(group => (Flow: group.Key, Quantity: Sum(group.Select(amount => amount.Quantity))))
            .ToList();
        var chosen = flows.Where(flow => flow.Flow.Action == action).ToList();
        if (GoesThrough(action, chosen.Any(flow => flow.Flow.Network)))
        {
            var middles = chosen.SelectMany(flow => Steps(flow.Flow)).Select(MiddleOf)
                .Where(middle => query.Resource is null || middle.Noun!.Key == query.Resource).ToHashSet();
            foreach (var (flow, quantity) in flows)
            {
                AddSteps(flow, quantity, flow.Action == action, middles);
            }

            if (query is { Agent: null, Place: null })
            {
                // What was handed over whole is drawn as gone from its provider, and is still there.
                var handedOver = chosen.Where(flow => StaysThere(flow.Flow)).SelectMany(flow => Steps(flow.Flow)).Select(MiddleOf);
                AddDifferences(middles.Except(handedOver), flows.Where(flow => flow.Flow.Network).SelectMany(flow => Steps(flow.Flow)).Select(MiddleOf).ToHashSet());
            }
        }
        else
        {
            foreach (var (flow, quantity) in chosen)
            {
                Add(Straight(flow), quantity, quantity);
            }
        }

        var negative = _bands.Values.Where(band => band.Quantity < Quantity.Zero).ToList();
        NegativeBands = negative.Count;
        LeftOut = Sum(_bands.Values.Where(band => band.Quantity <= Quantity.Zero).Select(band => band.Counted));
        Bands =
        [
            .. _bands.Where(band => band.Value.Quantity > Quantity.Zero)
                .Select(band => new SankeyAmount(band.Key.From, band.Key.To, band.Value.Quantity, band.Value.Counted))
                .OrderBy(band => band.From.IsDifference || band.To.IsDifference)
                .ThenByDescending(band => band.Quantity)
                .ThenBy(band => band.From.Noun?.Key, StringComparer.Ordinal)
                .ThenBy(band => band.To.Noun?.Key, StringComparer.Ordinal),
        ];
        Drawn = Gathered(Bands);
    }

    /// <summary>Every band, the largest first, differences last.</summary>
    public IReadOnlyList<SankeyAmount> Bands { get; }

    /// <summary>The bands with all but the largest nodes of each column gathered into others.</summary>
    public IReadOnlyList<SankeyAmount> Drawn { get; }

    /// <summary>How many bands cannot be drawn because corrections took more away than had been recorded.</summary>
    public int NegativeBands { get; }

    /// <summary>What those are in the movement's sum.</summary>
    public Quantity LeftOut { get; }

    /// <summary>How much goes through a point: what came or what went, whichever is more.</summary>
    public static Quantity AmountOf(SankeyPoint point, IReadOnlyList<SankeyAmount> bands)
    {
        var into = Sum(bands.Where(band => band.To == point).Select(band => band.Quantity));
        var outOf = Sum(bands.Where(band => band.From == point).Select(band => band.Quantity));
        return into > outOf ? into : outOf;
    }

    private static bool GoesThrough(string action, bool network) => FlowAction.Find(action).Accounting switch
    {
        QuantityEffect.Increment or QuantityEffect.Decrement => true,
        QuantityEffect.DecrementIncrement or QuantityEffect.IncrementTo => network,
        _ => false,
    };

    /// <summary>What a flow does to what is counted: into it, out of it, or out of one and into another.</summary>
    private static IEnumerable<(SankeyPoint From, SankeyPoint To)> Steps(Flow flow)
    {
        switch (FlowAction.Find(flow.Action).Accounting)
        {
            case QuantityEffect.Increment:
                yield return (Other(From, flow, flow.Provider), Middle(flow.Subject));
                break;
            case QuantityEffect.Decrement:
                yield return (Middle(flow.Subject), Other(To, flow, flow.Receiver));
                break;
            case QuantityEffect.DecrementIncrement:
                if (flow.Resource is not null || flow.ToResource is null)
                {
                    yield return (Middle(flow.Resource ?? flow.Specification), new SankeyPoint(To, SankeyKind.Agent, flow.Receiver));
                }

                if (flow.ToResource is not null)
                {
                    yield return (new SankeyPoint(From, SankeyKind.Agent, flow.Provider), Middle(flow.ToResource));
                }

                break;
            case QuantityEffect.IncrementTo:
                yield return (new SankeyPoint(From, SankeyKind.Agent, flow.Provider), Middle(flow.ToResource ?? flow.Specification));
                break;
        }

        SankeyPoint Middle(Noun noun) => new(Through, noun == flow.Specification ? SankeyKind.Specification : SankeyKind.Resource, noun);
    }

    private static SankeyPoint Other(int column, Flow flow, Noun agent) =>
        flow.Process is not null ? new SankeyPoint(column, SankeyKind.Process, flow.Process)
        : FlowAction.Find(flow.Action).InputOutput == InputOutput.NotApplicable ? new SankeyPoint(column, SankeyKind.Action, new Noun(flow.Action, ""))
        : new SankeyPoint(column, SankeyKind.Agent, agent);

    private static (SankeyPoint From, SankeyPoint To) Straight(Flow flow)
    {
        var provider = new SankeyPoint(From, SankeyKind.Agent, flow.Provider);
        var receiver = new SankeyPoint(To, SankeyKind.Agent, flow.Receiver);
        return flow.Process is { } process
            ? FlowAction.Find(flow.Action).InputOutput == InputOutput.Output
                ? (new SankeyPoint(From, SankeyKind.Process, process), receiver)
                : (provider, new SankeyPoint(To, SankeyKind.Process, process))
            : flow.Provider == flow.Receiver && flow.Resource is { } from && flow.ToResource is { } to
                ? (new SankeyPoint(From, SankeyKind.Resource, from), new SankeyPoint(To, SankeyKind.Resource, to))
                : (provider, receiver);
    }

    private static SankeyPoint MiddleOf((SankeyPoint From, SankeyPoint To) step) => step.From.Column == Through ? step.From : step.To;

    private void AddSteps(Flow flow, Quantity quantity, bool isChosen, HashSet<SankeyPoint> middles)
    {
        // What only changes hands stays what and where it was.
        if (!isChosen && StaysThere(flow))
        {
            return;
        }

        var counted = isChosen ? quantity : Quantity.Zero;
        foreach (var step in Steps(flow).Where(step => middles.Contains(MiddleOf(step))))
        {
            // Out of one resource into another is two bands and one movement.
            Add(step, quantity, counted);
            counted = Quantity.Zero;
        }
    }

    private static bool StaysThere(Flow flow) =>
        FlowAction.Find(flow.Action).Accounting == QuantityEffect.DecrementIncrement && flow is { ToResource: null, Network: false, Outward: false };

    private void AddDifferences(IEnumerable<SankeyPoint> middles, HashSet<SankeyPoint> networks)
    {
        foreach (var middle in middles.Where(middle => middle.Kind == SankeyKind.Resource))
        {
            var into = Sum(_bands.Where(band => band.Key.To == middle).Select(band => band.Value.Quantity));
            var outOf = Sum(_bands.Where(band => band.Key.From == middle).Select(band => band.Value.Quantity));
            var isNetwork = networks.Contains(middle);
            if (!isNetwork && (into <= Quantity.Zero || outOf <= Quantity.Zero))
            {
                // A stock that was only filled, or only emptied, is itself where the band ends.
                continue;
            }

            if (into > outOf)
            {
                Add((middle, new SankeyPoint(To, isNetwork ? SankeyKind.Loss : SankeyKind.IntoStock, null)), into - outOf, Quantity.Zero);
            }
            else if (outOf > into)
            {
                Add((new SankeyPoint(From, isNetwork ? SankeyKind.Unmetered : SankeyKind.FromStock, null), middle), outOf - into, Quantity.Zero);
            }
        }
    }

    private void Add((SankeyPoint From, SankeyPoint To) ends, Quantity quantity, Quantity counted)
    {
        var (before, countedBefore) = _bands.GetValueOrDefault(ends);
        _bands[ends] = (before + quantity, countedBefore + counted);
    }

    private static List<SankeyAmount> Gathered(IReadOnlyList<SankeyAmount> bands)
    {
        var others = new Dictionary<SankeyPoint, SankeyPoint>();
        foreach (var column in bands.SelectMany(band => new[] { band.From, band.To }).Distinct().Where(point => !point.IsDifference).GroupBy(point => point.Column))
        {
            // A single one more is not worth gathering.
            var small = column.OrderByDescending(point => AmountOf(point, bands)).Skip(MostOfAColumn).ToList();
            if (small.Count > 1)
            {
                var gathered = new SankeyPoint(column.Key, SankeyKind.Others, null, small.Count);
                small.ForEach(point => others[point] = gathered);
            }
        }

        return
        [
            .. bands.GroupBy(band => (From: others.GetValueOrDefault(band.From, band.From), To: others.GetValueOrDefault(band.To, band.To)))
                .Select(group => new SankeyAmount(group.Key.From, group.Key.To, Sum(group.Select(band => band.Quantity)), Sum(group.Select(band => band.Counted)))),
        ];
    }

    private static Quantity Sum(IEnumerable<Quantity> quantities) => quantities.Aggregate(Quantity.Zero, (sum, quantity) => sum + quantity);
}

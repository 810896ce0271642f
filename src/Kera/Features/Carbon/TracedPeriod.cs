using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>A traced period as someone may read it.</summary>
/// <param name="Time">When.</param>
/// <param name="Position">The position in the chain up to which it knows.</param>
/// <param name="Computed">When it was reckoned.</param>
/// <param name="Content">All that was traced: only for what is of everyone, as intensities of networks.</param>
/// <param name="Flows">The flows that the reader may read.</param>
/// <param name="Hidden">The numbers of resources of which the reader may not read every flow: no sum of theirs is told.</param>
public sealed record TracedPeriod(CarbonTime Time, long Position, Instant Computed, CarbonContent Content, IReadOnlyList<TracedFlow> Flows, IReadOnlySet<int> Hidden)
{
    /// <summary>What the footprints are.</summary>
    public FootprintLayout Layout => Content.Layout;

    /// <summary>What was used and given off.</summary>
    public IEnumerable<TracedFlow> Uses => Flows.Where(flow => flow.Carbon.IsUse);

    /// <summary>Whether nothing was used, and nothing is known to be missing: it has no total, which is not a total of zero.</summary>
    public bool IsEmpty => !Uses.Any() && !Gaps.Any() && Content.Untraced.Count == 0;

    /// <summary>What was used and given off, of all stages by location, in kg CO2e.</summary>
    public double Used => Uses.Sum(flow => flow.Carbon.Carried[FootprintLayout.Location]);

    /// <summary>What left over the boundary carried, in kg CO2e.</summary>
    public double Exported => Flows.Where(flow => flow.Carbon.End == FlowEnd.Exported).Sum(flow => flow.Carbon.Carried[FootprintLayout.Location]);

    /// <summary>What entered, by its source, in kg CO2e by location.</summary>
    public double OfSource(IEnumerable<TracedFlow> flows, string source) =>
        Layout.Sources.Contains(source) && FootprintLayout.OfSource(Layout.IndexOfSource(source)) is var at ? flows.Sum(flow => flow.Carbon.Carried[at]) : 0;

    /// <summary>What entered and how much of it has a factor, by unit; only units of which something entered.</summary>
    public IEnumerable<(string Unit, double Entered, double Covered)> Coverage(IEnumerable<TracedFlow> flows)
    {
        // What is given off of something that was taken from a network or stock had entered before.
        var list = flows.Where(flow => flow.Carbon.End != FlowEnd.GivenOff || flow.Nouns.Resource is null).ToList();
        for (var unit = 0; unit < Layout.Units.Count; unit++)
        {
            var (entered, covered) = (list.Sum(flow => flow.Carbon.Carried[Layout.Entered(unit)]), list.Sum(flow => flow.Carbon.Carried[Layout.Covered(unit)]));
            if (entered > 0)
            {
                yield return (Layout.Units[unit], entered, covered);
            }
        }
    }

    /// <summary>What entered, or was given off, without a factor.</summary>
    public IEnumerable<(TracedFlow Flow, double Amount)> Gaps => Flows
        .Where(flow => flow.Carbon.End is FlowEnd.Entered or FlowEnd.GivenOff)
        .Select(flow => (Flow: flow, Amount: UncoveredOf(flow)))
        .Where(gap => gap.Amount > 0);

    private double UncoveredOf(TracedFlow flow)
    {
        var unit = Layout.IndexOfUnit(flow.Nouns.Specification.Unit.Code);
        return flow.Carbon.Carried[Layout.Entered(unit)] - flow.Carbon.Carried[Layout.Covered(unit)];
    }
}

/// <summary>A flow of a traced period.</summary>
/// <param name="Carbon">What it carried.</param>
/// <param name="Nouns">Its dimensions.</param>
/// <param name="Rule">What the district says of it.</param>
/// <param name="Quality">What it rests on; null where unsaid.</param>
public sealed record TracedFlow(FlowCarbon Carbon, FlowNouns Nouns, FlowRule Rule, Quality? Quality)
{
    /// <summary>The key of the group of uses that it is in; null for none.</summary>
    public CarbonUse? Use => Rule.Use;
}

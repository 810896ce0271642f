using Kera.Base.District;
using Kera.Flows;

namespace Kera.Features.Carbon;

/// <summary>
/// The inventory of a period by the Global Protocol for Community-Scale Greenhouse Gas Inventories (GPC): emissions by place and
/// sub-sector, what is given off where the unit is made only, by location. Scope 2 stands with who uses the energy, without what
/// their network's losses add, which is scope 3. It is not the sum of traced use: <see cref="Bridge"/> leads from one to the other.
/// </summary>
public sealed class Inventory
{
    // In the order of the protocol's reporting table (eCRF): the sub-sectors with their scopes.
    private static readonly (string Subsector, int[] Scopes)[] Table =
    [
        .. Enumerable.Range(1, 6).Select(part => ($"I.{part}", new[] { 1, 2, 3 })),
        ("I.7", [1]), ("I.8", [1]),
        ("II.1", [1, 2, 3]), ("II.2", [1, 2, 3]), ("II.3", [1, 2, 3]), ("II.4", [1, 2, 3]), ("II.5", [1, 2]),
        ("III.1", [1, 3]), ("III.2", [1, 3]), ("III.3", [1, 3]), ("III.4", [1, 3]),
        ("IV.1", [1]), ("IV.2", [1]), ("V.1", [1]), ("V.2", [1]), ("V.3", [1]), ("VI.1", [3]),
    ];

    private readonly TracedPeriod _period;
    private readonly Dictionary<(string Subsector, int Scope), List<InventoryPart>> _parts = [];

    /// <summary>Makes the inventory of a period.</summary>
    /// <param name="period">What was traced.</param>
    /// <param name="carbon">Which sub-sector uses and sources are in, and why others have no number.</param>
    public Inventory(TracedPeriod period, DistrictCarbon carbon)
    {
        _period = period;
        foreach (var flow in period.Uses.Concat(period.Flows.Where(IsEnergyOfMaking)))
        {
            Add(flow);
        }

        foreach (var flow in period.Flows.Where(IsGivenOffInPlant))
        {
            Put(flow.Rule.Source!.Inventory!, 1, flow, flow.Carbon.Carried[FootprintLayout.Direct]);
        }

        Lines = [.. Table.SelectMany(row => row.Scopes.Select(scope => Line(row.Subsector, scope, carbon)))];
    }

    /// <summary>The rows, in the protocol's order.</summary>
    public IReadOnlyList<InventoryLine> Lines { get; }

    /// <summary>The sum of the BASIC rows, in kg CO2e.</summary>
    public double Basic => Lines.Where(line => line.Basic).Sum(line => line.Kilograms ?? 0);

    /// <summary>The sum of the BASIC+ rows, in kg CO2e: all but other scope 3.</summary>
    public double BasicPlus => Lines.Where(line => !line.Other).Sum(line => line.Kilograms ?? 0);

    /// <summary>What of a sub-sector's scope a flow is, in kg CO2e.</summary>
    public IReadOnlyList<InventoryPart> PartsOf(string subsector, int scope) => _parts.GetValueOrDefault((subsector, scope)) ?? [];

    /// <summary>
    /// From BASIC+ to the traced total: less what products carry of the energy and the emissions of their making, more what was given
    /// off before and in building, and what is in no sub-sector.
    /// </summary>
    public (double BasicPlus, double Carried, double OtherStages, double OutsideSubsectors, double Traced) Bridge
    {
        get
        {
            var counted = _period.Uses.Where(flow => SubsectorOf(flow) is not null).ToList();
            return (
                BasicPlus,
                _period.Flows.Where(flow => IsGivenOffInPlant(flow) || IsEnergyOfMaking(flow)).Sum(flow => flow.Carbon.Carried[FootprintLayout.Direct]),
                counted.Sum(flow => flow.Carbon.Carried[FootprintLayout.Location] - flow.Carbon.Carried[FootprintLayout.Direct]),
                _period.Uses.Where(flow => SubsectorOf(flow) is null).Sum(flow => flow.Carbon.Carried[FootprintLayout.Location]) + Lines.Where(line => line.Other).Sum(line => line.Kilograms ?? 0),
                _period.Used);
        }
    }

    // Energy that went into making something else than energy: an inventory counts it where it was used, its product carries it.
    private bool IsEnergyOfMaking(TracedFlow flow) =>
        flow.Carbon.End == FlowEnd.Passed && flow.Nouns.InputOf is not null && flow.Nouns.Specification.Unit.Dimension == "energy" && flow.Use?.Inventory is not null
        && !_period.Flows.Any(made => made.Nouns.OutputOf == flow.Nouns.InputOf && made.Carbon.End == FlowEnd.Passed && made.Nouns.Specification.Unit.Dimension == "energy");

    // In a process that makes something. Of energy it is not counted here: it stands with who uses that, as scope 2.
    private static bool IsGivenOffInPlant(TracedFlow flow) =>
        flow.Carbon.End == FlowEnd.Entered && flow.Nouns.InputOf is not null && flow.Rule.Source?.Inventory is { } subsector && !subsector.StartsWith("I.", StringComparison.Ordinal);

    private static string? SubsectorOf(TracedFlow flow) => flow.Carbon.End == FlowEnd.GivenOff && flow.Rule.Gas is null ? flow.Rule.Source?.Inventory ?? flow.Use?.Inventory
        // Scope 2 is of energy; water and things are in no sub-sector.
        : flow.Nouns.Specification.Unit.Dimension == "energy" || flow.Carbon.End == FlowEnd.GivenOff ? flow.Use?.Inventory : null;

    private void Add(TracedFlow flow)
    {
        if (SubsectorOf(flow) is not { } subsector)
        {
            return;
        }

        var carbon = flow.Carbon.Carried[FootprintLayout.Direct];
        if (flow.Carbon.End == FlowEnd.GivenOff)
        {
            // Waste that is treated beyond the boundary is scope 3; all else is given off within it.
            Put(subsector, subsector.StartsWith("III.", StringComparison.Ordinal) && flow.Nouns.Receiver.Outside ? 3 : 1, flow, carbon);
        }
        else
        {
            var lost = LostShare(flow.Nouns.Resource);
            Put(subsector, 2, flow, carbon * (1 - lost));
            Put(subsector, 3, flow, carbon * lost);
        }
    }

    private double LostShare(EconomicResource? network) =>
        network is { Throughput: true } && _period.Content.Nodes.FirstOrDefault(node => node.Resource == network.Id) is { } node && node.Carried[FootprintLayout.Location] > 0
            ? Math.Clamp(node.LossCarbon / node.Carried[FootprintLayout.Location], 0, 1)
            : 0;

    private void Put(string subsector, int scope, TracedFlow flow, double kilograms)
    {
        // Not every sub-sector has every scope: what has none of its own is told with its use.
        var row = Table.First(each => each.Subsector == subsector);
        scope = row.Scopes.Contains(scope) ? scope : row.Scopes[^1];
        if (!_parts.TryGetValue((subsector, scope), out var parts))
        {
            _parts[(subsector, scope)] = parts = [];
        }

        parts.Add(new InventoryPart(flow, kilograms));
    }

    private InventoryLine Line(string subsector, int scope, DistrictCarbon carbon)
    {
        var parts = PartsOf(subsector, scope);
        var covered = parts.Where(part => Covered(part.Flow)).ToList();
        var reference = subsector[0] == 'V' || subsector.StartsWith("IV", StringComparison.Ordinal) ? subsector : $"{subsector}.{(subsector.StartsWith("III.", StringComparison.Ordinal) && scope == 3 ? 2 : scope)}";
        var basic = (subsector.StartsWith("I.", StringComparison.Ordinal) || subsector.StartsWith("II.", StringComparison.Ordinal)) && scope <= 2 || subsector.StartsWith("III.", StringComparison.Ordinal);
        var absence = carbon.Absences.GetValueOrDefault(subsector);
        return new InventoryLine(
            reference,
            subsector,
            scope,
            basic,
            covered.Count > 0 ? covered.Sum(part => part.Kilograms) : null,
            covered.Count > 0 ? null : parts.Count > 0 ? "NE" : absence?.Notation ?? (scope == 1 && subsector.StartsWith("I.", StringComparison.Ordinal) ? "NO" : "NE"),
            parts.Count > 0 ? null : absence?.Reason,
            covered.Count < parts.Count,
            covered.Sum(part => part.Flow.Carbon.Carried[FootprintLayout.Biogenic]),
            covered.Where(part => part.Flow.Rule.Gas is not null).GroupBy(part => part.Flow.Rule.Gas!.Gas).ToDictionary(gas => gas.Key, gas => gas.Sum(part => part.Flow.Carbon.Quantity)),
            covered.Count == 0 || covered.Any(part => part.Flow.Quality is null) ? null : covered.Max(part => part.Flow.Quality));
    }

    // Whether anything of what it carries has a factor.
    private bool Covered(TracedFlow flow) =>
        flow.Rule.Gas is not null || Enumerable.Range(0, _period.Layout.Units.Count).Any(unit => flow.Carbon.Carried[_period.Layout.Covered(unit)] > 0);
}

/// <summary>A row of the inventory.</summary>
/// <param name="Reference">The protocol's number, as I.1.2.</param>
/// <param name="Subsector">The sub-sector, as I.1.</param>
/// <param name="Scope">1, 2 or 3.</param>
/// <param name="Basic">Whether it counts for BASIC; all do for BASIC+.</param>
/// <param name="Kilograms">In CO2e; null where a notation key stands.</param>
/// <param name="Notation">NO, NE, IE or C; null where there is a number.</param>
/// <param name="Reason">Why there is none, as the district says; null where it says nothing.</param>
/// <param name="NoFactor">Whether there is activity whose factor is missing: all of it, or a part where there is a number.</param>
/// <param name="Biogenic">Biogenic CO2 in kg, beside.</param>
/// <param name="Gases">What was measured of single gases, in kg of the gas.</param>
/// <param name="Quality">What the activity rests on; null where unsaid.</param>
public sealed record InventoryLine(
    string Reference,
    string Subsector,
    int Scope,
    bool Basic,
    double? Kilograms,
    string? Notation,
    LocalizedText? Reason,
    bool NoFactor,
    double Biogenic,
    IReadOnlyDictionary<string, double> Gases,
    Base.Ui.Quality? Quality)
{
    /// <summary>Whether it is other scope 3, which is in neither BASIC nor BASIC+.</summary>
    public bool Other => Subsector == "VI.1";
}

/// <summary>What a flow is of a row.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Kilograms">In CO2e.</param>
public sealed record InventoryPart(TracedFlow Flow, double Kilograms);

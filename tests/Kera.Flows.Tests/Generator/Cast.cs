namespace Kera.Flows.Tests.Generator;

/// <summary>The nouns of one random world: who and what there is before anything happens.</summary>
internal sealed class Cast
{
    private readonly List<Commitment> commitments = [];

    public Cast()
    {
        Energy = new ResourceSpecification(1, "energy", Unit.Find("kWh"));
        Soil = new ResourceSpecification(2, "soil", Unit.Find("kg"));
        Brick = new ResourceSpecification(3, "brick", Unit.Find("1"));
        Drill = new ResourceSpecification(4, "drill", Unit.Find("1"), Unit.Find("min"));
        Box = new ResourceSpecification(5, "box", Unit.Find("1"));
        Ride = new ResourceSpecification(6, "ride", Unit.Find("{person}.km"), Unit.Find("h"));
        Specifications = [Energy, Soil, Brick, Drill, Box, Ride];
        Agents = [new(1, "aalto"), new(2, "berg"), new(3, "citra"), new(4, "depot"), new(5, "grid", Outside: true), new(6, "quarry", Outside: true)];
        Places = [new(1, "hall"), new(2, "yard"), new(3, "station")];
        Stages = [new(1, "repaired"), new(2, "carried")];
        Processes = [new(1, "repair", Stages[0]), new(2, "carry", Stages[1]), new(3, "plant", null, Continuous: true), new(4, "kiln", Stages[0])];
        Agreements = [new(1, "frame"), new(2, "lease")];
        Networks = [new(1, "power", Energy, ResourceKind.Throughput), new(2, "heat", Energy, ResourceKind.Throughput)];
        Resources =
        [
            .. Networks,
            new(3, "battery", Energy), new(4, "tank", Energy),
            new(5, "heap", Soil), new(6, "pile", Soil), new(7, "bed", Soil),
            new(8, "pallet-a1", Brick, Lot: "A"), new(9, "pallet-a2", Brick, Lot: "A"), new(10, "pallet-b", Brick, Lot: "B"), new(11, "bricks", Brick),
            new(12, "drill-1", Drill, ResourceKind.Identified), new(13, "drill-2", Drill, ResourceKind.Identified), new(14, "drill-3", Drill, ResourceKind.Identified),
            new(15, "box-1", Box, ResourceKind.Identified), new(16, "box-2", Box, ResourceKind.Identified), new(17, "boxes", Box),
        ];
    }

    public ResourceSpecification Energy { get; }

    public ResourceSpecification Soil { get; }

    public ResourceSpecification Brick { get; }

    public ResourceSpecification Drill { get; }

    public ResourceSpecification Box { get; }

    public ResourceSpecification Ride { get; }

    public IReadOnlyList<ResourceSpecification> Specifications { get; }

    public IReadOnlyList<Agent> Agents { get; }

    public IReadOnlyList<SpatialThing> Places { get; }

    public IReadOnlyList<ProcessSpecification> Stages { get; }

    public IReadOnlyList<Process> Processes { get; }

    public IReadOnlyList<Agreement> Agreements { get; }

    public IReadOnlyList<EconomicResource> Networks { get; }

    public IReadOnlyList<EconomicResource> Resources { get; }

    /// <summary>The promises made so far; they are made while the world is told.</summary>
    public IReadOnlyList<Commitment> Commitments => commitments;

    /// <summary>A promise of exactly such an event.</summary>
    public Commitment Promise(EconomicEvent happening, Quantity? amount, Quantity? effort, bool ofTheResource)
    {
        var promise = new Commitment(
            commitments.Count + 1,
            $"promise-{commitments.Count + 1}",
            happening.Action,
            happening.Provider,
            happening.Receiver,
            happening.Specification!,
            ofTheResource ? happening.Resource : null,
            amount,
            effort,
            Due: null,
            Agreements[commitments.Count % Agreements.Count]);
        commitments.Add(promise);
        return promise;
    }
}

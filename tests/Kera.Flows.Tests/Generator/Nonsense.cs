namespace Kera.Flows.Tests.Generator;

/// <summary>Spoils one thing of an event; now and then the result is still acceptable.</summary>
internal sealed class Nonsense(Cast cast, Dice dice)
{
    private const long Second = 1_000_000;
    private const long Day = 86_400 * Second;

    public EconomicEvent Spoil(EconomicEvent happening) => dice.Below(5) switch
    {
        0 => SpoilParties(happening),
        1 => SpoilAmounts(happening),
        2 => SpoilThings(happening),
        3 => SpoilTime(happening),
        _ => SpoilRest(happening),
    };

    private EconomicEvent SpoilParties(EconomicEvent happening) => dice.Below(4) switch
    {
        0 => happening with { Provider = dice.One(cast.Agents) },
        1 => happening with { Receiver = dice.One(cast.Agents) },
        2 => happening with { Receiver = happening.Provider },
        _ => happening with { Provider = happening.Receiver, Receiver = happening.Provider },
    };

    private EconomicEvent SpoilAmounts(EconomicEvent happening) => dice.Below(9) switch
    {
        0 => happening with { ResourceQuantity = null, ResourceUnit = null },
        1 => happening with { ResourceQuantity = happening.ResourceQuantity + Quantity.Whole(7) },
        2 => happening with { ResourceQuantity = new Quantity(-1) },
        3 => happening with { ResourceUnit = happening.ResourceQuantity is null ? null : dice.One(Unit.All.ToList()) },
        4 => happening with { EffortQuantity = Quantity.Whole(1 - dice.Below(3)), EffortUnit = dice.One<Unit>([Unit.Find("h"), Unit.Find("s"), Unit.Find("kg")]) },
        5 => happening with { EffortQuantity = null, EffortUnit = null },
        6 => happening with { ResourceQuantity = happening.ResourceQuantity is null ? null : Quantity.Zero },
        7 when dice.Chance(50) => happening with { ResourceQuantity = happening.ResourceQuantity is null ? null : new Quantity(long.MaxValue - 3) },
        _ => happening with { ResourceQuantity = happening.ResourceQuantity is null ? null : new Quantity(happening.ResourceQuantity.Value.Millionths / 3) },
    };

    private EconomicEvent SpoilThings(EconomicEvent happening) => dice.Below(8) switch
    {
        0 => happening with { Resource = null },
        1 => happening with { Resource = dice.One(cast.Resources) },
        2 => happening with { ToResource = null },
        3 => happening with { ToResource = dice.One(cast.Resources) },
        4 => happening with { ToResource = happening.Resource },
        5 => happening with { ConformsTo = dice.One(cast.Specifications) },
        6 => happening with { Resource = dice.One(cast.Networks), ResourceUnit = happening.ResourceQuantity is null ? null : Unit.Find("kWh") },
        _ => happening with { ToResource = happening.Resource, Resource = happening.ToResource },
    };

    private EconomicEvent SpoilTime(EconomicEvent happening) => dice.Below(7) switch
    {
        0 => happening with { PointInTime = null, Beginning = null },
        1 => happening with { PointInTime = happening.EffectTime, Beginning = happening.EffectTime },
        2 => happening with { PointInTime = null, Beginning = happening.EffectTime, End = happening.EffectTime - 1 },
        3 => happening with { PointInTime = null, Beginning = happening.EffectTime, End = happening.EffectTime + (366 * Day) + dice.Below(2) },
        4 => happening with { PointInTime = happening.EffectTime, Beginning = null, End = happening.EffectTime },
        5 => happening with { PointInTime = dice.One<long>([-2_208_988_800 * Second, (-2_208_988_800 * Second) - 1]), Beginning = null, End = null },
        _ => happening with { PointInTime = World.Now + (300 * Second) + dice.Below(2), Beginning = null, End = null },
    };

    private EconomicEvent SpoilRest(EconomicEvent happening) => dice.Below(9) switch
    {
        0 => happening with { Action = dice.One(FlowAction.All) },
        1 => happening with { InputOf = happening.InputOf is null ? dice.One(cast.Processes) : null },
        2 => happening with { OutputOf = happening.OutputOf is null ? dice.One(cast.Processes) : null },
        3 => happening with { HasReason = !happening.HasReason },
        4 => happening with { ToLocation = dice.One(cast.Places) },
        5 => happening with { State = "odd" },
        6 => happening with { Corrects = 1 + dice.Below(80) },
        7 => happening with { InputOf = happening.InputOf is null ? null : dice.One(cast.Processes), OutputOf = happening.OutputOf is null ? null : dice.One(cast.Processes) },
        _ => SpoilPromise(happening),
    };

    private EconomicEvent SpoilPromise(EconomicEvent happening)
    {
        if (cast.Commitments.Count == 0)
            return happening;
        var link = new Fulfilment(dice.One(cast.Commitments), Quantity.Whole(dice.Below(3)));
        return happening with { Fulfills = dice.Chance(30) ? [link, link] : [link] };
    }
}

using Kera.Flows.Tests.Oracle;

namespace Kera.Flows.Tests.Generator;

/// <summary>Makes events that fit what there is at a moment; most of them are accepted.</summary>
internal sealed class Sensible(Cast cast, Dice dice, Fold there, long time, bool nesting)
{
    private const long One = Quantity.One;

    private static readonly string[] Weighted =
    [
        "produce", "produce", "produce", "consume", "consume", "consume", "use", "use", "work", "cite", "deliverService", "pickup", "pickup",
        "dropoff", "dropoff", "dropoff", "accept", "accept", "modify", "modify", "modify", "combine", "combine", "separate", "separate", "separate",
        "transferCustody", "transferCustody", "transferAllRights", "transferAllRights", "transfer", "transfer", "transfer", "move", "move",
        "copy", "raise", "raise", "lower", "lower",
    ];

    /// <summary>A world that is mostly about things in things, where cycles are near.</summary>
    private static readonly string[] Nesting = ["raise", "produce", "combine", "combine", "combine", "combine", "separate", "separate", "separate", "move", "transfer"];

    public EconomicEvent Event()
    {
        var name = dice.One(nesting ? Nesting : Weighted);
        return Placeless(name switch
        {
            "produce" or "raise" => Adding(name),
            "work" or "deliverService" => Serving(name),
            "dropoff" => Returning(name, "pickup"),
            "modify" => Returning(name, "accept"),
            "separate" => Returning(name, "combine"),
            "transfer" when dice.Chance(25) => Importing(),
            "transfer" when dice.Chance(20) => Exporting(),
            "transfer" or "transferAllRights" or "transferCustody" or "move" or "copy" => Across(name),
            _ => Taking(name),
        });
    }

    private EconomicEvent Adding(string name)
    {
        // Few things, so that they end up in each other.
        var resource = nesting ? cast.Resources[11 + dice.Below(6)] : dice.One(cast.Resources);
        var holding = there.Of(resource);
        var receiver = holding?.Accountable ?? AnAgent();
        var provider = name == "raise" || dice.Chance(60) ? receiver : AnAgent();
        return Basic(name, provider, receiver, resource, Added(resource, holding)) with
        {
            OutputOf = name == "produce" ? AProcess() : null,
            HasReason = name == "raise",
            ToLocation = name == "produce" ? MaybePlace() : null,
        };
    }

    private EconomicEvent Serving(string name)
    {
        var happening = Basic(name, AnAgent(), AnAgent(), null, null) with { ConformsTo = cast.Ride, State = null };
        return name == "work"
            ? happening with { InputOf = AProcess(), EffortQuantity = Quantity.Whole(dice.Below(9)), EffortUnit = Unit.Find("h") }
            : happening with { OutputOf = AProcess(), InputOf = dice.Chance(30) ? AProcess() : null, ResourceQuantity = Quantity.Whole(dice.Below(90)), ResourceUnit = cast.Ride.Unit };
    }

    private EconomicEvent Returning(string name, string partner)
    {
        var resource = dice.Some(cast.Resources, one => there.Of(one)?.AwayBy == partner);
        if (resource is null)
            return Taking(partner);
        var holding = there.Of(resource)!;
        var provider = Holder(holding);
        var receiver = name == "separate" ? provider : holding.Onhand == 0 && dice.Chance(50) ? AnAgent() : holding.Custodian!;
        return Basic(name, provider, receiver, resource, Part(holding.Away)) with
        {
            OutputOf = name == "separate" ? AProcess() : holding.AwayIn,
            ToLocation = name == "separate" ? null : MaybePlace(),
        };
    }

    private EconomicEvent Importing()
    {
        var resource = dice.Some(cast.Resources, one => there.Of(one) is not { } holding || holding.Accountable == holding.Custodian)!;
        var holding = there.Of(resource);
        var happening = Basic("transfer", cast.Agents[4 + dice.Below(2)], holding?.Accountable ?? AnAgent(), null, Added(resource, holding));
        return happening with { ToResource = resource, ResourceUnit = resource.ConformsTo.Unit, ToLocation = MaybePlace() };
    }

    private EconomicEvent Exporting()
    {
        var resource = dice.Some(cast.Resources, one => there.Of(one) is { } holding && (one.Throughput || Both(holding)));
        if (resource is null)
            return Adding("raise");
        var holding = there.Of(resource)!;
        var amount = resource.Throughput ? Quantity.Whole(dice.Below(20)) : Part(Int128.Min(holding.Accounting, holding.Onhand));
        return Basic("transfer", holding.Accountable!, cast.Agents[4 + dice.Below(2)], resource, amount);
    }

    private EconomicEvent Across(string name)
    {
        var resource = dice.Some(cast.Resources, one => !one.Throughput && there.Of(one) is { } holding && (holding.Accounting > 0 || holding.Onhand > 0));
        if (resource is null)
            return Adding("raise");
        var holding = there.Of(resource)!;
        var provider = name is "transfer" or "transferAllRights" ? holding.Accountable! : Holder(holding);
        var receiver = name == "move" || (name == "copy" && dice.Chance(50)) ? provider : Other(provider);
        var to = name == "copy" || dice.Chance(60) ? dice.Some(cast.Resources, one => Fits(one, resource, name, receiver)) : null;
        var existing = to is null ? null : there.Of(to);
        if (existing is not null && name != "move")
            receiver = (name == "transferCustody" ? existing.Custodian : existing.Accountable)!;
        var whole = name switch
        {
            "transfer" => Int128.Min(holding.Accounting, holding.Onhand),
            "transferAllRights" => holding.Accounting,
            "move" when to is not null => Int128.Min(holding.Accounting, holding.Onhand),
            _ => holding.Onhand,
        };
        var amount = to is null ? new Quantity((long)whole) : name == "copy" ? Added(to, existing) : Part(whole);
        return Basic(name, provider, receiver, resource, amount) with { ToResource = to, ToLocation = name == "transferAllRights" ? null : MaybePlace() };
    }

    private EconomicEvent Taking(string name)
    {
        var resource = dice.Some(cast.Resources, one => there.Of(one) is { } holding &&
            (one.Throughput ? name is "consume" or "lower" : name is "use" or "cite" || Both(holding)));
        if (resource is null)
            return Adding("raise");
        var holding = there.Of(resource)!;
        var provider = Holder(holding);
        var hands = name is "pickup" or "accept" or "consume" or "use" && dice.Chance(50);
        var receiver = hands ? AnAgent() : provider;
        var amount = resource.Throughput ? Quantity.Whole(dice.Below(20))
            : name is "pickup" or "accept" && provider != receiver ? new Quantity((long)holding.Onhand)
            : Part(Int128.Min(holding.Accounting, holding.Onhand));
        var again = holding.AwayBy == name;
        var happening = Basic(name, provider, receiver, resource, amount) with
        {
            InputOf = name == "lower" ? null : again ? holding.AwayIn : AProcess(),
            HasReason = name == "lower",
            ToLocation = name is "pickup" or "accept" ? MaybePlace() : null,
        };
        return name switch
        {
            "combine" => happening with { ToResource = again ? holding.Container : dice.Some(cast.Resources, one => one != resource && !one.Throughput && there.Of(one) is not null) },
            "use" when dice.Chance(70) => happening with { EffortQuantity = Quantity.Whole(dice.Below(9)), EffortUnit = Unit.Find("h") },
            _ => happening,
        };
    }

    private EconomicEvent Basic(string name, Agent provider, Agent receiver, EconomicResource? resource, Quantity? amount)
    {
        var lasts = dice.Chance(20);
        return new EconomicEvent
        {
            Action = FlowAction.Find(name),
            Provider = provider,
            Receiver = receiver,
            Resource = resource,
            ConformsTo = resource is not null && dice.Chance(10) ? resource.ConformsTo : null,
            ResourceQuantity = amount,
            ResourceUnit = amount is null ? null : resource?.ConformsTo.Unit,
            PointInTime = lasts ? null : time,
            Beginning = lasts ? time : null,
            End = lasts && dice.Chance(80) ? time + (One * 3600 * dice.Below(50)) : null,
            State = dice.Chance(15) ? dice.One<string>(["worn", "good"]) : null,
            RealizationOf = dice.Chance(5) ? dice.One(cast.Agreements) : null,
        };
    }

    private bool Fits(EconomicResource to, EconomicResource from, string name, Agent receiver)
    {
        if (to == from || to.Throughput || to.ConformsTo != from.ConformsTo || (to.Lot is not null && to.Lot != from.Lot))
            return false;
        if (there.Of(to) is not { } existing)
            return true;
        return name switch
        {
            "move" => existing.HeldOrOwnedBy(receiver) && existing.Accountable == there.Of(from)!.Accountable,
            "transferCustody" => existing.Accountable == there.Of(from)!.Accountable,
            "transferAllRights" => true,
            _ => existing.Accountable == existing.Custodian,
        };
    }

    private Quantity Added(EconomicResource resource, Holding? holding)
    {
        if (resource.Kind == ResourceKind.Identified)
            return Quantity.Whole(holding is null || (holding.Accounting == 0 && holding.Onhand == 0) ? 1 : dice.Below(2));
        return new Quantity(dice.Chance(70) ? One * (1 + dice.Below(20)) : 250_000L * dice.Below(100));
    }

    private Quantity Part(Int128 whole) => dice.Below(4) switch
    {
        0 or 1 => new Quantity((long)whole),
        2 => new Quantity((long)(whole / 2)),
        _ => new Quantity((long)Int128.Min(whole, One * (1 + dice.Below(3)))),
    };

    private static bool Both(Holding holding) => holding.Accounting > 0 && holding.Onhand > 0;

    private Agent Holder(Holding holding) => dice.Chance(50) ? holding.Custodian! : holding.Accountable!;

    private Agent AnAgent() => cast.Agents[dice.Chance(95) ? dice.Below(4) : 4 + dice.Below(2)];

    private Agent Other(Agent than) => dice.Some(cast.Agents, agent => agent != than && (!agent.Outside || dice.Chance(20)))!;

    private Process AProcess() => dice.One(cast.Processes);

    /// <summary>Networks have neither place nor state.</summary>
    private static EconomicEvent Placeless(EconomicEvent happening) =>
        happening.Resource?.Throughput == true || happening.ToResource?.Throughput == true ? happening with { ToLocation = null, State = null } : happening;

    private SpatialThing? MaybePlace() => dice.Chance(40) ? dice.One(cast.Places) : null;
}

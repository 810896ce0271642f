using static Kera.Energy.Tests.Small;

namespace Kera.Energy.Tests;

/// <summary>A system that is not as it should be is refused, and the field is named.</summary>
public sealed class InputTests
{
    private static readonly EnergySystem s_good = Made(Hours(3), ["power", "heat"], [Source("import", "power", 50), Source("boiler", "heat", 20, 10)], new EnergyStore("tank", [new StorePort("heat")]) { Capacity = 10 });

    private static EnergySystem With(EnergyActivity activity) => s_good with { Activities = [.. s_good.Activities, activity] };

    private static EnergySystem With(EnergyStore store) => s_good with { Stores = [store] };

    private static EnergySystem With(ChargingSession session) => s_good with { Sessions = [session] };

    private static EnergySystem With(DeferrableLoad load) => s_good with { Loads = [load] };

    private static EnergySystem With(PeakFee fee) => s_good with { PeakFees = [fee] };

    private static readonly EnergyActivity s_unit = Source("unit", "power", 10, 5);
    private static readonly EnergyStore s_store = new("store", [new StorePort("power")]) { Capacity = 5 };
    private static readonly ChargingSession s_car = new("car", "power", 0, 2, 5, 3, 100);
    private static readonly DeferrableLoad s_load = new("load", "power", 0, 2, [(1, 2)], 100);
    private static readonly PeakFee s_fee = new("fee", "import", 10, [0, 0, 1], [0, 0]);

    private static EnergySystem Curve(params (double, double)[] points) => With(s_unit with { Modes = [s_unit.Modes[0] with { PartLoad = new("heat", points) }] });

    private static readonly (string Wrong, EnergySystem System, string Field)[] s_wrong =
    [
        ("no steps", s_good with { Hours = [] }, "steps"),
        ("a step of no hours", s_good with { Hours = [1, 0, 1] }, "hours"),
        ("a step of NaN hours", s_good with { Hours = [1, double.NaN, 1] }, "hours"),
        ("an endless step", s_good with { Hours = [1, 1, double.PositiveInfinity] }, "hours"),
        ("two buses of a name", s_good with { Buses = [new("power"), new("heat"), new("power")] }, "power"),
        ("a bus without a name", s_good with { Buses = [new("power"), new("heat"), new("")] }, "name"),
        ("two activities of a name", With(s_good.Activities[0]), "import"),
        ("an activity with the name of a store", With(s_unit with { Name = "tank" }), "tank"),
        ("a session with the name of an activity", With(s_car with { Name = "boiler" }), "boiler"),
        ("a penalty below nothing", s_good with { Buses = [new("power") { ShortagePenalty = -1 }, new("heat")] }, "power"),
        ("a penalty of NaN", s_good with { Buses = [new("power"), new("heat") { SurplusPenalty = double.NaN }] }, "heat"),
        ("an activity without a mode", With(s_unit with { Modes = [] }), "unit"),
        ("an unknown bus", With(EnergyActivity.Simple("unit", Flows(("steam", 1)))), "unit.flows"),
        ("a flow of NaN", With(EnergyActivity.Simple("unit", Flows(("heat", double.NaN)))), "unit.flows.heat"),
        ("a flow of too few steps", With(EnergyActivity.Simple("unit", new Dictionary<string, Profile> { ["heat"] = Profile.Of([1, 2]) })), "unit.flows.heat"),
        ("a cost of too many steps", With(Source("unit", "power", Profile.Of([1, 2, 3, 4]))), "unit.cost"),
        ("an endless cost", With(Source("unit", "power", double.PositiveInfinity)), "unit.cost"),
        ("a carbon of NaN", With(Source("unit", "power", 1, carbon: double.NaN)), "unit.carbon"),
        ("a capacity below nothing", With(s_unit with { Capacity = -1 }), "unit"),
        ("a capacity of NaN", With(s_unit with { Capacity = double.NaN }), "unit"),
        ("a capacity given and sought", With(s_unit with { Invest = new(1) }), "unit"),
        ("a most that may be built below nothing", With(s_unit with { Capacity = null, Invest = new(1, -1) }), "unit"),
        ("an investment's cost of NaN", With(s_unit with { Capacity = null, Invest = new(double.NaN) }), "unit"),
        ("a most below nothing", With(s_unit with { Most = Profile.Of([1, -0.1, 1]) }), "unit.max"),
        ("a least below nothing", With(s_unit with { Least = Profile.Of(-0.1) }), "unit.min"),
        ("a fixed level below nothing", With(s_unit with { Fixed = Profile.Of(-0.1) }), "unit.fix"),
        ("a fixed level of too few steps", With(s_unit with { Fixed = Profile.Of([1, 1]) }), "unit.fix"),
        ("a least above the most", With(s_unit with { Least = Profile.Of([0, 0.6, 0]), Most = Profile.Of(0.5) }), "unit.min"),
        ("a ramp below nothing", With(s_unit with { RampUp = -1 }), "unit"),
        ("a ramp of NaN", With(s_unit with { RampDown = double.NaN }), "unit"),
        ("a level before of NaN", With(s_unit with { RampDown = 1, LevelBefore = double.NaN }), "unit"),
        ("a level before below nothing", With(s_unit with { RampDown = 1, LevelBefore = -1 }), "unit"),
        ("a least while on above 1", With(s_unit with { Commitment = new(1.1) }), "unit.commit.min"),
        ("what is switched without capacity", With(s_unit with { Capacity = null, Commitment = new(0.5) }), "unit"),
        ("what is switched and fixed", With(s_unit with { Fixed = Profile.Of(1), Commitment = new(0.5) }), "unit"),
        ("what is switched, sought and ramped", With(s_unit with { Capacity = null, Invest = new(1, 5), RampUp = 1, Commitment = new(0.5) }), "unit"),
        ("a start that pays", With(s_unit with { Commitment = new(0.5) { StartCost = -1 } }), "unit.commit"),
        ("a stop that pays", With(s_unit with { Commitment = new(0.5) { StopCost = -1 } }), "unit.commit"),
        ("a least time below nothing", With(s_unit with { Commitment = new(0.5) { MinimumHoursOn = -1 } }), "unit.commit"),
        ("a least time of NaN", With(s_unit with { Commitment = new(0.5) { MinimumHoursOff = double.NaN } }), "unit.commit"),
        ("hours before below nothing", With(s_unit with { Commitment = new(0.5) { HoursOnBefore = -1 } }), "unit.commit"),
        ("a curve on an unknown bus", With(s_unit with { Modes = [s_unit.Modes[0] with { PartLoad = new("steam", [(0, 0), (1, 1)]) }] }), "unit.part_load"),
        ("a curve on a bus of its flows", With(s_unit with { Modes = [s_unit.Modes[0] with { PartLoad = new("power", [(0, 0), (1, 1)]) }] }), "unit.part_load"),
        ("a curve without capacity", With(s_unit with { Capacity = null, Modes = [s_unit.Modes[0] with { PartLoad = new("heat", [(0, 0), (1, 1)]) }] }), "unit.part_load"),
        ("a curve beside another mode", With(s_unit with { Modes = [s_unit.Modes[0] with { PartLoad = new("heat", [(0, 0), (1, 1)]) }, Mode("other", ("power", 1))] }), "unit.part_load"),
        ("a curve of one point", Curve((1, 1)), "unit.part_load"),
        ("a curve that ends below 1", Curve((0, 0), (0.9, 1)), "unit.part_load"),
        ("a curve that begins above its least", Curve((0.1, 0), (1, 1)), "unit.part_load"),
        ("a curve whose levels fall", Curve((0, 0), (0.6, 0.5), (0.4, 0.7), (1, 1)), "unit.part_load"),
        ("a curve with a level twice", Curve((0, 0), (0.6, 0.5), (0.6, 0.7), (1, 1)), "unit.part_load"),
        ("a curve with a flow of NaN", Curve((0, 0), (1, double.NaN)), "unit.part_load"),
        ("a store without a port", With(s_store with { Ports = [] }), "store"),
        ("a store on an unknown bus", With(s_store with { Ports = [new("steam")] }), "store"),
        ("an in-efficiency of 0", With(s_store with { Ports = [new("power") { InEfficiency = 0 }] }), "store.eta_in"),
        ("an out-efficiency above 1", With(s_store with { Ports = [new("power") { OutEfficiency = 1.01 }] }), "store.eta_out"),
        ("a power in below nothing", With(s_store with { Ports = [new("power") { ChargeMost = -1 }] }), "store"),
        ("a power out of NaN", With(s_store with { Ports = [new("power") { DischargeMost = double.NaN }] }), "store"),
        ("a cost to charge of NaN", With(s_store with { Ports = [new("power") { ChargeCost = double.NaN }] }), "store"),
        ("a loss of all", With(s_store with { LossByHour = 1 }), "store.loss_per_hour"),
        ("a loss below nothing", With(s_store with { LossByHour = -0.1 }), "store.loss_per_hour"),
        ("a store's capacity below nothing", With(s_store with { Capacity = -1 }), "store"),
        ("a store's capacity given and sought", With(s_store with { Invest = new(1) }), "store"),
        ("a power by capacity below nothing", With(s_store with { PowerByCapacity = -1 }), "store"),
        ("a power by capacity without a capacity", With(s_store with { Capacity = null, PowerByCapacity = 1 }), "store"),
        ("a power by capacity of two ports without a capacity", With(s_store with { Ports = [new("power"), new("heat")], Capacity = null, PowerByCapacity = 1 }), "store"),
        ("a final value of NaN", With(s_store with { FinalValue = double.NaN }), "store"),
        ("a least level without a capacity", With(s_store with { Capacity = null, Least = Profile.Of(0.1) }), "store.min"),
        ("a least level above the capacity", With(s_store with { Least = Profile.Of([0, 0, 1.1]) }), "store.min"),
        ("a penalty below the least of NaN", With(s_store with { Least = Profile.Of(0.1), LeastPenalty = double.NaN }), "store"),
        ("more before than it holds", With(s_store with { LevelBefore = 5.1 }), "store.e_initial"),
        ("less than nothing before", With(s_store with { LevelBefore = -0.1 }), "store.e_initial"),
        ("one way without a capacity", With(s_store with { Capacity = null, OneWayAtATime = true }), "store"),
        ("a session on an unknown bus", With(s_car with { Bus = "steam" }), "car"),
        ("a session that ends outside", With(s_car with { Departure = 4 }), "car"),
        ("a session that begins outside", With(s_car with { Arrival = -1 }), "car"),
        ("a session of no step", With(s_car with { Departure = 0 }), "car"),
        ("a session of less than nothing", With(s_car with { Energy = -1 }), "car"),
        ("a session of NaN", With(s_car with { PowerMost = double.NaN }), "car"),
        ("a session's efficiency of 0", With(s_car with { Efficiency = 0 }), "car.efficiency"),
        ("a session's penalty below nothing", With(s_car with { ShortagePenalty = -1 }), "car"),
        ("a load on an unknown bus", With(s_load with { Bus = "steam" }), "load"),
        ("a load that ends outside", With(s_load with { Latest = 4 }), "load"),
        ("a load of no step", With(s_load with { Earliest = 2 }), "load"),
        ("a load without a run", With(s_load with { Run = [] }), "load"),
        ("a load with a piece of no power", With(s_load with { Run = [(1, 2), (1, 0)] }), "load"),
        ("a load that may be interrupted with two powers", With(s_load with { Run = [(1, 2), (1, 1)], Interruptible = true }), "load"),
        ("a load's penalty of NaN", With(s_load with { ShortagePenalty = double.NaN }), "load"),
        ("a fee for an unknown activity", With(s_fee with { Activity = "export" }), "fee"),
        ("a fee below nothing", With(s_fee with { Fee = -1 }), "fee"),
        ("a fee with too few steps", With(s_fee with { PeriodOf = [0, 0] }), "fee"),
        ("a fee with an unknown period", With(s_fee with { PeriodOf = [0, 0, 2] }), "fee"),
        ("a fee with a peak of NaN", With(s_fee with { PeakBefore = [0, double.NaN] }), "fee"),
        ("a cap below nothing", s_good with { Cap = new(-1, null) }, "cap"),
        ("a cap's penalty of NaN", s_good with { Cap = new(1, double.NaN) }, "cap"),
        ("nothing sought", s_good with { Objective = new(0, 0) }, "objective"),
        ("a cost weight below nothing", s_good with { Objective = new(-1, 1) }, "objective"),
        ("a carbon price of NaN", s_good with { Objective = new(1, double.NaN) }, "objective"),
    ];

    public static TheoryData<string> Wrong => [.. s_wrong.Select(wrong => wrong.Wrong)];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_system_is_refused_with_its_field(string what)
    {
        var (_, system, field) = s_wrong.Single(wrong => wrong.Wrong == what);

        var error = Assert.Throws<EnergyException>(() => Plan(system));

        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void What_the_wrong_systems_are_made_from_is_right()
    {
        Best(With(s_unit) with { Stores = [s_store], Sessions = [s_car], Loads = [s_load], PeakFees = [s_fee] });
        Best(Curve((0, 0), (1, 0)));
        Best(With(s_store with { LevelBefore = 5 }));
    }

    [Fact]
    public void A_profile_has_a_number() => Assert.Equal("profile", Assert.Throws<EnergyException>(() => Profile.Of([])).Field);

    [Fact]
    public void A_profile_is_the_same_everywhere_or_has_a_number_for_each_step()
    {
        var (same, each) = (Profile.Of(3), Profile.Of([1, 2, 3, 4]));

        Assert.Equal((0, 3.0, 3.0), (same.Length, same[0], same[7]));
        Assert.Equal((4, 1.0, 4.0), (each.Length, each[0], each[3]));
        Assert.Equal((2, 2.0, 3.0), (each.Part(1, 2).Length, each.Part(1, 2)[0], each.Part(1, 2)[1]));
        Assert.Equal(3, same.Part(1, 2)[1]);
        Assert.True(Profile.Of([0, 0]).IsZero && Profile.Zero.IsZero);
        Assert.False(Profile.Of([0, 1]).IsZero);
    }
}

namespace Kera.Energy.Tests;

/// <summary>
/// A small system, made up, with a bit of everything: power, two levels of heat and gas; plants that are switched, ramped and
/// run at part load; stores, vehicles, loads that can wait, fees, caps. What it is made of is all from its seed.
/// </summary>
internal sealed class RandomSystem
{
    private static readonly double[] s_hours = [0.25, 0.5, 1, 3];
    private readonly Random _random;
    private readonly int _steps;
    private readonly double[] _hours;
    private readonly bool _slack;

    private RandomSystem(int seed, bool slack)
    {
        _random = new Random(seed);
        _steps = _random.Next(2, 8);
        var one = Chance(0.3) ? s_hours[_random.Next(4)] : 0;
        _hours = [.. Enumerable.Range(0, _steps).Select(_ => one > 0 ? one : s_hours[_random.Next(4)])];
        _slack = slack;
    }

    /// <param name="seed">What it is made from.</param>
    /// <param name="slack">Whether too little and too much are possible on each bus, at a price, so that a plan exists.</param>
    public static EnergySystem Make(int seed, bool slack) => new RandomSystem(seed, slack).Make();

    private EnergySystem Make()
    {
        var (activities, stores) = (Activities(), Stores());
        return new EnergySystem(_hours, [Bus("power"), Bus("heat"), Bus("warm"), new EnergyBus("gas")], activities, stores)
        {
            Sessions = [.. Enumerable.Range(0, _random.Next(3)).Select(Session)],
            Loads = [.. Enumerable.Range(0, _random.Next(3)).Select(Load)],
            PeakFees = Chance(0.4) ? [Fee()] : [],
            Cap = Chance(0.3) ? new CarbonCap(Between(50, 2000), _slack || Chance(0.5) ? Between(0.1, 2) : null) : null,
            Objective = _random.Next(4) switch { 0 => new(1, Between(0, 0.3)), 1 => new(0, 1), 2 => new(0.5, 0.2), _ => new() },
        };
    }

    private EnergyBus Bus(string name) => new(name)
    {
        Dump = Chance(0.2),
        ShortagePenalty = _slack ? Between(300, 900) : null,
        SurplusPenalty = _slack ? Between(50, 200) : null,
    };

    private List<EnergyActivity> Activities()
    {
        List<EnergyActivity> activities =
        [
            Fixed("lamps", "power", -1, 8),
            Fixed("radiators", "heat", -1, 6),
            Fixed("floors", "warm", -1, 3),
            Simple("import", ("power", Profile.Of(1))) with { Capacity = Between(8, 20), Modes = [Priced("import", Series(-30, 150), Series(0, 400), ("power", Profile.Of(1)))] },
            Simple("gas", ("gas", Profile.Of(1))) with { Modes = [Priced("gas", Series(20, 60), Profile.Of(200), ("gas", Profile.Of(1)))] },
            Limit(Simple("exchanger", ("heat", Profile.Of(-1)), ("warm", Series(0.8, 1))), 5),
            Plant(),
            Boiler(),
            HeatPump(),
        ];
        Maybe(0.3, () => Fixed("turbine", "power", 1, 3));
        Maybe(0.4, () => Simple("panels", ("power", Profile.Of(1))) with { Capacity = Between(1, 6), Most = Series(0, 1) });
        Maybe(0.4, () => Simple("export", ("power", Profile.Of(-1))) with { Capacity = Between(1, 5), Modes = [Priced("export", Series(-60, 10), Profile.Zero, ("power", Profile.Of(-1)))] });
        Maybe(0.4, () => Simple("new", ("power", Profile.Of(1))) with { Invest = new(Between(5, 60), Chance(0.5) ? Between(1, 6) : null), Most = Series(0, 1), Least = Chance(0.2) ? Profile.Of(0) : null });
        Maybe(0.3, () => Simple("heater", ("power", Profile.Of(-1)), ("warm", Profile.Of(0.98))) with { Capacity = 3, Least = Series(0, 0.3), Most = Series(0.3, 1) });
        return activities;

        void Maybe(double chance, Func<EnergyActivity> make)
        {
            if (Chance(chance))
            {
                activities.Add(make());
            }
        }
    }

    // Heat with power, or power alone, of one level: what it burns.
    private EnergyActivity Plant()
    {
        var plant = new EnergyActivity("plant",
        [
            Priced("both", Profile.Of(Between(0, 5)), Profile.Zero, ("gas", Profile.Of(-1)), ("power", Series(0.3, 0.4)), ("heat", Series(0.4, 0.5))),
            Priced("power", Profile.Of(Between(0, 5)), Profile.Zero, ("gas", Profile.Of(-1)), ("power", Series(0.45, 0.55))),
        ]);
        return Limit(plant, 12);
    }

    private EnergyActivity Boiler()
    {
        var kind = _random.Next(3);
        if (kind == 0)
        {
            return Limit(Simple("boiler", ("gas", Profile.Of(-1)), ("heat", Series(0.8, 0.95))), 6);
        }

        // Its level is the heat, what it burns follows; the curve is convex or not.
        var boiler = Limit(Simple("boiler", ("heat", Profile.Of(1))), 6);
        var least = boiler.Commitment?.Least ?? 0;
        var middles = Enumerable.Range(1, kind).Select(point => least + (1 - least) * point / (kind + 1.0));
        List<(double, double)> points = [(least, -least * Between(1, 1.5) - 0.02), .. middles.Select(level => (level, -level * Between(1, 1.4))), (1, -Between(1.05, 1.3))];
        return boiler with { Modes = [boiler.Modes[0] with { PartLoad = new("gas", points) }] };
    }

    private EnergyActivity HeatPump() => _random.Next(3) switch
    {
        0 => Limit(Simple("pump", ("power", Profile.Of(-1)), ("warm", Series(2.5, 4.5))), 2),
        1 => Simple("pump", ("power", Profile.Of(-1)), ("warm", Series(2.5, 4.5))) with { Invest = new(Between(2, 40), 3), Commitment = Chance(0.5) ? new(0.3) : null },
        _ => new EnergyActivity("pump", [Priced("warm", Profile.Zero, Profile.Zero, ("power", Profile.Of(-1)), ("warm", Series(3, 4))), Priced("hot", Profile.Zero, Profile.Zero, ("power", Profile.Of(-1)), ("heat", Series(2, 3)))]) with { Capacity = 2 },
    };

    // A capacity, and by chance ramps and a switch.
    private EnergyActivity Limit(EnergyActivity activity, double capacity)
    {
        activity = activity with { Capacity = capacity };
        var level = 0.0;
        if (Chance(0.5))
        {
            var (least, on) = (Chance(0.8) ? Between(0.1, 0.6) : 0, Chance(0.5));
            level = on ? capacity * Between(least, 1) : 0;
            activity = activity with
            {
                Commitment = new(least)
                {
                    HoursOnBefore = on ? _random.Next(1, 4) : 0,
                    HoursOffBefore = _random.Next(0, 4),
                    MinimumHoursOn = Chance(0.5) ? _random.Next(1, 5) : 0,
                    MinimumHoursOff = Chance(0.5) ? _random.Next(1, 5) : 0,
                    StartCost = Chance(0.6) ? Between(0, 80) : 0,
                    StopCost = Chance(0.3) ? Between(0, 30) : 0,
                    CostByHourOn = Chance(0.4) ? Between(0, 20) : 0,
                },
            };
        }

        if (Chance(0.4))
        {
            activity = activity with { RampUp = Between(0.1, 0.8), RampDown = Chance(0.7) ? Between(0.1, 0.8) : null, LevelBefore = Chance(0.6) ? level : null };
        }

        return activity;
    }

    private List<EnergyStore> Stores()
    {
        List<EnergyStore> stores = [];
        if (Chance(0.7))
        {
            var port = new StorePort("power") { ChargeMost = 3, DischargeMost = Chance(0.5) ? 3 : null, InEfficiency = Between(0.8, 1), OutEfficiency = Between(0.8, 1), ChargeCost = Chance(0.3) ? 1 : 0 };
            stores.Add(Store("battery", port) with { OneWayAtATime = Chance(0.5) });
        }

        if (Chance(0.7))
        {
            var tank = Store("tank", new StorePort("heat") { OutEfficiency = 0.97, DischargeCost = 0.5 }, new StorePort("warm") { InEfficiency = 0.9, ChargeMost = 2 });
            stores.Add(Chance(0.3) ? tank with { Capacity = null, Invest = new(Between(1, 15), 20), LevelBefore = 0 } : tank);
        }

        return stores;
    }

    private EnergyStore Store(string name, params StorePort[] ports) => new(name, ports)
    {
        Capacity = 10,
        Cyclic = Chance(0.4),
        LevelBefore = Between(0, 10),
        LossByHour = Chance(0.5) ? Between(0, 0.05) : 0,
        Least = Chance(0.3) ? Series(0, 0.4) : null,
        LeastPenalty = _slack || Chance(0.5) ? Between(1, 30) : null,
        PowerByCapacity = Chance(0.4) ? Between(0.1, 0.6) : null,
        HoldCost = Chance(0.2) ? 0.1 : 0,
        FinalValue = Chance(0.5) ? Between(0, 60) : 0,
    };

    private ChargingSession Session(int number)
    {
        var arrival = _random.Next(_steps);
        return new($"car {number}", "power", arrival, _random.Next(arrival + 1, _steps + 1), Between(0, 8), Between(0.5, 4), Between(100, 900)) { Efficiency = Between(0.85, 1) };
    }

    private DeferrableLoad Load(int number)
    {
        var earliest = _random.Next(_steps);
        var interruptible = Chance(0.5);
        List<(double, double)> run = [.. Enumerable.Range(0, interruptible ? 1 : _random.Next(1, 3)).Select(_ => (_random.Next(1, 8) * 0.25, Between(0.2, 2)))];
        return new($"washer {number}", "power", earliest, _random.Next(earliest + 1, _steps + 1), run, Between(20, 200)) { Interruptible = interruptible };
    }

    private PeakFee Fee()
    {
        var periods = _random.Next(1, 3);
        return new("fee", "import", Between(1, 40), [.. Enumerable.Range(0, _steps).Select(step => step * periods / _steps)], [.. Enumerable.Range(0, periods).Select(_ => Chance(0.5) ? Between(0, 8) : 0)]);
    }

    private static EnergyActivity Simple(string name, params (string Bus, Profile Flow)[] flows) => EnergyActivity.Simple(name, flows.ToDictionary(flow => flow.Bus, flow => flow.Flow));

    private static ActivityMode Priced(string name, Profile cost, Profile carbon, params (string Bus, Profile Flow)[] flows) => new(name, flows.ToDictionary(flow => flow.Bus, flow => flow.Flow)) { Cost = cost, Carbon = carbon };

    private EnergyActivity Fixed(string name, string bus, double flow, double most) => Simple(name, (bus, Profile.Of(flow))) with { Fixed = Series(0, most) };

    private Profile Series(double low, double high) => Chance(0.3) ? Profile.Of(Between(low, high)) : Profile.Of([.. Enumerable.Range(0, _steps).Select(_ => Between(low, high))]);

    // Two digits: more would only be harder to read where a case is looked at.
    private double Between(double low, double high) => Math.Round(low + (high - low) * _random.NextDouble(), 2);

    private bool Chance(double share) => _random.NextDouble() < share;
}

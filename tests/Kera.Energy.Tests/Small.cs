namespace Kera.Energy.Tests;

/// <summary>Small systems whose best plan can be reckoned by hand.</summary>
internal static class Small
{
    public static EnergySystem Made(double[] hours, string[] buses, EnergyActivity[] activities, params EnergyStore[] stores) =>
        new(hours, [.. buses.Select(bus => new EnergyBus(bus))], activities, stores);

    /// <summary>Steps of an hour.</summary>
    public static double[] Hours(int steps) => [.. Enumerable.Repeat(1.0, steps)];

    public static EnergyActivity Demand(string bus, params double[] levels) => EnergyActivity.Simple($"{bus} demand", Flows((bus, -1))) with { Fixed = Profile.Of(levels) };

    public static EnergyActivity Source(string name, string bus, Profile cost, double? capacity = null, double carbon = 0) =>
        new(name, [Mode(name, (bus, 1)) with { Cost = cost, Carbon = Profile.Of(carbon) }]) { Capacity = capacity };

    public static EnergyActivity Source(string name, string bus, double cost, double? capacity = null, double carbon = 0) => Source(name, bus, Profile.Of(cost), capacity, carbon);

    public static ActivityMode Mode(string name, params (string Bus, double Flow)[] flows) => new(name, Flows(flows));

    public static Dictionary<string, Profile> Flows(params (string Bus, double Flow)[] flows) => flows.ToDictionary(flow => flow.Bus, flow => Profile.Of(flow.Flow));

    /// <summary>The best plan, which there must be.</summary>
    public static EnergyPlan Best(EnergySystem system)
    {
        var plan = Plan(system);
        Assert.Empty(plan.Faults);
        Assert.Equal(SolveStatus.Optimal, plan.Status);
        PlanRules.Check(system, plan);
        return plan;
    }

    public static EnergyPlan Plan(EnergySystem system) => EnergyPlanner.Plan(system, new PlanOptions(RelativeGap: 0), default);

    public static ActivityPlan Of(this EnergyPlan plan, string activity) => plan.Activities.Single(run => run.Name == activity);

    public static void Equal(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Equal(pair.First, pair.Second));
    }

    public static void Equal(double expected, double actual) => Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));
}

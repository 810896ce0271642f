using CsCheck;

namespace Kera.Energy.Tests;

/// <summary>Random systems solved by HiGHS and by CBC: two solvers, one answer.</summary>
public sealed class OtherSolverTests
{
    // Where KERA_TESTS_FULL is 1: 10,000 systems.
    private static readonly int s_systems = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10_000 : 40;
    private static readonly PlanOptions s_exact = new(Prices: false, RelativeGap: 0);

    [Fact]
    public void Any_system_has_the_same_objective_with_another_solver()
    {
        CbcSolver.Require();
        Gen.Int[0, int.MaxValue].Sample(seed => Agree(RandomSystem.Make(seed, slack: true)), iter: s_systems);
    }

    [Fact]
    public void A_system_without_slack_can_be_planned_with_both_solvers_or_with_none()
    {
        CbcSolver.Require();
        Gen.Int[0, int.MaxValue].Sample(seed => Agree(RandomSystem.Make(seed, slack: false)), iter: s_systems / 2);
    }

    private static void Agree(EnergySystem system)
    {
        var one = EnergyPlanner.Plan(system, s_exact, default);
        var other = EnergyPlanner.Plan(system, s_exact, default, CbcSolver.Solve);

        Assert.Empty(one.Faults);
        Assert.Empty(other.Faults);
        Assert.Equal(other.Status, one.Status);
        if (one.HasPlan)
        {
            Assert.Equal(other.Objective, one.Objective, 1e-6 * Math.Max(1, Math.Abs(one.Objective)));
            PlanRules.Check(system, one);
        }
    }
}

using System.Net;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Energy;
using Kera.Features.Carbon;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>A plan seeks what energy.yaml says: cost, carbon or both, under a cap.</summary>
public sealed class EnergyObjectiveTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static readonly Instant First = Instant.FromUtc(2026, 11, 24, 13, 0);

    private DistrictInForce District => kera.App.Services.GetRequiredService<DistrictInForce>();

    [Fact]
    public async Task Less_carbon_is_dearer_and_a_mix_lies_between()
    {
        var cost = await PlanAsync(new DistrictObjective(PlanAim.Cost, 0));
        var mix = await PlanAsync(new DistrictObjective(PlanAim.Mix, 500));
        var carbon = await PlanAsync(new DistrictObjective(PlanAim.Carbon, 0));

        Assert.True(cost.Carbon > mix.Carbon + 1 && mix.Carbon >= carbon.Carbon - 1, $"{cost.Carbon} {mix.Carbon} {carbon.Carbon}");
        Assert.True(cost.Cost < carbon.Cost, $"{cost.Cost} {carbon.Cost}");
        // Where carbon is sought, a MWh more is told in carbon: what is bought has its intensity.
        Assert.Equal(("EUR/MWh", "EUR/MWh", "kg{CO2e}/MWh"), (cost.PriceUnit, mix.PriceUnit, carbon.PriceUnit));
    }

    [Fact]
    public async Task A_cap_takes_what_happened_and_holds_the_plan_back()
    {
        var free = await PlanAsync(new DistrictObjective(PlanAim.Cost, 0, new DistrictCarbonCap(10_000, 100_000)));
        var budget = free.Goal!.Budget!;
        Assert.True(budget.Used > 1_000);
        Assert.Equal(0, free.Goal.Over);

        // A little less than the plan wants: what is left of the month is then so many times 48 hours.
        var left = (Instant.FromUtc(2026, 11, 30, 22, 0) - First).TotalHours;
        var tonnes = decimal.Round((decimal)(budget.Used + free.Carbon!.Value * 0.995 * left / 48) / 1_000, 6);
        var capped = await PlanAsync(new DistrictObjective(PlanAim.Cost, 0, new DistrictCarbonCap(tonnes, 100_000)));

        Assert.Equal(free.Carbon.Value * 0.995, capped.Goal!.Budget!.Most, 0.01);
        Assert.True(capped.Carbon <= capped.Goal.Budget.Most + capped.Goal.Over + 0.1 && capped.Carbon < free.Carbon - 1, $"{capped.Carbon} of {capped.Goal}");
    }

    [Fact]
    public async Task What_is_over_a_cap_is_told_and_there_is_a_plan()
    {
        var plan = await PlanAsync(new DistrictObjective(PlanAim.Cost, 0, new DistrictCarbonCap(0.001m, 300)));

        Assert.Equal(0, plan.Goal!.Budget!.Most);
        Assert.Equal(plan.Carbon!.Value, plan.Goal.Over, 0.1);
    }

    [Fact]
    public async Task Of_carbon_that_nobody_knows_the_least_cost_is_sought()
    {
        HourNumbers unknown = new(new double[48], [.. Enumerable.Repeat(Knowledge.Assumed, 48)]);
        EnergyInputs Unknown(EnergyInputs inputs) => inputs with { Intensity = new Dictionary<string, HourNumbers> { ["grid"] = unknown } };
        var cost = await PlanAsync(new DistrictObjective(PlanAim.Cost, 0), Unknown);
        var carbon = await PlanAsync(new DistrictObjective(PlanAim.Carbon, 0, new DistrictCarbonCap(0.001m, 300)), Unknown);

        Assert.Equal(cost.Cost, carbon.Cost, 0.01);
        Assert.Equal((false, null, 0.0, "EUR/MWh"), (carbon.Goal!.CarbonKnown, carbon.Goal.Budget, carbon.Goal.Over, carbon.PriceUnit));
    }

    [Theory]
    [InlineData("en", "It seeks the least cost.")]
    [InlineData("sv", "Den söker lägsta kostnad.")]
    [InlineData("fi", "Se hakee pienintä kustannusta.")]
    public async Task The_page_says_what_is_sought(string language, string sentence)
    {
        await kera.App.Services.GetRequiredService<EnergyPlanning>().RunAsync(TestContext.Current.CancellationToken);

        Assert.Contains(sentence, WebUtility.HtmlDecode(await kera.PageAsync($"/{language}/energy")).Replace("\u00AD", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<PlanContent> PlanAsync(DistrictObjective objective, Func<EnergyInputs, EnergyInputs>? changed = null)
    {
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);
        var energy = District.Model!.Energy! with { Objective = objective };
        var inputs = await kera.App.Services.GetRequiredService<EnergyOutlook>().ReadAsync(energy, First, 48, null, TestContext.Current.CancellationToken);
        inputs = changed?.Invoke(inputs) ?? inputs;
        var plan = EnergyPlanner.Plan(EnergySystemMaker.Make(energy, inputs, District.Zone), new PlanOptions(RelativeGap: 1e-5, TimeLimit: 20), TestContext.Current.CancellationToken);
        Assert.Empty(plan.Faults);
        return PlanContent.Of(energy, inputs, plan);
    }
}

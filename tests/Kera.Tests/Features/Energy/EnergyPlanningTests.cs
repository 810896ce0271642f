using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Features.Carbon;
using Kera.Features.Energy;
using Kera.Flows;
using Kera.Tests.Features.Today;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>A plan follows what it rests on, and what was planned stands beside what came: each leaves the store as the others may find it.</summary>
public sealed class EnergyPlanningTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private EnergyPlanning Planning => kera.App.Services.GetRequiredService<EnergyPlanning>();

    [Fact]
    public async Task A_plan_is_made_once_an_hour_and_again_when_a_price_changed()
    {
        await PlanAsync();
        var before = await CountAsync();
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(before, await CountAsync());

        var series = kera.App.Services.GetRequiredService<SeriesStore>();
        var known = (await series.FindAsync("price.day-ahead", Reader.Everything))!;
        await series.AppendAsync(known, [.. PriceImport.Quarters(Instant.FromUtc(2026, 11, 25, 9, 0), Duration.FromHours(1), Quantity.Whole(777))], Actor.Job());
        var plan = await PlanAsync();

        Assert.Equal(before + 1, await CountAsync());
        Assert.Contains(777, plan.Market["grid"].Values);
    }

    [Fact]
    public async Task Of_an_intensity_that_nobody_knows_there_is_no_carbon_told_which_is_not_nothing()
    {
        var plan = await PlanAsync();
        var hour = Instant.FromUtc(2026, 11, 24, 9, 0);
        var unknown = plan with { First = hour.ToUnixTimeSeconds(), Carbon = null, Intensity = new Dictionary<string, HourNumbers> { ["grid"] = new([.. new double[48]], [.. Enumerable.Repeat(Knowledge.Assumed, 48)]) } };
        await AddAsync(unknown, hour);

        var past = Assert.Single(await kera.App.Services.GetRequiredService<EnergyPast>().ReadAsync(Reader.Everything, hour, hour + Duration.FromHours(1), TestContext.Current.CancellationToken));

        Assert.Equal((null, null), (past.PlannedCarbon, past.ActualCarbon));
        Assert.True(past.ActualCost > 0);
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        await db.EnergyPlans.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
        Assert.True((await PlanAsync()).Carbon > 1_000);
    }

    [Fact]
    public async Task What_was_planned_stands_beside_what_is_recorded()
    {
        var plan = await PlanAsync();
        var hour = Instant.FromUtc(2026, 11, 24, 10, 0);
        await AddAsync(plan with { First = hour.ToUnixTimeSeconds() }, hour);

        var past = Assert.Single(await kera.App.Services.GetRequiredService<EnergyPast>().ReadAsync(Reader.Everything, hour, hour + Duration.FromHours(1), TestContext.Current.CancellationToken));

        var recorded = (double)(await kera.App.Services.GetRequiredService<LedgerQueries>().DeclaredHoursAsync("demo-grid-import", DistrictCalendar.ToMicroseconds(hour), DistrictCalendar.ToMicroseconds(hour) + 1)).Single().Quantity.ToDecimal();
        Assert.Equal((plan.Levels["heat-pump"][0], recorded), (past.Elements["heat-pump"].Planned, past.Elements["grid in"].Actual));
        // 12 in the day, and 25 for margin and tax.
        Assert.Equal(recorded / 1_000 * (plan.Market["grid"].Values[0] + 37), past.ActualCost, 0.01);
        Assert.Contains("In the last", Plain(await kera.PageAsync("/en/energy?again=1")), StringComparison.Ordinal);
    }

    private async Task<PlanContent> PlanAsync()
    {
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        return (await Planning.NewestAsync(TestContext.Current.CancellationToken))!.Value.Content;
    }

    private async Task<int> CountAsync()
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.EnergyPlans.CountAsync();
    }

    private async Task AddAsync(PlanContent plan, Instant first)
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        db.EnergyPlans.Add(new EnergyPlanRow { Made = DistrictCalendar.ToMicroseconds(first), First = DistrictCalendar.ToMicroseconds(first), Content = plan.ToBytes() });
        await db.SaveChangesAsync();
    }

    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);
}

using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Energy;
using Kera.Features.Partners;
using Kera.Tests.Features.Today;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>What plants are given of a plan, by mode, within their limits, and without a plan.</summary>
public sealed class EnergyOperatingTests(FilledDemonstration filled) : IAsyncLifetime
{
    private static readonly Instant Next = Instant.FromUtc(2026, 11, 24, 13, 0);
    private readonly DemonstrationKera _kera = new(filled);

    private EnergyPlanning Planning => _kera.App.Services.GetRequiredService<EnergyPlanning>();

    private EnergyOperating Operating => _kera.App.Services.GetRequiredService<EnergyOperating>();

    private DistrictPlant HeatPump => Planning.Energy!.Plants["heat-pump"];

    public ValueTask InitializeAsync() => _kera.InitializeAsync();

    public ValueTask DisposeAsync() => _kera.DisposeAsync();

    [Fact]
    public async Task Advice_is_told_and_promises_nothing()
    {
        await Planning.RunAsync(default);
        var plan = (await Planning.NewestAsync(default))!.Value.Content;

        var setpoints = await SetpointsAsync();

        Assert.Equal(["electric-boiler", "heat-pump"], setpoints.Select(each => each.Plant));
        Assert.All(setpoints, each => Assert.Equal((SetpointState.Advised, SetpointCause.Plan, plan.Levels[each.Plant][0]), (each.State, each.Cause, each.Kilowatts)));
        Assert.Null(Promise("heat-pump"));
    }

    [Fact]
    public async Task By_itself_it_is_in_force_and_a_commitment_once()
    {
        await Operating.SetModeAsync(HeatPump, PlantMode.Automatic, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);
        await Planning.RunAsync(default);

        var setpoint = (await SetpointsAsync()).Single(each => each.Plant == "heat-pump");
        Assert.Equal(SetpointState.InForce, setpoint.State);
        var promise = Promise("heat-pump")!;
        Assert.Equal((setpoint.Kilowatts, 1L), ((double)(promise.Quantity!.Value / 1_000) / 1_000, promise.Version));
        Assert.Null(Promise("electric-boiler"));
        // What an agent has promised is another list than what its plants do hour by hour.
        Assert.DoesNotContain(_kera.App.Services.GetRequiredService<PartnerReader>().Promises(Reader.Everything), row => row.Id == promise.Id);
        Assert.Contains("plant.mode heat-pump: Automatic", await AuditAsync());

        // What is in force stays, also where the mode changes.
        await Operating.SetModeAsync(HeatPump, PlantMode.Advise, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);
        Assert.Equal(SetpointState.InForce, (await SetpointsAsync()).Single(each => each.Plant == "heat-pump").State);
    }

    [Fact]
    public async Task A_commitment_that_was_not_written_before_the_program_ended_follows()
    {
        await Planning.RunAsync(default);
        await using (var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            await db.EnergySetpoints.Where(row => row.Plant == "heat-pump").ExecuteUpdateAsync(row => row.SetProperty(each => each.State, SetpointState.InForce));
        }

        Assert.Null(Promise("heat-pump"));
        await Operating.SetModeAsync(HeatPump, PlantMode.Automatic, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);

        Assert.NotNull(Promise("heat-pump"));
    }

    [Fact]
    public async Task What_waits_for_approval_is_in_force_when_its_holder_says_so_before_the_hour()
    {
        await Operating.SetModeAsync(HeatPump, PlantMode.Approve, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);
        Assert.Equal(SetpointState.Proposed, (await SetpointsAsync()).Single(each => each.Plant == "heat-pump").State);
        Assert.Null(Promise("heat-pump"));

        Assert.False(await Operating.ApproveAsync(HeatPump, Next + Duration.FromHours(1), new Actor("somebody", "test"), default));
        Assert.False(await Operating.ApproveAsync(HeatPump, Next - Duration.FromHours(1), new Actor("somebody", "test"), default));
        Assert.True(await Operating.ApproveAsync(HeatPump, Next, new Actor("somebody", "test"), default));
        Assert.False(await Operating.ApproveAsync(HeatPump, Next, new Actor("somebody", "test"), default));

        Assert.Equal(SetpointState.InForce, (await SetpointsAsync()).Single(each => each.Plant == "heat-pump").State);
        Assert.NotNull(Promise("heat-pump"));
    }

    [Fact]
    public async Task A_plant_that_is_off_gets_nothing()
    {
        await Operating.SetModeAsync(HeatPump, PlantMode.Off, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);

        Assert.DoesNotContain(await SetpointsAsync(), each => each is { Plant: "heat-pump", State: not SetpointState.Advised });
    }

    [Fact]
    public async Task Where_the_solver_fails_plants_run_by_the_fallback_and_the_page_says_so()
    {
        LinearSolve fails = (_, _, _) => new LinearSolution(SolveStatus.Failed, double.NaN, [], [], [], double.NaN, 0, 0, null);
        using var failing = ActivatorUtilities.CreateInstance<EnergyPlanning>(_kera.App.Services, fails);
        await ForgetAsync();
        await failing.RunAsync(default);

        var setpoints = await SetpointsAsync();
        Assert.All(setpoints, each => Assert.Equal((SetpointCause.Fallback, "solver"), (each.Cause, each.Reason)));
        // 70 per cent of 740 kW, 35 per cent of 3,600.
        Assert.Equal([1_260, 518], setpoints.Select(each => each.Kilowatts));
        Assert.Contains("The fallback is in force from", await _kera.PageAsync("/en/energy?fallback=1"), StringComparison.Ordinal);
        var audits = (await AuditAsync()).Count;
        await failing.RunAsync(default);
        Assert.Equal(audits, (await AuditAsync()).Count);

        await Planning.RunAsync(default);
        Assert.All(await SetpointsAsync(), each => Assert.Equal(SetpointCause.Plan, each.Cause));
    }

    [Fact]
    public async Task Who_listens_is_told_of_all_setpoints_and_then_of_each_that_changes()
    {
        await Planning.RunAsync(default);
        using var stopped = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        using var answer = await _kera.App.GetTestClient().GetAsync("/api/v1/energy/setpoints/stream", HttpCompletionOption.ResponseHeadersRead, stopped.Token);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(stopped.Token));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        var first = new[] { await NextAsync(stream), await NextAsync(stream) };
        Assert.Equal(["electric-boiler advised", "heat-pump advised"], first);

        await Operating.SetModeAsync(HeatPump, PlantMode.Automatic, new Actor("somebody", "test"), default);
        await Planning.RunAsync(default);

        Assert.Equal("heat-pump inForce", await NextAsync(stream));
        await stopped.CancelAsync();
    }

    private static async Task<string> NextAsync(StreamReader stream)
    {
        string? line;
        do
        {
            line = await stream.ReadLineAsync(TestContext.Current.CancellationToken);
        }
        while (line?.StartsWith("data: ", StringComparison.Ordinal) == false);

        using var document = JsonDocument.Parse(line!["data: ".Length..]);
        return $"{document.RootElement.GetProperty("plant")} {document.RootElement.GetProperty("state")}";
    }

    private Task<IReadOnlyList<EnergySetpointRow>> SetpointsAsync() => Operating.SetpointsAsync(Next, Next + Duration.FromHours(1), default);

    private CommitmentRow? Promise(string plant)
    {
        var catalog = _kera.App.Services.GetRequiredService<Catalog>();
        return catalog.Find(catalog.Commitments, $"energy-{plant}-2026112413")?.Row;
    }

    private async Task<IReadOnlyList<string>> AuditAsync()
    {
        await using var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        return await db.Audits.Where(row => row.Operation.StartsWith("plant.")).Select(row => row.Operation + " " + row.Subject).ToListAsync();
    }

    // The job may have planned already.
    private async Task ForgetAsync()
    {
        await using var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        await db.EnergyPlans.ExecuteDeleteAsync();
        await db.EnergySetpoints.ExecuteDeleteAsync();
    }
}

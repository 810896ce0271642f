using System.Diagnostics;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Energy;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Bench;

/// <summary>The built-in district with its demonstration, as the server plans it, at five past two on a day in November 2026.</summary>
internal sealed class PlannedDistrict : IAsyncDisposable
{
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 24, 12, 5);
    private readonly WebApplication _app;

    private PlannedDistrict(WebApplication app) => _app = app;

    /// <summary>Starts it, and waits until all its readings are there.</summary>
    public static async Task<PlannedDistrict> StartAsync(string folder)
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = folder, ["Kera:Demo"] = "true", ["urls"] = "http://127.0.0.1:0" };
        var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(new StoppedClock());
        });
        await app.StartAsync();
        var flows = app.Services.GetRequiredService<DistrictInForce>().Model!.Demo!.Flows.Count;
        var newest = new LedgerFilter { From = DistrictCalendar.ToMicroseconds(s_now - Duration.FromMinutes(65)) };
        while ((await app.Services.GetRequiredService<LedgerQueries>().EventsAsync(Reader.Everything, newest, null, flows)).Count < flows)
        {
            await Task.Delay(50);
        }

        return new PlannedDistrict(app);
    }

    /// <summary>Plans anew: how long it took, and of it the solves with the processes that they run in, and the solver itself.</summary>
    public async Task<(TimeSpan All, TimeSpan Solves, double Solver, PlanContent Plan)> PlanAsync()
    {
        await using (var db = _app.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            await db.EnergyPlans.ExecuteDeleteAsync();
        }

        var solve = _app.Services.GetRequiredService<LinearSolve>();
        var (solves, solver) = (TimeSpan.Zero, 0.0);
        LinearSolve watched = (model, options, cancellation) =>
        {
            var began = Stopwatch.GetTimestamp();
            var solution = solve(model, options, cancellation);
            (solves, solver) = (solves + Stopwatch.GetElapsedTime(began), solver + solution.Seconds);
            return solution;
        };
        using var planning = ActivatorUtilities.CreateInstance<EnergyPlanning>(_app.Services, watched);
        var watch = Stopwatch.StartNew();
        await planning.RunAsync(CancellationToken.None);
        var all = watch.Elapsed;
        return (all, solves, solver, (await planning.NewestAsync(CancellationToken.None))!.Value.Content);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private sealed class StoppedClock : IClock
    {
        public Instant GetCurrentInstant() => s_now;
    }
}

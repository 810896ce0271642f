using System.Diagnostics;
using Kera.Base.Solving;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>A solver's process that is killed while it solves takes nothing with it: plants run by the fallback, and the next plan is made.</summary>
public sealed class KilledSolverTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static readonly Instant Next = Instant.FromUtc(2026, 11, 24, 13, 0);

    [Fact]
    public async Task Killed_in_the_middle_of_a_solve_it_leaves_the_server_the_fallback_and_the_next_plan()
    {
        if (!OperatingSystem.IsLinux())
        {
            Requires.Missing("What a process has loaded is read from /proc: Linux.");
        }

        // Marked, for other tests have children too; with a model that nobody solves in the time.
        var mark = $"KERA_TESTS_MARK={Guid.NewGuid():N}";
        var start = SolverProcess.OwnProgram();
        start.Environment[mark.Split('=')[0]] = mark.Split('=')[1];
        var child = new SolverProcess(start, TimeSpan.FromMinutes(10));
        LinearSolve solve = (_, options, cancellation) => child.Solve(Endless(), options, cancellation);
        using var planning = ActivatorUtilities.CreateInstance<EnergyPlanning>(kera.App.Services, solve);
        await ForgetAsync();

        var planned = Task.Run(() => planning.RunAsync(default), TestContext.Current.CancellationToken);
        await KillAsync(mark, planned);
        await planned;

        var operating = kera.App.Services.GetRequiredService<EnergyOperating>();
        var setpoints = await operating.SetpointsAsync(Next, Next + Duration.FromHours(1), default);
        Assert.Equal(2, setpoints.Count);
        Assert.All(setpoints, each => Assert.Equal((SetpointCause.Fallback, "solver"), (each.Cause, each.Reason)));
        Assert.Contains("The plan could not be reckoned", await kera.PageAsync("/en/energy?killed=1"), StringComparison.Ordinal);

        await kera.App.Services.GetRequiredService<EnergyPlanning>().RunAsync(TestContext.Current.CancellationToken);
        Assert.All(await operating.SetpointsAsync(Next, Next + Duration.FromHours(1), default), each => Assert.Equal(SetpointCause.Plan, each.Cause));
    }

    // As soon as the child has the solver's library loaded, which is when it solves.
    private static async Task KillAsync(string mark, Task planned)
    {
        while (true)
        {
            Assert.False(planned.IsCompleted, "Nothing was there to be killed.");
            foreach (var process in Process.GetProcesses())
            {
                using (process)
                {
                    if (Holds(process.Id, "environ", mark) && Holds(process.Id, "maps", "libhighs"))
                    {
                        process.Kill();
                        return;
                    }
                }
            }

            await Task.Yield();
        }
    }

    private static bool Holds(int process, string file, string text)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}").Contains(text, StringComparison.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It has ended since, or is nobody's business.
            return false;
        }
    }

    // A market split (Cornuéjols and Dawande, 1998): small, and beyond what a search through halves can do.
    private static LinearModel Endless()
    {
        const int Rows = 6, Columns = 50;
        var random = new Random(1);
        var model = new LinearModel();
        for (var column = 0; column < Columns; column++)
        {
            model.AddColumn(0, 0, 1, whole: true);
        }

        for (var row = 0; row < Rows; row++)
        {
            var (over, under, sum) = (model.AddColumn(1, 0, double.PositiveInfinity), model.AddColumn(1, 0, double.PositiveInfinity), 0);
            for (var column = 0; column < Columns; column++)
            {
                var value = random.Next(100);
                sum += value;
                model.Add(column, value);
            }

            model.Add(over, -1);
            model.Add(under, 1);
            model.CloseRow(sum / 2, sum / 2);
        }

        return model;
    }

    // The job may have planned already.
    private async Task ForgetAsync()
    {
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        await db.EnergyPlans.ExecuteDeleteAsync();
        await db.EnergySetpoints.ExecuteDeleteAsync();
    }
}

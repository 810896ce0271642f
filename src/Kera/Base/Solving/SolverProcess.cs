using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Kera.Energy;

namespace Kera.Base.Solving;

/// <summary>
/// Solves each model in a child process of its own, so that a fault of the native solver ends the child and not the server.
/// A child is started for each solve: that costs a fraction of a second, and nothing has to be kept alive, or in step.
/// </summary>
/// <param name="start">How the child is started.</param>
/// <param name="patience">How much longer than its solve may take a child is waited for.</param>
public sealed class SolverProcess(ProcessStartInfo start, TimeSpan patience)
{
    /// <summary>The verb of the command line with which this program is such a child.</summary>
    public const string Verb = "solver";

    /// <summary>This program once more, as a child that solves.</summary>
    /// <param name="verb">The verb of the command line by which it does.</param>
    public static ProcessStartInfo OwnProgram(string verb = Verb)
    {
        // Empty where all is in one file; elsewhere the program beside it may be another's, as that of tests, or dotnet itself.
        var assembly = typeof(SolverProcess).Assembly.Location;
        var running = Environment.ProcessPath!;
        return assembly.Length == 0 || running == Path.ChangeExtension(assembly, OperatingSystem.IsWindows() ? ".exe" : null)
            ? new ProcessStartInfo(running, [verb])
            : new ProcessStartInfo(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), [assembly, verb]);
    }

    /// <summary>Solves a model. What is told of progress goes nowhere.</summary>
    /// <exception cref="OperationCanceledException">It was stopped; the child is ended.</exception>
    /// <exception cref="EnergyException">The solver does not take the model, or the child ended, said nonsense or took too long.</exception>
    public LinearSolution Solve(LinearModel model, SolveOptions options, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        using var child = Begin();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.TimeLimit ?? 0) + patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        using var ending = over.Token.Register(() => child.Kill(entireProcessTree: true));
        try
        {
            // It reads all before it answers, so neither waits for the other.
            SolverMessages.WriteQuestion(child.StandardInput.BaseStream, model, options);
            return SolverMessages.ReadAnswer(child.StandardOutput.BaseStream, model);
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException)
        {
            cancellation.ThrowIfCancellationRequested();
            child.Kill(entireProcessTree: true);
            child.WaitForExit();
            throw new EnergyException("solver", late.IsCancellationRequested
                ? $"Its process took longer than {options.TimeLimit ?? 0} and {patience.TotalSeconds} seconds, and was ended."
                : $"Its process gave no answer, and ended with {child.ExitCode}. {failure.Message}");
        }
    }

    private Process Begin()
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = true;
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new EnergyException("solver", $"Its process cannot be started: {failure.Message}");
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Kera.Sharing;
using Kera.Sharing.Rounds;

namespace Kera.Base.Solving;

/// <summary>
/// Solves each round in a child process of its own: a large one takes a core for a minute, and a fault of the native library ends the child
/// and not the server. Question and answer are lines of text; what the library prints itself is none of them.
/// </summary>
/// <param name="start">How the child is started.</param>
/// <param name="patience">How long a child is waited for.</param>
public sealed class RoundProcess(ProcessStartInfo start, TimeSpan patience)
{
    /// <summary>The verb of the command line with which this program is such a child.</summary>
    public const string Verb = "round-solver";

    private const string Progress = "kera-progress ";
    private const string Answer = "kera-answer ";
    private const string Refusal = "kera-refusal ";

    /// <summary>Reads a question, solves it, tells of progress, and answers.</summary>
    /// <exception cref="JsonException">What is asked is no round.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static void Serve(TextReader input, TextWriter output, CancellationToken cancellation)
    {
        var question = RoundJson.Read<RoundQuestion>(input.ReadLine() ?? "");
        try
        {
            var options = new RoundSolveOptions(question.Work, question.Former, progress =>
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Progress}{progress.Score} {progress.Bound}"));
                output.Flush();
            });
            output.WriteLine(Answer + RoundJson.Write(RoundSolver.Solve(question.Round, options, cancellation)));
        }
        catch (SharingException mistake)
        {
            output.WriteLine(Refusal + mistake.Message);
        }

        output.Flush();
    }

    /// <summary>Solves a round.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="progress">Told of each better answer.</param>
    /// <param name="cancellation">Ends the child.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="SharingException">The round is not as it should be.</exception>
    /// <exception cref="IOException">The child could not be started, ended, said nonsense or took too long.</exception>
    public async Task<RoundResult> SolveAsync(RoundQuestion question, Action<RoundProgress> progress, CancellationToken cancellation)
    {
        using var child = Begin();
        using var late = new CancellationTokenSource(patience);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await child.StandardInput.WriteLineAsync(RoundJson.Write(question).AsMemory(), over.Token);
            child.StandardInput.Close();
            while (await child.StandardOutput.ReadLineAsync(over.Token) is { } line)
            {
                if (line.StartsWith(Answer, StringComparison.Ordinal))
                {
                    return RoundJson.Read<RoundResult>(line[Answer.Length..]);
                }

                if (line.StartsWith(Refusal, StringComparison.Ordinal))
                {
                    throw new SharingException(line[Refusal.Length..]);
                }

                if (line.StartsWith(Progress, StringComparison.Ordinal) && line[Progress.Length..].Split(' ') is [var score, var bound])
                {
                    progress(new RoundProgress(long.Parse(score, CultureInfo.InvariantCulture), long.Parse(bound, CultureInfo.InvariantCulture)));
                }
            }

            throw new IOException("The process of the solver ended without an answer.");
        }
        catch (Exception failure) when (failure is JsonException or FormatException)
        {
            throw new IOException("The process of the solver said nonsense.", failure);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new IOException($"The process of the solver took longer than {patience.TotalMinutes} minutes, and was ended.");
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill(entireProcessTree: true);
            }
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
            throw new IOException($"The process of the solver cannot be started: {failure.Message}", failure);
        }
    }
}

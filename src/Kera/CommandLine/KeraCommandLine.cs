using System.CommandLine;
using System.CommandLine.Invocation;
using System.Data.Common;
using Kera.Base.Access;
using Kera.Base.Backup;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;

namespace Kera.CommandLine;

/// <summary>How a command ends.</summary>
internal static class ExitCode
{
    /// <summary>All is well.</summary>
    public const int Fine = 0;

    /// <summary>What was looked at is wrong.</summary>
    public const int FoundWrong = 1;

    /// <summary>The command was not given right, or cannot be done here.</summary>
    public const int Misused = 2;
}

/// <summary>A command that cannot be done as it was given.</summary>
/// <param name="sentence">Why, and what would be right.</param>
internal sealed class MisuseException(string sentence) : Exception(sentence);

/// <summary>The command line: verbs, each in a file of its own.</summary>
public static class KeraCommandLine
{
    /// <summary>Runs a command.</summary>
    /// <param name="arguments">As given; none at all serves the built-in district with its demonstration.</param>
    /// <param name="output">Takes what was asked for, and nothing else.</param>
    /// <param name="error">Takes what is to be said about it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>0 fine, 1 found wrong, 2 misused.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        try
        {
            return arguments.Length > 0 && arguments.All(ServeCommand.IsHostArgument)
                ? await ServeCommand.RunDefaultAsync(arguments, cancellation)
                : await RunVerbAsync(arguments, output, error, cancellation);
        }
        catch (Exception mistake) when (mistake is MisuseException or SettingException or AccessException)
        {
            await error.WriteLineAsync(mistake is AccessException { Field: var field } ? $"{field}: {mistake.Message}" : mistake.Message);
            return ExitCode.Misused;
        }
        catch (ReadingException mistake)
        {
            await error.WriteLineAsync(mistake.Message);
            return ExitCode.FoundWrong;
        }
        catch (BackupException mistake)
        {
            await error.WriteLineAsync(mistake.Message);
            return mistake.Damaged ? ExitCode.FoundWrong : ExitCode.Misused;
        }
        catch (DistrictException mistake)
        {
            await error.WriteLineAsync(mistake.Message);
            return ExitCode.FoundWrong;
        }
        catch (Exception failure) when (failure is DbException or LedgerUnavailableException)
        {
            await error.WriteLineAsync($"The database cannot be used: {(failure.InnerException ?? failure).Message}");
            return ExitCode.Misused;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before it was done.");
            return ExitCode.FoundWrong;
        }
    }

    private static async Task<int> RunVerbAsync(string[] arguments, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var result = CreateRoot().Parse(arguments);
        if (result.Action is ParseErrorAction)
        {
            foreach (var mistake in result.Errors)
            {
                await error.WriteLineAsync(mistake.Message);
            }

            await error.WriteLineAsync($"Try '{PathOf(result.CommandResult.Command)} --help'.");
            return ExitCode.Misused;
        }

        return await result.InvokeAsync(
            new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(40) },
            cancellation);
    }

    private static RootCommand CreateRoot()
    {
        var root = new RootCommand("Kera, the open digital platform of a district. Without a verb it serves the built-in district with its demonstration.")
        {
            ServeCommand.Create(),
            CheckCommand.Create(),
            NewCommand.Create(),
            ImportCommand.Create(),
            BalancesCommand.Create(),
            ExportCommand.Create(),
            VerifyCommand.Create(),
            LcaCommand.Create(),
            SolveCommand.Create(),
            SolverCommand.Create(),
            RoundSolverCommand.Create(),
            TokenCommand.Create(),
            PersonCommand.Create(),
            UserCommand.Create(),
            SeriesCommand.Create(),
            JobsCommand.Create(),
            OutboxCommand.Create(),
            BackupCommand.Create(),
            RestoreCommand.Create(),
        };
        root.SetAction((_, cancellation) => ServeCommand.RunDefaultAsync([], cancellation));
        return root;
    }

    private static string PathOf(Command command) =>
        command is RootCommand ? "kera" : $"{PathOf(command.Parents.OfType<Command>().First())} {command.Name}";
}

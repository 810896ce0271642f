using System.CommandLine;
using System.Text.Json;
using Kera.Base.Solving;

namespace Kera.CommandLine;

/// <summary><c>kera round-solver</c>: the child in which a server has an application round solved. Nothing for people, so the help does not name it.</summary>
internal static class RoundSolverCommand
{
    public static Command Create()
    {
        var command = new Command(RoundProcess.Verb, "Internal: solves the round that the server writes to its input.") { Hidden = true };
        command.SetAction((_, cancellation) =>
        {
            try
            {
                RoundProcess.Serve(Console.In, Console.Out, cancellation);
            }
            catch (Exception failure) when (failure is IOException or JsonException)
            {
                // Whoever asked has gone, or was nobody that asks in this form.
                throw new MisuseException($"'{RoundProcess.Verb}' is for the server, which writes a round to its input. {failure.Message}");
            }

            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }
}

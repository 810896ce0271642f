using System.CommandLine;
using Kera.Base.Solving;
using Kera.Energy;

namespace Kera.CommandLine;

/// <summary><c>kera solver</c>: the child in which a server has a model solved. Nothing for people, so the help does not name it.</summary>
internal static class SolverCommand
{
    public static Command Create()
    {
        var command = new Command(SolverProcess.Verb, "Internal: solves the model that the server writes to its input.") { Hidden = true };
        command.SetAction((_, cancellation) =>
        {
            // Bytes, not the text that other verbs write.
            using var input = Console.OpenStandardInput();
            using var output = Console.OpenStandardOutput();
            try
            {
                SolverMessages.Serve(input, output, HighsSolver.Solve, cancellation);
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException)
            {
                // Whoever asked has gone, or was nobody that asks in this form.
                throw new MisuseException($"'{SolverProcess.Verb}' is for the server, which writes a model to its input. {failure.Message}");
            }

            return Task.FromResult(ExitCode.Fine);
        });
        return command;
    }
}

using System.CommandLine;
using Kera.Base.District;
using Kera.Base.Hosting;

namespace Kera.CommandLine;

/// <summary><c>kera new</c>: another district, built like one that is there.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var command = new Command("new", "Make the files of another district out of one that is there: structure, specifications and flows, without history, demonstration or data.");
        var folder = new Argument<string>("DIR") { Description = "The folder to make; its name becomes the district's key." };
        var from = new Option<string?>("--from") { Description = "The folder of the district to copy from; without it the built-in Kera.", HelpName = "DISTRICT" };
        command.Add(folder);
        command.Add(from);
        command.SetAction(parsed =>
        {
            var target = Path.TrimEndingDirectorySeparator(parsed.GetRequiredValue(folder));
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            IReadOnlyList<DistrictMistake> mistakes;
            try
            {
                mistakes = DistrictTemplate.Copy(parsed.GetValue(from) ?? KeraPlace.BuiltInDistrict, target, Path.GetFileName(Path.GetFullPath(target)));
            }
            catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
            {
                throw new MisuseException($"{target} cannot be written: {mistake.Message}");
            }

            foreach (var mistake in mistakes)
            {
                error.WriteLine(mistake);
            }

            if (mistakes.Count > 0)
            {
                return mistakes.Any(mistake => mistake.File == target) ? ExitCode.Misused : ExitCode.FoundWrong;
            }

            output.WriteLine($"{target} is a district. Edit its files, check them with 'kera check {target}', and see it with 'kera serve --district {target}'.");
            return ExitCode.Fine;
        });
        return command;
    }
}

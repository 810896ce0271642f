using System.CommandLine;
using System.Text.RegularExpressions;
using Kera.Base.Hosting;
using Microsoft.AspNetCore.Connections;

namespace Kera.CommandLine;

/// <summary><c>kera serve</c>: the running platform.</summary>
internal static partial class ServeCommand
{
    public static Command Create()
    {
        var command = new Command("serve", "Serve a district: pages, API, health. Runs until it is stopped; what is being written then is written to its end.");
        var place = new PlaceOptions();
        place.AddTo(command);
        var url = new Option<string?>("--url") { Description = "The address to listen at; without it http://localhost:5080.", HelpName = "URL" };
        var demo = new Option<bool>("--demo") { Description = "With the district's demonstration: synthetic loads, labelled so, in a folder of data of its own." };
        command.Add(url);
        command.Add(demo);
        command.SetAction((parsed, cancellation) =>
        {
            var settings = place.Settings(parsed);
            if (parsed.GetValue(url) is { } address)
            {
                settings["Kera:Url"] = address;
            }

            if (parsed.GetValue(demo))
            {
                settings["Kera:Demo"] = "true";
            }

            return RunAsync(new KeraAppOptions(settings, []), cancellation);
        });
        return command;
    }

    /// <summary>Without a verb: the built-in district with its demonstration.</summary>
    /// <param name="hostArguments">Settings as tools hand them to a host: <c>--environment=Development</c>, <c>--Kera:Data=…</c>.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Task<int> RunDefaultAsync(IReadOnlyList<string> hostArguments, CancellationToken cancellation) =>
        RunAsync(new KeraAppOptions(new Dictionary<string, string?> { ["Kera:Demo"] = "true" }, hostArguments), cancellation);

    /// <summary>Whether an argument is for the host, not for a verb.</summary>
    public static bool IsHostArgument(string argument) => HostArgument().IsMatch(argument);

    private static async Task<int> RunAsync(KeraAppOptions options, CancellationToken cancellation)
    {
        await using var app = await KeraApp.BuildAsync(options, cancellation: cancellation);
        try
        {
            await app.RunAsync(cancellation);
            return ExitCode.Fine;
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            throw new MisuseException($"The address is in use. Stop what listens there, or choose another with --url. ({failure.Message})");
        }
    }

    [GeneratedRegex(@"^--(environment|contentRoot|applicationName|Kera:[A-Za-z:]+)=.*$")]
    private static partial Regex HostArgument();
}

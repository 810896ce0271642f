using System.CommandLine;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using NodaTime;

namespace Kera.CommandLine;

/// <summary><c>kera user</c>: the first way in. What comes after it is done on the pages.</summary>
internal static class UserCommand
{
    private static readonly Duration CodeLasts = Duration.FromDays(7);

    public static Command Create() => new("user", "People who sign in; the first operator above all.") { Add(), Password() };

    private static Command Add()
    {
        var command = new Command("add", "Make an invitation and print its code, by which the person opens their account. The first operator comes so.");
        var place = new PlaceOptions();
        var role = new Option<string[]>("--role")
        {
            Description = $"What they may do; once for each. One of: {string.Join(", ", Enum.GetValues<Role>().Select(RoleGrant.WordOf))}; a partner with its agent, as partner:nokia.",
            Required = true,
            HelpName = "ROLE",
            AllowMultipleArgumentsPerToken = true,
        };
        var json = Printing.JsonOption();
        command.Add(role);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var roles = parsed.GetRequiredValue(role).Select(RoleGrant.Parse).ToList();
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            await using var scope = services.CreateAsyncScope();
            var issued = await scope.ServiceProvider.GetRequiredService<Invitations>().AddAsync(roles, "fi", CodeLasts, Actor.Operator(), cancellation: cancellation);
            await PrintAsync(parsed, json, issued);
            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Password()
    {
        var command = new Command("password", "Print a code by which somebody sets a new password; all their sessions end when they do.");
        var place = new PlaceOptions();
        var person = new Argument<string>("KEY") { Description = "The person's key, p-…" };
        var json = Printing.JsonOption();
        command.Add(person);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            await using var scope = services.CreateAsyncScope();
            var account = await scope.ServiceProvider.GetRequiredService<Accounts>().OfPersonAsync(parsed.GetRequiredValue(person), cancellation)
                ?? throw new AccessException("person", $"'{parsed.GetRequiredValue(person)}' has no account. 'kera user add' invites to a new one.");
            var issued = await scope.ServiceProvider.GetRequiredService<Invitations>().AddForPasswordAsync(account, CodeLasts, Actor.Operator(), cancellation: cancellation);
            await PrintAsync(parsed, json, issued);
            return ExitCode.Fine;
        });
        return command;
    }

    private static async Task PrintAsync(ParseResult parsed, Option<bool> json, IssuedInvitation issued)
    {
        var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        if (parsed.GetValue(json))
        {
            output.WriteJson(new { issued.Id, issued.Code, expires = issued.Expires });
            return;
        }

        await error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Open /join on the server and type the code. It works once, until {issued.Expires}, and is not shown again."));
        await output.WriteLineAsync(issued.Code);
    }
}

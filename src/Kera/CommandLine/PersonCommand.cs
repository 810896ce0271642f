using System.CommandLine;
using Kera.Base.Access;
using Kera.Base.People;

namespace Kera.CommandLine;

/// <summary><c>kera person</c>: who the random keys are, and their erasure.</summary>
internal static class PersonCommand
{
    public static Command Create() => new("person", "Persons: their erasable names behind random keys.") { Add(), Erase() };

    private static Command Add()
    {
        var command = new Command("add", "Enter a person and print their random key, by which all else refers to them.");
        var place = new PlaceOptions();
        var name = new Option<string>("--name") { Description = "Their name.", Required = true, HelpName = "NAME" };
        var email = new Option<string>("--email") { Description = "Their e-mail address.", HelpName = "ADDRESS", DefaultValueFactory = _ => "" };
        var note = new Option<string>("--note") { Description = "What else is to be known.", HelpName = "TEXT", DefaultValueFactory = _ => "" };
        var json = Printing.JsonOption();
        command.Add(name);
        command.Add(email);
        command.Add(note);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            var key = await services.GetRequiredService<PersonStore>()
                .AddAsync(parsed.GetRequiredValue(name), parsed.GetRequiredValue(email), parsed.GetRequiredValue(note), Actor.Operator(), cancellation);
            if (parsed.GetValue(json))
            {
                parsed.InvocationConfiguration.Output.WriteJson(new { key });
            }
            else
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(key);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Erase()
    {
        var command = new Command("erase", "Erase what is known of a person: name, contact, private Series, texts of their events, tokens. The ledger still verifies.");
        var place = new PlaceOptions();
        var key = new Argument<string>("KEY") { Description = "The person's key, p-…" };
        var json = Printing.JsonOption();
        command.Add(key);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var erasure = await services.GetRequiredService<PersonStore>().EraseAsync(parsed.GetRequiredValue(key), Actor.Operator(), cancellation);
            if (parsed.GetValue(json))
            {
                parsed.InvocationConfiguration.Output.WriteJson(erasure);
            }
            else
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync(
                    $"{(erasure.Person ? "The person is erased" : "The person was erased before")}; with them {erasure.Series} Series, the texts of {erasure.Texts} events, {erasure.Tokens} tokens, {erasure.Others} messages and other rows.");
            }

            if (erasure.Cleaned)
            {
                return ExitCode.Fine;
            }

            await parsed.InvocationConfiguration.Error.WriteLineAsync("Another process keeps reading old pages of the data, so traces may be left in the log beside the file. Stop it, then erase again.");
            return ExitCode.FoundWrong;
        });
        return command;
    }
}

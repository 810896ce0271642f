using System.CommandLine;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Readings;
using NodaTime;
using NodaTime.Text;

namespace Kera.CommandLine;

/// <summary><c>kera token</c>: bearer tokens of machines and scripts.</summary>
internal static class TokenCommand
{
    public static Command Create() => new("token", "Bearer tokens for machines and scripts.") { Add(), List(), Revoke() };

    private static Command Add()
    {
        var command = new Command("add", "Make a token and print it, this once: only its hash is kept.");
        var place = new PlaceOptions();
        var name = new Option<string>("--name") { Description = "What it is for.", Required = true, HelpName = "NAME" };
        var agent = new Option<string>("--agent") { Description = "The key of the agent on whose behalf it acts.", Required = true, HelpName = "KEY" };
        var scope = new Option<string[]>("--scope") { Description = $"What it may do; once for each. One of: {string.Join(", ", Scopes.All)}.", Required = true, HelpName = "SCOPE", AllowMultipleArgumentsPerToken = true };
        var expires = new Option<string?>("--expires") { Description = "When it ends, as 2027-01-31 (that day's end in UTC) or 2027-01-31T12:00Z; without it never.", HelpName = "TIME" };
        var json = Printing.JsonOption();
        command.Add(name);
        command.Add(agent);
        command.Add(scope);
        command.Add(expires);
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var request = new TokenRequest(parsed.GetRequiredValue(name), parsed.GetRequiredValue(agent), parsed.GetRequiredValue(scope), End(parsed.GetValue(expires)));
            await using var services = await place.OpenAsync(parsed, create: true, cancellation);
            var issued = await services.GetRequiredService<Tokens>().AddAsync(request, Actor.Operator(), cancellation);
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (parsed.GetValue(json))
            {
                output.WriteJson(new { issued.Id, token = issued.Text });
            }
            else
            {
                await error.WriteLineAsync($"Token {issued.Id} for {request.Agent}. Keep it secret; it is not shown again.");
                await output.WriteLineAsync(issued.Text);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command List()
    {
        var command = new Command("list", "Show every token, without its secret.");
        var place = new PlaceOptions();
        var json = Printing.JsonOption();
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var tokens = await services.GetRequiredService<Tokens>().ListAsync(null, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(tokens);
            }
            else
            {
                output.WriteColumns(["ID", "NAME", "AGENT", "SCOPES", "ENDS"], [.. tokens.Select(token => (string[])
                    [token.Id.ToString(CultureInfo.InvariantCulture), token.Name, token.Agent, string.Join(',', token.Scopes), token.Revoked is { } revoked ? $"revoked {revoked}" : token.Expires?.ToString() ?? "never"])]);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command Revoke()
    {
        var command = new Command("revoke", "End a token, at once and on every node.");
        var place = new PlaceOptions();
        var id = new Argument<int>("ID") { Description = "The token's number, as 'kera token list' shows it." };
        command.Add(id);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            await services.GetRequiredService<Tokens>().RevokeAsync(parsed.GetValue(id), null, Actor.Operator(), cancellation);
            await parsed.InvocationConfiguration.Error.WriteLineAsync($"Token {parsed.GetValue(id)} is revoked.");
            return ExitCode.Fine;
        });
        return command;
    }

    private static Instant? End(string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var day })
        {
            return day.PlusDays(1).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant();
        }

        return StampReader.TryReadWithOffset(text, out var moment)
            ? moment
            : throw new MisuseException($"--expires: '{text}' is no moment. Write 2027-01-31 or 2027-01-31T12:00Z.");
    }
}

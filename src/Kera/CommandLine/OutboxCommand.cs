using System.CommandLine;
using System.Globalization;
using Kera.Base.Hosting;
using Kera.Base.Outbox;

namespace Kera.CommandLine;

/// <summary><c>kera outbox</c>: messages that wait, and the keys of webhooks.</summary>
internal static class OutboxCommand
{
    public static Command Create() => new("outbox", "Messages to be sent: mails, webhooks, text messages.") { List(), WebhookKey() };

    private static Command List()
    {
        var command = new Command("list", "Count the messages, by channel and state; nobody's address is shown.");
        var place = new PlaceOptions();
        var json = Printing.JsonOption();
        command.Add(json);
        place.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var services = await place.OpenAsync(parsed, create: false, cancellation);
            var counts = await services.GetRequiredService<OutboxQueue>().CountAsync(cancellation);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json))
            {
                output.WriteJson(counts);
            }
            else
            {
                output.WriteColumns(["CHANNEL", "STATE", "MESSAGES", "OLDEST"], [.. counts.Select(count => (string[])
                    [count.Channel, count.State, count.Messages.ToString(CultureInfo.InvariantCulture), count.Oldest.ToString()])]);
            }

            return ExitCode.Fine;
        });
        return command;
    }

    private static Command WebhookKey()
    {
        var command = new Command("webhook-key", "Print the key by which a receiver checks that a call is Kera's; made from the setting Webhooks:Secret and the URL. Give it to that receiver only.");
        var place = new PlaceOptions();
        var url = new Argument<string>("URL") { Description = "The receiver's URL, as it is called." };
        command.Add(url);
        place.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var secret = KeraSettings.From(place.Configuration(parsed)).Webhooks.Secret;
            if (secret.Length == 0)
            {
                throw new SettingException("Webhooks:Secret", "There is no secret to make keys from. Set one of at least 32 characters.");
            }

            if (!Uri.TryCreate(parsed.GetRequiredValue(url), UriKind.Absolute, out var address))
            {
                throw new MisuseException("URL: this is no URL. Give it as https://example.org/hook.");
            }

            await parsed.InvocationConfiguration.Output.WriteLineAsync(WebhookSignature.KeyOf(secret, address));
            return ExitCode.Fine;
        });
        return command;
    }
}

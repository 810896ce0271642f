using Kera.Base.Hosting;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Tests.Outbox;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using static Kera.Tests.Outbox.OutboxHarness;

namespace Kera.Tests.MustHold;

/// <summary>The mail server is away, or the program dies between writing and sending: each message arrives, and once.</summary>
public sealed class MailAwayTests(PostgresServer server)
{
    private const int Messages = 20;

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_mail_server_that_is_away_for_an_hour_gets_each_message_once(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var back = outbox.Clock.GetCurrentInstant() + Duration.FromHours(1);
        var (taken, refusedAttempts) = (new List<string>(), 0);
        var sender = outbox.Sender(Mail(message =>
        {
            if (outbox.Clock.GetCurrentInstant() < back)
            {
                refusedAttempts++;
                return SendOutcome.Away("The mail server cannot be reached.");
            }

            taken.Add(message.Id);
            return SendOutcome.Sent;
        }));
        var keys = new List<string>();
        for (var minute = 0; minute <= 180; minute++)
        {
            if (minute < Messages)
            {
                keys.Add(await outbox.AddAsync(ToAino()));
            }

            await sender.SendDueAsync();
            outbox.Clock.Advance(Duration.FromMinutes(1));
        }

        Assert.Equal(keys.Order(), taken.Order());
        Assert.InRange(refusedAttempts, 10, Messages * 10);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Killed_between_commit_and_sending_or_while_it_sends_the_next_process_sends_each_once(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var keys = new List<string>();
        for (var number = 0; number < Messages; number++)
        {
            keys.Add(await outbox.AddAsync(ToAino()));
        }

        // A process that claims a message and is no more: what it began never ends.
        var begun = new TaskCompletionSource();
        _ = outbox.Sender(new Transport(OutboxChannel.Mail, "example.org", (_, _) =>
        {
            begun.SetResult();
            return new TaskCompletionSource<SendOutcome>().Task;
        })).SendDueAsync();
        await begun.Task;
        var taken = new List<string>();
        var next = outbox.Sender(Mail(message =>
        {
            taken.Add(message.Id);
            return SendOutcome.Sent;
        }));

        Assert.Equal(Messages - 1, await next.SendDueAsync());
        outbox.Clock.Advance(Duration.FromMinutes(5));
        Assert.Equal(1, await next.SendDueAsync());
        Assert.Equal(0, await next.SendDueAsync());

        Assert.Equal(keys.Order(), taken.Order());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Two_nodes_that_send_at_once_send_each_once(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        for (var number = 0; number < Messages; number++)
        {
            await outbox.AddAsync(ToAino());
        }

        var taken = new System.Collections.Concurrent.ConcurrentBag<string>();
        Transport way = new(OutboxChannel.Mail, "example.org", async (message, _) =>
        {
            await Task.Yield();
            taken.Add(message.Id);
            return SendOutcome.Sent;
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => outbox.Sender(way).SendDueAsync())));

        Assert.Equal(Messages, taken.Count);
        Assert.Equal(Messages, taken.Distinct().Count());
    }

    [Fact]
    public async Task The_server_sends_by_SMTP_and_where_the_answer_is_lost_the_second_mail_has_the_same_id()
    {
        using var folder = new TemporaryDirectory();
        await using var smtp = new SmtpListener { HangsUpAfterTaking = true };
        var clock = new TestClock();
        var settings = new Dictionary<string, string?>
        {
            ["Kera:Data"] = folder.Combine("data"),
            ["Kera:Mail:Host"] = "127.0.0.1",
            ["Kera:Mail:Port"] = smtp.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Kera:Mail:Tls"] = "none",
            ["Kera:Mail:From"] = "kera@example.org",
        };
        await using var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(clock);
            builder.Services.AddSingleton<TimeProvider>(clock.Time);
        });
        var sender = app.Services.GetRequiredService<OutboxSender>();
        string key;
        await using (var db = app.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            key = app.Services.GetRequiredService<OutboxQueue>().Add(db, Message.Mail("aino@example.org", "Löyly perjantaina", "Kello kuudesta kahdeksaan.\n.piste alussa"));
            await db.SaveChangesAsync();
        }

        Assert.Equal(0, await sender.SendDueAsync());
        smtp.HangsUpAfterTaking = false;
        clock.Advance(Duration.FromMinutes(1));
        Assert.Equal(1, await sender.SendDueAsync());
        Assert.Equal(0, await sender.SendDueAsync());

        Assert.Equal([$"{key}@example.org", $"{key}@example.org"], smtp.Mails.Select(mail => mail.MessageId));
        Assert.All(smtp.Mails, mail =>
        {
            Assert.Equal(("kera@example.org", "aino@example.org", "Löyly perjantaina"), (mail.From.Mailboxes.Single().Address, mail.To.Mailboxes.Single().Address, mail.Subject));
            Assert.Equal("Kello kuudesta kahdeksaan.\n.piste alussa", mail.TextBody!.ReplaceLineEndings("\n").TrimEnd());
        });
    }
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Store;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kera.Tests.MustHold;

/// <summary>The real server is killed after it has answered and before it has sent, again and again; the next one sends each mail, and once.</summary>
public sealed partial class KilledServerMailTests
{
    // As many as one address may ask for in an hour of one server.
    private const int MailsEachTime = 5;
    private static readonly int Kills = Size.Of(small: 2, full: 40);

    [Fact]
    public async Task What_was_promised_by_a_killed_server_is_sent_once_by_the_next()
    {
        using var folder = new TemporaryDirectory();
        var data = folder.Combine("data");
        await AccountsAsync(data, Kills * MailsEachTime);

        // Nobody listens at this port while the servers are killed.
        var closed = new SmtpListener();
        var nowhere = closed.Port;
        await closed.DisposeAsync();
        for (var kill = 0; kill < Kills; kill++)
        {
            using var server = KeraProgram.Start(["serve", "--data", data, "--url", "http://127.0.0.1:0"], Mail(nowhere));
            using var browser = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = await server.ListeningAsync() };
            for (var mail = 0; mail < MailsEachTime; mail++)
            {
                await AskAsync(browser, string.Create(CultureInfo.InvariantCulture, $"killed{(kill * MailsEachTime) + mail}"));
            }

            await server.KillAsync();
        }

        await using var smtp = new SmtpListener();
        using (var last = KeraProgram.Start(["serve", "--data", data, "--url", "http://127.0.0.1:0"], Mail(smtp.Port)))
        {
            await last.ListeningAsync();
            using var store = KeraStore.Sqlite(Path.Combine(data, "kera.db"));
            // What was tried at the closed port waits some minutes for its next attempt: that time is over at once.
            await ExecuteAsync(store, db => db.OutboxMessages.Where(message => message.State == OutboxState.Waiting).ExecuteUpdateAsync(set => set.SetProperty(message => message.NextAttempt, 0L).SetProperty(message => message.ClaimedUntil, 0L)));
            while (await ExecuteAsync(store, db => db.OutboxMessages.AnyAsync(message => message.State == OutboxState.Waiting)))
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        var ids = smtp.Mails.Select(mail => mail.MessageId).ToList();
        Assert.Equal(Kills * MailsEachTime, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(Kills * MailsEachTime, smtp.Mails.Select(mail => mail.To.Mailboxes.Single().Address).Distinct().Count());
    }

    private static async Task AccountsAsync(string data, int accounts)
    {
        await using var app = await KeraApp.BuildAsync(new KeraAppOptions(new Dictionary<string, string?> { ["Kera:Data"] = data }, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        for (var number = 0; number < accounts; number++)
        {
            await using var scope = app.Services.CreateAsyncScope();
            var name = string.Create(CultureInfo.InvariantCulture, $"killed{number}");
            await scope.ServiceProvider.GetRequiredService<Kera.Base.Accounts.Accounts>().AddAsync(new NewAccount(name, name, name + "@example.org", "en"), null, [new RoleGrant(Role.Resident)], Actor.Operator());
        }
    }

    private static async Task AskAsync(HttpClient browser, string userName)
    {
        var page = await browser.GetStringAsync(new Uri("/en/sign-in/forgotten", UriKind.Relative), TestContext.Current.CancellationToken);
        using var form = new FormUrlEncodedContent([new("form-token", Token().Match(page).Groups[1].Value), new("userName", userName)]);
        using var answer = await browser.PostAsync(new Uri("/en/sign-in/forgotten", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<TResult> ExecuteAsync<TResult>(KeraStore store, Func<KeraDb, Task<TResult>> work)
    {
        await using var db = store.OpenContext();
        return await work(db);
    }

    private static Dictionary<string, string> Mail(int port) => new()
    {
        ["Kera__Mail__Host"] = "127.0.0.1",
        ["Kera__Mail__Port"] = port.ToString(CultureInfo.InvariantCulture),
        ["Kera__Mail__Tls"] = "none",
        ["Kera__Mail__From"] = "kera@example.org",
    };

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

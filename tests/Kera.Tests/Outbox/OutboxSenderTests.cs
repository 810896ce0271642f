using Kera.Base.Outbox;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using NodaTime;
using static Kera.Tests.Outbox.OutboxHarness;

namespace Kera.Tests.Outbox;

public sealed class OutboxSenderTests(PostgresServer server)
{
    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_message_goes_when_what_it_tells_of_is_committed_and_never_else(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var sent = new List<OutgoingMessage>();
        var sender = outbox.Sender(Mail(message =>
        {
            sent.Add(message);
            return SendOutcome.Sent;
        }));
        await using (var db = outbox.Store.OpenContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Agents.Add(new AgentRow { Key = "not-so" });
            outbox.Queue.Add(db, ToAino());
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        }

        var key = await outbox.AddAsync(ToAino());
        await sender.SendDueAsync();
        await sender.SendDueAsync();

        Assert.Equal([new OutgoingMessage(key, "example.org", "aino@example.org", "Sauna on Friday", "Yours from six to eight.")], sent);
        Assert.Equal(OutboxState.Sent, Assert.Single(await outbox.RowsAsync()).State);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Pauses_grow_and_after_its_time_a_message_is_given_up(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var attempts = new List<Duration>();
        var begin = outbox.Clock.GetCurrentInstant();
        var sender = outbox.Sender(Mail(_ =>
        {
            attempts.Add(outbox.Clock.GetCurrentInstant() - begin);
            return SendOutcome.Later("Come again.");
        }));
        await outbox.AddAsync(ToAino(Duration.FromHours(5)));

        for (var minutes = 0; minutes <= 600; minutes++)
        {
            await sender.SendDueAsync();
            outbox.Clock.Advance(Duration.FromMinutes(1));
        }

        Assert.Equal([0, 1, 3, 7, 15, 31, 63, 123, 183, 243], attempts.Select(each => (int)each.TotalMinutes));
        var row = Assert.Single(await outbox.RowsAsync());
        Assert.Equal((OutboxState.Expired, "Come again."), (row.State, row.Error));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_refused_message_is_not_tried_again_and_holds_up_no_other(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var tried = 0;
        var sender = outbox.Sender(Mail(message => ++tried == 1 ? SendOutcome.Refused("No such person.") : tried == 2 ? throw new InvalidOperationException("aino@example.org") : SendOutcome.Sent));
        await outbox.AddAsync(ToAino());
        await outbox.AddAsync(ToAino());
        await outbox.AddAsync(ToAino());

        Assert.Equal(1, await sender.SendDueAsync());

        var rows = await outbox.RowsAsync();
        Assert.Equal([OutboxState.Refused, OutboxState.Waiting, OutboxState.Sent], rows.Select(row => row.State));
        Assert.Equal(["No such person.", "Sending failed with InvalidOperationException.", ""], rows.Select(row => row.Error));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Without_a_way_out_messages_wait(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        await outbox.AddAsync(ToAino());

        Assert.Equal(0, await outbox.Sender().SendDueAsync());

        var row = Assert.Single(await outbox.RowsAsync());
        Assert.Equal((OutboxState.Waiting, 0), (row.State, row.Attempts));
        Assert.Equal(new OutboxCount("mail", "waiting", 1, outbox.Clock.GetCurrentInstant()), Assert.Single(await outbox.Queue.CountAsync()));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task An_attempt_that_never_ends_is_stopped(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var begun = new TaskCompletionSource();
        var sender = outbox.Sender(new Transport(OutboxChannel.Mail, "example.org", async (_, cancellation) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return SendOutcome.Sent;
        }));
        await outbox.AddAsync(ToAino());

        var sending = sender.SendDueAsync();
        await begun.Task;
        outbox.Clock.Advance(Duration.FromTimeSpan(Transport.Longest));

        Assert.Equal(0, await sending);
        Assert.Equal("The other side did not answer in time.", Assert.Single(await outbox.RowsAsync()).Error);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task With_a_person_all_messages_to_them_go(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var people = new PersonStore(outbox.Store, outbox.Clock, [OutboxQueue.Erasure]);
        var key = await people.AddAsync("Aino Esimerkki", "Aino@example.org", "", LedgerHarness.Tester);
        var agent = outbox.Ledger.Catalog.Find(outbox.Ledger.Catalog.Agents, key)!.Noun.Id;
        await outbox.AddAsync(ToAino());
        await outbox.AddAsync(Message.Text("+358401234567", "Your code is 1234.") with { PersonId = agent });
        await outbox.AddAsync(Message.Mail("someone@example.org", "Else", "Stays."));

        var erasure = await people.EraseAsync(key, LedgerHarness.Tester);

        Assert.Equal((2, true), (erasure.Others, erasure.Cleaned));
        Assert.Equal("someone@example.org", Assert.Single(await outbox.RowsAsync()).Recipient);
        await using var db = outbox.Store.OpenContext();
        Assert.Equal(key, Assert.Single(db.Erasures.ToList()).Person);
    }
}

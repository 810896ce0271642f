using Kera.Base.Access;
using Kera.Base.Jobs;
using Kera.Base.Outbox;
using Kera.Tests.Ledger;
using Kera.Tests.Outbox;
using Kera.Tests.Support;
using NodaTime;

namespace Kera.Tests.Jobs;

public sealed class RetentionTests(PostgresServer server)
{
    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Sent_messages_are_forgotten_after_their_days_and_waiting_ones_are_not(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        await outbox.AddAsync(OutboxHarness.ToAino());
        await outbox.Sender(OutboxHarness.Mail(_ => SendOutcome.Sent)).SendDueAsync();
        await outbox.AddAsync(OutboxHarness.ToAino());
        var retention = new Retention([OutboxQueue.Retention], new Dictionary<string, int> { ["outbox"] = 7 }, outbox.Store, outbox.Clock);

        outbox.Clock.Advance(Duration.FromDays(7));
        await retention.RunAsync();
        Assert.All(await outbox.RowsAsync(), row => Assert.Equal("aino@example.org", row.Recipient));

        outbox.Clock.Advance(Duration.FromSeconds(1));
        await retention.RunAsync();
        await retention.RunAsync();

        Assert.Equal([("", "", ""), ("aino@example.org", "Sauna on Friday", "Yours from six to eight.")], (await outbox.RowsAsync()).Select(row => (row.Recipient, row.Subject, row.Body)));
        await using var db = outbox.Store.OpenContext();
        var line = Assert.Single(db.Audits.Where(line => line.Operation == "retention").ToList());
        Assert.Equal(("job", "outbox: 1"), (line.Via, line.Subject));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Ended_tokens_leave_the_list(string provider)
    {
        await using var outbox = await OutboxHarness.OnAsync(provider, server);
        var tokens = new Tokens(outbox.Store, outbox.Clock);
        await tokens.AddAsync(new TokenRequest("ends", "city", [Scopes.Read], outbox.Clock.GetCurrentInstant() + Duration.FromDays(1)), LedgerHarness.Tester);
        var revoked = await tokens.AddAsync(new TokenRequest("revoked", "city", [Scopes.Read]), LedgerHarness.Tester);
        await tokens.AddAsync(new TokenRequest("stays", "city", [Scopes.Read]), LedgerHarness.Tester);
        await tokens.RevokeAsync(revoked.Id, null, LedgerHarness.Tester);
        var retention = new Retention([Tokens.Retention], new Dictionary<string, int>(), outbox.Store, outbox.Clock);

        outbox.Clock.Advance(Duration.FromDays(30));
        await retention.RunAsync();
        Assert.Equal(3, (await tokens.ListAsync(null)).Count);
        outbox.Clock.Advance(Duration.FromDays(2));
        await retention.RunAsync();

        Assert.Equal("stays", Assert.Single(await tokens.ListAsync(null)).Name);
    }
}

using Kera.Base.Access;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Access;

public sealed class TokensTests(PostgresServer server)
{
    private static readonly TokenRequest Request = new("meter gateway", "city", [Scopes.WriteEvents, Scopes.Read]);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_token_says_whose_it_is_and_what_it_may_do(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var tokens = new Tokens(ledger.Store, new FixedClock(Now));

        var issued = await tokens.AddAsync(Request, Tester, TestContext.Current.CancellationToken);

        Assert.Matches("^kera_[A-Za-z0-9_-]{43}$", issued.Text);
        var identity = await tokens.AuthenticateAsync(issued.Text, TestContext.Current.CancellationToken);
        Assert.NotNull(identity);
        Assert.Equal("city", identity.AgentKey);
        Assert.Equal([Scopes.WriteEvents, Scopes.Read], identity.Scopes);
        var listed = Assert.Single(await tokens.ListAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal((issued.Id, "meter gateway", "city", Now), (listed.Id, listed.Name, listed.Agent, listed.Created));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_revoked_token_ends_at_once_also_on_another_node(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var (here, there) = (new Tokens(ledger.Store, new FixedClock(Now)), new Tokens(ledger.Store, new FixedClock(Now)));
        var issued = await here.AddAsync(Request, Tester, TestContext.Current.CancellationToken);
        Assert.NotNull(await there.AuthenticateAsync(issued.Text, TestContext.Current.CancellationToken));

        await here.RevokeAsync(issued.Id, null, Tester, TestContext.Current.CancellationToken);

        Assert.Null(await there.AuthenticateAsync(issued.Text, TestContext.Current.CancellationToken));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Every_change_of_tokens_leaves_a_line_of_audit_without_the_secret(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var tokens = new Tokens(ledger.Store, new FixedClock(Now));
        var issued = await tokens.AddAsync(Request, Tester, TestContext.Current.CancellationToken);
        await tokens.RevokeAsync(issued.Id, null, Tester, TestContext.Current.CancellationToken);
        await tokens.RevokeAsync(issued.Id, null, Tester, TestContext.Current.CancellationToken);

        await using var db = ledger.Store.OpenContext();
        var lines = await db.Audits.OrderBy(line => line.Id).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["token.add", "token.revoke"], lines.Select(line => line.Operation));
        Assert.All(lines, line => Assert.Equal(("tester", "command"), (line.Actor, line.Via)));
        Assert.DoesNotContain(lines, line => line.Subject.Contains(issued.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_ends_at_its_end()
    {
        await using var ledger = await SqliteAsync();
        var issued = await new Tokens(ledger.Store, new FixedClock(Now)).AddAsync(Request with { Expires = Now + Duration.FromHours(1) }, Tester, TestContext.Current.CancellationToken);

        Assert.NotNull(await At(Now + Duration.FromMinutes(59)));
        Assert.Null(await At(Now + Duration.FromHours(1)));

        Task<TokenIdentity?> At(Instant instant) => new Tokens(ledger.Store, new FixedClock(instant)).AuthenticateAsync(issued.Text);
    }

    [Theory]
    [InlineData("kera_")]
    [InlineData("kera_0123456789012345678901234567890123456789012")]
    [InlineData("' OR 1=1 --")]
    public async Task What_is_no_token_is_nobodys(string text)
    {
        await using var ledger = await SqliteAsync();

        Assert.Null(await new Tokens(ledger.Store, new FixedClock(Now)).AuthenticateAsync(text, TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, string, string[], long, string> Mistakes => new()
    {
        { "", "city", [Scopes.Read], 1, "name" },
        { "x", "nobody", [Scopes.Read], 1, "agent" },
        { "x", "city", [], 1, "scope" },
        { "x", "city", ["everything"], 1, "scope" },
        { "x", "city", [Scopes.Read], 0, "expires" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_token_that_makes_no_sense_is_refused_by_its_field(string name, string agent, string[] scopes, long hours, string field)
    {
        await using var ledger = await SqliteAsync();

        var refused = await Assert.ThrowsAsync<AccessException>(() =>
            new Tokens(ledger.Store, new FixedClock(Now)).AddAsync(new TokenRequest(name, agent, scopes, Now + Duration.FromHours(hours)), Tester));

        Assert.Equal(field, refused.Field);
    }
}

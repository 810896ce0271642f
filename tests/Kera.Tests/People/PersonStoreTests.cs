using System.Text;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.People;

public sealed class PersonStoreTests(PostgresServer server)
{
    private const string Name = "Tuovi Unohtumaton";
    private const string Email = "tuovi.unohtumaton@example.org";
    private const string Note = "Key lives under the third flowerpot";
    private static readonly Instant Spring = Instant.FromUtc(2026, 4, 1, 9, 30);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_person_is_a_random_key_and_nothing_of_theirs_is_in_the_agent(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var people = new PersonStore(ledger.Store, new FixedClock(Now), []);

        var key = await people.AddAsync(Name, Email, Note, Tester, TestContext.Current.CancellationToken);
        var other = await people.AddAsync(Name, Email, Note, Tester, TestContext.Current.CancellationToken);

        Assert.Matches("^p-[a-z2-9]{20}$", key);
        Assert.NotEqual(key, other);
        await using var db = ledger.Store.OpenContext();
        var agent = await db.Agents.SingleAsync(row => row.Key == key, TestContext.Current.CancellationToken);
        Assert.Equal(("person", Origin.Person, key, key, key), (agent.Kind, agent.Origin, agent.NameFi, agent.NameSv, agent.NameEn));
        var person = await db.Persons.SingleAsync(row => row.AgentId == agent.Id, TestContext.Current.CancellationToken);
        Assert.Equal((Name, Email, Note), (person.Name, person.Email, person.Note));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Erasure_takes_all_that_is_theirs_and_the_ledger_still_verifies(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var life = await LifeAsync(ledger);

        var erasure = await life.People.EraseAsync(life.Key, Tester, TestContext.Current.CancellationToken);

        Assert.Equal(new Erasure(Person: true, Series: 1, Texts: 2, Tokens: 1, Cleaned: true), erasure);
        await using var db = ledger.Store.OpenContext();
        Assert.Empty(await db.Persons.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Empty(await db.SeriesValues.ToListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(["a stranger's note"], await db.EventTexts.Where(text => text.Note != "").Select(text => text.Note).ToListAsync(TestContext.Current.CancellationToken));
        Assert.Null(await new Tokens(ledger.Store, new FixedClock(Now)).AuthenticateAsync(life.Token, TestContext.Current.CancellationToken));
        Assert.True((await db.Agents.SingleAsync(row => row.Key == life.Key, TestContext.Current.CancellationToken)).Retired);
        var report = await ledger.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(4, report.Entries);
        Assert.Equal((3m, 3m), await ledger.BalanceAsync("wall"));
    }

    [Fact]
    public async Task After_erasure_no_byte_of_the_file_or_its_log_tells_of_them()
    {
        await using var ledger = await SqliteAsync();
        var life = await LifeAsync(ledger);
        string[] traces = [Name, Email, Note, "tuovi's note", "Unohtumaton"];
        Assert.All(traces, trace => Assert.True(IsInFiles(ledger.Store.SqliteFile!, trace), $"'{trace}' should be there before"));

        await life.People.EraseAsync(life.Key, Tester, TestContext.Current.CancellationToken);

        Assert.All(traces, trace => Assert.False(IsInFiles(ledger.Store.SqliteFile!, trace), $"'{trace}' is still there"));
        Assert.True(IsInFiles(ledger.Store.SqliteFile!, "a stranger's note"));
    }

    [Fact]
    public async Task While_another_process_reads_old_pages_erasure_says_that_traces_may_be_left_and_can_be_repeated()
    {
        await using var ledger = await SqliteAsync();
        var life = await LifeAsync(ledger);
        var patient = new SqliteConnectionStringBuilder { DataSource = ledger.Store.SqliteFile, Pooling = false }.ToString();
        await using (var reader = new SqliteConnection(patient))
        {
            await reader.OpenAsync(TestContext.Current.CancellationToken);
            await using var transaction = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "SELECT count(*) FROM person";
            Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));

            Assert.False((await life.People.EraseAsync(life.Key, Tester, TestContext.Current.CancellationToken)).Cleaned);
        }

        Assert.Equal(new Erasure(Person: false, 0, 0, 0, Cleaned: true), await life.People.EraseAsync(life.Key, Tester, TestContext.Current.CancellationToken));
        Assert.False(IsInFiles(ledger.Store.SqliteFile!, "Unohtumaton"));
    }

    [Fact]
    public async Task Only_persons_can_be_erased()
    {
        await using var ledger = await SqliteAsync();

        Assert.Equal("person", (await Assert.ThrowsAsync<AccessException>(() => new PersonStore(ledger.Store, new FixedClock(Now), []).EraseAsync("city", Tester))).Field);
    }

    [Theory]
    [InlineData("", "", "name")]
    [InlineData("Tuovi", "no address", "email")]
    [InlineData("Tuovi", "@", "email")]
    public async Task A_person_without_a_name_or_with_a_crooked_address_is_refused(string name, string email, string field)
    {
        await using var ledger = await SqliteAsync();

        Assert.Equal(field, (await Assert.ThrowsAsync<AccessException>(() => new PersonStore(ledger.Store, new FixedClock(Now), []).AddAsync(name, email, "", Tester))).Field);
    }

    /// <summary>A person with a private Series, a token, and events given and received, beside an event of others.</summary>
    private static async Task<(PersonStore People, string Key, string Token)> LifeAsync(LedgerHarness ledger)
    {
        var people = new PersonStore(ledger.Store, new FixedClock(Now), []);
        var key = await people.AddAsync(Name, Email, Note, Tester);
        var agent = ledger.Catalog.Find(ledger.Catalog.Agents, key)!.Noun;
        var series = new SeriesStore(ledger.Store, new FixedClock(Now));
        var own = await series.OpenAsync(new SeriesDeclaration($"household:{key}", "readings", "kWh", Duration.FromHours(1), ledger.Catalog.AudienceId([key]), agent.Id), Tester);
        await series.AppendAsync(own, [new SeriesValue(Spring - Duration.FromMinutes(30), Quantity.Whole(2), SeriesQuality.Measured)], Tester);
        var token = await new Tokens(ledger.Store, new FixedClock(Now)).AddAsync(new TokenRequest("Tuovi Unohtumaton's phone", key, [Scopes.Read]), Tester);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        await ledger.RecordAsync(Consume("pile", 1, "kg", Spring + Duration.FromHours(1)) with { Note = "a stranger's note" });
        await ledger.RecordAsync(Transfer("city", key, "pile", "wall", 5, Spring + Duration.FromHours(2)) with { Note = "tuovi's note, given" });
        await ledger.RecordAsync(Transfer(key, "city", "wall", "pile", 2, Spring + Duration.FromHours(3)) with { Note = "tuovi's note, back from Unohtumaton" });
        return (people, key, token.Text);
    }

    private static EventInput Transfer(string provider, string receiver, string from, string to, decimal amount, Instant at) => new()
    {
        Action = "transfer",
        Provider = provider,
        Receiver = receiver,
        ResourceInventoriedAs = from,
        ToResourceInventoriedAs = to,
        ResourceQuantity = Measure(amount, "kg"),
        HasPointInTime = at,
    };

    private static bool IsInFiles(string file, string text) =>
        new[] { file, file + "-wal", file + "-shm" }.Where(File.Exists).Any(path =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
        });
}

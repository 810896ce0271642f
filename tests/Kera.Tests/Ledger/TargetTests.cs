using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.Data.Sqlite;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Ledger;

/// <summary>Targets of agreements in the chain: versions, and what verification says when one is changed.</summary>
public sealed class TargetTests
{
    private static readonly TargetInput Neutral = new("neutral", "pact", "carbon-year", "atMost", Quantity.Zero, "kg", 2030);

    [Fact]
    public async Task A_target_is_entered_once_and_again_when_it_changes()
    {
        await using var ledger = await WithPactAsync();

        Assert.False((await PutAsync(ledger, Neutral)).Events[0].WasThere);
        var head = await ledger.Queries.HeadAsync();
        Assert.True((await PutAsync(ledger, Neutral)).Events[0].WasThere);
        Assert.Equal(head.Position, (await ledger.Queries.HeadAsync()).Position);
        Assert.False((await PutAsync(ledger, Neutral with { By = 2029 })).Events[0].WasThere);

        Assert.Equal(head.Position + 1, (await ledger.Queries.HeadAsync()).Position);
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task A_target_of_no_agreement_is_refused()
    {
        await using var ledger = await WithPactAsync();

        Assert.Equal("clauseOf", (await ledger.Writer.PutTargetAsync(Neutral with { ClauseOf = "nothing" }, Tester)).Refusal!.Field);
    }

    [Theory]
    [InlineData("content = CAST(replace(CAST(content AS TEXT), '0 kg', '9 kg') AS BLOB)", "its hash is not that of its columns")]
    [InlineData("version = 2", "it is version 2 of the target 'neutral', after version 0")]
    [InlineData("subject_key = 'other'", "its content is not that of the target 'other'")]
    [InlineData("content = CAST('{}' AS BLOB)", "its content cannot be read")]
    [InlineData("content = CAST('{\"id\":\"a\",\"value\":null}' AS BLOB)", "its content cannot be read")]
    public async Task A_changed_target_is_found(string change, string said)
    {
        await using var ledger = await WithPactAsync();
        await PutAsync(ledger, Neutral);
        await ExecuteAsync(ledger.Store, $"UPDATE promise_entry SET {change} WHERE kind = 'target'");

        Assert.Contains((await ledger.VerifyAsync()).Faults, fault => fault.What.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_target_is_missed()
    {
        await using var ledger = await WithPactAsync();
        await PutAsync(ledger, Neutral);
        await ExecuteAsync(ledger.Store, "DELETE FROM promise_entry WHERE kind = 'target'");

        Assert.NotEmpty((await ledger.VerifyAsync()).Faults);
    }

    private static async Task<LedgerHarness> WithPactAsync()
    {
        var ledger = await SqliteAsync();
        Assert.True((await ledger.Writer.PutAgreementAsync(new AgreementInput("pact", "Sopimus", "Avtal", "Pact", [Catalog.Public]), Tester)).Accepted);
        return ledger;
    }

    private static async Task<AppendOutcome> PutAsync(LedgerHarness ledger, TargetInput input)
    {
        var outcome = await ledger.Writer.PutTargetAsync(input, Tester);
        Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
        return outcome;
    }

    private static async Task ExecuteAsync(KeraStore store, string sql)
    {
        await using var connection = (SqliteConnection)await store.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(await command.ExecuteNonQueryAsync() > 0);
    }
}

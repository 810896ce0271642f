using System.Data.Common;
using System.Globalization;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.Data.Sqlite;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.MustHold;

/// <summary>Somebody with the database in hand changes what is recorded; verification finds it and says where.</summary>
public sealed class TamperingTests : IDisposable
{
    private static readonly string[] Flags = ["is_point", "has_reason"];
    private static readonly int RowsOfEach = Size.Of(small: 3, full: int.MaxValue);

    private readonly TemporaryDirectory _copies = new();

    public static TheoryData<string> Tables => ["event", "balance", "resource_version", "flow_day", "flow_month", "promise_entry", "event_text", "chain_head", "fulfilment", "flow"];

    public void Dispose() => _copies.Dispose();

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task Every_changed_value_is_found_and_named(string table)
    {
        await using var ledger = await TellAsync();
        var missed = new List<string>();
        foreach (var (column, row) in await CellsAsync(ledger.Store, table))
        {
            var found = await AfterAsync(ledger.Store, copy => ChangeAsync(copy, table, column, row));
            // Flows and links are in the events' hashes, and a row moved from its place leaves a gap there.
            if (!found.Split('\n').Any(fault => fault.StartsWith(table, StringComparison.Ordinal) || fault.StartsWith("event ", StringComparison.Ordinal)))
            {
                missed.Add($"{table}.{column} of row {row}: {found}");
            }
        }

        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed));
    }

    [Fact]
    public async Task Every_removed_event_is_named()
    {
        await using var ledger = await TellAsync();
        foreach (var (_, row) in (await CellsAsync(ledger.Store, "event")).DistinctBy(cell => cell.Row))
        {
            var faults = await AfterAsync(ledger.Store, copy => ExecuteAsync(copy, $"DELETE FROM event WHERE position = {row.ToString(CultureInfo.InvariantCulture)}"));
            Assert.Contains($"event {row}", faults.Split('\n'));
        }
    }

    [Fact]
    public async Task A_shortened_tail_is_found_by_the_published_head_alone()
    {
        await using var ledger = await TellAsync();
        // What the ledger was before its last event is what the best of forgers makes of it.
        var shortened = await CopyAsync(ledger.Store);
        await ledger.RecordAsync(Stories.Last);
        var published = (await ledger.Queries.HeadAsync()).Hash;
        Assert.Empty((await ledger.VerifyAsync(published)).Faults);

        using var store = KeraStore.Sqlite(shortened);
        Assert.Empty((await VerifierOf(store).VerifyAsync()).Faults);
        var report = await VerifierOf(store).VerifyAsync(published);

        Assert.Null(report.PublishedAt);
        Assert.Contains(report.Faults, fault => fault.What.Contains(Convert.ToHexStringLower(published), StringComparison.Ordinal));
    }

    private static async Task<LedgerHarness> TellAsync()
    {
        var ledger = await SqliteAsync();
        await Stories.TellAsync(ledger);
        Assert.Empty((await ledger.VerifyAsync()).Faults);
        return ledger;
    }

    /// <summary>The places of the faults that a copy of the store has after a change, one a line; or how verification itself failed.</summary>
    private async Task<string> AfterAsync(KeraStore original, Func<KeraStore, Task> change)
    {
        using var store = KeraStore.Sqlite(await CopyAsync(original));
        await change(store);
        try
        {
            return string.Join('\n', (await VerifierOf(store).VerifyAsync()).Faults.Select(fault => fault.Where));
        }
        catch (Exception failure) when (failure is not DbException)
        {
            return $"verification failed: {failure.GetType().Name}: {failure.Message}";
        }
    }

    private async Task<string> CopyAsync(KeraStore store)
    {
        var file = _copies.Combine($"{Guid.NewGuid():N}.db");
        await ExecuteAsync(store, $"VACUUM INTO '{file}'");
        return file;
    }

    /// <summary>Every column of some rows: of the first, the middle and the last, or of all.</summary>
    private static async Task<List<(string Column, long Row)>> CellsAsync(KeraStore store, string table)
    {
        await using var connection = await store.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The tables' names are this class's own.
        command.CommandText = $"SELECT rowid FROM {table} ORDER BY rowid";
#pragma warning restore CA2100
        var rows = new List<long>();
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                rows.Add(reader.GetInt64(0));
            }
        }

        var chosen = rows.Count <= RowsOfEach ? rows : [rows[0], rows[rows.Count / 2], rows[^1]];
        command.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
        var cells = new List<(string, long)>();
        await using var columns = await command.ExecuteReaderAsync();
        while (await columns.ReadAsync())
        {
            cells.AddRange(chosen.Select(row => (columns.GetString(0), row)));
        }

        return cells;
    }

    /// <summary>Changes one value a little: numbers by one, or by more where that number is taken; words and bytes by one more.</summary>
    private static async Task ChangeAsync(KeraStore store, string table, string column, long row)
    {
        var at = row.ToString(CultureInfo.InvariantCulture);
        string Update(string number) => $"""
            UPDATE {table} SET {column} = CASE typeof({column})
            WHEN 'integer' THEN {number}
            WHEN 'text' THEN {column} || 'x'
            WHEN 'blob' THEN CAST({column} || x'00' AS BLOB)
            ELSE CASE (SELECT type FROM pragma_table_info('{table}') WHERE name = '{column}') WHEN 'INTEGER' THEN 1 WHEN 'TEXT' THEN 'x' ELSE x'00' END END
            WHERE rowid = {at}
            """;
        try
        {
            await ExecuteAsync(store, Update(Flags.Contains(column) ? $"1 - {column}" : $"{column} + 1"));
        }
        catch (SqliteException taken) when (taken.SqliteErrorCode == 19)
        {
            await ExecuteAsync(store, Update($"{column} + 1000"));
        }
    }

    private static async Task ExecuteAsync(KeraStore store, string sql)
    {
        await using var connection = await store.OpenConnectionAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // This class makes every statement of its own names and numbers.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static LedgerVerifier VerifierOf(KeraStore store)
    {
        var catalog = new Catalog(store);
        return new LedgerVerifier(store, catalog, new FlowTable(store, catalog), Helsinki);
    }
}

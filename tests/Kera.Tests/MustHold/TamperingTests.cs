using System.Data.Common;
using System.Globalization;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.MustHold;

/// <summary>Somebody with the database in hand changes what is recorded; verification finds it and says where.</summary>
public sealed class TamperingTests
{
    private static readonly Instant Spring = Instant.FromUtc(2026, 4, 1, 9, 30);

    /// <summary>A table, and which faults name a change of it: its own rows, or the event whose hash no longer fits.</summary>
    public static TheoryData<string, string> Tables => new()
    {
        { "event", "event " },
        { "balance", "balance " },
        { "resource_version", "resource_version " },
        { "flow_day", "flow_day " },
        { "flow_month", "flow_month " },
        { "promise_entry", "promise_entry " },
        { "event_text", "event_text " },
        { "chain_head", "chain_head" },
        { "fulfilment", "event " },
        { "flow", "event " },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_changed_value_is_found_and_named(string table, string named)
    {
        await using var ledger = await RecordedAsync();
        var missed = new List<string>();
        var changes = 0;
        foreach (var (column, row, changed) in await ChangesAsync(ledger.Store, table))
        {
            await ExecuteAsync(ledger.Store, $"SAVED AS {column}", row, changed, table, column);
            changes++;
            var what = $"{table}.{column} of row {row}";
            try
            {
                var faults = (await VerifierOf(ledger.Store).VerifyAsync()).Faults;
                if (!faults.Any(fault => fault.Where.StartsWith(named, StringComparison.Ordinal)))
                {
                    missed.Add($"{what}: {(faults.Count == 0 ? "not found" : string.Join("; ", faults.Select(fault => fault.Where)))}");
                }
            }
            catch (Exception failure) when (failure is KeyNotFoundException or InvalidOperationException or OverflowException or FormatException or DbException or ArgumentException or NullReferenceException or InvalidCastException)
            {
                missed.Add($"{what}: {failure.GetType().Name}: {failure.Message}");
            }
        }

        Assert.True(changes > 0);
        Assert.True(missed.Count == 0, string.Join(Environment.NewLine, missed));
    }
}

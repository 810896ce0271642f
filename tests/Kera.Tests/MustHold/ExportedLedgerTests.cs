using System.Diagnostics;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Tests.Ledger;
using Kera.Tests.Support;

namespace Kera.Tests.MustHold;

/// <summary>Random valid transactions, recorded and exported: the accounting programs come to the same balances.</summary>
public sealed class ExportedLedgerTests
{
    private static readonly int Transactions = Size.Of(small: 600, full: 200_000);
    private static readonly int Slice = Size.Of(small: 600, full: 5_000);

    [Fact]
    public async Task The_balances_of_ledger_and_hledger_are_Kera_s_to_the_last_millionth()
    {
        var (ledgerProgram, hledgerProgram) = (Requires.Program("ledger"), Requires.Program("hledger"));
        using var folder = new TemporaryDirectory();
        await using var ledger = await LedgerHarness.SqliteAsync();
        await RandomTransactions.RecordAsync(ledger, Transactions);
        var journal = folder.Combine("kera.journal");
        await using (var output = new StreamWriter(journal))
        {
            await new LedgerExport(ledger.Store, ledger.Catalog, ledger.Flows, LedgerHarness.Helsinki).WriteJournalAsync(output);
        }

        var kera = (await ledger.Queries.BalancesAsync(Reader.Everything))
            .Where(balance => balance.State.Onhand.Millionths != 0)
            .ToDictionary(balance => $"held:{balance.State.Custodian!.Key}:{balance.Resource.Key}", balance => balance.State.Onhand.ToDecimal());
        Assert.NotEmpty(kera);
        Assert.Equal(kera, await BalancesAsync(ledgerProgram, "--args-only", "-f", journal, "bal", "^held:", "--flat", "--no-total", "--format", "%(account),%(quantity(scrub(total)))\n"));
        Assert.Equal(kera, await BalancesAsync(hledgerProgram, "-f", journal, "bal", "^held:", "--flat", "--no-total", "-O", "csv"));

        var slice = folder.Combine("slice.journal");
        var entries = (await File.ReadAllTextAsync(journal)).Split("\n\n");
        await File.WriteAllTextAsync(slice, string.Join("\n\n", entries.Take(Slice)) + "\n");
        await RunAsync(hledgerProgram, "check", "balancednoautoconversion", "-f", slice);
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    private static async Task<Dictionary<string, decimal>> BalancesAsync(string program, params string[] arguments)
    {
        var balances = new Dictionary<string, decimal>();
        foreach (var line in (await RunAsync(program, arguments)).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var cells = line.Split(',').Select(cell => cell.Trim('"')).ToArray();
            if (cells[0].StartsWith("held:", StringComparison.Ordinal) && decimal.Parse(cells[1].Split(' ')[0], CultureInfo.InvariantCulture) is not 0 and var amount)
            {
                balances.Add(cells[0], amount);
            }
        }

        return balances;
    }

    private static async Task<string> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}

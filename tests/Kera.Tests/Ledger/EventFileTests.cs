using System.Globalization;
using System.Text;
using Kera.Base.Ledger;
using Kera.Tests.Support;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Ledger;

public sealed class EventFileTests(PostgresServer server)
{
    private const string Opening = """{"action":"raise","provider":"city","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":5000,"hasUnit":"kg"},"hasPointInTime":"2026-04-01T00:00:00Z","reason":"opening"}""";
    private const string Take = """{"action":"consume","provider":"city","inputOf":"works","resourceInventoriedAs":"pile","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"kg"},"hasPointInTime":"2026-04-02T00:00:00Z"}""";

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_file_is_recorded_once_equal_lines_included(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var file = string.Join("\r\n", ["\uFEFF" + Opening, "", .. Enumerable.Repeat(Take, 2_500)]);

        Assert.Equal(new EventFileReport(2_501, 0, null), await ImportAsync(ledger, file));
        Assert.Equal(new EventFileReport(0, 2_501, null), await ImportAsync(ledger, file));
        Assert.Equal(new EventFileReport(1, 2_501, null), await ImportAsync(ledger, file + "\r\n" + Take));

        Assert.Equal((2_499m, 2_499m), await ledger.BalanceAsync("pile"));
    }

    [Theory]
    [InlineData("{\"action\": \"steal\"}", "action")]
    [InlineData("{oops}", "event")]
    public async Task A_wrong_line_stops_the_import_after_those_before_it(string wrong, string field)
    {
        await using var ledger = await SqliteAsync();
        string[] lines = [Opening, .. Enumerable.Repeat(Take, 1_200), wrong, Take];

        var report = await ImportAsync(ledger, string.Join('\n', lines));

        Assert.Equal((1_201, 0), (report.Recorded, report.Same));
        Assert.Equal((1_202, field), (report.Stopped!.Line, report.Stopped.Field));
        lines[1_201] = Take;
        Assert.Equal(new EventFileReport(2, 1_201, null), await ImportAsync(ledger, string.Join('\n', lines)));
    }

    [Fact]
    public async Task A_key_of_its_own_counts_and_is_not_given_to_another()
    {
        await using var ledger = await SqliteAsync();
        var keyed = Take.Replace("{\"action\"", "{\"idempotencyKey\":\"mine\",\"action\"", StringComparison.Ordinal);
        await ImportAsync(ledger, $"{Opening}\n{keyed}\n{keyed}");

        var report = await ImportAsync(ledger, keyed.Replace(":1,", ":2,", StringComparison.Ordinal));

        Assert.Equal((4_999m, 4_999m), await ledger.BalanceAsync("pile"));
        Assert.Equal((1L, "idempotencyKey", nameof(KeyUsedBefore)), (report.Stopped!.Line, report.Stopped.Field, report.Stopped.Rule));
    }

    [Fact]
    public async Task A_line_of_ten_megabytes_is_refused_without_being_read_to_its_end()
    {
        await using var ledger = await SqliteAsync();

        var report = await ImportAsync(ledger, string.Create(CultureInfo.InvariantCulture, $"{Opening}\n{{\"note\":\"{new string('a', 10_000_000)}\"}}"));

        Assert.Equal((1L, 2L), (report.Recorded, report.Stopped!.Line));
        Assert.Contains("longer than", report.Stopped.Sentence, StringComparison.Ordinal);
    }

    private static Task<EventFileReport> ImportAsync(LedgerHarness ledger, string text) =>
        new EventFile(ledger.Writer).ImportAsync(new MemoryStream(Encoding.UTF8.GetBytes(text)), Tester);
}

using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Readings;

public sealed class ReadingImportTests(PostgresServer server)
{
    private static readonly Instant Begin = Instant.FromUtc(2026, 4, 1, 0, 0);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_same_hours_again_add_nothing_and_others_correct(string provider)
    {
        await using var ledger = await MeteredAsync(provider);
        await ImportAsync(ledger, Table(60, "1.5", "2", "0"), "MWh");

        var again = await ImportAsync(ledger, Table(60, "1.5", "2", "0"), "MWh");
        var other = await ImportAsync(ledger, Table(60, "1.5", "1.25", "0.5"), "MWh");
        var back = await ImportAsync(ledger, Table(60, "1.5", "2", "0.5"), "MWh");

        Assert.Equal((0, 0, 3), (again.Recorded, again.Corrected, again.Same));
        Assert.Equal((0, 2, 1), (other.Recorded, other.Corrected, other.Same));
        Assert.Equal((0, 1, 2), (back.Recorded, back.Corrected, back.Same));
        Assert.Equal((-4_000m, -4_000m), await ledger.BalanceAsync("network"));
        var hours = await ledger.Queries.DeclaredHoursAsync("heat", DistrictCalendar.ToMicroseconds(Begin), DistrictCalendar.ToMicroseconds(Begin + Duration.FromHours(3)), TestContext.Current.CancellationToken);
        Assert.Equal([1_500m, 2_000m, 500m], hours.Select(hour => hour.Quantity.ToDecimal()));
        Assert.Equal([0, 2, 1], hours.Select(hour => hour.Revisions));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Quarters_go_to_a_Series_and_their_exact_sum_to_the_ledger_once_the_hour_is_whole(string provider)
    {
        await using var ledger = await MeteredAsync(provider);

        var first = await ImportAsync(ledger, Table(15, "0.1", "0.1", "0.1", "0.1", "0.333333333", "0.333333333"), "kWh");
        var rest = await ImportAsync(ledger, Table(15, Begin + Duration.FromMinutes(90), "0.333333333", "0.333333334"), "kWh");

        Assert.Equal((1, 1, "heat"), (first.Recorded, first.Partial, first.Series));
        Assert.Equal((1, 0, 0), (rest.Recorded, rest.Partial, rest.Corrected));
        var series = await new SeriesStore(ledger.Store, new FixedClock(Now)).ReadAsync("heat", Reader.Public, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(8, series!.Values.Count);
        Assert.All(series.Values, value => Assert.Equal(SeriesQuality.Estimated, value.Quality));
        Assert.Equal(-series.Values.Sum(value => value.Value.ToDecimal()), (await ledger.BalanceAsync("network")).Onhand);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_household_s_readings_are_its_owner_s_alone_and_nothing_of_them_is_in_the_ledger(string provider)
    {
        await using var ledger = await MeteredAsync(provider);
        var head = (await ledger.Queries.HeadAsync(TestContext.Current.CancellationToken)).Position;

        var report = await ImportAsync(ledger, Table(60, "0.1639164722230695", "0.0968842500050862"), "kWh", "household", "builder");

        Assert.Equal(("household:builder", new SeriesAppend(2, 0, 0), 0), (report.Series, report.Values, report.Recorded));
        Assert.Equal(head, (await ledger.Queries.HeadAsync(TestContext.Current.CancellationToken)).Position);
        var store = new SeriesStore(ledger.Store, new FixedClock(Now));
        var own = await store.ReadAsync("household:builder", new Reader(ledger.Catalog.Agents.Find("builder")!.Noun.Id), cancellation: TestContext.Current.CancellationToken);
        // 0.163916 leaves 0.4722… of a millionth, which the next value takes along.
        Assert.Equal([163_916, 96_885], own!.Values.Select(value => value.Value.Millionths));
        Assert.Null(await store.ReadAsync("household:builder", Reader.Public, cancellation: TestContext.Current.CancellationToken));
    }

    public static TheoryData<string, string, string?, int, string, string> Mistakes => new()
    {
        { "heatt", "kWh", null, 60, "1", "no declared flow 'heatt'. Did you mean 'heat'?" },
        { "heat", "kg", null, 60, "1", "'kg' is mass; the flow 'heat' is in 'kWh', energy" },
        { "heat", "kWh", null, 60, "-1", "line 2: value: the quantity is below zero" },
        { "heat", "kWh", null, 90, "1", "its intervals are 90 min" },
        { "heat", "GWh", null, 60, "99999999999", "line 2: value: the quantity is beyond" },
        { "heat", "kWh", "builder", 60, "1", "--owner" },
        { "household", "kWh", null, 60, "1", "--owner" },
        { "household", "kWh", "nobody", 60, "1", "There is no agent 'nobody'" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Readings_that_do_not_fit_are_refused_and_nothing_is_taken(string flow, string unit, string? owner, int minutes, string value, string told)
    {
        await using var ledger = await MeteredAsync("sqlite");
        var head = (await ledger.Queries.HeadAsync(TestContext.Current.CancellationToken)).Position;

        var refused = await Assert.ThrowsAsync<ReadingException>(() => ImportAsync(ledger, Table(minutes, value, "0"), unit, flow, owner));

        Assert.Contains(told, refused.Message, StringComparison.Ordinal);
        Assert.Equal(head, (await ledger.Queries.HeadAsync(TestContext.Current.CancellationToken)).Position);
    }

    private async Task<LedgerHarness> MeteredAsync(string provider)
    {
        var ledger = await OnAsync(provider, server);
        await using (var db = ledger.Store.OpenContext())
        {
            db.AddRange(
                new DeclaredFlowRow
                {
                    Key = "heat",
                    ActionId = FlowAction.Find("consume").Id,
                    ProviderId = ledger.Catalog.Agents.Find("city")!.Noun.Id,
                    ReceiverId = ledger.Catalog.Agents.Find("builder")!.Noun.Id,
                    ResourceId = ledger.Catalog.Resources.Find("network")!.Noun.Id,
                    ProcessId = ledger.Catalog.Processes.Find("meter")!.Noun.Id,
                    AudienceId = ledger.Catalog.AudienceId([Catalog.Public]),
                    Unit = "kWh",
                    Quality = "estimated",
                },
                new DeclaredFlowRow { Key = "household", Unit = "kWh", Target = "series" });
            await db.SaveChangesAsync();
        }

        ledger.Catalog.Reload();
        await ledger.RecordAsync(Raise("network", 0, "kWh", Begin - Duration.FromDays(1)));
        return ledger;
    }

    private static Task<ReadingReport> ImportAsync(LedgerHarness ledger, ReadingTable table, string unit, string flow = "heat", string? owner = null)
    {
        Assert.True(ExactNumber.TryParse("1", out var one));
        return new ReadingImport(ledger.Catalog, ledger.Writer, ledger.Queries, new SeriesStore(ledger.Store, new FixedClock(Now)))
            .RunAsync(new ReadingRequest(flow, table, one, Unit.Find(unit), owner), Tester);
    }

    private static ReadingTable Table(int minutes, params string[] values) => Table(minutes, Begin, values);

    private static ReadingTable Table(int minutes, Instant begin, params string[] values)
    {
        var step = Duration.FromMinutes(minutes);
        return new ReadingTable([.. values.Select((value, index) => ExactNumber.TryParse(value, out var number) ? new ReadingRow(index + 2, begin + (index * step), number) : default)], step, 0);
    }
}

using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Series;

public sealed class SeriesStoreTests(PostgresServer server)
{
    private static readonly Instant Begin = Instant.FromUtc(2020, 1, 1, 0, 0);
    private static readonly Duration Hour = Duration.FromHours(1);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_year_of_hours_goes_in_and_comes_out_in_pages_and_again_adds_nothing(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var (store, series) = await PrivateAsync(ledger);
        var year = Values(8_784);

        Assert.Equal(new SeriesAppend(8_784, 0, 0), await store.AppendAsync(series, year, Tester, TestContext.Current.CancellationToken));
        Assert.Equal(new SeriesAppend(0, 8_784, 0), await store.AppendAsync(series, year, Tester, TestContext.Current.CancellationToken));

        List<SeriesValue> read = [];
        for (Instant? from = Begin; from is not null;)
        {
            var page = await store.ReadAsync(series.Key, Reader.Everything, from, limit: 5_000, cancellation: TestContext.Current.CancellationToken);
            read.AddRange(page!.Values);
            from = page.Next;
        }

        Assert.Equal(year, read);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Another_value_replaces_and_the_audit_tells(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var (store, series) = await PrivateAsync(ledger);
        await store.AppendAsync(series, Values(3), Tester, TestContext.Current.CancellationToken);

        var changed = new SeriesValue(Begin + Hour, Quantity.Whole(99), SeriesQuality.Estimated);
        var outcome = await store.AppendAsync(series, [changed, new SeriesValue(Begin + (3 * Hour), Quantity.Whole(4), SeriesQuality.Measured)], Tester, TestContext.Current.CancellationToken);

        Assert.Equal(new SeriesAppend(1, 0, 1), outcome);
        var page = await store.ReadAsync(series.Key, Reader.Everything, Begin + Hour, Begin + (2 * Hour), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([changed], page!.Values);
        await using var db = ledger.Store.OpenContext();
        var subjects = await db.Audits.Where(line => line.Operation == "series.append").OrderBy(line => line.Id).Select(line => line.Subject).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, subjects.Count);
        Assert.Contains("1 added, 1 replaced", subjects[1], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_holds_no_more_is_taken_away_and_the_audit_tells(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var (store, series) = await PrivateAsync(ledger);
        await store.AppendAsync(series, Values(4), Tester, TestContext.Current.CancellationToken);

        Assert.Equal(2, await store.RemoveAsync(series, [Begin + (3 * Hour), Begin + Hour, Begin + (99 * Hour)], Tester, TestContext.Current.CancellationToken));
        Assert.Equal(0, await store.RemoveAsync(series, [Begin + Hour], Tester, TestContext.Current.CancellationToken));

        var page = await store.ReadAsync(series.Key, Reader.Everything, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([Begin, Begin + (2 * Hour)], page!.Values.Select(value => value.Start));
        await using var db = ledger.Store.OpenContext();
        Assert.Contains("2 removed", (await db.Audits.SingleAsync(line => line.Operation == "series.remove", TestContext.Current.CancellationToken)).Subject, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Only_owner_audience_and_operator_see_it(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var store = new SeriesStore(ledger.Store, new FixedClock(Now));
        await store.OpenAsync(new SeriesDeclaration("mine", "readings", "kWh", Hour, ledger.Catalog.AudienceId(["builder"]), Id("city")), Tester, TestContext.Current.CancellationToken);
        await store.OpenAsync(new SeriesDeclaration("open", "readings", "kWh", Hour, ledger.Catalog.AudienceId([Catalog.Public]), null), Tester, TestContext.Current.CancellationToken);

        Assert.NotNull(await See("mine", new Reader(Id("city"))));
        Assert.NotNull(await See("mine", new Reader(Id("builder"))));
        Assert.NotNull(await See("mine", Reader.Everything));
        Assert.Null(await See("mine", new Reader(Id("carrier"))));
        Assert.Null(await See("mine", Reader.Public));
        Assert.NotNull(await See("open", Reader.Public));
        Assert.Null(await See("none", Reader.Everything));

        int Id(string key) => ledger.Catalog.Agents.Find(key)!.Noun.Id;
        Task<SeriesPage?> See(string key, Reader reader) => store.ReadAsync(key, reader, cancellation: TestContext.Current.CancellationToken);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Two_writers_at_once_leave_each_value_once(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var (store, series) = await PrivateAsync(ledger);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.AppendAsync(series, Values(500), Tester)));

        Assert.Equal(500, outcomes.Sum(outcome => outcome.Added));
        Assert.Equal(1_500, outcomes.Sum(outcome => outcome.Same));
    }

    [Fact]
    public async Task The_key_of_a_Series_stands_for_one_unit_and_step()
    {
        await using var ledger = await SqliteAsync();
        var (store, series) = await PrivateAsync(ledger);
        var same = new SeriesDeclaration(series.Key, "readings", "kWh", Hour, ledger.Catalog.AudienceId([Catalog.Public]), ledger.Catalog.Agents.Find("city")!.Noun.Id);

        Assert.Equal(series.Id, (await store.OpenAsync(same, Tester, TestContext.Current.CancellationToken)).Id);
        foreach (var other in new[] { same with { Unit = "kg" }, same with { Step = Duration.FromMinutes(15) }, same with { OwnerId = null }, same with { Feature = "forecast" } })
        {
            Assert.Equal("series", (await Assert.ThrowsAsync<AccessException>(() => store.OpenAsync(other, Tester))).Field);
        }
    }

    [Fact]
    public async Task Values_off_the_grid_or_too_close_are_refused_and_nothing_is_written()
    {
        await using var ledger = await SqliteAsync();
        var (store, series) = await PrivateAsync(ledger);

        await RefusedAsync(Begin + Duration.FromMinutes(7));
        await RefusedAsync(Begin + Duration.FromMinutes(30));

        Assert.Empty((await store.ReadAsync(series.Key, Reader.Everything, cancellation: TestContext.Current.CancellationToken))!.Values);

        async Task RefusedAsync(Instant start) =>
            Assert.Equal("start", (await Assert.ThrowsAsync<AccessException>(() =>
                store.AppendAsync(series, [.. Values(1), new SeriesValue(start, Quantity.Zero, SeriesQuality.Measured)], Tester))).Field);
    }

    private static async Task<(SeriesStore Store, SeriesDescription Series)> PrivateAsync(LedgerHarness ledger)
    {
        var store = new SeriesStore(ledger.Store, new FixedClock(Now));
        var city = ledger.Catalog.Agents.Find("city")!.Noun;
        return (store, await store.OpenAsync(new SeriesDeclaration("household:city", "readings", "kWh", Hour, ledger.Catalog.AudienceId(["city"]), city.Id), Tester));
    }

    private static List<SeriesValue> Values(int count) =>
        [.. Enumerable.Range(0, count).Select(index => new SeriesValue(Begin + (index * Hour), new Quantity((index * 7_919L) + 1), SeriesQuality.Measured))];
}

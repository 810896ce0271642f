using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Flows;
using Kera.Tests.Support;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.Ledger;

public sealed class LedgerWriterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly Instant Spring = Instant.FromUtc(2026, 4, 1, 9, 30);

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task What_is_recorded_is_balanced_totalled_and_verified(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        await ledger.RecordAsync(Consume("pile", 30.5m, "kg", Spring + Duration.FromHours(1)));

        Assert.Equal((69.5m, 69.5m), await ledger.BalanceAsync("pile"));
        Assert.Equal((100m, 100m), await ledger.BalanceAsync("pile", Spring));
        Assert.Equal((0m, 0m), await ledger.BalanceAsync("pile", Spring - Duration.FromSeconds(1)));
        var totals = await ledger.Queries.TotalsAsync(Reader.Public, new LedgerFilter { Action = FlowAction.Find("consume") }, Granularity.Day);
        Assert.Equal(30.5m, Assert.Single(totals).Quantity.ToDecimal());
        var report = await ledger.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(2, report.Entries);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_same_key_records_once_and_another_content_under_it_is_refused(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        var first = await ledger.RecordAsync(Consume("pile", 10, "kg", Spring, "delivery-1"));
        var again = await ledger.Writer.AppendAsync([Consume("pile", 10, "kg", Spring, "delivery-1")], Tester);

        Assert.True(again.Events[0].WasThere);
        Assert.Equal(first, again.Events[0].Position);
        Assert.IsType<KeyUsedBefore>(await ledger.RefusedAsync(Consume("pile", 11, "kg", Spring, "delivery-1")));
        Assert.Equal((90m, 90m), await ledger.BalanceAsync("pile"));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_late_event_that_makes_an_accepted_one_impossible_is_refused_and_names_it(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        var last = await ledger.RecordAsync(Consume("pile", 80, "kg", Spring + Duration.FromDays(2)));

        var refusal = await ledger.RefusedAsync(Consume("pile", 30, "kg", Spring + Duration.FromDays(1)));

        Assert.Equal(last, Assert.IsType<LaterEventImpossible>(refusal).Position);
        await ledger.RecordAsync(Consume("pile", 20, "kg", Spring + Duration.FromDays(1)));
        Assert.Equal((0m, 0m), await ledger.BalanceAsync("pile"));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_correction_changes_what_was_from_its_own_time_on(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        var wrong = await ledger.RecordAsync(Consume("pile", 80, "kg", Spring + Duration.FromDays(1)));
        await ledger.RecordAsync(new EventInput { Corrects = wrong, ResourceQuantity = Measure(-70, "kg"), Reason = "a comma", Audience = ["public"] });

        Assert.Equal((90m, 90m), await ledger.BalanceAsync("pile"));
        Assert.Equal((90m, 90m), await ledger.BalanceAsync("pile", Spring + Duration.FromDays(1)));
        Assert.IsType<CorrectedBelowZero>(await ledger.RefusedAsync(new EventInput { Corrects = wrong, ResourceQuantity = Measure(-11, "kg") }));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_transaction_is_recorded_whole_or_not_at_all(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var outcome = await ledger.Writer.AppendAsync([Raise("pile", 10, "kg", Spring), Consume("pile", 6, "kg", Spring), Consume("pile", 6, "kg", Spring)], Tester);

        Assert.IsType<Overdraft>(outcome.Refusal);
        Assert.Equal(2, outcome.RefusedIndex);
        Assert.Equal((0m, 0m), await ledger.BalanceAsync("pile"));
        Assert.Equal(0, (await ledger.Queries.HeadAsync()).Position);
        Assert.True((await ledger.Writer.AppendAsync([Raise("pile", 10, "kg", Spring), Consume("pile", 6, "kg", Spring)], Tester)).Accepted);
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Many_at_once_take_exactly_what_is_there(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 50, "kg", Spring));
        await using var other = ledger.AnotherWriter();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            (number % 2 == 0 ? ledger.Writer : other).AppendAsync([Consume("pile", 1, "kg", Spring)], Tester)));

        Assert.Equal(50, outcomes.Count(outcome => outcome.Accepted));
        Assert.All(outcomes.Where(outcome => !outcome.Accepted), outcome => Assert.IsType<Overdraft>(outcome.Refusal));
        Assert.Equal((0m, 0m), await ledger.BalanceAsync("pile"));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Promises_are_versioned_in_the_chain_and_fulfilled_by_events(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        await ledger.Writer.PutAgreementAsync(new AgreementInput("deal", "Sopimus", "Avtal", "Deal", ["public"]), Tester);
        var promise = new CommitmentInput { Key = "promise", Action = "transfer", Provider = "city", Receiver = "builder", ResourceConformsTo = "brick", ResourceQuantity = Measure(40, "kg"), ClauseOf = "deal", Audience = ["public"] };
        Assert.True((await ledger.Writer.PutCommitmentAsync(promise, Tester)).Accepted);
        Assert.True((await ledger.Writer.PutCommitmentAsync(promise, Tester)).Events[0].WasThere);

        await ledger.RecordAsync(Transfer(25));
        await ledger.Writer.PutCommitmentAsync(promise with { Finished = true }, Tester);

        Assert.IsType<WrongFulfilment>(await ledger.RefusedAsync(Transfer(5)));
        ledger.Catalog.Reload();
        Assert.Equal(25_000_000, ledger.Catalog.Commitments.Find("promise")!.Row.Fulfilled);
        var report = await ledger.VerifyAsync();
        Assert.Empty(report.Faults);
        Assert.Equal(5, report.Entries);

        static EventInput Transfer(decimal amount) => new()
        {
            Action = "transfer",
            Provider = "city",
            Receiver = "builder",
            ResourceInventoriedAs = "pile",
            ToResourceInventoriedAs = "wall",
            ResourceQuantity = Measure(amount, "kg"),
            HasPointInTime = Spring,
            Fulfills = [new FulfilmentInput("promise", Measure(amount, "kg"))],
            Audience = ["public"],
        };
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_private_event_hides_itself_and_the_balance_it_is_part_of(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", 100, "kg", Spring) with { Audience = [] });
        await ledger.RecordAsync(Raise("heap", 5, "kg", Spring));
        var city = new Reader(ledger.Catalog.Agents.Find("city")!.Noun.Id);
        var builder = new Reader(ledger.Catalog.Agents.Find("builder")!.Noun.Id);

        foreach (var (reader, sees) in new[] { (Reader.Public, 1), (builder, 1), (city, 2), (Reader.Everything, 2) })
        {
            Assert.Equal(sees, (await ledger.Queries.BalancesAsync(reader)).Count);
            Assert.Equal(sees, (await ledger.Queries.EventsAsync(reader, new LedgerFilter(), null, 10)).Count);
            Assert.Equal(sees, (await ledger.Queries.TotalsAsync(reader, new LedgerFilter(), Granularity.Month)).Count);
        }

        Assert.Null(await ledger.Queries.EventAsync(Reader.Public, 1));
        Assert.NotNull(await ledger.Queries.EventAsync(city, 1));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Pages_of_events_meet_without_gap_or_double(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var inputs = Enumerable.Range(0, 120).Select(number => Raise(number % 3 == 0 ? "pile" : "heap", 1, "kg", Spring + Duration.FromHours(number * 7 % 200))).ToList();
        Assert.True((await ledger.Writer.AppendAsync(inputs, Tester)).Accepted);

        var seen = new List<long>();
        EventCursor? cursor = null;
        while (await ledger.Queries.EventsAsync(Reader.Public, new LedgerFilter { Resource = ledger.Catalog.Resources.Find("heap")!.Noun }, cursor, 17) is { Count: > 0 } page)
        {
            seen.AddRange(page.Select(stored => stored.Event.Position));
            cursor = new EventCursor(page[^1].Event.EffectTime, page[^1].Event.Position);
        }

        Assert.Equal(80, seen.Count);
        Assert.Equal(80, seen.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Bricks_are_traced_to_where_they_came_from(string provider)
    {
        await using var ledger = await OnAsync(provider, server);
        var raised = await ledger.RecordAsync(Raise("pile", 100, "kg", Spring));
        var moved = await ledger.RecordAsync(new EventInput
        {
            Action = "move",
            Provider = "city",
            ResourceInventoriedAs = "pile",
            ToResourceInventoriedAs = "heap",
            ToLocation = "site",
            ResourceQuantity = Measure(60, "kg"),
            HasPointInTime = Spring + Duration.FromHours(1),
            Audience = ["public"],
        });

        var steps = await ledger.Trace.WalkAsync(Reader.Public, ledger.Catalog.Resources.Find("heap")!.Noun, TraceDirection.Trace, 100);

        Assert.Equal([moved, raised], steps.Select(step => step.Event.Position));
    }
}

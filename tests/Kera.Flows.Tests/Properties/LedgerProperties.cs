using CsCheck;

namespace Kera.Flows.Tests.Properties;

/// <summary>What holds of every ledger, whatever happened.</summary>
public class LedgerProperties
{
    private const int Histories = 200;

    private static readonly string[] Conserving = ["transfer", "transferAllRights", "transferCustody", "move"];

    [Fact]
    public void Recording_the_log_again_gives_the_same_states() => History.Any.Sample(
        history =>
        {
            var again = LedgerBook.InMemory();
            foreach (var transaction in history.Transactions)
                Assert.True(again.Append([.. transaction.Select(Unplaced)]).Accepted);
            Assert.Equal(history.States(history.Book), history.States(again));
        },
        iter: Histories);

    [Fact]
    public void Recording_the_log_as_one_transaction_gives_the_same_states() => History.Any.Sample(
        history =>
        {
            var again = LedgerBook.InMemory();
            Assert.True(again.Append([.. history.Events.Select(Unplaced)]).Accepted);
            Assert.Equal(history.States(history.Book), history.States(again));
        },
        iter: Histories);

    [Fact]
    public void A_refused_transaction_changes_nothing() => History.Any.Sample(
        history =>
        {
            var before = history.States(history.Book);
            var last = history.Events.LastOrDefault();
            if (last is null)
                return;
            Assert.False(history.Book.Append([.. history.Transactions[0].Select(Unplaced), Unplaced(last) with { ResourceQuantity = null, EffortQuantity = null }]).Accepted);
            Assert.Equal(before, history.States(history.Book));
        },
        iter: Histories);

    [Fact]
    public void No_moment_takes_what_is_not_there() => History.Any.Sample(
        history =>
        {
            var moments = history.Events.Select(happening => happening.EffectTime).Distinct();
            foreach (var moment in moments)
            {
                foreach (var resource in history.Cast.Resources.Where(one => !one.Throughput))
                {
                    if (history.Book.StateAt(resource, moment) is not { } state)
                        continue;
                    Assert.True(state.Accounting >= Quantity.Zero && state.Onhand >= Quantity.Zero, $"{resource.Key} at {moment}");
                    Assert.False(resource.Kind == ResourceKind.Identified && (state.Accounting > Quantity.Whole(1) || state.Onhand > Quantity.Whole(1)), resource.Key);
                }
            }
        },
        iter: Histories);

    [Fact]
    public void No_prefix_takes_what_is_not_there() => History.Any.Sample(
        history =>
        {
            var differences = history.Events.Where(happening => happening.Corrects is not null)
                .ToLookup(happening => happening.Corrects!.Value, happening => happening.ResourceQuantity!.GetValueOrDefault().Millionths);
            var (accounting, onhand) = (new Dictionary<int, long>(), new Dictionary<int, long>());
            foreach (var happening in history.Events.Where(one => one.Corrects is null).OrderBy(one => one.EffectTime).ThenBy(one => one.Position))
            {
                var amount = (happening.ResourceQuantity?.Millionths ?? 0) + differences[happening.Position].Sum();
                var (from, to) = (happening.Resource, happening.ToResource);
                Book(accounting, happening.Action.Accounting, from, to, amount, IsExport(happening));
                Book(onhand, happening.Action.Onhand, from, to, amount, IsExport(happening));
            }

            static void Book(Dictionary<int, long> sums, QuantityEffect effect, EconomicResource? from, EconomicResource? to, long amount, bool export)
            {
                // A whole that changes hands inside goes nowhere; a one-sided export is gone.
                if (effect is QuantityEffect.DecrementIncrement && to is null && !export)
                    return;
                if (effect is QuantityEffect.Decrement or QuantityEffect.DecrementIncrement)
                    Add(sums, from, -amount);
                if (effect is QuantityEffect.Increment)
                    Add(sums, from, amount);
                if (effect is QuantityEffect.IncrementTo or QuantityEffect.DecrementIncrement)
                    Add(sums, to, amount);
            }

            static void Add(Dictionary<int, long> sums, EconomicResource? resource, long amount)
            {
                if (resource is null || resource.Throughput)
                    return;
                var sum = sums[resource.Id] = sums.GetValueOrDefault(resource.Id) + amount;
                Assert.True(sum >= 0, $"{resource.Key} falls to {sum}");
            }
        },
        iter: Histories);

    [Fact]
    public void Transfers_and_moves_between_resources_conserve_sums() => History.Any.Sample(
        history =>
        {
            var book = LedgerBook.InMemory();
            foreach (var happening in history.Events.Select(Unplaced))
            {
                var before = Sums(history, book);
                Assert.True(book.Append([happening]).Accepted);
                var inside = happening.Resource is not null && (happening.ToResource is not null || !happening.Receiver.Outside);
                if (inside && Conserving.Contains(happening.Action.Name))
                    Assert.Equal(before, Sums(history, book));
            }
        },
        iter: Histories);

    [Fact]
    public void Only_what_an_event_names_changes_in_quantity() => History.Any.Sample(
        history =>
        {
            var book = LedgerBook.InMemory();
            foreach (var happening in history.Events.Select(Unplaced))
            {
                var before = history.Cast.Resources.ToDictionary(resource => resource.Id, resource => Amounts(book, resource));
                Assert.True(book.Append([happening]).Accepted);
                foreach (var resource in history.Cast.Resources.Where(one => one != happening.Resource && one != happening.ToResource))
                    Assert.Equal(before[resource.Id], Amounts(book, resource));
            }
        },
        iter: Histories);

    /// <summary>
    /// The right numbers are told in the order of time, networks first and in the order of the log, as their rules have it: so this
    /// also says that the order of telling makes no difference.
    /// </summary>
    [Fact]
    public void A_correction_equals_having_recorded_the_right_number() => History.Any.Sample(
        history =>
        {
            var differences = history.Events.Where(happening => happening.Corrects is not null).ToLookup(happening => happening.Corrects!.Value);
            var right = history.Events.Where(happening => happening.Corrects is null).Select(happening => Corrected(happening, differences[happening.Position]));
            var told = right.Where(happening => IsOfNetwork(happening) || !IsVoid(happening, differences[happening.Position].Any()))
                .OrderBy(happening => IsOfNetwork(happening) ? 0 : 1)
                .ThenBy(happening => IsOfNetwork(happening) ? 0 : happening.EffectTime)
                .ThenBy(happening => happening.Position);

            var recorded = LedgerBook.InMemory();
            foreach (var happening in told)
            {
                var result = recorded.Append([Unplaced(happening)]);
                Assert.True(result.Accepted, result.Refusal?.Sentence);
            }

            Assert.Equal(history.States(history.Book), history.States(recorded));
        },
        iter: Histories);

    private static EconomicEvent Corrected(EconomicEvent original, IEnumerable<EconomicEvent> corrections) => corrections.Aggregate(
        original,
        (sum, correction) => sum with
        {
            ResourceQuantity = sum.ResourceQuantity + (correction.ResourceQuantity ?? Quantity.Zero),
            EffortQuantity = sum.EffortQuantity + (correction.EffortQuantity ?? Quantity.Zero),
        });

    private static bool IsVoid(EconomicEvent happening, bool corrected) =>
        corrected && (happening.ResourceQuantity ?? Quantity.Zero) == Quantity.Zero && (happening.EffortQuantity ?? Quantity.Zero) == Quantity.Zero;

    private static bool IsExport(EconomicEvent happening) => happening.Action.Name == "transfer" && happening.Receiver.Outside;

    private static bool IsOfNetwork(EconomicEvent happening) => happening.Resource?.Throughput == true || happening.ToResource?.Throughput == true;

    private static (Quantity? Accounting, Quantity? Onhand) Amounts(LedgerBook book, EconomicResource resource) =>
        (book.StateOf(resource)?.Accounting, book.StateOf(resource)?.Onhand);

    private static EconomicEvent Unplaced(EconomicEvent recorded) => recorded with { Position = 0 };

    private static List<(string Kind, Int128 Accounting, Int128 Onhand)> Sums(History history, LedgerBook book) =>
    [
        .. history.Cast.Resources.GroupBy(resource => resource.ConformsTo.Key).Select(kind => (
            kind.Key,
            kind.Aggregate((Int128)0, (sum, resource) => sum + (book.StateOf(resource)?.Accounting.Millionths ?? 0)),
            kind.Aggregate((Int128)0, (sum, resource) => sum + (book.StateOf(resource)?.Onhand.Millionths ?? 0)))),
    ];
}

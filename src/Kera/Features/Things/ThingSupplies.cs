using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Features.Things;

/// <summary>What is used up with things and counted as a stock of the ledger.</summary>
/// <param name="Resource">The stock.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Left">How much of it the ledger has.</param>
public sealed record ThingSupply(string Resource, LocalizedText Name, Quantity Left);

/// <summary>
/// Stocks of what is used up: they begin with what the file says, go down by what loans used, and are what their keeper counted. Who uses
/// up what the ledger does not have shows that there was more, which is told first.
/// </summary>
public sealed class ThingSupplies(ThingShelf shelf, LedgerWriter ledger, LedgerQueries queries)
{
    private const int MostPieces = 1_000_000;

    /// <summary>The stocks that an agent keeps.</summary>
    public async Task<IReadOnlyList<ThingSupply>> OfKeeperAsync(string keeper, CancellationToken cancellation)
    {
        var supplies = Kept(keeper).ToList();
        if (supplies.Count == 0)
        {
            return [];
        }

        var left = await LeftAsync(null, cancellation);
        return [.. supplies.Select(each => new ThingSupply(each.Consumable.Resource!, each.Consumable.Name, left.TryGetValue(each.Consumable.Resource!, out var quantity) ? quantity : Quantity.Whole(each.Consumable.Stock)))];
    }

    /// <summary>Records how many pieces were counted: what is more than the ledger has is raised, what is less lowered.</summary>
    /// <returns>How many stocks were other than the ledger had.</returns>
    /// <exception cref="AccessException">It is no whole number of pieces, or the stock changed meanwhile.</exception>
    public async Task<int> CountAsync(IReadOnlyDictionary<string, int> counted, string keeper, Actor actor, CancellationToken cancellation)
    {
        if (counted.Values.Any(pieces => pieces is < 0 or > MostPieces))
        {
            throw new AccessException("supplies", "Write how many pieces there are, as whole numbers.", "things.error.supplies");
        }

        var kept = Kept(keeper).Where(each => counted.ContainsKey(each.Consumable.Resource!)).ToList();
        var opened = await ledger.AppendAsync([.. kept.Select(each => Opening(each.Kind, each.Consumable))], actor, cancellation);
        var head = (await queries.HeadAsync(cancellation)).Position;
        var left = await LeftAsync(null, cancellation);
        List<EventInput> changes = [];
        foreach (var (kind, consumable) in kept)
        {
            var difference = counted[consumable.Resource!] - left.GetValueOrDefault(consumable.Resource!).ToDecimal();
            if (difference != 0)
            {
                // By what the ledger had when it was counted, so that the same count sent twice counts once.
                changes.Add(Change(difference > 0 ? "raise" : "lower", kind, consumable, Math.Abs(difference), shelf.Now, string.Create(CultureInfo.InvariantCulture, $"thing-count:{consumable.Resource}:{head}"), "The shelf was counted."));
            }
        }

        if (opened.Refusal is not null || (changes.Count > 0 && (await ledger.AppendAsync(changes, actor, cancellation)).Refusal is not null))
        {
            throw new AccessException("supplies", "The stock changed while it was counted. Count again.", "things.error.recount");
        }

        return changes.Count;
    }

    /// <summary>What a loan used up, for the ledger: with it what has to be told first. Nothing where it was told before.</summary>
    internal async Task<IReadOnlyList<EventInput>> UsedAsync(LoanRow row, ThingKind kind, string key, string borrower, CancellationToken cancellation)
    {
        List<EventInput> events = [];
        var at = DistrictCalendar.ToInstant(row.BackAt!.Value);
        foreach (var (number, (consumable, pieces)) in new LoanView(row, kind).Consumed.Index().Where(each => each.Item.Consumable.Resource is not null))
        {
            var own = string.Create(CultureInfo.InvariantCulture, $"{key}-used-{number}");
            if (await queries.FindKeyAsync(own, cancellation) is not null)
            {
                continue;
            }

            await ledger.AppendAsync([Opening(kind, consumable)], Actor.Job(), cancellation);
            var resource = consumable.Resource!;
            var least = Math.Min((await LeftAsync(row.BackAt, cancellation)).GetValueOrDefault(resource).ToDecimal(), (await LeftAsync(null, cancellation)).GetValueOrDefault(resource).ToDecimal());
            if (least < pieces)
            {
                events.Add(Change("raise", kind, consumable, pieces - Math.Max(0, least), at, own + "-found", "More was used up than the ledger had."));
            }

            events.Add(Change("consume", kind, consumable, pieces, at, own, null) with { Receiver = borrower, InputOf = kind.Process, Audience = [] });
        }

        return events;
    }

    private IEnumerable<(ThingKind Kind, ThingConsumable Consumable)> Kept(string keeper) =>
        (shelf.Things?.Kinds.Values ?? []).Where(kind => kind.Keeper == keeper && shelf.ItemsOf(kind).Any())
            .SelectMany(kind => kind.Consumables.Where(each => each.Resource is not null).Select(each => (kind, each))).DistinctBy(each => each.each.Resource);

    private async Task<Dictionary<string, Quantity>> LeftAsync(long? at, CancellationToken cancellation) =>
        (await queries.BalancesAsync(Reader.Everything, at, cancellation)).ToDictionary(balance => balance.Resource.Key, balance => balance.State.Onhand);

    private EventInput Opening(ThingKind kind, ThingConsumable consumable) => Change(
        "raise", kind, consumable, consumable.Stock, shelf.StartOf(shelf.ItemsOf(kind).Min(item => item.Since)), "thing-supply:" + consumable.Resource, "What was on the shelf to begin with.");

    private static EventInput Change(string action, ThingKind kind, ThingConsumable consumable, decimal pieces, NodaTime.Instant at, string key, string? reason) => new()
    {
        IdempotencyKey = key,
        Action = action,
        Provider = kind.Keeper,
        Receiver = kind.Keeper,
        ResourceInventoriedAs = consumable.Resource,
        ResourceQuantity = new MeasureInput(new Quantity((long)(pieces * Quantity.One)), "1"),
        HasPointInTime = at,
        Reason = reason,
        Audience = [Catalog.Public],
    };
}

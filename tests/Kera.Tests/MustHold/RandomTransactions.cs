using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Kera.Flows.Tests.Generator;
using Kera.Tests.Ledger;
using NodaTime;

namespace Kera.Tests.MustHold;

/// <summary>
/// Random worlds told into a store, each with nouns of its own: stocks, transfers, loans, processes, counts, containers,
/// networks, imports, exports, corrections, late events and promises. Only what the independent replay accepts is recorded,
/// and the ledger must accept it.
/// </summary>
internal static class RandomTransactions
{
    private const int Attempts = 100;
    private const int WorldsAtOnce = 16;

    /// <summary>Records at least so many transactions.</summary>
    public static async Task RecordAsync(LedgerHarness ledger, int transactions)
    {
        // The worlds happen before a moment of their own.
        await using var writer = new LedgerWriter(ledger.Store, ledger.Catalog, ledger.Flows, new FixedClock(DistrictCalendar.ToInstant(World.Now)), LedgerHarness.Helsinki);
        var recorded = 0;
        for (var world = 1; recorded < transactions; world += WorldsAtOnce)
        {
            var names = Enumerable.Range(world, WorldsAtOnce).ToList();
            await AddNounsAsync(ledger, names);
            recorded += (await Task.WhenAll(names.Select(name => Task.Run(() => TellAsync(writer, name))))).Sum();
        }
    }

    private static async Task<int> TellAsync(LedgerWriter writer, int name)
    {
        var world = new World((ulong)name);
        var positions = new List<long>();
        var promised = new HashSet<string>();
        var recorded = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var known = positions.Count;
            var verdict = world.Next();
            if (verdict.Refused is not null)
            {
                continue;
            }

            foreach (var link in verdict.Transaction.SelectMany(e => e.Fulfills).Where(link => promised.Add(link.Commitment.Key)))
            {
                Require(await writer.PutCommitmentAsync(Input(link.Commitment, name), LedgerHarness.Tester));
            }

            // What corrects an event of its own transaction must know where that stands: such a transaction goes in one by one.
            var together = verdict.Transaction.All(e => e.Corrects is null || e.Corrects <= known);
            foreach (var request in together ? [verdict.Transaction] : verdict.Transaction.Select(e => (IReadOnlyList<EconomicEvent>)[e]))
            {
                var outcome = await writer.AppendAsync([.. request.Select(e => Input(e, name, positions))], LedgerHarness.Tester);
                Require(outcome);
                positions.AddRange(outcome.Events.Select(e => e.Position));
            }

            recorded++;
        }

        return recorded;
    }

    private static void Require(AppendOutcome outcome) => Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);

    private static EventInput Input(EconomicEvent e, int world, List<long> positions) => new()
    {
        Action = e.Action.Name,
        Provider = Key(e.Provider.Key, world),
        Receiver = Key(e.Receiver.Key, world),
        InputOf = Key(e.InputOf?.Key, world),
        OutputOf = Key(e.OutputOf?.Key, world),
        ResourceInventoriedAs = Key(e.Resource?.Key, world),
        ToResourceInventoriedAs = Key(e.ToResource?.Key, world),
        ResourceConformsTo = Key(e.ConformsTo?.Key, world),
        ResourceQuantity = e.ResourceQuantity is { } quantity ? new MeasureInput(quantity, e.ResourceUnit!.Code) : null,
        EffortQuantity = e.EffortQuantity is { } effort ? new MeasureInput(effort, e.EffortUnit!.Code) : null,
        HasPointInTime = Time(e.PointInTime),
        HasBeginning = Time(e.Beginning),
        HasEnd = Time(e.End),
        ToLocation = Key(e.ToLocation?.Key, world),
        State = e.State,
        Reason = e.HasReason ? "counted" : null,
        Corrects = e.Corrects is { } corrected ? positions[(int)corrected - 1] : null,
        Fulfills = [.. e.Fulfills.Select(link => new FulfilmentInput(Key(link.Commitment.Key, world)!, new MeasureInput(link.Quantity, UnitOf(link.Commitment))))],
        Audience = [Catalog.Public],
    };

    private static CommitmentInput Input(Commitment promise, int world) => new()
    {
        Key = Key(promise.Key, world)!,
        Action = promise.Action.Name,
        Provider = Key(promise.Provider.Key, world)!,
        Receiver = Key(promise.Receiver.Key, world)!,
        ResourceConformsTo = Key(promise.ConformsTo.Key, world),
        ResourceInventoriedAs = Key(promise.Resource?.Key, world),
        ResourceQuantity = promise.ResourceQuantity is { } quantity ? new MeasureInput(quantity, promise.ConformsTo.Unit.Code) : null,
        EffortQuantity = promise.EffortQuantity is { } effort ? new MeasureInput(effort, EffortUnit(promise)) : null,
        Audience = [Catalog.Public],
    };

    private static string UnitOf(Commitment promise) => promise.ResourceQuantity is null ? EffortUnit(promise) : promise.ConformsTo.Unit.Code;

    private static string EffortUnit(Commitment promise) => promise.ConformsTo.EffortUnit?.Code ?? "h";

    private static string? Key(string? key, int world) => key is null ? null : $"{key}.{world}";

    private static Instant? Time(long? microseconds) => microseconds is { } known ? DistrictCalendar.ToInstant(known) : null;

    private static async Task AddNounsAsync(LedgerHarness ledger, List<int> worlds)
    {
        await using var db = ledger.Store.OpenContext();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var cast = new Cast();
        var specifications = new Dictionary<(int World, int Id), SpecificationRow>();
        var stages = new Dictionary<(int World, int Id), ProcessSpecificationRow>();
        foreach (var world in worlds)
        {
            db.AddRange(cast.Agents.Select(agent => new AgentRow { Key = Key(agent.Key, world)!, Outside = agent.Outside }));
            db.AddRange(cast.Places.Select(place => new PlaceRow { Key = Key(place.Key, world)! }));
            foreach (var each in cast.Specifications)
            {
                db.Add(specifications[(world, each.Id)] = new SpecificationRow { Key = Key(each.Key, world)!, Unit = each.Unit.Code, EffortUnit = each.EffortUnit?.Code });
            }

            foreach (var each in cast.Stages)
            {
                db.Add(stages[(world, each.Id)] = new ProcessSpecificationRow { Key = Key(each.Key, world)! });
            }
        }

        await db.SaveChangesAsync();
        foreach (var world in worlds)
        {
            db.AddRange(cast.Processes.Select(each => new ProcessRow { Key = Key(each.Key, world)!, Continuous = each.Continuous, BasedOnId = each.BasedOn is null ? null : stages[(world, each.BasedOn.Id)].Id }));
            db.AddRange(cast.Resources.Select(each => new ResourceRow { Key = Key(each.Key, world)!, SpecificationId = specifications[(world, each.ConformsTo.Id)].Id, Kind = each.Kind, Lot = each.Lot }));
        }

        await db.SaveChangesAsync();
        ledger.Catalog.Reload();
    }
}

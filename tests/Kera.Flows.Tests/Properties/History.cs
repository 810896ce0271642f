using CsCheck;
using Kera.Flows.Tests.Generator;
using Kera.Flows.Tests.Oracle;

namespace Kera.Flows.Tests.Properties;

/// <summary>Random histories that a ledger accepted.</summary>
internal sealed class History
{
    private History(Cast cast, LedgerBook book, IReadOnlyList<IReadOnlyList<EconomicEvent>> transactions, IReadOnlyList<long> instants) =>
        (Cast, Book, Transactions, Instants) = (cast, book, transactions, instants);

    /// <summary>Histories of some thirty transactions, from any seed.</summary>
    public static Gen<History> Any { get; } = Gen.ULong.Select(seed => From(new World(seed), 30));

    public Cast Cast { get; }

    public LedgerBook Book { get; }

    /// <summary>The accepted transactions, as recorded.</summary>
    public IReadOnlyList<IReadOnlyList<EconomicEvent>> Transactions { get; }

    public IEnumerable<EconomicEvent> Events => Transactions.SelectMany(events => events);

    /// <summary>Some moments of the history.</summary>
    public IReadOnlyList<long> Instants { get; }

    /// <summary>The states of all resources, now and at the history's moments.</summary>
    public IReadOnlyList<string> States(LedgerBook of) =>
    [
        .. Cast.Resources.Select(resource => $"{resource.Key}: {Told.State(of.StateOf(resource))}"),
        .. Instants.SelectMany(instant => Cast.Resources.Select(resource => $"{resource.Key} at {instant}: {Told.State(of.StateAt(resource, instant))}")),
    ];

    private static History From(World world, int count)
    {
        var book = LedgerBook.InMemory();
        var accepted = new List<IReadOnlyList<EconomicEvent>>();
        for (var number = 0; number < count; number++)
        {
            var verdict = world.Next();
            if (verdict.Refused is not null)
                continue;
            var result = book.Append(verdict.Transaction);
            Assert.True(result.Accepted, result.Refusal?.Sentence);
            accepted.Add(result.Events);
        }

        return new History(world.Cast, book, accepted, [.. Enumerable.Range(0, 4).Select(_ => world.RandomInstant())]);
    }
}

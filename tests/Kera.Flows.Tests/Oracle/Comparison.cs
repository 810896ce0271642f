using Kera.Flows.Tests.Generator;

namespace Kera.Flows.Tests.Oracle;

/// <summary>Tells one world to the ledger and to the oracle and looks for the first difference.</summary>
internal sealed class Comparison(ulong seed)
{
    private readonly World world = new(seed);
    private readonly LedgerBook book = LedgerBook.InMemory();

    public int Accepted { get; private set; }

    public Dictionary<(string Oracle, string Kernel), int> Refusals { get; } = [];

    public HashSet<string> AcceptedActions { get; } = [];

    /// <summary>The first difference in words, null where there is none.</summary>
    public string? Run(int transactions)
    {
        for (var number = 1; number <= transactions; number++)
        {
            if (world.Finished() is { } finished)
                book.Finish(finished);
            if (Step() is { } difference)
                return $"seed {seed}, transaction {number}: {difference}";
        }

        for (var count = 0; count < 5; count++)
        {
            var instant = world.RandomInstant();
            var then = world.Oracle.At(instant);
            foreach (var resource in world.Cast.Resources)
            {
                if (Differ(resource, then.Of(resource), book.StateAt(resource, instant)) is { } difference)
                    return $"seed {seed}, as of {instant}: {difference}{Told()}";
            }
        }

        foreach (var promise in world.Cast.Commitments)
        {
            var (kept, known) = (world.Oracle.Fulfilled(promise), book.FulfilledOf(promise));
            if (kept != known.Millionths)
                return $"seed {seed}: {promise.Key} is fulfilled by {kept} says the oracle, {known.Millionths} says the ledger{Told()}";
        }

        return null;
    }

    private string? Step()
    {
        var verdict = world.Next();
        var result = book.Append(verdict.Transaction);
        if (result.Accepted != verdict.Refused is null)
            return $"the oracle says {verdict.Refused ?? "accepted"} at {verdict.RefusedIndex} ({verdict.MadeImpossible}), the ledger {result.Refusal?.Code ?? "accepted"} ({result.Refusal?.Sentence}) at {result.RefusedIndex}{Told(verdict)}";
        if (verdict.Refused is { } category)
        {
            var pair = (category, result.Refusal!.Code);
            Refusals[pair] = Refusals.GetValueOrDefault(pair) + 1;
            if (result.RefusedIndex != verdict.RefusedIndex)
                return $"refused at {verdict.RefusedIndex} says the oracle, at {result.RefusedIndex} says the ledger ({category} {verdict.MadeImpossible}, {result.Refusal.Sentence}){Told(verdict)}";
            if (result.Refusal is LaterEventImpossible later && verdict.MadeImpossible is { } named && later.Position != named.Position)
                return $"{named} says the oracle, {later.Position} says the ledger ({result.Refusal.Sentence}){Told(verdict)}";
            return null;
        }

        Accepted++;
        AcceptedActions.UnionWith(verdict.Transaction.Select(happening => happening.Action.Name));
        var positions = world.Oracle.Log.TakeLast(verdict.Transaction.Count).Select(happening => happening.Position);
        if (!result.Events.Select(happening => happening.Position).SequenceEqual(positions))
            return "the positions differ" + Told(verdict);
        foreach (var resource in world.Cast.Resources)
        {
            if (Differ(resource, world.Oracle.State(resource), book.StateOf(resource)) is { } difference)
                return difference + Told();
        }

        return null;
    }

    private static string? Differ(EconomicResource resource, Holding? expected, ResourceState? actual)
    {
        var (oracle, ledger) = (Kera.Flows.Tests.Oracle.Told.State(expected), Oracle.Told.State(actual));
        return oracle == ledger ? null : $"{resource.Key}: the oracle says {oracle}; the ledger says {ledger}";
    }

    private string Told(Verdict? last = null)
    {
        var lines = world.Oracle.Log.Concat(last?.Refused is null ? [] : last.Transaction).Select(Kera.Flows.Tests.Oracle.Told.Event);
        return "\n" + string.Join("\n", lines);
    }
}

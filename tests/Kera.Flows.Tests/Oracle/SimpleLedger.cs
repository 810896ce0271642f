namespace Kera.Flows.Tests.Oracle;

/// <summary>
/// An independent ledger, written from the rules and the ValueFlows table alone and as simple as can be: it keeps the accepted
/// events and, to judge one more, puts it in its place and applies everything again from the beginning.
/// </summary>
internal sealed class SimpleLedger
{
    private readonly List<EconomicEvent> log = [];
    private readonly HashSet<int> finished = [];
    private Fold? head;

    public IReadOnlyList<EconomicEvent> Log => log;

    /// <summary>The event that the last refused candidate would have made impossible, and by which rule; null where it broke one itself.</summary>
    public Impossible? MadeImpossible { get; private set; }

    /// <summary>Accepts the event and returns null, or returns the category of the rule it breaks and keeps nothing.</summary>
    public string? Judge(EconomicEvent candidate)
    {
        MadeImpossible = null;
        var placed = candidate with { Position = log.Count + 1 };
        var broken = placed.Corrects is null ? FormRules.Check(placed) : Corrections.Check(placed, log);
        if (broken is not null)
            return broken;
        log.Add(placed);
        broken = Promises.Check(placed, log, finished) ?? Refold(placed);
        if (broken is not null)
            log.RemoveAt(log.Count - 1);
        return broken;
    }

    private string? Refold(EconomicEvent placed)
    {
        var fold = new Fold(Corrections.Entries(log));
        if (fold.BrokenAt is not { } at)
        {
            head = fold;
            return null;
        }

        if (at.Position == placed.Position || at.Position == placed.Corrects)
            return fold.Broken;
        MadeImpossible = new Impossible(at.Position, fold.Broken!);
        return "later event impossible";
    }

    /// <summary>Forgets everything after the given number of log entries, as a refused transaction does.</summary>
    public void Rollback(int length)
    {
        log.RemoveRange(length, log.Count - length);
        head = null;
    }

    public void Finish(Commitment commitment) => finished.Add(commitment.Id);

    public Int128 Fulfilled(Commitment commitment) => Promises.Taken(log, commitment);

    public Holding? State(EconomicResource resource) => (head ??= new Fold(Corrections.Entries(log))).Of(resource);

    public Holding? StateAt(EconomicResource resource, long effectTime) => At(effectTime).Of(resource);

    /// <summary>Everything as of an effect time, inclusive.</summary>
    public Fold At(long effectTime) => new(Corrections.Entries(log), effectTime);
}

/// <summary>An accepted event that would become impossible.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Rule">The category of the rule it would break.</param>
internal sealed record Impossible(long Position, string Rule);

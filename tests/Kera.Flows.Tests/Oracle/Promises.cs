namespace Kera.Flows.Tests.Oracle;

/// <summary>§10 of the rules.</summary>
internal static class Promises
{
    public static string? Check(EconomicEvent candidate, IReadOnlyList<EconomicEvent> log, HashSet<int> finished)
    {
        // A correction must leave enough for the links of its original; an event must have enough for its own.
        var linked = log.Single(happening => happening.Position == (candidate.Corrects ?? candidate.Position));
        if (candidate.Corrects is null && !linked.Fulfills.All(link => Fits(linked, link, finished)))
            return "fulfilment";
        if (linked.Fulfills.Select(link => link.Commitment.Id).Distinct().Count() < linked.Fulfills.Count)
            return "fulfilment";
        var entry = Corrections.Entries(log).Single(entry => entry.Position == linked.Position);
        return Sum(linked, ofEffort: false) > (entry.Quantity ?? 0) || Sum(linked, ofEffort: true) > (entry.Effort ?? 0) ? "fulfilment" : null;
    }

    public static Int128 Taken(IEnumerable<EconomicEvent> log, Commitment commitment) =>
        Sum(log.Where(happening => happening.Corrects is null).SelectMany(happening => happening.Fulfills).Where(link => link.Commitment.Id == commitment.Id));

    private static bool Fits(EconomicEvent happening, Fulfilment link, HashSet<int> finished)
    {
        var promise = link.Commitment;
        return link.Quantity > Quantity.Zero && !finished.Contains(promise.Id) && promise.Action == happening.Action &&
            promise.Provider == happening.Provider && promise.Receiver == happening.Receiver && promise.ConformsTo == happening.Specification &&
            (promise.Resource is null || promise.Resource == happening.Resource);
    }

    private static Int128 Sum(EconomicEvent happening, bool ofEffort) =>
        Sum(happening.Fulfills.Where(link => link.Commitment.ResourceQuantity is null == ofEffort));

    private static Int128 Sum(IEnumerable<Fulfilment> links)
    {
        Int128 sum = 0;
        foreach (var link in links)
            sum += link.Quantity.Millionths;
        return sum;
    }
}

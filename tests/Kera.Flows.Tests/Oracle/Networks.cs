namespace Kera.Flows.Tests.Oracle;

/// <summary>§8 of the rules: networks follow the order of the log, not of time.</summary>
internal sealed class Networks
{
    private readonly Dictionary<int, Agent> holders = [];

    /// <param name="entries">What counts, in the order of the log.</param>
    public Networks(IEnumerable<Entry> entries)
    {
        foreach (var entry in entries.Where(entry => Touches(entry.Event)))
        {
            if (Broken is null && Rule(entry) is { } broken)
                (Broken, BrokenAt) = (broken, entry);
        }
    }

    public string? Broken { get; }

    public Entry? BrokenAt { get; }

    public static bool Touches(EconomicEvent happening) => happening.Resource?.Throughput == true || happening.ToResource?.Throughput == true;

    public Agent HolderOf(EconomicResource network) => holders[network.Id];

    private string? Rule(Entry entry)
    {
        var happening = entry.Event;
        var network = (happening.Resource ?? happening.ToResource)!;
        var comesIn = happening.Action.Name is "produce" or "raise" || FormRules.IsImport(happening);
        if (!holders.TryGetValue(network.Id, out var holder))
        {
            if (!comesIn)
                return "not there yet";
            holders[network.Id] = happening.Receiver;
            return null;
        }

        return (comesIn ? happening.Receiver : happening.Provider) == holder ? null : "not entitled";
    }
}

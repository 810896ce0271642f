namespace Kera.Flows.Tests.Oracle;

/// <summary>§9 of the rules.</summary>
internal static class Corrections
{
    /// <summary>What is left of a log when every correction is summed into its original.</summary>
    public static List<Entry> Entries(IReadOnlyList<EconomicEvent> log)
    {
        var entries = log.Where(happening => happening.Corrects is null).Select(Entry.From).ToDictionary(entry => entry.Position);
        foreach (var correction in log.Where(happening => happening.Corrects is not null))
        {
            var original = entries[correction.Corrects!.Value];
            var difference = Entry.From(Completed(correction, original.Event));
            original.Correct(difference.Quantity, difference.Effort);
        }

        return [.. entries.Values];
    }

    public static string? Check(EconomicEvent correction, IReadOnlyList<EconomicEvent> log)
    {
        var original = log.FirstOrDefault(happening => happening.Position == correction.Corrects);
        if (original is null || original.Corrects is not null || Differs(correction, original))
            return "correction";
        if (correction is { ResourceQuantity: null, EffortQuantity: null })
            return "correction";
        if ((correction.ResourceQuantity is not null && original.ResourceQuantity is null) ||
            (correction.EffortQuantity is not null && original.EffortQuantity is null))
        {
            return "correction";
        }

        if ((correction.ResourceQuantity ?? Quantity.Zero) == Quantity.Zero && (correction.EffortQuantity ?? Quantity.Zero) == Quantity.Zero)
            return "correction";
        var completed = Completed(correction, original);
        if (FormRules.Units(completed) is { } broken)
            return broken;
        var now = Entries(log).Single(entry => entry.Position == original.Position);
        var difference = Entry.From(completed);
        now.Correct(difference.Quantity, difference.Effort);
        if (now.Quantity < 0 || now.Effort < 0)
            return "corrected below zero";
        return now.Quantity > FormRules.Largest || now.Effort > FormRules.Largest ? "too much" : null;
    }

    /// <summary>A correction with the original's fields where its own are left out.</summary>
    private static EconomicEvent Completed(EconomicEvent correction, EconomicEvent original) => original with
    {
        Position = correction.Position,
        ResourceQuantity = correction.ResourceQuantity,
        ResourceUnit = correction.ResourceUnit,
        EffortQuantity = correction.EffortQuantity,
        EffortUnit = correction.EffortUnit,
    };

    private static bool Differs(EconomicEvent given, EconomicEvent original) =>
        given.Action != original.Action || given.Provider != original.Provider || given.Receiver != original.Receiver ||
        Differs(given.Resource, original.Resource) || Differs(given.ToResource, original.ToResource) ||
        Differs(given.ConformsTo, original.Specification) || Differs(given.InputOf, original.InputOf) ||
        Differs(given.OutputOf, original.OutputOf) || Differs(given.ToLocation, original.ToLocation) ||
        Differs(given.State, original.State) || Differs(given.RealizationOf, original.RealizationOf) ||
        Differs(given.PointInTime, original.PointInTime) || Differs(given.Beginning, original.Beginning) ||
        Differs(given.End, original.End) || (given.Fulfills.Count > 0 && !given.Fulfills.SequenceEqual(original.Fulfills));

    private static bool Differs<T>(T? given, T? original) => given is not null && !given.Equals(original);
}

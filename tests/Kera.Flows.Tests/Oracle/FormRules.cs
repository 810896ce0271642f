namespace Kera.Flows.Tests.Oracle;

/// <summary>§3 of the rules: what can be said of an event without looking at the ledger.</summary>
internal static class FormRules
{
    /// <summary>A thousand million units, in millionths.</summary>
    public const long Largest = 1_000_000_000_000_000;

    private const long Minute = 60_000_000;
    private const long Day = 24 * 60 * Minute;
    private const long Year1900 = -25_567 * Day;

    private static readonly string[] OneAgent = ["move", "raise", "lower", "combine", "separate"];
    private static readonly string[] TwoAgents = ["transfer", "transferCustody", "transferAllRights"];
    private static readonly string[] WithoutResource = ["work", "deliverService"];
    private static readonly string[] MayNameTo = ["transferCustody", "transferAllRights", "transfer", "move", "copy", "combine"];
    private static readonly string[] MovesSomething = ["pickup", "dropoff", "accept", "modify", "combine", "separate"];
    private static readonly string[] OfNetworks = ["produce", "consume", "raise", "lower"];

    public static bool IsImport(EconomicEvent happening) =>
        happening.Action.Name == "transfer" && happening.Provider.Outside && happening.Resource is null && happening.ToResource is not null;

    public static bool IsExport(EconomicEvent happening) =>
        happening.Action.Name == "transfer" && happening.Receiver.Outside && happening.Resource is not null && happening.ToResource is null;

    /// <summary>The first broken rule, null where the form is right.</summary>
    public static string? Check(EconomicEvent happening) =>
        Time(happening) ?? Process(happening) ?? Resources(happening) ?? Quantities(happening) ?? Pair(happening) ?? Networks(happening) ??
        Parties(happening) ?? Rest(happening);

    private static string? Time(EconomicEvent happening)
    {
        if (happening.PointInTime is null == happening.Beginning is null)
            return "time";
        if (happening.End is { } end && (happening.Beginning is not { } begin || end < begin || end - begin > 366 * Day))
            return "time";
        return happening.EffectTime < Year1900 || happening.EffectTime > happening.Created + (5 * Minute) ? "absurd time" : null;
    }

    private static string? Process(EconomicEvent happening)
    {
        var (goesIn, comesOut) = (happening.InputOf is not null, happening.OutputOf is not null);
        var right = ActionRow.Of(happening).Side switch
        {
            "in" => goesIn && !comesOut,
            "out" => comesOut && !goesIn,
            "inout" => goesIn || comesOut,
            _ => !goesIn && !comesOut,
        };
        return right ? null : "process";
    }

    private static string? Resources(EconomicEvent happening)
    {
        var name = happening.Action.Name;
        if (WithoutResource.Contains(name))
        {
            return happening.ConformsTo is null || happening.Resource is not null || happening.ToResource is not null ? "resource" : null;
        }

        if (happening.Resource is null && !IsImport(happening))
            return "resource";
        if (happening.ToResource is not null && !MayNameTo.Contains(name))
            return "resource";
        if (happening.ToResource is null && (name is "copy" or "combine"))
            return "resource";
        if (happening.ToResource is not null && happening.ToResource == happening.Resource)
            return "resource";
        return happening.ConformsTo is not null && happening.ConformsTo != (happening.Resource ?? happening.ToResource)!.ConformsTo ? "kind" : null;
    }

    private static string? Quantities(EconomicEvent happening)
    {
        var (quantity, effort) = (happening.ResourceQuantity, happening.EffortQuantity);
        var right = ActionRow.Of(happening).Carries switch
        {
            "resource" => quantity is not null && effort is null,
            "effort" => quantity is null && effort is not null,
            _ => quantity is not null || effort is not null,
        };
        if (!right)
            return "quantity";
        if (quantity < Quantity.Zero || effort < Quantity.Zero)
            return "negative";
        if (quantity == Quantity.Zero && MovesSomething.Contains(happening.Action.Name))
            return "nothing moved";
        return Units(happening) ?? (Entry.From(happening) is var entry && (entry.Quantity > Largest || entry.Effort > Largest) ? "too much" : null);
    }

    /// <summary>Whether the units that are given are right.</summary>
    public static string? Units(EconomicEvent happening)
    {
        var specification = happening.Specification!;
        if (happening.ResourceQuantity is not null && Entry.Converted(happening.ResourceQuantity, happening.ResourceUnit, specification.Unit) is null)
            return "unit";
        return happening.EffortQuantity is not null &&
            Entry.Converted(happening.EffortQuantity, happening.EffortUnit, Entry.EffortUnitOf(specification)) is null
                ? "unit"
                : null;
    }

    private static string? Pair(EconomicEvent happening)
    {
        if (happening is not { Resource: { } resource, ToResource: { } to } || happening.Action.Name == "combine")
            return null;
        return resource.ConformsTo != to.ConformsTo || (to.Lot is not null && to.Lot != resource.Lot) ? "kind" : null;
    }

    private static string? Networks(EconomicEvent happening)
    {
        if (happening.Resource?.Throughput != true && happening.ToResource?.Throughput != true)
            return null;
        if (happening.ToLocation is not null || happening.State is not null)
            return "effect";
        return OfNetworks.Contains(happening.Action.Name) || IsImport(happening) || IsExport(happening) ? null : "network";
    }

    private static string? Parties(EconomicEvent happening)
    {
        var same = happening.Provider == happening.Receiver;
        if (same && TwoAgents.Contains(happening.Action.Name))
            return "self-transfer";
        return !same && OneAgent.Contains(happening.Action.Name) ? "two parties" : null;
    }

    private static string? Rest(EconomicEvent happening)
    {
        if (happening.HasReason != (happening.Action.Name is "raise" or "lower"))
            return "reason";
        var row = ActionRow.Of(happening);
        return (happening.ToLocation is not null && row.Location == ".") || (happening.State is not null && row.State == ".") ? "effect" : null;
    }
}

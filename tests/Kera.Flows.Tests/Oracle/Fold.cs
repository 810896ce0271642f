namespace Kera.Flows.Tests.Oracle;

/// <summary>
/// Everything that happened, applied from the beginning in the order of the rules' §2. It stops at the first event that breaks
/// a rule of §4 to §8.
/// </summary>
internal sealed class Fold
{
    private readonly Networks networks;
    private readonly Dictionary<int, Holding> holdings = [];

    public Fold(IReadOnlyCollection<Entry> entries, long? upTo = null)
    {
        networks = new Networks(entries.OrderBy(entry => entry.Position));
        (Broken, BrokenAt) = (networks.Broken, networks.BrokenAt);
        // A network stays there, and with its holder, when the number that began it is corrected to nothing: its order is the log's.
        var counted = entries.Where(entry => (!entry.Void || Networks.Touches(entry.Event)) && !(entry.Event.EffectTime > upTo));
        foreach (var entry in counted.OrderBy(entry => entry.Event.EffectTime).ThenBy(entry => entry.Position))
        {
            if (Broken is not null)
                return;
            if (Apply(entry) is { } broken)
                (Broken, BrokenAt) = (broken, entry);
        }

        // What a network holds on the way does not matter, what it holds in the end has to be sayable.
        var ofNetworks = entries.Where(entry => Networks.Touches(entry.Event)).Select(entry => Of((entry.Event.Resource ?? entry.Event.ToResource)!)!);
        if (Broken is null && upTo is null && ofNetworks.Any(Beyond))
            (Broken, BrokenAt) = ("too much", entries.MaxBy(entry => entry.Position));
    }

    /// <summary>The first rule broken, null where all hold.</summary>
    public string? Broken { get; private set; }

    public Entry? BrokenAt { get; private set; }

    public Holding? Of(EconomicResource resource) => holdings.GetValueOrDefault(resource.Id);

    private string? Apply(Entry entry)
    {
        var happening = entry.Event;
        var (resource, to) = (happening.Resource, happening.ToResource);
        if (resource is null && to is null)
            return null;
        if (Networks.Touches(happening))
            return ApplyToNetwork(entry, (resource ?? to)!);

        var row = ActionRow.Of(happening);
        var (from, fromIsNew) = (resource is null ? null : Of(resource), false);
        if (resource is not null && from is null)
        {
            if (row.Creates != "self" || row.Name == "lower")
                return "not there yet";
            (from, fromIsNew) = (Begin(resource), true);
            from.Accountable = from.Custodian = happening.Receiver;
        }
        else if (from is not null && !Entitlement.OnResource(row.Name, happening, from))
        {
            return "not entitled";
        }

        var (target, targetIsNew) = (to is null ? null : Of(to), false);
        if (to is not null && target is null)
        {
            if (row.Creates != "to")
                return "not there yet";
            (target, targetIsNew) = (Begin(to), true);
            Inherit(row.Name, happening, from, target);
        }
        else if (target is not null && !Entitlement.OnToResource(row.Name, happening, from, target))
        {
            return "not entitled";
        }

        return Whole(row, entry, from) ?? BeforeProcess(row, entry, from) ??
            Contain(row, happening, from) ?? Count(row, entry, from, target) ?? AfterProcess(row, entry, from) ??
            Describe(row, happening, (from, fromIsNew), (target, targetIsNew)) ?? Limits(resource, from) ?? Limits(to, target);
    }

    private Holding Begin(EconomicResource resource) => holdings[resource.Id] = new Holding();

    private string? ApplyToNetwork(Entry entry, EconomicResource network)
    {
        var happening = entry.Event;
        var row = ActionRow.Of(happening);
        var holding = Of(network) ?? Begin(network);
        holding.Accountable = holding.Custodian = networks.HolderOf(network);
        var sign = row.Name is "produce" or "raise" || FormRules.IsImport(happening) ? 1 : -1;
        holding.Accounting += sign * entry.Quantity!.Value;
        holding.Onhand += sign * entry.Quantity!.Value;
        return null;
    }

    /// <summary>§4: what a to-resource is when it comes into being.</summary>
    private static void Inherit(string action, EconomicEvent happening, Holding? from, Holding target)
    {
        target.Accountable = action is "transferCustody" or "move" ? from!.Accountable : happening.Receiver;
        target.Custodian = action is "transferAllRights" or "move" ? from!.Custodian : happening.Receiver;
        target.Location = action == "transferAllRights" ? from!.Location : happening.ToLocation;
        target.Stage = action == "copy" ? null : from?.Stage;
    }

    /// <summary>§6.3: a part needs a resource of its own.</summary>
    private static string? Whole(ActionRow row, Entry entry, Holding? from)
    {
        if (row.Creates != "to" || from is null || entry.Event.ToResource is not null || FormRules.IsExport(entry.Event))
            return null;
        var wholeAccount = row.Name is not ("transfer" or "transferAllRights") || from.Accounting == entry.Quantity;
        var wholeOnhand = row.Name == "transferAllRights" || from.Onhand == entry.Quantity;
        return wholeAccount && wholeOnhand ? null : "part";
    }

    /// <summary>§6.4 and §6.5, what must hold before the quantity changes.</summary>
    private static string? BeforeProcess(ActionRow row, Entry entry, Holding? from)
    {
        var happening = entry.Event;
        switch (row.Name)
        {
            case "pickup" or "accept" or "combine":
                var again = from!.Away > 0;
                return again && (from.AwayBy != row.Name || from.AwayIn != happening.InputOf || (row.Name == "combine" && from.Container != happening.ToResource))
                    ? "pairing"
                    : null;
            case "dropoff" or "modify" or "separate":
                var partner = row.Name == "separate" ? "combine" : row.Pair;
                if (from!.Away == 0 || from.AwayBy != partner || (row.Name != "separate" && from.AwayIn != happening.OutputOf))
                    return "pairing";
                if (entry.Quantity > from.Away)
                    return "pairing";
                return row.Name != "separate" && happening.Receiver != from.Custodian && from.Onhand != 0 ? "divided hands" : null;
            default:
                return null;
        }
    }

    /// <summary>§6.6: nothing inside itself.</summary>
    private string? Contain(ActionRow row, EconomicEvent happening, Holding? from)
    {
        if (row.Contained != "set")
            return null;
        for (var container = happening.ToResource; container is not null; container = Of(container)?.Container)
        {
            if (container == happening.Resource)
                return "contained in itself";
        }

        from!.Container = happening.ToResource;
        return null;
    }

    private static string? Count(ActionRow row, Entry entry, Holding? from, Holding? target)
    {
        var amount = entry.Quantity ?? 0;
        var other = target ?? (FormRules.IsExport(entry.Event) ? null : from);
        foreach (var sign in row.Accounting)
            Change(sign, row.Accounting, holding => holding.Accounting += amount, holding => holding.Accounting -= amount);
        foreach (var sign in row.Onhand)
            Change(sign, row.Onhand, holding => holding.Onhand += amount, holding => holding.Onhand -= amount);
        return from is not null && (from.Accounting < 0 || from.Onhand < 0) ? "overdraft" : null;

        void Change(char sign, string effect, Action<Holding> add, Action<Holding> take)
        {
            if (sign == '-' && from is not null)
                take(from);
            if (sign == '+' && (effect == "+" ? from : other) is { } gains)
                add(gains);
        }
    }

    private static string? AfterProcess(ActionRow row, Entry entry, Holding? from)
    {
        var happening = entry.Event;
        if (row.Name is "pickup" or "accept" or "combine")
        {
            from!.Away += entry.Quantity!.Value;
            (from.AwayBy, from.AwayIn) = (row.Name, happening.InputOf);
            if (row.Name != "combine" && happening.Receiver != from.Custodian && from.Onhand != 0)
                return "divided hands";
        }
        else if (row.Name is "dropoff" or "modify" or "separate")
        {
            from!.Away -= entry.Quantity!.Value;
            if (row.Contained == "clear" && from.Away == 0)
                from.Container = null;
        }

        if (from?.Away == 0)
            (from.AwayBy, from.AwayIn) = (null, null);
        return null;
    }

    private static string? Describe(ActionRow row, EconomicEvent happening, (Holding? Holding, bool New) from, (Holding? Holding, bool New) to)
    {
        var updated = to.Holding ?? (FormRules.IsExport(happening) ? null : from.Holding);
        var place = row.Location switch
        {
            "new" when from.New => from.Holding,
            "new" when to.New => to.Holding,
            "set" => from.Holding,
            "setTo" => updated,
            _ => null,
        };
        if (place is not null && happening.ToLocation is not null)
            place.Location = happening.ToLocation;
        if (row.Stage == "set" && happening.Process?.BasedOn is { } stage)
            from.Holding!.Stage = stage;
        var stated = row.State == "setTo" ? updated : from.Holding;
        if (stated is not null && happening.State is not null)
            stated.State = happening.State;
        var held = row.Name is "transfer" or "transferCustody" || row.Implies == "transferCustody" ? updated : null;
        if (held is not null)
            held.Custodian = happening.Receiver;
        if (row.Accountable == "setTo" && updated is not null)
            updated.Accountable = happening.Receiver;
        return null;
    }

    private static string? Limits(EconomicResource? resource, Holding? holding)
    {
        if (resource is null || holding is null)
            return null;
        if (Beyond(holding))
            return "too much";
        return resource.Kind == ResourceKind.Identified && (holding.Accounting > Quantity.One || holding.Onhand > Quantity.One) ? "more than one" : null;
    }

    private static bool Beyond(Holding holding) =>
        Int128.Abs(holding.Accounting) > long.MaxValue || Int128.Abs(holding.Onhand) > long.MaxValue || holding.Away > long.MaxValue;
}

namespace Kera.Flows;

/// <summary>
/// What can be said of an event without knowing any other (rules §3): the fields an action needs and does not take, units,
/// times. Linear in nothing; allocates only where a unit is converted or something is refused.
/// </summary>
public static class EventForm
{

    private const long Second = 1_000_000;
    private const long Day = 24 * 3_600 * Second;

    /// <summary>1900-01-01T00:00Z, the earliest effect time, in microseconds since 1970.</summary>
    public const long Earliest = -25_567 * Day;

    /// <summary>How far ahead of its recording an event may lie: five minutes, for clocks that differ.</summary>
    public const long Ahead = 5 * 60 * Second;

    /// <summary>The longest span of one event: 366 days.</summary>
    public const long LongestSpan = 366 * Day;

    /// <summary>
    /// The most that one event may carry: a thousand million units. It leaves room for thousands of the largest in every sum, so
    /// that no total of a month can run over.
    /// </summary>
    public static readonly Quantity Largest = Quantity.Whole(1_000_000_000);

    private static readonly Unit Hour = Unit.Find("h");
    private static readonly FlowAction Move = FlowAction.Find("move");

    /// <summary>Checks the form of an event that corrects nothing and brings its quantities into the ledger's units.</summary>
    /// <param name="candidate">The event; replaced by its normalised form.</param>
    /// <returns>The first rule it breaks, or null.</returns>
    public static Refusal? Check(ref EconomicEvent candidate) =>
        CheckTime(candidate) ??
        CheckProcess(candidate) ??
        CheckQuantities(ref candidate) ??
        CheckResources(candidate) ??
        CheckParties(candidate) ??
        CheckExtras(candidate);

    /// <summary>Converts the quantities of an event or a correction into the ledger's units.</summary>
    internal static Refusal? Convert(ref EconomicEvent candidate, ResourceSpecification? specification)
    {
        if (candidate.ResourceQuantity is { } quantity && specification is not null)
        {
            var given = candidate.ResourceUnit ?? specification.Unit;
            if (given.ConvertTo(specification.Unit, quantity) is not { } converted)
            {
                return new WrongUnit("resourceQuantity.hasUnit", given.Code, specification.Unit.Code);
            }

            if (candidate.ResourceUnit != specification.Unit)
            {
                candidate = candidate with { ResourceQuantity = converted, ResourceUnit = specification.Unit };
            }
        }

        if (candidate.EffortQuantity is { } effort)
        {
            var expected = specification?.EffortUnit ?? Hour;
            var given = candidate.EffortUnit ?? expected;
            if (given.ConvertTo(expected, effort) is not { } converted)
            {
                return new WrongUnit("effortQuantity.hasUnit", given.Code, expected.Code);
            }

            if (candidate.EffortUnit != expected)
            {
                candidate = candidate with { EffortQuantity = converted, EffortUnit = expected };
            }
        }

        return null;
    }

    private static Refusal? CheckTime(EconomicEvent candidate)
    {
        if (candidate.PointInTime is null == candidate.Beginning is null)
        {
            return new WrongTime("hasPointInTime", "An event has either hasPointInTime or hasBeginning, one of the two.");
        }

        if (candidate.End is { } end)
        {
            if (candidate.Beginning is not { } beginning)
            {
                return new WrongTime("hasEnd", "hasEnd goes with hasBeginning; an event with hasPointInTime has no length.");
            }

            if (end < beginning || end - beginning > LongestSpan)
            {
                return new WrongTime("hasEnd", "hasEnd must not be before hasBeginning, nor more than 366 days after it.");
            }
        }

        return candidate.EffectTime < Earliest || candidate.EffectTime > candidate.Created + Ahead
            ? new AbsurdTime(candidate.PointInTime is null ? "hasBeginning" : "hasPointInTime")
            : null;
    }

    private static WrongProcess? CheckProcess(EconomicEvent candidate)
    {
        var (input, output) = (candidate.InputOf is not null, candidate.OutputOf is not null);
        return candidate.Action.InputOutput switch
        {
            InputOutput.Input when !input => new("inputOf", candidate.Action.Name, "goes into a process: name it in inputOf"),
            InputOutput.Input when output => new("outputOf", candidate.Action.Name, "goes into a process and has no outputOf"),
            InputOutput.Output when !output => new("outputOf", candidate.Action.Name, "comes out of a process: name it in outputOf"),
            InputOutput.Output when input => new("inputOf", candidate.Action.Name, "comes out of a process and has no inputOf"),
            InputOutput.OutputInput when !input && !output => new("outputOf", candidate.Action.Name, "comes out of a process or goes into one: name it in outputOf, inputOf or both"),
            InputOutput.NotApplicable when input || output => new(input ? "inputOf" : "outputOf", candidate.Action.Name, "belongs to no process"),
            _ => null,
        };
    }

    private static Refusal? CheckQuantities(ref EconomicEvent candidate)
    {
        var action = candidate.Action;
        var (resource, effort) = (candidate.ResourceQuantity, candidate.EffortQuantity);
        switch (action.EventQuantity)
        {
            case EventQuantity.Resource when effort is not null:
                return new UnexpectedQuantity("effortQuantity", action.Name);
            case EventQuantity.Resource when resource is null:
                return new MissingQuantity("resourceQuantity", action.Name);
            case EventQuantity.Effort when resource is not null:
                return new UnexpectedQuantity("resourceQuantity", action.Name);
            case EventQuantity.Effort when effort is null:
                return new MissingQuantity("effortQuantity", action.Name);
            case EventQuantity.Both when resource is null && effort is null:
                return new MissingQuantity("effortQuantity", action.Name);
        }

        if (resource < Quantity.Zero || effort < Quantity.Zero)
        {
            return new NegativeQuantity(resource < Quantity.Zero ? "resourceQuantity" : "effortQuantity");
        }

        if (resource == Quantity.Zero && InProcessAction(action))
        {
            return new NothingMoved(action.Name);
        }

        return Convert(ref candidate, candidate.Specification) ??
            (candidate.ResourceQuantity > Largest || candidate.EffortQuantity > Largest ? new BeyondOneEvent(candidate.ResourceQuantity > Largest ? "resourceQuantity" : "effortQuantity") : null);
    }

    /// <summary>Whether an action puts a resource into a process that gives it back, or gives it back.</summary>
    internal static bool InProcessAction(FlowAction action) =>
        action.Accounting == QuantityEffect.NotApplicable && action.Onhand is QuantityEffect.Increment or QuantityEffect.Decrement;

    private static Refusal? CheckResources(EconomicEvent candidate)
    {
        var (action, resource, to, named) = (candidate.Action, candidate.Resource, candidate.ToResource, candidate.ConformsTo);
        if (action.EventQuantity == EventQuantity.Effort || action.InputOutput == InputOutput.OutputInput)
        {
            if (resource is not null || to is not null)
            {
                return new UnexpectedResource(resource is not null ? "resourceInventoriedAs" : "toResourceInventoriedAs", $"'{action}' is not of a kept resource; name only its kind in resourceConformsTo.");
            }

            return named is null ? new MissingResource("resourceConformsTo", action.Name) : null;
        }

        var toTaken = action.CreateResource == CreateResource.OptionalTo || action.Contained == AttributeEffect.Update;
        if (to is not null && !toTaken)
        {
            return new UnexpectedResource("toResourceInventoriedAs", $"'{action}' has one resource; leave toResourceInventoriedAs out.");
        }

        var toNeeded = action.Contained == AttributeEffect.Update || action.Accounting == QuantityEffect.IncrementTo;
        if (to is null && toNeeded)
        {
            return new MissingResource("toResourceInventoriedAs", action.Name);
        }

        if (resource is null && !(ResourceRules.IsTransfer(action) && to is not null && candidate.Provider.Outside))
        {
            return new MissingResource("resourceInventoriedAs", action.Name);
        }

        if (resource is not null && to == resource)
        {
            return new UnexpectedResource("toResourceInventoriedAs", $"'{to.Key}' is named on both sides; the to-resource is another one.");
        }

        if (named is not null && named != candidate.Specification)
        {
            return new DifferentKind("resourceConformsTo", $"The resource is of '{candidate.Specification!.Key}', not of '{named.Key}'.");
        }

        if (resource is not null && to is not null && action.Contained != AttributeEffect.Update)
        {
            if (resource.ConformsTo != to.ConformsTo)
            {
                return new DifferentKind("toResourceInventoriedAs", $"'{resource.Key}' is of '{resource.ConformsTo.Key}', '{to.Key}' of '{to.ConformsTo.Key}'; a thing does not change its kind on the way.");
            }

            if (to.Lot is not null && to.Lot != resource.Lot)
            {
                return new DifferentKind("toResourceInventoriedAs", $"'{to.Key}' is lot '{to.Lot}', and '{resource.Key}' is not of it.");
            }
        }

        return CheckNetwork(candidate);
    }

    private static NotForNetworks? CheckNetwork(EconomicEvent candidate)
    {
        var (resource, to, action) = (candidate.Resource, candidate.ToResource, candidate.Action);
        var network = resource is { Throughput: true } ? resource : to is { Throughput: true } ? to : null;
        if (network is null)
        {
            return null;
        }

        var oneSided = resource is null || to is null;
        var allowed = oneSided &&
            (action.Accounting is QuantityEffect.Increment or QuantityEffect.Decrement ||
             (ResourceRules.IsTransfer(action) && (resource is null ? candidate.Provider.Outside : candidate.Receiver.Outside)));
        return allowed ? null : new NotForNetworks(network.Key, action.Name);
    }

    private static Refusal? CheckParties(EconomicEvent candidate)
    {
        var same = candidate.Provider == candidate.Receiver;
        var action = candidate.Action;
        if (same && ResourceRules.ChangesHands(action))
        {
            return new SelfTransfer(candidate.Provider.Key);
        }

        var counting = action.InputOutput == InputOutput.NotApplicable && action.CreateResource == CreateResource.Optional;
        return !same && (counting || action == Move || action.Contained != AttributeEffect.NotApplicable) ? new TwoParties(action.Name) : null;
    }

    private static Refusal? CheckExtras(EconomicEvent candidate)
    {
        var action = candidate.Action;
        var counting = action.InputOutput == InputOutput.NotApplicable && action.CreateResource == CreateResource.Optional;
        if (counting != candidate.HasReason)
        {
            return counting ? new MissingReason(action.Name) : new UnexpectedReason(action.Name);
        }

        var network = (candidate.Resource ?? candidate.ToResource) is { Throughput: true };
        if (candidate.ToLocation is not null && (action.Location == AttributeEffect.NotApplicable || network))
        {
            return new UnexpectedEffect("toLocation", action.Name);
        }

        return candidate.State is not null && (action.State == AttributeEffect.NotApplicable || network) ? new UnexpectedEffect("state", action.Name) : null;
    }
}

namespace Kera.Flows;

/// <summary>
/// What one event does to the one or two resources it names, and the rules about them (rules §4 to §8). Works on copies of
/// states that the caller keeps or drops; constant time but for a walk up the containers of <c>combine</c>.
/// </summary>
internal static class ResourceRules
{
    private static readonly FlowAction Combine = FlowAction.Find("combine");

    /// <summary>Whether the action gives rights and custody to another.</summary>
    public static bool IsTransfer(FlowAction action) => action is { Accounting: QuantityEffect.DecrementIncrement, Onhand: QuantityEffect.DecrementIncrement, Accountable: AttributeEffect.UpdateTo };

    /// <summary>Whether the action is one of the three transfers.</summary>
    public static bool ChangesHands(FlowAction action) => ChangesRights(action) || IsCustodyTransfer(action);

    private static bool ChangesRights(FlowAction action) => action.Accountable == AttributeEffect.UpdateTo;

    private static bool IsCustodyTransfer(FlowAction action) => action is { Accounting: QuantityEffect.NotApplicable, Onhand: QuantityEffect.DecrementIncrement };

    /// <summary>Whether the action adds to a resource and may bring it into being.</summary>
    private static bool Adds(FlowAction action) => action is { CreateResource: CreateResource.Optional, Accounting: QuantityEffect.Increment };

    /// <summary>Whether the event sends part of a stock to an agent whose stocks are not kept.</summary>
    public static bool IsExport(EconomicEvent e) => e.ToResource is null && e.Receiver.Outside && IsTransfer(e.Action);

    /// <summary>The sign and size of the effect on accounting and on-hand quantity of one of the event's resources.</summary>
    /// <param name="e">The event.</param>
    /// <param name="quantity">The amount that counts.</param>
    /// <param name="toSide">Whether the to-resource is asked about.</param>
    public static (Quantity Accounting, Quantity Onhand) Deltas(EconomicEvent e, Quantity quantity, bool toSide)
    {
        if (toSide)
        {
            return e.Action == Combine ? default : (Effect(e.Action.Accounting), Effect(e.Action.Onhand));

            Quantity Effect(QuantityEffect effect) => effect is QuantityEffect.DecrementIncrement or QuantityEffect.IncrementTo ? quantity : Quantity.Zero;
        }

        var whole = e.ToResource is null && !IsExport(e);
        return (From(e.Action.Accounting), From(e.Action.Onhand));

        Quantity From(QuantityEffect effect) => effect switch
        {
            QuantityEffect.Increment => quantity,
            QuantityEffect.Decrement => -quantity,
            QuantityEffect.DecrementIncrement when !whole => -quantity,
            _ => Quantity.Zero,
        };
    }

    /// <summary>Applies an event to a network: holder and quantities only, in the order of the log.</summary>
    public static Refusal? ApplyToNetwork(EconomicEvent e, Quantity quantity, ref ResourceState state)
    {
        var toSide = e.Resource is null;
        var network = (toSide ? e.ToResource : e.Resource)!;
        var incoming = toSide || e.Action.Accounting == QuantityEffect.Increment;
        if (!state.Exists)
        {
            if (!incoming)
            {
                return new NotThereYet(network.Key, "resourceInventoriedAs");
            }

            state = new ResourceState { Exists = true, Accountable = e.Receiver, Custodian = e.Receiver };
        }

        if ((incoming ? e.Receiver : e.Provider) != state.Accountable)
        {
            return incoming ? new NotEntitled(e.Receiver.Key, network.Key, "hold", "receiver") : new NotEntitled(e.Provider.Key, network.Key, "hold", "provider");
        }

        return Add(network, ref state, Deltas(e, quantity, toSide));
    }

    /// <summary>Applies an event to its ordinary resources.</summary>
    /// <param name="e">The event.</param>
    /// <param name="quantity">The amount that counts.</param>
    /// <param name="from">The state of the resource; of an import, unused.</param>
    /// <param name="judgeFrom">Whether the resource's side is to be judged and changed, or only read for what it hands on.</param>
    /// <param name="to">The state of the to-resource (of <c>combine</c>, the container).</param>
    /// <param name="judgeTo">Whether the to-resource's side is to be judged and changed.</param>
    /// <param name="containerOf">The container of a resource at this point of the order.</param>
    public static Refusal? Apply(
        EconomicEvent e,
        Quantity quantity,
        ref ResourceState from,
        bool judgeFrom,
        ref ResourceState to,
        bool judgeTo,
        Func<EconomicResource, EconomicResource?> containerOf)
    {
        var before = from;
        if (e.Resource is not null && judgeFrom && ApplyFrom(e, quantity, ref from, to, containerOf) is { } refusal)
        {
            return refusal;
        }

        if (e.ToResource is null || !judgeTo)
        {
            return null;
        }

        if (e.Action == Combine)
        {
            return to.Exists ? null : new NotThereYet(e.ToResource.Key, "toResourceInventoriedAs");
        }

        return ApplyTo(e, quantity, before, ref to);
    }

    private static Refusal? ApplyFrom(EconomicEvent e, Quantity quantity, ref ResourceState state, in ResourceState to, Func<EconomicResource, EconomicResource?> containerOf)
    {
        var (action, resource) = (e.Action, e.Resource!);
        if (!state.Exists)
        {
            if (!Adds(action))
            {
                return new NotThereYet(resource.Key, "resourceInventoriedAs");
            }

            state = new ResourceState { Exists = true, Accountable = e.Receiver, Custodian = e.Receiver, Location = action.Location == AttributeEffect.New ? e.ToLocation : null };
        }
        else if (Adds(action))
        {
            if (state.Accountable != e.Receiver)
            {
                return new NotEntitled(e.Receiver.Key, resource.Key, "answer for", "receiver");
            }
        }
        else if (ChangesRights(action) ? e.Provider != state.Accountable : e.Provider != state.Accountable && e.Provider != state.Custodian)
        {
            return new NotEntitled(e.Provider.Key, resource.Key, ChangesRights(action) ? "answer for" : "hold or answer for", "provider");
        }

        var refusal = CheckWhole(e, quantity, state) ?? ChangeInProcess(e, quantity, ref state, containerOf) ?? Add(resource, ref state, Deltas(e, quantity, toSide: false));
        if (refusal is not null)
        {
            return refusal;
        }

        SetAttributes(e, ref state);
        return null;
    }

    private static PartNeedsResource? CheckWhole(EconomicEvent e, Quantity quantity, in ResourceState state)
    {
        var action = e.Action;
        if (e.ToResource is not null || IsExport(e) || (action.Onhand != QuantityEffect.DecrementIncrement && action.Accounting != QuantityEffect.DecrementIncrement))
        {
            return null;
        }

        // A move takes nothing from the account's point of view; only what is on hand can change its place.
        var accountMatters = action.Accounting == QuantityEffect.DecrementIncrement && ChangesRights(action);
        var whole = (!accountMatters || quantity == state.Accounting) && (action.Onhand != QuantityEffect.DecrementIncrement || quantity == state.Onhand);
        return whole ? null : new PartNeedsResource(e.Resource!.Key, action.Name, accountMatters ? state.Accounting : state.Onhand, e.Resource.ConformsTo.Unit.Code);
    }

    private static Refusal? ChangeInProcess(EconomicEvent e, Quantity quantity, ref ResourceState state, Func<EconomicResource, EconomicResource?> containerOf)
    {
        var (action, resource) = (e.Action, e.Resource!);
        if (!EventForm.InProcessAction(action))
        {
            return null;
        }

        if (action.Onhand == QuantityEffect.Decrement)
        {
            if (state.InProcessBy is { } by && (by != action || state.InProcessOf != e.InputOf || (action == Combine && state.Container != e.ToResource)))
            {
                return new WrongPairing(resource.Key, action.Name, $"part of it is still in process '{state.InProcessOf!.Key}' by '{by}'. Bring that back first.");
            }

            if (action.PairsWith is not null && e.Receiver != state.Custodian && state.Onhand != quantity)
            {
                return state.Onhand < quantity
                    ? new Overdraft(resource.Key, "on hand", state.Onhand, quantity, resource.ConformsTo.Unit.Code)
                    : new DividedHands(resource.Key, action.Name);
            }

            for (var container = action == Combine ? e.ToResource : null; container is not null; container = containerOf(container))
            {
                if (container == resource)
                {
                    return new ContainedInItself(resource.Key, e.ToResource!.Key);
                }
            }

            state.InProcessBy = action;
            state.InProcessOf = e.InputOf;
            return AddInProcess(resource, ref state, quantity);
        }

        var putIn = action.PairsWith ?? Combine.Name;
        if (state.InProcessBy?.Name != putIn || (action.PairsWith is not null && state.InProcessOf != e.OutputOf))
        {
            return new WrongPairing(resource.Key, action.Name, $"nothing of it was put into this process by '{putIn}'.");
        }

        if (quantity > state.InProcess)
        {
            return new Overdraft(resource.Key, "in process", state.InProcess, quantity, resource.ConformsTo.Unit.Code);
        }

        return action.PairsWith is not null && e.Receiver != state.Custodian && state.Onhand != Quantity.Zero
            ? new DividedHands(resource.Key, action.Name)
            : AddInProcess(resource, ref state, -quantity);
    }

    private static TooMuch? AddInProcess(EconomicResource resource, ref ResourceState state, Quantity delta)
    {
        if ((Int128)state.InProcess.Millionths + delta.Millionths > long.MaxValue)
        {
            return new TooMuch(resource.Key);
        }

        state.InProcess += delta;
        if (state.InProcess == Quantity.Zero)
        {
            state.InProcessBy = null;
            state.InProcessOf = null;
        }

        return null;
    }

    private static void SetAttributes(EconomicEvent e, ref ResourceState state)
    {
        var action = e.Action;
        var stays = e.ToResource is null && !IsExport(e);
        if (e.ToLocation is not null && (action.Location == AttributeEffect.Update || (action.Location == AttributeEffect.UpdateTo && stays)))
        {
            state.Location = e.ToLocation;
        }

        if (action.Contained == AttributeEffect.Update)
        {
            state.Container = e.ToResource;
        }
        else if (action.Contained == AttributeEffect.Remove && state.InProcess == Quantity.Zero)
        {
            state.Container = null;
        }

        if (action.Accountable == AttributeEffect.UpdateTo && stays)
        {
            state.Accountable = e.Receiver;
        }

        if (action.PairsWith is not null || (stays && (IsTransfer(action) || IsCustodyTransfer(action))))
        {
            state.Custodian = e.Receiver;
        }

        if (action.Stage == AttributeEffect.Update && e.OutputOf?.BasedOn is { } stage)
        {
            state.Stage = stage;
        }

        if (e.State is not null && (action.State == AttributeEffect.Update || (action.State == AttributeEffect.UpdateTo && stays)))
        {
            state.State = e.State;
        }
    }

    private static Refusal? ApplyTo(EconomicEvent e, Quantity quantity, in ResourceState from, ref ResourceState state)
    {
        var (action, resource) = (e.Action, e.ToResource!);
        var imported = e.Resource is null;
        if (!state.Exists)
        {
            var handsRights = action.Accountable is AttributeEffect.UpdateTo or AttributeEffect.New;
            var handsCustody = action.Accountable == AttributeEffect.New || IsTransfer(action) || IsCustodyTransfer(action);
            state = new ResourceState
            {
                Exists = true,
                Accountable = handsRights ? e.Receiver : from.Accountable,
                Custodian = handsCustody ? e.Receiver : from.Custodian,
                Location = action.Location == AttributeEffect.NotApplicable ? from.Location : e.ToLocation,
                Stage = imported || action.Accountable == AttributeEffect.New ? null : from.Stage,
            };
        }
        else if (CheckToEntitled(e, from, state) is { } refusal)
        {
            return refusal;
        }

        if (Add(resource, ref state, Deltas(e, quantity, toSide: true)) is { } tooMuch)
        {
            return tooMuch;
        }

        if (e.ToLocation is not null && action.Location == AttributeEffect.UpdateTo)
        {
            state.Location = e.ToLocation;
        }

        if (e.State is not null)
        {
            state.State = e.State;
        }

        return null;
    }

    private static NotEntitled? CheckToEntitled(EconomicEvent e, in ResourceState from, in ResourceState state)
    {
        var (action, key) = (e.Action, e.ToResource!.Key);
        const string Field = "toResourceInventoriedAs";
        if (action.Accountable != AttributeEffect.NotApplicable)
        {
            var custodyToo = IsTransfer(action) || action.Accountable == AttributeEffect.New;
            return e.Receiver != state.Accountable || (custodyToo && e.Receiver != state.Custodian)
                ? new(e.Receiver.Key, key, custodyToo ? "hold and answer for" : "answer for", Field)
                : null;
        }

        if (from.Accountable != state.Accountable)
        {
            return new(from.Accountable!.Key, key, "answer for", Field);
        }

        var holder = IsCustodyTransfer(action) ? e.Receiver : from.Custodian!;
        return holder != state.Custodian ? new(holder.Key, key, "hold", Field) : null;
    }

    private static Refusal? Add(EconomicResource resource, ref ResourceState state, (Quantity Accounting, Quantity Onhand) delta)
    {
        var accounting = (Int128)state.Accounting.Millionths + delta.Accounting.Millionths;
        var onhand = (Int128)state.Onhand.Millionths + delta.Onhand.Millionths;
        if (Int128.Abs(accounting) > long.MaxValue || Int128.Abs(onhand) > long.MaxValue)
        {
            return new TooMuch(resource.Key);
        }

        if (!resource.Throughput)
        {
            if (accounting < 0)
            {
                return new Overdraft(resource.Key, "in account", state.Accounting, -delta.Accounting, resource.ConformsTo.Unit.Code);
            }

            if (onhand < 0)
            {
                return new Overdraft(resource.Key, "on hand", state.Onhand, -delta.Onhand, resource.ConformsTo.Unit.Code);
            }

            if (resource.Kind == ResourceKind.Identified && (accounting > Quantity.One || onhand > Quantity.One))
            {
                return new MoreThanOne(resource.Key);
            }
        }

        state.Accounting = new Quantity((long)accounting);
        state.Onhand = new Quantity((long)onhand);
        return null;
    }
}

using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Kera.Flows;

/// <summary>Whether an action goes into a process, comes out of one, or needs none.</summary>
public enum InputOutput
{
    /// <summary>No process.</summary>
    NotApplicable,

    /// <summary>Into a process.</summary>
    Input,

    /// <summary>Out of a process.</summary>
    Output,

    /// <summary>Out of one process, into another, or both.</summary>
    OutputInput,
}

/// <summary>Whether the event of an action may bring a resource into being.</summary>
public enum CreateResource
{
    /// <summary>It may not.</summary>
    NotApplicable,

    /// <summary>The resource itself.</summary>
    Optional,

    /// <summary>The to-resource.</summary>
    OptionalTo,
}

/// <summary>Which quantity an event of an action carries.</summary>
public enum EventQuantity
{
    /// <summary>A quantity of the resource.</summary>
    Resource,

    /// <summary>An effort.</summary>
    Effort,

    /// <summary>Either or both.</summary>
    Both,
}

/// <summary>What an action does to one of the two quantities.</summary>
public enum QuantityEffect
{
    /// <summary>Nothing.</summary>
    NotApplicable,

    /// <summary>Adds to the resource.</summary>
    Increment,

    /// <summary>Takes from the resource.</summary>
    Decrement,

    /// <summary>Takes from the resource, adds to the to-resource.</summary>
    DecrementIncrement,

    /// <summary>Adds to the to-resource.</summary>
    IncrementTo,
}

/// <summary>What an action does to an attribute of a resource.</summary>
public enum AttributeEffect
{
    /// <summary>Nothing.</summary>
    NotApplicable,

    /// <summary>Sets it when the resource comes into being.</summary>
    New,

    /// <summary>Sets it on the resource.</summary>
    Update,

    /// <summary>Sets it on the to-resource (on the resource itself, where no to-resource is named).</summary>
    UpdateTo,

    /// <summary>Clears it.</summary>
    Remove,
}

/// <summary>The transfer that an action implies when its provider is not its receiver.</summary>
public enum ImpliedTransfer
{
    /// <summary>None.</summary>
    None,

    /// <summary>Rights and custody.</summary>
    Transfer,

    /// <summary>Custody only.</summary>
    TransferCustody,
}

/// <summary>
/// One of the 19 actions of ValueFlows 1.0 with its effects: a row of the standard's table
/// (https://www.valueflo.ws/concepts/actions/), as data. Code reads effects, never names of actions.
/// </summary>
/// <param name="Id">The row, 0 to 18.</param>
/// <param name="Name">The standard's name.</param>
/// <param name="InputOutput">Its side of a process.</param>
/// <param name="PairsWith">The action that takes out what this one put in, or the reverse.</param>
/// <param name="CreateResource">What it may bring into being.</param>
/// <param name="EventQuantity">Which quantity it carries.</param>
/// <param name="Accounting">Its effect on the accounting quantity.</param>
/// <param name="Onhand">Its effect on the quantity on hand.</param>
/// <param name="Location">Its effect on the location.</param>
/// <param name="Contained">Its effect on the container.</param>
/// <param name="Accountable">Its effect on who answers for the resource.</param>
/// <param name="Stage">Its effect on the stage.</param>
/// <param name="State">Its effect on the state.</param>
/// <param name="Implied">The transfer it implies.</param>
public sealed record FlowAction(
    int Id,
    string Name,
    InputOutput InputOutput,
    string? PairsWith,
    CreateResource CreateResource,
    EventQuantity EventQuantity,
    QuantityEffect Accounting,
    QuantityEffect Onhand,
    AttributeEffect Location,
    AttributeEffect Contained,
    AttributeEffect Accountable,
    AttributeEffect Stage,
    AttributeEffect State,
    ImpliedTransfer Implied)
{
    private const QuantityEffect Up = QuantityEffect.Increment;
    private const QuantityEffect Down = QuantityEffect.Decrement;
    private const QuantityEffect Across = QuantityEffect.DecrementIncrement;
    private const QuantityEffect UpTo = QuantityEffect.IncrementTo;
    private const QuantityEffect Same = QuantityEffect.NotApplicable;
    private const AttributeEffect No = AttributeEffect.NotApplicable;
    private const AttributeEffect New = AttributeEffect.New;
    private const AttributeEffect Set = AttributeEffect.Update;
    private const AttributeEffect SetTo = AttributeEffect.UpdateTo;
    private const AttributeEffect Clear = AttributeEffect.Remove;

    /// <summary>The standard's table, in its order.</summary>
    public static IReadOnlyList<FlowAction> All { get; } =
    [
        new(0, "produce", InputOutput.Output, null, CreateResource.Optional, EventQuantity.Resource, Up, Up, New, No, New, Set, Set, ImpliedTransfer.Transfer),
        new(1, "consume", InputOutput.Input, null, CreateResource.NotApplicable, EventQuantity.Resource, Down, Down, No, No, No, No, Set, ImpliedTransfer.Transfer),
        new(2, "use", InputOutput.Input, null, CreateResource.NotApplicable, EventQuantity.Both, Same, Same, No, No, No, No, Set, ImpliedTransfer.None),
        new(3, "work", InputOutput.Input, null, CreateResource.NotApplicable, EventQuantity.Effort, Same, Same, No, No, No, No, No, ImpliedTransfer.None),
        new(4, "cite", InputOutput.Input, null, CreateResource.NotApplicable, EventQuantity.Resource, Same, Same, No, No, No, No, Set, ImpliedTransfer.None),
        new(5, "deliverService", InputOutput.OutputInput, null, CreateResource.NotApplicable, EventQuantity.Resource, Same, Same, No, No, No, No, No, ImpliedTransfer.Transfer),
        new(6, "pickup", InputOutput.Input, "dropoff", CreateResource.NotApplicable, EventQuantity.Resource, Same, Down, Set, No, No, No, Set, ImpliedTransfer.TransferCustody),
        new(7, "dropoff", InputOutput.Output, "pickup", CreateResource.NotApplicable, EventQuantity.Resource, Same, Up, Set, No, No, Set, Set, ImpliedTransfer.TransferCustody),
        new(8, "accept", InputOutput.Input, "modify", CreateResource.NotApplicable, EventQuantity.Resource, Same, Down, Set, No, No, No, Set, ImpliedTransfer.TransferCustody),
        new(9, "modify", InputOutput.Output, "accept", CreateResource.NotApplicable, EventQuantity.Resource, Same, Up, Set, No, No, Set, Set, ImpliedTransfer.TransferCustody),
        new(10, "combine", InputOutput.Input, null, CreateResource.NotApplicable, EventQuantity.Resource, Same, Down, No, Set, No, No, Set, ImpliedTransfer.None),
        new(11, "separate", InputOutput.Output, null, CreateResource.NotApplicable, EventQuantity.Resource, Same, Up, No, Clear, No, Set, Set, ImpliedTransfer.None),
        new(12, "transferCustody", InputOutput.NotApplicable, null, CreateResource.OptionalTo, EventQuantity.Resource, Same, Across, SetTo, No, No, No, SetTo, ImpliedTransfer.None),
        new(13, "transferAllRights", InputOutput.NotApplicable, null, CreateResource.OptionalTo, EventQuantity.Resource, Across, Same, No, No, SetTo, No, SetTo, ImpliedTransfer.None),
        new(14, "transfer", InputOutput.NotApplicable, null, CreateResource.OptionalTo, EventQuantity.Resource, Across, Across, SetTo, No, SetTo, No, SetTo, ImpliedTransfer.None),
        new(15, "move", InputOutput.NotApplicable, null, CreateResource.OptionalTo, EventQuantity.Resource, Across, Across, SetTo, No, No, No, SetTo, ImpliedTransfer.None),
        new(16, "copy", InputOutput.NotApplicable, null, CreateResource.OptionalTo, EventQuantity.Resource, UpTo, UpTo, New, No, New, No, SetTo, ImpliedTransfer.None),
        new(17, "raise", InputOutput.NotApplicable, null, CreateResource.Optional, EventQuantity.Resource, Up, Up, No, No, New, No, Set, ImpliedTransfer.None),
        new(18, "lower", InputOutput.NotApplicable, null, CreateResource.Optional, EventQuantity.Resource, Down, Down, No, No, New, No, Set, ImpliedTransfer.None),
    ];

    private static readonly FrozenDictionary<string, FlowAction> ByName = All.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);

    /// <summary>Finds an action by the standard's name.</summary>
    public static bool TryFind(string name, [NotNullWhen(true)] out FlowAction? action) => ByName.TryGetValue(name, out action);

    /// <summary>Finds an action that the code itself names.</summary>
    /// <exception cref="KeyNotFoundException">There is no such action.</exception>
    public static FlowAction Find(string name) => ByName[name];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

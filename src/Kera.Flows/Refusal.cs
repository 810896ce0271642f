namespace Kera.Flows;

/// <summary>
/// Why the ledger does not accept an event. There is one type per rule; <see cref="Sentence"/> says in plain words what is
/// wrong and what would be right, <see cref="Field"/> which field of the event (in the standard's JSON names) it is about.
/// </summary>
/// <param name="Field">The field, in the standard's JSON name.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public abstract record Refusal(string Field, string Sentence)
{
    /// <summary>The rule's stable name, the type's: <c>Overdraft</c>.</summary>
    public string Code => GetType().Name;
}

// Form (rules §3)

/// <summary>A party is not named.</summary>
public sealed record MissingAgent(string Side) : Refusal(Side, $"The event names no {Side}. A transfer names both; other actions may name one, who is then both.");

/// <summary>The moment or the span of the event is missing, doubled or crooked.</summary>
public sealed record WrongTime(string Which, string Why) : Refusal(Which, Why);

/// <summary>The event lies further back or ahead than an event can.</summary>
public sealed record AbsurdTime(string Which) : Refusal(Which, "The event lies before 1900 or more than five minutes ahead of now. An event is something that has happened; for what is to come, make a commitment.");

/// <summary>The process is missing, or on the wrong side.</summary>
public sealed record WrongProcess(string Which, string Action, string Needs) : Refusal(Which, $"'{Action}' {Needs}.");

/// <summary>A quantity that the action carries is missing.</summary>
public sealed record MissingQuantity(string Which, string Action) : Refusal(Which, $"'{Action}' needs {Which}: say how much, with its unit.");

/// <summary>A quantity that the action does not carry.</summary>
public sealed record UnexpectedQuantity(string Which, string Action) : Refusal(Which, $"'{Action}' carries no {Which}. Leave it out.");

/// <summary>A negative amount outside a correction.</summary>
public sealed record NegativeQuantity(string Which) : Refusal(Which, "The amount is below zero. Only a correction may be; to take something away, use the action that takes.");

/// <summary>Nothing where something has to move.</summary>
public sealed record NothingMoved(string Action) : Refusal("resourceQuantity", $"'{Action}' of nothing says nothing. Give an amount above zero.");

/// <summary>More than one event may carry.</summary>
public sealed record BeyondOneEvent(string Which) : Refusal(Which, "One event carries at most 1,000,000,000 units. Check the unit; if it is right, record several events.");

/// <summary>A unit that does not fit, or cannot be converted exactly.</summary>
public sealed record WrongUnit(string Which, string Given, string Expected) : Refusal(Which, $"The unit is '{Given}', but this is kept in '{Expected}'. Give it in '{Expected}', or in a unit that converts exactly with at most six decimals.");

/// <summary>A resource that the action needs is not named.</summary>
public sealed record MissingResource(string Which, string Action) : Refusal(Which, $"'{Action}' needs {Which}: name the resource.");

/// <summary>A resource or specification that the action does not take.</summary>
public sealed record UnexpectedResource(string Which, string Why) : Refusal(Which, Why);

/// <summary>The specification named is not the resource's, or the two resources are of different kinds or lots.</summary>
public sealed record DifferentKind(string Which, string Why) : Refusal(Which, Why);

/// <summary>A transfer from an agent to itself.</summary>
public sealed record SelfTransfer(string Agent) : Refusal("receiver", $"'{Agent}' is both provider and receiver; a transfer needs two. To change only the place, use 'move'.");

/// <summary>Two parties where the action has one.</summary>
public sealed record TwoParties(string Action) : Refusal("receiver", $"'{Action}' has one agent, so provider and receiver are the same. To hand something over, use a transfer.");

/// <summary>An action of counting without its reason.</summary>
public sealed record MissingReason(string Action) : Refusal("reason", $"'{Action}' changes a quantity without a flow and needs its reason: opening balance, count, loss …");

/// <summary>A reason where none belongs.</summary>
public sealed record UnexpectedReason(string Action) : Refusal("reason", $"'{Action}' takes no reason; only raise, lower and corrections do. Use 'note'.");

/// <summary>A place or state that the action cannot set.</summary>
public sealed record UnexpectedEffect(string Which, string Action) : Refusal(Which, $"'{Action}' does not change this. Leave '{Which}' out.");

/// <summary>A network in an action that networks do not have.</summary>
public sealed record NotForNetworks(string Resource, string Action) : Refusal("action", $"'{Resource}' is a network: it takes produce, consume, raise, lower, and transfers from or to an outside agent, but not '{Action}' like this.");

// Coming into being, standing, quantities (rules §4 to §8)

/// <summary>The resource has not come into being at that time.</summary>
public sealed record NotThereYet(string Resource, string Which) : Refusal(Which, $"'{Resource}' has not come into being by then. Produce it, raise its opening balance, or transfer it in first.");

/// <summary>The agent neither holds nor answers for the resource as the action demands.</summary>
public sealed record NotEntitled(string Agent, string Resource, string Must, string Which) : Refusal(Which, $"'{Agent}' does not {Must} '{Resource}' at that time.");

/// <summary>More is taken than there is.</summary>
public sealed record Overdraft(string Resource, string Which, Quantity There, Quantity Asked, string Unit)
    : Refusal("resourceQuantity", $"'{Resource}' has {There} {Unit} {Which} at that time; {Asked} {Unit} cannot be taken.");

/// <summary>A sum beyond what the ledger can hold.</summary>
public sealed record TooMuch(string Resource) : Refusal("resourceQuantity", $"The quantity of '{Resource}' would exceed ±9,223,372,036,854 units.");

/// <summary>More than one of an identified thing.</summary>
public sealed record MoreThanOne(string Resource) : Refusal("resourceQuantity", $"'{Resource}' is one identified thing; there cannot be more than 1 of it.");

/// <summary>A part would change without a resource of its own.</summary>
public sealed record PartNeedsResource(string Resource, string Action, Quantity There, string Unit)
    : Refusal("toResourceInventoriedAs", $"'{Action}' without a to-resource changes the whole of '{Resource}', which is {There} {Unit} at that time, on hand and in account alike. For a part, name the to-resource it becomes.");

/// <summary>The resource is in another process, or comes back otherwise than it went.</summary>
public sealed record WrongPairing(string Resource, string Action, string Why) : Refusal("action", $"'{Action}' of '{Resource}': {Why}");

/// <summary>Part of the resource would be in other hands than the rest.</summary>
public sealed record DividedHands(string Resource, string Action) : Refusal("resourceQuantity", $"'{Action}' changes who holds '{Resource}', but part of it would stay with another. Take or bring back the whole, or give the part a resource of its own.");

/// <summary>A container inside itself.</summary>
public sealed record ContainedInItself(string Resource, string Container) : Refusal("toResourceInventoriedAs", $"'{Resource}' cannot be put into '{Container}', which is the same or lies inside it.");

/// <summary>An accepted event would become impossible.</summary>
public sealed record LaterEventImpossible(long Position, Refusal Because)
    : Refusal(Because.Field, $"With this, event {Position}, accepted before, would be impossible: {Because.Sentence}");

// Corrections and promises (rules §9, §10)

/// <summary>What is to be corrected cannot be.</summary>
public sealed record WrongCorrection(string Which, string Why) : Refusal(Which, Why);

/// <summary>The corrected amount would be below zero.</summary>
public sealed record CorrectedBelowZero(long Position, string Which, Quantity Now, string Unit)
    : Refusal(Which, $"Event {Position} stands at {Now} {Unit}; the correction would bring it below zero. Give the difference, not the new number.");

/// <summary>A link to a promise that does not fit.</summary>
public sealed record WrongFulfilment(string Commitment, string Why) : Refusal("fulfills", $"Commitment '{Commitment}': {Why}");

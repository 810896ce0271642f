namespace Kera.Flows;

/// <summary>Who provides, receives, holds or answers for resources.</summary>
/// <param name="Id">A small number for storage; never leaves the installation.</param>
/// <param name="Key">The stable public key. A person's key is random and says nothing.</param>
/// <param name="Outside">Kera's own: the agent's stocks are not kept here, so a transfer from or to it has one side only.</param>
public sealed record Agent(int Id, string Key, bool Outside = false)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(Agent? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>A kind of resource: heat, brick, drill. Its unit is the unit of every resource of the kind.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
/// <param name="Unit">The unit in which its quantities are kept.</param>
/// <param name="EffortUnit">The unit of its use or of work with it, usually hours; null where it has none.</param>
public sealed record ResourceSpecification(int Id, string Key, Unit Unit, Unit? EffortUnit = null)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(ResourceSpecification? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>How a resource is counted.</summary>
public enum ResourceKind
{
    /// <summary>An amount of alike things, or a batch or lot of them.</summary>
    Stock,

    /// <summary>One thing with an identity; there is at most one of it.</summary>
    Identified,

    /// <summary>A network (Kera's own): what goes in comes out in the same step; it holds nothing and may run short.</summary>
    Throughput,
}

/// <summary>Something that has a place and a holder. What it amounts to is the ledger's, not the noun's.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
/// <param name="ConformsTo">The kind of thing it is.</param>
/// <param name="Kind">How it is counted.</param>
/// <param name="Lot">The batch or lot code, null where it is none.</param>
public sealed record EconomicResource(int Id, string Key, ResourceSpecification ConformsTo, ResourceKind Kind = ResourceKind.Stock, string? Lot = null)
{
    /// <summary>Whether it is a network, exempt from “nothing is taken that is not there”.</summary>
    public bool Throughput => Kind == ResourceKind.Throughput;

    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(EconomicResource? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>A kind of process; a resource that a process gives back is at this stage.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
public sealed record ProcessSpecification(int Id, string Key)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(ProcessSpecification? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>What turns inputs into outputs.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
/// <param name="BasedOn">The kind of process, null where unsaid.</param>
/// <param name="Continuous">Whether it runs for years (a meter, a plant): trace then crosses it only within the same hour.</param>
public sealed record Process(int Id, string Key, ProcessSpecification? BasedOn = null, bool Continuous = false)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(Process? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>A place.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
public sealed record SpatialThing(int Id, string Key)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(SpatialThing? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>An agreement: a bundle of commitments, both ways.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
public sealed record Agreement(int Id, string Key)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(Agreement? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

/// <summary>A promise of one flow.</summary>
/// <param name="Id">A small number for storage.</param>
/// <param name="Key">The stable public key.</param>
/// <param name="Action">What is promised to be done.</param>
/// <param name="Provider">Who promises.</param>
/// <param name="Receiver">To whom.</param>
/// <param name="ConformsTo">What kind of resource.</param>
/// <param name="Resource">Which resource, null where any of the kind will do.</param>
/// <param name="ResourceQuantity">How much, in the unit of <paramref name="ConformsTo"/>; null where the promise is of effort only.</param>
/// <param name="EffortQuantity">How long, in the effort unit of <paramref name="ConformsTo"/>; null where unsaid.</param>
/// <param name="Due">By when, microseconds since 1970 UTC; null where unsaid.</param>
/// <param name="ClauseOf">The agreement it belongs to.</param>
public sealed record Commitment(
    int Id,
    string Key,
    FlowAction Action,
    Agent Provider,
    Agent Receiver,
    ResourceSpecification ConformsTo,
    EconomicResource? Resource,
    Quantity? ResourceQuantity,
    Quantity? EffortQuantity,
    long? Due,
    Agreement? ClauseOf)
{
    /// <summary>Nouns are the same when their storage number is: a key may be renamed, and the ledger compares millions of them.</summary>
    public bool Equals(Commitment? other) => other is not null && other.Id == Id;

    /// <inheritdoc/>
    public override int GetHashCode() => Id;
}

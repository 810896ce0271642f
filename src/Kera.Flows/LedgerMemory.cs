namespace Kera.Flows;

/// <summary>
/// Where a <see cref="LedgerBook"/> finds what it does not hold: nowhere (a book in memory holds everything), or in a
/// database. Every method answers for what was committed before the book's present transaction.
/// </summary>
public interface ILedgerMemory
{
    /// <summary>The present state of a resource and the largest effect time of its events; null before it came into being.</summary>
    (ResourceState State, long LastEffectTime)? State(EconomicResource resource);

    /// <summary>Every event with an effect time from <paramref name="from"/> on that names the resource on either side, corrections folded into their originals, in any order.</summary>
    IReadOnlyList<RecordedEvent> History(EconomicResource resource, long from);

    /// <summary>Every version of the resource's attributes, in order of effect time and position.</summary>
    IReadOnlyList<ResourceVersion> Versions(EconomicResource resource);

    /// <summary>The event at a position with its corrections folded in; a correction is given as itself; null where there is none.</summary>
    RecordedEvent? Event(long position);

    /// <summary>Whether a commitment takes no more fulfilment.</summary>
    bool IsFinished(Commitment commitment);

    /// <summary>How much has been fulfilled.</summary>
    Quantity Fulfilled(Commitment commitment);
}

/// <summary>The memory of a book that holds everything itself.</summary>
internal sealed class NoMemory : ILedgerMemory
{
    public (ResourceState State, long LastEffectTime)? State(EconomicResource resource) => null;

    public IReadOnlyList<RecordedEvent> History(EconomicResource resource, long from) => [];

    public IReadOnlyList<ResourceVersion> Versions(EconomicResource resource) => [];

    public RecordedEvent? Event(long position) => null;

    public bool IsFinished(Commitment commitment) => false;

    public Quantity Fulfilled(Commitment commitment) => Quantity.Zero;
}

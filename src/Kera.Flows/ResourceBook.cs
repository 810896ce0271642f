namespace Kera.Flows;

/// <summary>What a book knows of one resource: its state now, and – loaded when an event comes late – its history.</summary>
internal sealed class ResourceBook(EconomicResource resource)
{
    public EconomicResource Resource { get; } = resource;

    public ResourceState State;

    public long LastEffectTime = long.MinValue;

    /// <summary>In order of effect time and position, those from <see cref="HistoryFrom"/> on; null while not loaded.</summary>
    public List<RecordedEvent>? History;

    /// <summary>The effect time from which <see cref="History"/> is complete.</summary>
    public long HistoryFrom = long.MinValue;

    /// <summary>In order of effect time and position; null while not loaded. New ones are in <see cref="Added"/> too.</summary>
    public List<ResourceVersion>? Versions;

    /// <summary>Versions added since the changes were last taken, where none before them changed.</summary>
    public List<ResourceVersion> Added { get; set; } = [];

    /// <summary>Whether a late event or a correction rewrote the versions since the changes were last taken.</summary>
    public bool Rewritten;

    /// <summary>The place in the history of the first event after the given one.</summary>
    public static int After(List<RecordedEvent> history, long effectTime, long position)
    {
        var (low, high) = (0, history.Count);
        // Almost every event is the newest: look at the end first.
        if (high == 0 || Precedes(history[high - 1].Event, effectTime, position))
        {
            return high;
        }

        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Precedes(history[middle].Event, effectTime, position) ? (middle + 1, high) : (low, middle);
        }

        return low;

        static bool Precedes(EconomicEvent e, long effectTime, long position) => e.EffectTime < effectTime || (e.EffectTime == effectTime && e.Position <= position);
    }

    /// <summary>The attributes that the versions give just before an event.</summary>
    public static ResourceState Before(IReadOnlyList<ResourceVersion> versions, long effectTime, long position)
    {
        var (low, high) = (0, versions.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            var version = versions[middle];
            (low, high) = version.EffectTime < effectTime || (version.EffectTime == effectTime && version.Position < position) ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? default : versions[low - 1].Attributes;
    }
}

/// <summary>What a transaction has made of a resource, for whoever stores it.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="State">Its state now.</param>
/// <param name="LastEffectTime">The largest effect time of its events.</param>
/// <param name="Versions">The versions of its attributes: the new ones, or all where <paramref name="Rewritten"/>.</param>
/// <param name="Rewritten">Whether the stored versions are to be replaced.</param>
public sealed record ResourceChange(EconomicResource Resource, ResourceState State, long LastEffectTime, IReadOnlyList<ResourceVersion> Versions, bool Rewritten);

/// <summary>What an event does to quantities, for whoever adds up events outside a book.</summary>
public static class EventEffect
{
    /// <summary>The signed changes of accounting and on-hand quantity; nothing of a whole transfer or move without a to-resource.</summary>
    /// <param name="e">The event; action, parties and resources count.</param>
    /// <param name="quantity">The amount that counts.</param>
    /// <param name="toSide">Of the to-resource, instead of the resource.</param>
    public static (Quantity Accounting, Quantity Onhand) Deltas(EconomicEvent e, Quantity quantity, bool toSide) => ResourceRules.Deltas(e, quantity, toSide);
}

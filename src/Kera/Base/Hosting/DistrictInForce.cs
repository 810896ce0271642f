using Kera.Base.District;
using NodaTime;

namespace Kera.Base.Hosting;

/// <summary>The district that the store is of; known once the store is prepared.</summary>
public sealed class DistrictInForce
{
    private Known? _known;

    /// <summary>The district's key.</summary>
    public string Key => Value.Key;

    /// <summary>The zone of its days and months.</summary>
    public DateTimeZone Zone => Value.Zone;

    /// <summary>Whether the store holds the demonstration: every page and figure says so.</summary>
    public bool Demonstration => Value.Demonstration;

    /// <summary>What its files say; null where they were not read, because the store knew enough.</summary>
    public DistrictModel? Model => Value.Model;

    private Known Value => _known ?? throw new InvalidOperationException("The store is not prepared yet; prepare it before asking for its district.");

    internal void Set(string key, DateTimeZone zone, bool demonstration, DistrictModel? model) => _known = new Known(key, zone, demonstration, model);

    private sealed record Known(string Key, DateTimeZone Zone, bool Demonstration, DistrictModel? Model);
}

using Kera.Energy;

namespace Kera.Base.District;

/// <summary>The energy communities of a district.</summary>
/// <param name="Points">The metering points.</param>
/// <param name="Communities">The communities.</param>
public sealed record DistrictCommunities(IReadOnlyDictionary<string, DistrictPoint> Points, IReadOnlyDictionary<string, DistrictCommunity> Communities);

/// <summary>A metering point: declared flows in kWh that are metered behind it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Owner">The agent whose point it is: one of the files, or a person, who is never in files; null where nobody is named.</param>
/// <param name="Use">What is used behind it, keys of declared flows; they are added up.</param>
/// <param name="Production">What is produced behind it.</param>
public sealed record DistrictPoint(string Key, LocalizedText Name, string? Owner, IReadOnlyList<string> Use, IReadOnlyList<string> Production)
{
    /// <summary>All that is metered behind it.</summary>
    public IEnumerable<string> Flows => Use.Concat(Production);
}

/// <summary>An energy community.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Keeper">The agent who manages it.</param>
/// <param name="Fictional">Whether it exists only in the demonstration.</param>
/// <param name="Rules">How it is settled, with its notices; names are keys of points.</param>
public sealed record DistrictCommunity(string Key, LocalizedText Name, string Keeper, bool Fictional, EnergyCommunity Rules);

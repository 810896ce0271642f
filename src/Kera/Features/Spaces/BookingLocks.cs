using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>
/// Who books takes turns with whoever else books what it may meet: a tree of spaces, a kind of equipment, the same person or group, whose bookings and holds are counted. Held until
/// the transaction ends. On SQLite a transaction that writes is alone anyway.
/// </summary>
internal static class BookingLocks
{
    public static Task TakeAsync(KeraDb db, SpaceTree tree, string space, IEnumerable<EquipmentUse> equipment, int? agentId, CancellationToken cancellation, int? groupId = null)
    {
        string[] names =
        [
            OfSpace(tree, space),
            .. equipment.Select(use => "booking:equipment:" + use.Equipment),
            .. agentId is { } person ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:person:{person}")] : Array.Empty<string>(),
            .. groupId is { } group ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:group:{group}")] : Array.Empty<string>(),
        ];
        return TakeAsync(db, names, cancellation);
    }

    /// <summary>The name of the lock of a space: that of the whole tree which it is of.</summary>
    public static string OfSpace(SpaceTree tree, string space) => "booking:space:" + (tree.Ancestors(space) is [.., var top] ? top.Key : space);

    /// <summary>Takes locks by name, all in one call: whoever takes some and then more may wait for another who does so.</summary>
    public static async Task TakeAsync(KeraDb db, IEnumerable<string> names, CancellationToken cancellation)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        // Always in one order, so that no two wait for each other.
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellation);
        }
    }
}

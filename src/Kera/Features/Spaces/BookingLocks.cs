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
    public static async Task TakeAsync(KeraDb db, SpaceTree tree, string space, IEnumerable<EquipmentUse> equipment, int? agentId, CancellationToken cancellation, int? groupId = null)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        var root = tree.Ancestors(space) is [.., var top] ? top.Key : space;
        string[] names =
        [
            "booking:space:" + root,
            .. equipment.Select(use => "booking:equipment:" + use.Equipment),
            .. agentId is { } person ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:person:{person}")] : Array.Empty<string>(),
            .. groupId is { } group ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:group:{group}")] : Array.Empty<string>(),
        ];
        // Always in one order, so that no two wait for each other.
        foreach (var name in names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({name}, 0))", cancellation);
        }
    }
}

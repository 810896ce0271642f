using Kera.Base.Store;
using Kera.Sharing;

namespace Kera.Features.Spaces;

/// <summary>
/// Who books takes turns with whoever else books what it may meet: a tree of spaces, a kind of equipment, the same person, whose bookings and holds are counted. Held until
/// the transaction ends.
/// </summary>
internal static class BookingLocks
{
    public static Task TakeAsync(KeraDb db, SpaceTree tree, string space, IEnumerable<EquipmentUse> equipment, int? agentId, CancellationToken cancellation)
    {
        var root = tree.Ancestors(space) is [.., var top] ? top.Key : space;
        string[] names =
        [
            "booking:space:" + root,
            .. equipment.Select(use => "booking:equipment:" + use.Equipment),
            .. agentId is { } person ? [string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:person:{person}")] : Array.Empty<string>(),
        ];
        return StoreTurns.TakeAsync(db, names, cancellation);
    }
}

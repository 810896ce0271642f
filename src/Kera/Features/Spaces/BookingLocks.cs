using System.Globalization;
using Kera.Base.Store;
using Kera.Sharing;

namespace Kera.Features.Spaces;

/// <summary>
/// Who books takes turns with whoever else books what it may meet: the same space, what it is a part of and its parts, a kind of equipment,
/// the same person or group, whose bookings and holds are counted. A space is locked for oneself alone, and what it is a part of together with
/// others who book other parts of it: a part and its whole take turns, two parts do not. Held until the transaction ends.
/// </summary>
internal static class BookingLocks
{
    public static Task TakeAsync(KeraDb db, SpaceTree tree, string space, IEnumerable<EquipmentUse> equipment, int? agentId, CancellationToken cancellation, int? groupId = null)
    {
        List<string> also = [];
        if (agentId is { } person)
        {
            also.Add(string.Create(CultureInfo.InvariantCulture, $"booking:person:{person}"));
        }

        if (groupId is { } group)
        {
            also.Add(string.Create(CultureInfo.InvariantCulture, $"booking:group:{group}"));
        }

        return TakeAsync(db, tree, [space], equipment.Select(use => use.Equipment), also, cancellation);
    }

    /// <summary>Takes the locks of several spaces and kinds of equipment, and others by name, all at once: whoever takes some and then more may wait for another who does so.</summary>
    public static Task TakeAsync(KeraDb db, SpaceTree tree, IReadOnlyCollection<string> spaces, IEnumerable<string> equipment, IEnumerable<string> also, CancellationToken cancellation)
    {
        return StoreTurns.TakeAsync(
            db,
            [.. spaces.Select(OfSpace), .. equipment.Select(key => "booking:equipment:" + key), .. also],
            cancellation,
            together: spaces.SelectMany(tree.Ancestors).Select(space => OfSpace(space.Key)));
    }

    private static string OfSpace(string space) => "booking:space:" + space;
}

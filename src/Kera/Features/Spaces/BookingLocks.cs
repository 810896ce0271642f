using System.Globalization;
using Kera.Base.Store;
using Kera.Sharing;

namespace Kera.Features.Spaces;

/// <summary>What a booking meets: its space, its equipment, the person and the group whose bookings are counted.</summary>
internal readonly record struct BookingTurn(string Space, IReadOnlyList<EquipmentUse> Equipment, int? AgentId, int? GroupId);

/// <summary>
/// Who books takes turns with whoever else books what it may meet: the same space, what it is a part of and its parts, a kind of equipment,
/// the same person or group, whose bookings and holds are counted. A space is locked for oneself alone, and what it is a part of together with
/// others who book other parts of it: a part and its whole take turns, two parts do not. Held until the transaction ends.
/// </summary>
internal static class BookingLocks
{
    public static Task TakeAsync(KeraDb db, SpaceTree tree, string space, IReadOnlyList<EquipmentUse> equipment, int? agentId, CancellationToken cancellation, int? groupId = null) =>
        TakeAsync(db, tree, [new BookingTurn(space, equipment, agentId, groupId)], cancellation);

    /// <summary>Takes the turns of several bookings, all at once.</summary>
    public static Task TakeAsync(KeraDb db, SpaceTree tree, IReadOnlyCollection<BookingTurn> turns, CancellationToken cancellation) => turns.Count == 0 ? Task.CompletedTask : TakeAsync(
        db,
        tree,
        [.. turns.Select(turn => turn.Space)],
        turns.SelectMany(turn => turn.Equipment).Select(use => use.Equipment),
        [
            .. turns.Select(turn => turn.AgentId).OfType<int>().Select(person => string.Create(CultureInfo.InvariantCulture, $"booking:person:{person}")),
            .. turns.Select(turn => turn.GroupId).OfType<int>().Select(group => string.Create(CultureInfo.InvariantCulture, $"booking:group:{group}")),
        ],
        cancellation);

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

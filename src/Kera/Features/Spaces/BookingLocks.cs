using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>
/// Who books takes turns with whoever else books what it may meet: the same space, what it is a part of and its parts, a kind of equipment,
/// the same person, whose bookings and holds are counted. A space is locked for oneself alone, and what it is a part of together with others
/// who book other parts of it: a part and its whole take turns, two parts do not. Held until the transaction ends. On SQLite a transaction
/// that writes is alone anyway.
/// </summary>
internal static class BookingLocks
{
    public static async Task TakeAsync(KeraDb db, SpaceTree tree, string space, IEnumerable<EquipmentUse> equipment, int? agentId, CancellationToken cancellation)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        List<string> alone = ["booking:space:" + space, .. equipment.Select(use => "booking:equipment:" + use.Equipment)];
        if (agentId is { } person)
        {
            alone.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"booking:person:{person}"));
        }

        var together = tree.Ancestors(space).Select(each => "booking:space:" + each.Key).ToHashSet(StringComparer.Ordinal);
        // Always in one order, so that no two wait for each other; in one statement, so that others wait for no more than they must.
        string[] names = [.. alone.Concat(together).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var locks = names.Select((name, number) => $"pg_advisory_xact_lock{(together.Contains(name) ? "_shared" : "")}(hashtextextended({{{number}}}, 0))");
        var statement = "SELECT " + string.Join(", ", locks);
        await db.Database.ExecuteSqlRawAsync(statement, names, cancellation);
    }
}

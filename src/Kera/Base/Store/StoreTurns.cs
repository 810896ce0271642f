using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Store;

/// <summary>Turns that writers take: who has a name makes others of the same name wait until its transaction ends. On SQLite a transaction that writes is alone anyway.</summary>
public static class StoreTurns
{
    /// <summary>Takes the turns of some names.</summary>
    /// <param name="db">A context in a transaction.</param>
    /// <param name="names">What others may not change meanwhile, as <c>booking:space:hall</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
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

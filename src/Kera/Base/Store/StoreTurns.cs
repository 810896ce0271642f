using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Store;

/// <summary>Turns that writers take: who has a name makes others of the same name wait until its transaction ends. On SQLite a transaction that writes is alone anyway.</summary>
public static class StoreTurns
{
    /// <summary>Takes the turns of some names, all at once: whoever takes some and then more may wait for another who does so.</summary>
    /// <param name="db">A context in a transaction.</param>
    /// <param name="alone">What nobody else may have meanwhile, as <c>booking:space:hall</c>.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <param name="together">What others may have together with this, but nobody alone.</param>
    public static async Task TakeAsync(KeraDb db, IEnumerable<string> alone, CancellationToken cancellation, IEnumerable<string>? together = null)
    {
        if (!db.Database.IsNpgsql())
        {
            return;
        }

        var own = alone.ToHashSet(StringComparer.Ordinal);
        // Always in one order, so that no two wait for each other; in one statement, so that others wait for no more than they must.
        string[] names = [.. own.Union(together ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var turns = names.Select((name, number) => $"pg_advisory_xact_lock{(own.Contains(name) ? "" : "_shared")}(hashtextextended({{{number}}}, 0))");
        // Names are parameters; the statement itself holds their numbers only.
        var statement = "SELECT " + string.Join(", ", turns);
        await db.Database.ExecuteSqlRawAsync(statement, names, cancellation);
    }
}

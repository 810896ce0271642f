using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Ledger;

/// <summary>Puts rows of the files by key, retires the missing, and refuses what the ledger has already built on.</summary>
internal sealed class MasterUpsert(KeraDb db, List<string> mistakes)
{
    private readonly SortedDictionary<string, int> _changes = new(StringComparer.Ordinal);

    /// <summary>How many rows were added, changed or retired.</summary>
    public int Changed => _changes.Values.Sum();

    /// <summary>What changed, for the audit.</summary>
    public string Subject => string.Join(", ", _changes.Select(change => $"{change.Key} {change.Value}"));

    /// <summary>Puts all rows of a kind.</summary>
    /// <param name="rows">What the files say.</param>
    /// <param name="fixedPart">Names what must not change once it is there, or null.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The stored rows by key, with their numbers.</returns>
    public async Task<Dictionary<string, TRow>> PutAsync<TRow>(IEnumerable<TRow> rows, Func<TRow, TRow, string?> fixedPart, CancellationToken cancellation)
        where TRow : NounRow
    {
        var kind = db.Model.FindEntityType(typeof(TRow))!.GetTableName()!;
        var stored = await db.Set<TRow>().ToDictionaryAsync(row => row.Key, StringComparer.Ordinal, cancellation);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            named.Add(row.Key);
            if (!stored.TryGetValue(row.Key, out var before))
            {
                stored.Add(row.Key, row);
                db.Add(row);
                continue;
            }

            if (before.Origin != Origin.File)
            {
                mistakes.Add($"The {kind} '{row.Key}' was made by the API; the files cannot take its key. Choose another key in the files.");
                continue;
            }

            if (fixedPart(before, row) is { } part)
            {
                mistakes.Add($"The {kind} '{row.Key}' cannot change {part} once it is in the ledger. Put it back, and make a new key for the new thing.");
                continue;
            }

            row.Id = before.Id;
            if (row is PlaceRow place && before is PlaceRow placeBefore)
            {
                place.PartOfId = placeBefore.PartOfId;
            }

            db.Entry(before).CurrentValues.SetValues(row);
        }

        foreach (var gone in stored.Values.Where(row => row.Origin == Origin.File && !named.Contains(row.Key)))
        {
            gone.Retired = true;
        }

        var changed = db.ChangeTracker.Entries<TRow>().Count(entry => entry.State is EntityState.Added or EntityState.Modified);
        if (changed > 0)
        {
            _changes[kind] = changed;
            await db.SaveChangesAsync(cancellation);
        }

        return stored;
    }
}

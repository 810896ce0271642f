using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Backup;

/// <summary>
/// Who was erased: random keys only, nothing of a person. Kept beside the backups, for in those the erased live on: a restored
/// store erases again whom the list names.
/// </summary>
/// <param name="District">Of which district's store.</param>
/// <param name="Erasures">Key by key, when.</param>
public sealed record ErasureList(string District, IReadOnlyDictionary<string, Instant> Erasures)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The list of a store.</summary>
    public static async Task<ErasureList> OfAsync(KeraStore store, string district, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.Erasures.AsNoTracking().ToListAsync(cancellation);
        return new ErasureList(district, rows.ToDictionary(row => row.Person, row => DistrictCalendar.ToInstant(row.At)));
    }

    /// <summary>Reads a list from a file.</summary>
    /// <exception cref="BackupException">It cannot be read, or is none.</exception>
    public static async Task<ErasureList> ReadAsync(string file, CancellationToken cancellation = default)
    {
        try
        {
            await using var source = File.OpenRead(file);
            var document = await JsonSerializer.DeserializeAsync<Document>(source, Json, cancellation);
            return document is { District.Length: > 0, Erasures: not null }
                ? new ErasureList(document.District, document.Erasures.ToDictionary(entry => entry.Person, entry => InstantPattern.ExtendedIso.Parse(entry.At).GetValueOrThrow()))
                : throw new BackupException($"'{file}' is no list of erasures. 'kera backup --erasures FILE' writes one.", damaged: true);
        }
        catch (Exception mistake) when (mistake is JsonException or UnparsableValueException or ArgumentException)
        {
            throw new BackupException($"'{file}' is no list of erasures: {mistake.Message}", damaged: true);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The list of erasures cannot be read: {mistake.Message}");
        }
    }

    /// <summary>Adds to the list of a file, where there is one: who was once erased stays on it, also when the store forgot in a restore.</summary>
    /// <returns>What the file holds now.</returns>
    /// <exception cref="BackupException">The file holds the list of another district, or cannot be written.</exception>
    public async Task<ErasureList> WriteAsync(string file, CancellationToken cancellation = default)
    {
        var all = File.Exists(file) ? With(await ReadAsync(file, cancellation)) : this;
        try
        {
            await File.WriteAllTextAsync(
                file + ".unfinished",
                JsonSerializer.Serialize(new Document(all.District, [.. all.Erasures.OrderBy(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new Item(entry.Key, InstantPattern.ExtendedIso.Format(entry.Value)))]), Json) + "\n",
                cancellation);
            File.Move(file + ".unfinished", file, overwrite: true);
            return all;
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The list of erasures cannot be written: {mistake.Message}");
        }
    }

    /// <summary>This list and another, the earlier moment of each.</summary>
    /// <exception cref="BackupException">It is of another district.</exception>
    public ErasureList With(ErasureList other) => other.District == District
        ? this with { Erasures = Erasures.Concat(other.Erasures).GroupBy(entry => entry.Key).ToDictionary(entries => entries.Key, entries => entries.Min(entry => entry.Value)) }
        : throw new BackupException($"The list of erasures is of the district '{other.District}', the data are of '{District}'.");

    private sealed record Document(string District, IReadOnlyList<Item> Erasures);

    private sealed record Item(string Person, string At);
}

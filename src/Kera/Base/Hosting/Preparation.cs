using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Hosting;

/// <summary>A district's files that cannot be taken over.</summary>
/// <param name="mistakes">Each in one line, with its remedy.</param>
public sealed class DistrictException(IReadOnlyList<string> mistakes) : Exception(string.Join(Environment.NewLine, mistakes))
{
    /// <summary>Each in one line, with its remedy.</summary>
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}

/// <summary>Brings the store to where work can begin: its schema, what the district's files say, the nouns in memory.</summary>
public sealed class Preparation(KeraStore store, KeraPlace place, DistrictInForce district, Catalog catalog, Func<DistrictLoader> loader, IClock clock)
{
    private const string Loaded = "district.load";

    /// <summary>
    /// Does what is missing; again, it changes nothing. Of several nodes that start at once one brings the schema up to date and
    /// the others wait.
    /// </summary>
    /// <param name="readFiles">Whether the district's files are read also where the store knows its district already.</param>
    /// <param name="demonstration">Whether the store has to be one of the demonstration; null where it is as it is.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="DistrictException">The files have mistakes, or are not those of the store.</exception>
    public async Task RunAsync(bool readFiles, bool? demonstration, CancellationToken cancellation = default)
    {
        // Reading takes as long as the first look into the database: they go side by side.
        var reading = readFiles ? Task.Run(Read, cancellation) : null;
        if (!await SchemaVersion.IsCurrentAsync(store, cancellation))
        {
            // A mistake in the files is told before anything is written.
            await (reading ??= Task.Run(Read, cancellation));
            await store.MigrateAsync(cancellation);
        }

        var (row, loaded) = await LookAsync(cancellation);
        // The files of a store that was interrupted while it took them over are read again.
        if (reading is null && row is not null && loaded is not null)
        {
            district.Set(row.Key, DateTimeZoneProviders.Tzdb[row.Zone], row.Demonstration, null);
        }
        else
        {
            var files = await (reading ?? Task.Run(Read, cancellation));
            var header = files.Model.Header;
            district.Set(header.Key, header.Zone, demonstration ?? row?.Demonstration ?? place.Demonstration, files.Model);
            await TakeOverAsync(files, row, loaded, cancellation);
        }

        catalog.Reload();
    }

    private async Task<(DistrictRow? Row, string? Loaded)> LookAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        var row = PlainRows.Read<DistrictRow>(connection).SingleOrDefault();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SELECT subject FROM audit WHERE operation = '{Loaded}' ORDER BY id DESC LIMIT 1";
        return (row, (string?)await command.ExecuteScalarAsync(cancellation));
    }

    /// <summary>Brings the store in line with the files, where they are not those that it took over last.</summary>
    private async Task TakeOverAsync((DistrictModel Model, string Digest) files, DistrictRow? row, string? loaded, CancellationToken cancellation)
    {
        var subject = $"{files.Model.Header.Key} {files.Digest}";
        if (loaded == subject && row?.Demonstration == district.Demonstration)
        {
            return;
        }

        var report = await loader().LoadAsync(files.Model, district.Demonstration, cancellation);
        if (report.Mistakes.Count > 0)
        {
            throw new DistrictException(report.Mistakes);
        }

        await using var db = store.OpenContext();
        Audit.Add(db, Actor.Start(), clock.GetCurrentInstant(), Loaded, subject);
        await db.SaveChangesAsync(cancellation);
    }

    private (DistrictModel Model, string Digest) Read()
    {
        var reading = DistrictFiles.Read(place.DistrictDirectory, clock.GetCurrentInstant());
        return reading.Model is { } model
            ? (model, FolderDigest.Of(place.DistrictDirectory))
            : throw new DistrictException([.. reading.Mistakes.Select(mistake => Path.Combine(place.DistrictDirectory, mistake.ToString()))]);
    }
}

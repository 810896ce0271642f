using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
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
    /// <param name="cancellation">Stops between steps.</param>
    /// <exception cref="DistrictException">The files have mistakes, or are not those of the store.</exception>
    public async Task RunAsync(bool readFiles, CancellationToken cancellation = default)
    {
        // A mistake in the files is told before anything is written.
        var model = readFiles ? Read() : null;
        await store.MigrateAsync(cancellation);
        await using (var db = store.OpenContext())
        {
            // The files of a store that was interrupted while it took them over are read again.
            if (await db.Districts.AsNoTracking().SingleOrDefaultAsync(cancellation) is { } row && (model is not null || await db.Audits.AnyAsync(line => line.Operation == Loaded, cancellation)))
            {
                district.Set(row.Key, DateTimeZoneProviders.Tzdb[row.Zone], row.Demonstration || (readFiles && place.Demonstration), model);
            }
            else
            {
                model ??= Read();
                district.Set(model.Header.Key, model.Header.Zone, place.Demonstration, model);
            }
        }

        if (model is null)
        {
            catalog.Reload();
            return;
        }

        var report = await loader().LoadAsync(model, district.Demonstration, cancellation);
        if (report.Mistakes.Count > 0)
        {
            throw new DistrictException(report.Mistakes);
        }

        await using var audit = store.OpenContext();
        if (!await audit.Audits.AnyAsync(line => line.Operation == Loaded, cancellation))
        {
            Audit.Add(audit, Actor.Start(), clock.GetCurrentInstant(), Loaded, district.Key);
            await audit.SaveChangesAsync(cancellation);
        }
    }

    private DistrictModel Read()
    {
        var reading = DistrictFiles.Read(place.DistrictDirectory, clock.GetCurrentInstant());
        return reading.Model ?? throw new DistrictException([.. reading.Mistakes.Select(mistake => Path.Combine(place.DistrictDirectory, mistake.ToString()))]);
    }
}

using System.Text;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>What stands empty: what the files say, and what landowners enter. A key of the files is the files' alone.</summary>
public sealed class PremisesRegister(KeraStore store, DistrictInForce district, Catalog catalog, IClock clock)
{
    private const int LongestSlug = 40;

    /// <summary>How many premises a landowner may enter.</summary>
    public static int Most => 200;

    /// <summary>The present moment.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>The present moment as rows keep it.</summary>
    internal long NowStored => DistrictCalendar.ToMicroseconds(Now);

    /// <summary>The day that it is.</summary>
    public LocalDate Today => Now.InZone(district.Zone).Date;

    /// <summary>The zone of its days.</summary>
    public DateTimeZone Zone => district.Zone;

    /// <summary>All premises, those of the files first.</summary>
    public async Task<IReadOnlyList<EmptyPremises>> ListAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var files = OfFiles;
        var rows = await db.Premises.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation);
        return [.. files.Values, .. rows.Where(row => !files.ContainsKey(row.Key)).Select(EmptyPremises.Of)];
    }

    /// <summary>Premises by their key; null where there are none.</summary>
    public async Task<EmptyPremises?> FindAsync(string key, CancellationToken cancellation)
    {
        if (OfFiles.GetValueOrDefault(key) is { } told)
        {
            return told;
        }

        await using var db = store.OpenContext();
        return await db.Premises.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row ? EmptyPremises.Of(row) : null;
    }

    /// <summary>Another number whenever premises were entered or changed, by whichever program.</summary>
    public async ValueTask<long> StampAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await SearchSource.OfChangesAsync(db.Premises.Select(row => row.Changed), cancellation);
    }

    /// <summary>Enters premises, or changes them; those of the files are changed there.</summary>
    /// <param name="typed">What they are; without a key for new ones.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The key; null where the owner has no such premises.</returns>
    /// <exception cref="AccessException">Something about them cannot be, or somebody changed them meanwhile.</exception>
    public async Task<string?> SaveAsync(EmptyPremises typed, Actor actor, CancellationToken cancellation)
    {
        if (catalog.Find(catalog.Places, typed.Place)?.Row.Retired != false)
        {
            throw new AccessException("place", "Choose a place of the district.", "premises.error.place");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        PremisesRow? row;
        if (typed.Key.Length == 0)
        {
            if (await db.Premises.CountAsync(each => each.Owner == typed.Owner, cancellation) >= Most)
            {
                throw new AccessException("name", "You have entered as many premises as there may be.", "premises.error.many");
            }

            row = new PremisesRow { Key = await FreeKeyAsync(db, typed, cancellation), Owner = typed.Owner };
            db.Premises.Add(row);
        }
        else
        {
            row = await db.Premises.SingleOrDefaultAsync(each => each.Key == typed.Key && each.Owner == typed.Owner, cancellation);
            if (row is null || OfFiles.ContainsKey(typed.Key))
            {
                return null;
            }

            if (row.Changed != typed.Changed)
            {
                throw new AccessException("changed", "A colleague changed it meanwhile. Open it again.", "premises.error.changed");
            }

            await CheckLetAsync(db, typed, cancellation);
        }

        (row.Place, row.Words, row.Area, row.Permits) = (typed.Place, Stored.Write(typed.Words), typed.Area.Millionths, Stored.Write(typed.Permits));
        (row.FirstDay, row.LastDay, row.Withdrawn) = (Number(typed.FirstDay), Number(typed.LastDay), typed.Withdrawn);
        row.Changed = Math.Max(NowStored, row.Changed + 1);
        Audit.Add(db, actor, Now, typed.Key.Length == 0 ? "letting.premises.add" : "letting.premises.change", row.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return row.Key;
    }

    private IReadOnlyDictionary<string, EmptyPremises> OfFiles =>
        (district.Model?.Letting?.Premises.Values ?? []).ToDictionary(told => told.Key, EmptyPremises.Of, StringComparer.Ordinal);

    private static int? Number(LocalDate? day) => day is { } date ? DistrictCalendar.DayNumber(date) : null;

    // What was agreed is not made impossible by a shorter life or a smaller floor.
    private static async Task CheckLetAsync(KeraDb db, EmptyPremises typed, CancellationToken cancellation)
    {
        var agreed = await db.Tenancies.AsNoTracking().Where(row => row.Premises == typed.Key && (row.State == TenancyState.Agreed || row.State == TenancyState.Offered)).ToListAsync(cancellation);
        if (typed.LastDay is { } last && agreed.Exists(row => row.LastDay > DistrictCalendar.DayNumber(last)))
        {
            throw new AccessException("lastDay", "An agreement goes on after that day. End it first.", "premises.error.agreed.day");
        }

        if (agreed.Exists(row => row.Area > typed.Area.Millionths))
        {
            throw new AccessException("area", "More than that is agreed on already.", "premises.error.agreed.area");
        }
    }

    // As the name, so that addresses can be read out; a number where another has it.
    private async Task<string> FreeKeyAsync(KeraDb db, EmptyPremises typed, CancellationToken cancellation)
    {
        var slug = Slug(new[] { typed.Words.Name.Fi, typed.Words.Name.Sv, typed.Words.Name.En }.First(name => name.Length > 0));
        for (var number = 1; ; number++)
        {
            var key = number == 1 ? slug : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{slug}-{number}");
            if (!OfFiles.ContainsKey(key) && !await db.Premises.AnyAsync(row => row.Key == key, cancellation))
            {
                return key;
            }
        }
    }

    private static string Slug(string name)
    {
        var slug = new StringBuilder();
        foreach (var letter in name.Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                slug.Append(letter);
            }
            else if (!char.IsBetween(letter, '\u0300', '\u036F') && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }

        var plain = slug.ToString().Trim('-');
        plain = plain.Length > LongestSlug ? plain[..LongestSlug].Trim('-') : plain;
        return plain.Length == 0 || !char.IsAsciiLetter(plain[0]) ? ("premises-" + plain).Trim('-') : plain;
    }
}

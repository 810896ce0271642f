using System.Data;
using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Series;

/// <summary>
/// Readings finer than the ledger, forecasts, plans: a key, and exact values at the beginnings of their intervals. Appending
/// the same again adds nothing. Who is not entitled sees as little as if there were none.
/// </summary>
public sealed class SeriesStore(KeraStore store, IClock clock)
{
    /// <summary>The most values of one page.</summary>
    public const int LargestPage = 10_000;

    /// <summary>Finds the Series of a key, or makes it.</summary>
    /// <exception cref="AccessException">The key, the unit or the step is malformed, or the key stands for a Series of another unit, step, owner or feature.</exception>
    public async Task<SeriesDescription> OpenAsync(SeriesDeclaration declaration, Actor actor, CancellationToken cancellation = default)
    {
        Check(declaration);
        await using var db = store.OpenContext();
        if (await FindAsync(db, declaration.Key, cancellation) is { } there)
        {
            return Same(there, declaration);
        }

        db.Series.Add(new SeriesRow
        {
            Key = declaration.Key,
            Feature = declaration.Feature,
            OwnerId = declaration.OwnerId,
            AudienceId = declaration.AudienceId,
            Unit = declaration.Unit,
            Step = (int)declaration.Step.TotalSeconds,
        });
        Audit.Add(db, actor, clock.GetCurrentInstant(), "series.add", declaration.Key);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Another node may have made it in the same moment; if none has, the failure is a real one.
            db.ChangeTracker.Clear();
            if (await FindAsync(db, declaration.Key, cancellation) is { } made)
            {
                return Same(made, declaration);
            }

            throw;
        }

        return (await FindAsync(db, declaration.Key, cancellation))!.Value.Description;
    }

    /// <summary>The Series of a key; null where there is none that the reader may read.</summary>
    public async Task<SeriesDescription?> FindAsync(string key, Reader reader, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return await FindAsync(db, key, cancellation) is { } found && await MayReadAsync(db, found, reader, cancellation) ? found.Description : null;
    }

    /// <summary>Adds values, all in one transaction; an equal value adds nothing, another replaces the old one, which the audit tells.</summary>
    /// <exception cref="AccessException">A value begins off the step's grid, or twice.</exception>
    public async Task<SeriesAppend> AppendAsync(SeriesDescription series, IReadOnlyList<SeriesValue> values, Actor actor, CancellationToken cancellation = default)
    {
        if (values.Count == 0)
        {
            return new SeriesAppend(0, 0, 0);
        }

        var ordered = SeriesValues.InOrder(series, values);
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        if (store.IsPostgres)
        {
            // Two writers of one Series take turns; SQLite has one writer anyway.
            await SeriesValues.LockAsync(transaction, series.Id, cancellation);
        }

        var (changed, outcome) = SeriesValues.Compare(ordered, await SeriesValues.ReadAsync(connection, transaction, series.Id, ordered[0].Start, ordered[^1].Start, null, cancellation));
        if (changed.Count > 0)
        {
            await SeriesValues.WriteAsync(transaction, series.Id, changed, cancellation);
            var subject = string.Create(CultureInfo.InvariantCulture, $"{series.Key}: {outcome.Added} added, {outcome.Replaced} replaced from {changed[0].Start} to {changed[^1].Start}");
            await Audit.WriteAsync(transaction, actor, clock.GetCurrentInstant(), "series.append", subject, cancellation: cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return outcome;
    }

    /// <summary>Takes values away that hold no more, all in one transaction, which the audit tells; what is not there is left alone.</summary>
    /// <param name="series">The Series.</param>
    /// <param name="starts">The beginnings of the values.</param>
    /// <param name="actor">Who takes them away.</param>
    /// <param name="cancellation">Stops before.</param>
    /// <returns>How many were there.</returns>
    public async Task<int> RemoveAsync(SeriesDescription series, IReadOnlyCollection<Instant> starts, Actor actor, CancellationToken cancellation = default)
    {
        if (starts.Count == 0)
        {
            return 0;
        }

        var unwanted = starts.ToHashSet();
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellation);
        if (store.IsPostgres)
        {
            await SeriesValues.LockAsync(transaction, series.Id, cancellation);
        }

        List<Instant> there = [.. (await SeriesValues.ReadAsync(connection, transaction, series.Id, unwanted.Min(), unwanted.Max(), null, cancellation)).Select(value => value.Start).Where(unwanted.Contains)];
        if (there.Count > 0)
        {
            await SeriesValues.DeleteAsync(transaction, series.Id, there, cancellation);
            var subject = string.Create(CultureInfo.InvariantCulture, $"{series.Key}: {there.Count} removed from {there[0]} to {there[^1]}");
            await Audit.WriteAsync(transaction, actor, clock.GetCurrentInstant(), "series.remove", subject, cancellation: cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return there.Count;
    }

    /// <summary>Reads a part of a Series, from <paramref name="from"/> (included) to <paramref name="to"/> (not included).</summary>
    /// <param name="key">The Series' key.</param>
    /// <param name="reader">Who asks.</param>
    /// <param name="from">The first beginning wanted; null for the very first.</param>
    /// <param name="to">The first beginning not wanted; null for all.</param>
    /// <param name="limit">At most so many values, 1 to <see cref="LargestPage"/>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The page; null where there is no such Series that the reader may read.</returns>
    public async Task<SeriesPage?> ReadAsync(string key, Reader reader, Instant? from = null, Instant? to = null, int limit = LargestPage, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, LargestPage);
        if (await FindAsync(key, reader, cancellation) is not { } series)
        {
            return null;
        }

        await using var connection = await store.OpenConnectionAsync(cancellation);
        var last = to is { } end ? end - Duration.FromTicks(10) : Instant.MaxValue;
        var values = await SeriesValues.ReadAsync(connection, null, series.Id, from ?? Instant.MinValue, last, limit + 1, cancellation);
        return values.Count > limit
            ? new SeriesPage(series, values[..limit], values[limit].Start)
            : new SeriesPage(series, values, null);
    }

    private static void Check(SeriesDeclaration declaration)
    {
        if (declaration.Key.Length is 0 or > 200 || declaration.Key.Any(char.IsWhiteSpace))
        {
            throw new AccessException("key", "The key of a Series has 1 to 200 characters and no spaces.");
        }

        if (!Unit.TryFind(declaration.Unit, out _))
        {
            throw new AccessException("unit", $"There is no unit '{declaration.Unit}'. Use a UCUM code, as kWh; capitals count.");
        }

        if (declaration.Step < Duration.FromSeconds(1) || declaration.Step > Duration.FromDays(366) || declaration.Step.SubsecondTicks != 0)
        {
            throw new AccessException("step", "The step of a Series is a whole number of seconds, from 1 s to 366 days.");
        }
    }

    private static SeriesDescription Same((SeriesDescription Description, int? OwnerId) there, SeriesDeclaration declaration)
    {
        var (series, ownerId) = there;
        var different =
            series.Unit != declaration.Unit ? $"in '{series.Unit}', not '{declaration.Unit}'" :
            series.Step != declaration.Step ? $"in steps of {series.Step.TotalSeconds} s, not {declaration.Step.TotalSeconds} s" :
            ownerId != declaration.OwnerId ? "another owner's" :
            series.Feature != declaration.Feature ? $"written by '{series.Feature}', not '{declaration.Feature}'" : null;
        return different is null ? series : throw new AccessException("series", $"The Series '{series.Key}' is there already, and is {different}. Use another key.");
    }

    private static async Task<(SeriesDescription Description, int? OwnerId)?> FindAsync(KeraDb db, string key, CancellationToken cancellation)
    {
        var found = await (
            from series in db.Series.AsNoTracking()
            where series.Key == key
            join audience in db.Audiences on series.AudienceId equals audience.Id
            join agent in db.Agents on series.OwnerId equals agent.Id into owners
            from owner in owners.DefaultIfEmpty()
            select new { series, Owner = owner == null ? null : owner.Key, Audience = audience.Key }).SingleOrDefaultAsync(cancellation);
        return found is null
            ? null
            : (new SeriesDescription(found.series.Id, found.series.Key, found.series.Feature, found.series.Unit, Duration.FromSeconds(found.series.Step), found.Owner, found.Audience), found.series.OwnerId);
    }

    private static async Task<bool> MayReadAsync(KeraDb db, (SeriesDescription Description, int? OwnerId) found, Reader reader, CancellationToken cancellation)
    {
        if (reader.SeesAll || found.Description.Audience == "public")
        {
            return true;
        }

        if (reader.Is(found.OwnerId))
        {
            return true;
        }

        var agents = reader.Agents.ToList();
        var keys = await db.Agents.Where(agent => agents.Contains(agent.Id)).Select(agent => agent.Key).ToListAsync(cancellation);
        return found.Description.Audience.Split(' ').Any(keys.Contains);
    }
}

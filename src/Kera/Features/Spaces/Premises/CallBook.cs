using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces.Premises;

/// <summary>Calls for temporary users, as landowners make and change them.</summary>
public sealed class CallBook(KeraStore store, PremisesRegister register, NoticeBoard notices)
{
    /// <summary>A call by its key; null where there is none.</summary>
    public async Task<PremisesCall?> FindAsync(string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PremisesCalls.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row ? PremisesCall.Of(row) : null;
    }

    /// <summary>All calls, the newest first.</summary>
    /// <param name="owner">The landowner whose calls; null for everyone's.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<PremisesCall>> ListAsync(string? owner, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.PremisesCalls.AsNoTracking().Where(row => owner == null || row.Owner == owner).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(PremisesCall.Of)];
    }

    /// <summary>Makes a call. One of some premises at a time: the next begins when it is decided or taken back.</summary>
    /// <param name="typed">What it says; its key and number are made here.</param>
    /// <param name="premises">The premises, which are the caller's.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The key.</returns>
    /// <exception cref="AccessException">Something about it cannot be.</exception>
    public async Task<string> AddAsync(PremisesCall typed, EmptyPremises premises, Actor actor, CancellationToken cancellation)
    {
        Check(typed, premises);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PremisesLock.TakeAsync(db, premises.Key, cancellation);
        if (await db.PremisesCalls.AnyAsync(row => row.Premises == premises.Key && row.Decided == null && row.Cancelled == null, cancellation))
        {
            throw new AccessException("opens", "There is a call for these premises that is not decided yet.", "premises.error.call");
        }

        var row = new PremisesCallRow
        {
            Key = RandomKey.New(),
            Premises = premises.Key,
            Owner = premises.Owner,
            Words = Stored.Write(typed.Words),
            Opens = DistrictCalendar.ToMicroseconds(typed.Opens),
            Closes = DistrictCalendar.ToMicroseconds(typed.Closes),
            FirstDay = DistrictCalendar.DayNumber(typed.Terms.FirstDay),
            LastDay = DistrictCalendar.DayNumber(typed.Terms.LastDay),
            Rent = typed.Terms.Rent,
            Vat = typed.Terms.Vat,
            Upkeep = typed.Terms.Upkeep,
            Opening = typed.Terms.Opening,
            Sharing = typed.Terms.Sharing,
            Criteria = Stored.Write(typed.Criteria),
            Changed = register.NowStored,
        };
        db.PremisesCalls.Add(row);
        Audit.Add(db, actor, register.Now, "letting.call.add", $"{row.Key}: {premises.Key}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return row.Key;
    }

    /// <summary>Takes a call back that is not decided, and tells who applied.</summary>
    /// <returns>Whether there was such a call of the landowner's.</returns>
    public async Task<bool> CancelAsync(string key, string owner, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = register.NowStored;
        if (await db.PremisesCalls.Where(row => row.Key == key && row.Owner == owner && row.Decided == null && row.Cancelled == null)
            .ExecuteUpdateAsync(row => row.SetProperty(call => call.Cancelled, now), cancellation) == 0)
        {
            return false;
        }

        var call = await db.PremisesCalls.AsNoTracking().SingleAsync(row => row.Key == key, cancellation);
        var applications = await db.PremisesApplications.AsNoTracking().Where(row => row.CallId == call.Id && row.State == PremisesApplicationState.Sent).ToListAsync(cancellation);
        foreach (var application in applications)
        {
            if (application.AgentId is { } person)
            {
                await notices.AddAsync(db, person, new NewNotice("letting.cancelled", new Dictionary<string, string>(), ApplicationEndpoints.PathOf(application.Key)), cancellation);
            }
        }

        Audit.Add(db, actor, register.Now, "letting.call.cancel", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private void Check(PremisesCall typed, EmptyPremises premises)
    {
        if (typed.Closes <= typed.Opens || typed.Closes <= register.Now)
        {
            throw new AccessException("closes", "A call closes after it opens, and later than now.", "premises.error.closes");
        }

        if (typed.Terms.LastDay < typed.Terms.FirstDay)
        {
            throw new AccessException("lastDay", "The last day is before the first.", "premises.error.days");
        }

        if (premises.FirstDay > typed.Terms.FirstDay)
        {
            throw new AccessException("firstDay", "The premises cannot be used before their first day.", "premises.error.first");
        }

        if (premises.LastDay < typed.Terms.LastDay)
        {
            throw new AccessException("lastDay", "The premises cannot be used after their last day.", "premises.error.last");
        }

        if (typed.Criteria.Count == 0)
        {
            throw new AccessException("criterion1", "Say by what you will choose.", "premises.error.criteria");
        }
    }
}

/// <summary>Who changes what is let of some premises takes turns with whoever else does.</summary>
internal static class PremisesLock
{
    public static Task TakeAsync(KeraDb db, string premises, CancellationToken cancellation) => StoreTurns.TakeAsync(db, ["premises:" + premises], cancellation);
}

using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>Agreements as they come about: the owner writes one for whom it chose, offers it, and the tenant accepts just what was offered.</summary>
public sealed class TenancyBook(KeraStore store, PremisesRegister register, NoticeBoard notices, Catalog catalog)
{
    private const int DefaultNotice = 30;

    /// <summary>An agreement for who is a side of it; null for everyone else.</summary>
    public async Task<Tenancy?> FindAsync(string key, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Tenancies.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is { } row && (IsOwner(row, me) || (IsTenant(row, me) && row.State != TenancyState.Draft)) ? Tenancy.Of(row) : null;
    }

    /// <summary>The agreements of a person and of those that they act for, the newest first; drafts only for their owner.</summary>
    public async Task<IReadOnlyList<Tenancy>> OfAsync(SignedIn me, CancellationToken cancellation)
    {
        List<string> agents = [.. me.Roles.Where(grant => grant.Role == Role.Partner).Select(grant => grant.Agent!)];
        await using var db = store.OpenContext();
        var rows = await db.Tenancies.AsNoTracking()
            .Where(row => agents.Contains(row.Owner) || (row.State != TenancyState.Draft && (row.AgentId == me.AgentId || agents.Contains(row.Tenant)))).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(Tenancy.Of)];
    }

    /// <summary>Those in force or to come, of all premises: by them it is told what is still empty.</summary>
    public async Task<IReadOnlyList<Tenancy>> AgreedAsync(CancellationToken cancellation)
    {
        var today = DistrictCalendar.DayNumber(register.Today);
        await using var db = store.OpenContext();
        var rows = await db.Tenancies.AsNoTracking().Where(row => row.State == TenancyState.Agreed && row.LastDay >= today).ToListAsync(cancellation);
        return [.. rows.Select(Tenancy.Of)];
    }

    /// <summary>Begins the agreement with somebody who was chosen, from what the call offers and what they wish; finds the one that was begun.</summary>
    /// <returns>Its key; null where nobody was chosen by that key in a call of the owner's.</returns>
    public async Task<string?> BeginAsync(PremisesCall call, string application, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PremisesLock.TakeAsync(db, call.Premises, cancellation);
        if (await db.PremisesApplications.AsNoTracking().SingleOrDefaultAsync(row => row.Key == application && row.CallId == call.Id && row.State == PremisesApplicationState.Chosen, cancellation) is not { } chosen
            || chosen is { Organisation: "", AgentId: null })
        {
            return null;
        }

        if (await db.Tenancies.AsNoTracking().FirstOrDefaultAsync(row => row.ApplicationId == chosen.Id && row.State != TenancyState.Declined, cancellation) is { } begun)
        {
            return begun.Key;
        }

        var hours = Period.DaysBetween(call.Terms.FirstDay, call.Terms.FirstDay.PlusMonths(1)) * NodaConstants.HoursPerDay;
        var row = new TenancyRow
        {
            Key = RandomKey.New(),
            ApplicationId = chosen.Id,
            Premises = call.Premises,
            Owner = call.Owner,
            Tenant = chosen.Organisation.Length > 0 ? chosen.Organisation : catalog.Get(catalog.Agents, chosen.AgentId!.Value).Key,
            AgentId = chosen.AgentId,
            Area = chosen.Area,
            FirstDay = chosen.FirstDay,
            LastDay = chosen.LastDay,
            Rent = (int)decimal.Round(new Quantity(chosen.Area).ToDecimal() * call.Terms.Rent, MidpointRounding.AwayFromZero),
            Vat = call.Terms.Vat,
            Use = hours,
            Upkeep = call.Terms.Upkeep,
            Opening = call.Terms.Opening,
            Sharing = call.Terms.Sharing,
            Terms = chosen.Sharing,
            NoticeDays = DefaultNotice,
            Changed = register.NowStored,
        };
        db.Tenancies.Add(row);
        Audit.Add(db, actor, register.Now, "letting.agreement.begin", $"{row.Key}: {application}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return row.Key;
    }

    /// <summary>Saves what the owner writes, and offers it where asked; what was offered can be written anew until it is accepted.</summary>
    /// <param name="key">The agreement.</param>
    /// <param name="owner">The owner.</param>
    /// <param name="terms">What it says.</param>
    /// <param name="offer">Whether the tenant is asked now.</param>
    /// <param name="changed">The stamp of the version that was written on.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether the owner has such an agreement that is not accepted.</returns>
    /// <exception cref="AccessException">Something in it cannot be, or somebody changed it meanwhile.</exception>
    public async Task<bool> SaveAsync(string key, string owner, TenancyTerms terms, bool offer, long changed, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { State: TenancyState.Draft or TenancyState.Offered } row || row.Owner != owner)
        {
            return false;
        }

        RefuseOther(row, changed);
        await CheckAsync(db, row, terms, cancellation);
        (row.Area, row.FirstDay, row.LastDay) = (terms.Area.Millionths, DistrictCalendar.DayNumber(terms.FirstDay), DistrictCalendar.DayNumber(terms.LastDay));
        (row.Rent, row.Vat, row.Use, row.Upkeep, row.Opening, row.Sharing) = (terms.Rent, terms.Vat, terms.Use, terms.Upkeep, terms.Opening, terms.Sharing);
        (row.Terms, row.NoticeDays) = (terms.Words, terms.NoticeDays);
        // What was offered and is written anew is no offer any more until it is made again.
        (row.State, row.Offered) = offer ? (TenancyState.Offered, register.NowStored) : (TenancyState.Draft, (long?)null);
        Stamp(row);
        if (offer)
        {
            await TellTenantAsync(db, row, "letting.offered", cancellation);
        }

        Audit.Add(db, actor, register.Now, offer ? "letting.agreement.offer" : "letting.agreement.save", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>The tenant accepts just the version that they saw, or declines it.</summary>
    /// <param name="key">The agreement.</param>
    /// <param name="accept">Whether they accept.</param>
    /// <param name="reason">Why not; empty where they accept.</param>
    /// <param name="changed">The stamp of the version that they saw.</param>
    /// <param name="me">Who they are.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Whether there is such an offer to them.</returns>
    /// <exception cref="AccessException">The owner changed it meanwhile, or the premises are let to others.</exception>
    public async Task<bool> AnswerAsync(string key, bool accept, string reason, long changed, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { State: TenancyState.Offered } row || !IsTenant(row, me))
        {
            return false;
        }

        RefuseOther(row, changed);
        if (accept)
        {
            await CheckAsync(db, row, Tenancy.Of(row).Terms, cancellation);
            (row.State, row.Accepted, row.Unrecorded) = (TenancyState.Agreed, register.NowStored, true);
        }
        else
        {
            (row.State, row.EndReason) = (TenancyState.Declined, reason);
        }

        Stamp(row);
        Audit.Add(db, me.Actor, register.Now, accept ? "letting.agreement.accept" : "letting.agreement.decline", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Ends an agreement early: on a day that is at least its notice away, with a reason that the other side reads.</summary>
    /// <returns>Whether there is such an agreement that is in force or to come.</returns>
    /// <exception cref="AccessException">The day is too near or too late, or there is no reason.</exception>
    public async Task<bool> EndAsync(string key, LocalDate lastDay, string reason, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await LockedAsync(db, key, cancellation) is not { State: TenancyState.Agreed } row || (!IsOwner(row, me) && !IsTenant(row, me)))
        {
            return false;
        }

        var terms = Tenancy.Of(row).Terms;
        if (lastDay < register.Today.PlusDays(terms.NoticeDays) || lastDay >= terms.LastDay)
        {
            throw new AccessException("endDay", "Choose a day after the notice and before the last day.", "premises.error.end");
        }

        if (reason.Length == 0)
        {
            throw new AccessException("endReason", "Say why: the other side reads it.", "premises.error.reason");
        }

        (row.LastDay, row.EndedBy, row.EndReason, row.Unrecorded) = (DistrictCalendar.DayNumber(lastDay), IsOwner(row, me) ? "owner" : "tenant", reason, true);
        Stamp(row);
        await TellTenantAsync(db, row, "letting.ended", cancellation);
        Audit.Add(db, me.Actor, register.Now, "letting.agreement.end", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static bool IsOwner(TenancyRow row, SignedIn me) => me.Roles.Contains(new RoleGrant(Role.Partner, row.Owner));

    // Of an organisation's, whoever acts for it now; of a person's, they alone.
    private static bool IsTenant(TenancyRow row, SignedIn me) => row.Tenant == me.PersonKey || me.Roles.Contains(new RoleGrant(Role.Partner, row.Tenant));

    private static void RefuseOther(TenancyRow row, long changed)
    {
        if (row.Changed != changed)
        {
            throw new AccessException("changed", "It was changed meanwhile. Read it again.", "premises.error.changed");
        }
    }

    private void Stamp(TenancyRow row) => row.Changed = Math.Max(register.NowStored, row.Changed + 1);

    private static async Task<TenancyRow?> LockedAsync(KeraDb db, string key, CancellationToken cancellation)
    {
        if (await db.Tenancies.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } seen)
        {
            return null;
        }

        await PremisesLock.TakeAsync(db, seen.Premises, cancellation);
        return await db.Tenancies.SingleAsync(row => row.Key == key, cancellation);
    }

    private async Task CheckAsync(KeraDb db, TenancyRow row, TenancyTerms terms, CancellationToken cancellation)
    {
        if (terms.LastDay < terms.FirstDay || terms.LastDay > terms.FirstDay.PlusYears(TenancyDuties.MostYears))
        {
            throw new AccessException("lastDay", "The last day comes after the first, at most five years later.", "premises.error.term");
        }

        if (await register.FindAsync(row.Premises, cancellation) is not { Withdrawn: false } premises)
        {
            throw new AccessException("area", "The premises are let no more.", "premises.error.gone");
        }

        if (premises.FirstDay > terms.FirstDay)
        {
            throw new AccessException("firstDay", "The premises cannot be used before their first day.", "premises.error.first");
        }

        if (premises.LastDay < terms.LastDay)
        {
            throw new AccessException("lastDay", "The premises cannot be used after their last day.", "premises.error.last");
        }

        var (first, last) = (DistrictCalendar.DayNumber(terms.FirstDay), DistrictCalendar.DayNumber(terms.LastDay));
        var others = await db.Tenancies.AsNoTracking()
            .Where(other => other.Premises == row.Premises && other.Id != row.Id && other.State == TenancyState.Agreed && other.FirstDay <= last && other.LastDay >= first).SumAsync(other => other.Area, cancellation);
        if (terms.Area <= Quantity.Zero || terms.Area.Millionths + others > premises.Area.Millionths)
        {
            throw new AccessException("area", "That is more than is free in those days.", "premises.error.free");
        }
    }

    private async Task TellTenantAsync(KeraDb db, TenancyRow row, string kind, CancellationToken cancellation)
    {
        if (row.AgentId is { } person)
        {
            await notices.AddAsync(db, person, new NewNotice(kind, new Dictionary<string, string>(), TenancyEndpoints.PathOf(row.Key)), cancellation);
        }
    }
}

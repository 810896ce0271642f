using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces.Premises;

/// <summary>Applications as their writers keep them: begun, sent, taken back. Nobody else changes one.</summary>
public sealed class ApplicationBook(KeraStore store, PremisesRegister register)
{
    private const int MostDrafts = 20;

    /// <summary>Begins an application, or finds the one that the person has for the same call and organisation.</summary>
    /// <returns>Its key; null where there is no such call that is open.</returns>
    /// <exception cref="AccessException">The person does not act for the organisation, or has begun too much.</exception>
    public async Task<string?> BeginAsync(string callKey, string organisation, SignedIn me, CancellationToken cancellation)
    {
        if (organisation.Length > 0 && !me.Roles.Contains(new RoleGrant(Role.Partner, organisation)))
        {
            throw new AccessException("organisation", "You do not act for this organisation.", "premises.error.organisation");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PremisesCalls.AsNoTracking().SingleOrDefaultAsync(row => row.Key == callKey, cancellation) is not { } call || PremisesCall.Of(call).StateAt(register.Now) != CallState.Open || call.Owner == organisation)
        {
            return null;
        }

        await PremisesLock.TakeAsync(db, call.Premises, cancellation);
        var own = db.PremisesApplications.Where(row => row.AgentId == me.AgentId);
        if (await own.AsNoTracking().FirstOrDefaultAsync(row => row.CallId == call.Id && row.Organisation == organisation && row.State != PremisesApplicationState.Withdrawn, cancellation) is { } begun)
        {
            return begun.Key;
        }

        if (await own.CountAsync(row => row.State == PremisesApplicationState.Draft || row.CallId == call.Id, cancellation) >= MostDrafts)
        {
            throw new AccessException("organisation", "You have begun too many applications. Send or take back one of them.", "premises.error.drafts");
        }

        var row = new PremisesApplicationRow
        {
            Key = RandomKey.New(),
            CallId = call.Id,
            AgentId = me.AgentId,
            Organisation = organisation,
            FirstDay = call.FirstDay,
            LastDay = call.LastDay,
            Changed = register.NowStored,
        };
        db.PremisesApplications.Add(row);
        Audit.Add(db, me.Actor, register.Now, "letting.application.begin", $"{row.Key}: {call.Key}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return row.Key;
    }

    /// <summary>A person's own application with its call; null where there is none of such a key, or it is another's.</summary>
    public async Task<(PremisesApplication Application, PremisesCall Call)?> FindAsync(string key, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PremisesApplications.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key && row.AgentId == me.AgentId, cancellation) is { } row
            ? (PremisesApplication.Of(row), PremisesCall.Of(await db.PremisesCalls.AsNoTracking().SingleAsync(call => call.Id == row.CallId, cancellation)))
            : null;
    }

    /// <summary>A person's applications with their calls, the newest first.</summary>
    public async Task<IReadOnlyList<(PremisesApplication Application, PremisesCall Call)>> OfAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.PremisesApplications.AsNoTracking().Where(row => row.AgentId == agentId)
            .Join(db.PremisesCalls, application => application.CallId, call => call.Id, (application, call) => new { application, call })
            .OrderByDescending(pair => pair.application.Id).ToListAsync(cancellation);
        return [.. rows.Select(pair => (PremisesApplication.Of(pair.application), PremisesCall.Of(pair.call)))];
    }

    /// <summary>Saves what is wished, and sends it where asked. What was sent can be changed until the call closes.</summary>
    /// <returns>Whether there was such an application of the person's that can still be changed.</returns>
    /// <exception cref="AccessException">It is sent too late, or something is missing or cannot be.</exception>
    public async Task<bool> SaveAsync(string key, ApplicationWish wish, bool send, SignedIn me, CancellationToken cancellation)
    {
        if (await FindAsync(key, me, cancellation) is not { } found || found.Application.State is not (PremisesApplicationState.Draft or PremisesApplicationState.Sent))
        {
            return false;
        }

        var call = found.Call;
        if (call.StateAt(register.Now) != CallState.Open)
        {
            throw new AccessException("plan", "The call has closed: nothing is taken any more.", "premises.error.late");
        }

        // What was sent stays whole.
        if (send || found.Application.State == PremisesApplicationState.Sent)
        {
            await CheckAsync(wish, call, cancellation);
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var row = await db.PremisesApplications.SingleAsync(each => each.Key == key, cancellation);
        (row.Plan, row.Area, row.FirstDay, row.LastDay) = (wish.Plan, wish.Area.Millionths, DistrictCalendar.DayNumber(wish.FirstDay), DistrictCalendar.DayNumber(wish.LastDay));
        (row.Sharing, row.Answers, row.ShowName, row.Changed) = (wish.Sharing, Stored.Write(wish.Answers), wish.ShowName, register.NowStored);
        if (send)
        {
            (row.State, row.Sent) = (PremisesApplicationState.Sent, row.Sent ?? register.NowStored);
        }

        Audit.Add(db, me.Actor, register.Now, send ? "letting.application.send" : "letting.application.save", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Takes an application back that is not decided.</summary>
    /// <returns>Whether there was one of the person's.</returns>
    public async Task<bool> WithdrawAsync(string key, SignedIn me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = register.NowStored;
        if (await db.PremisesApplications.Where(row => row.Key == key && row.AgentId == me.AgentId && (row.State == PremisesApplicationState.Draft || row.State == PremisesApplicationState.Sent))
            .ExecuteUpdateAsync(row => row.SetProperty(each => each.State, PremisesApplicationState.Withdrawn).SetProperty(each => each.Changed, now), cancellation) == 0)
        {
            return false;
        }

        Audit.Add(db, me.Actor, register.Now, "letting.application.withdraw", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private async Task CheckAsync(ApplicationWish wish, PremisesCall call, CancellationToken cancellation)
    {
        if (wish.Plan.Length == 0)
        {
            throw new AccessException("plan", "Say what you would do there.", "premises.error.plan");
        }

        if (wish.Area <= Quantity.Zero || await register.FindAsync(call.Premises, cancellation) is { } premises && wish.Area > premises.Area)
        {
            throw new AccessException("area", "Write how many square metres you need, at most what there is.", "premises.error.area");
        }

        if (wish.FirstDay > wish.LastDay || wish.FirstDay < call.Terms.FirstDay || wish.LastDay > call.Terms.LastDay)
        {
            throw new AccessException("firstDay", "Choose days within those that are offered.", "premises.error.offered");
        }

        for (var at = 0; at < call.Criteria.Count; at++)
        {
            if (wish.Answers.ElementAtOrDefault(at) is not { Length: > 0 })
            {
                throw new AccessException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"answer{at + 1}"), "Answer each question.", "premises.error.answer");
            }
        }
    }
}

using Kera.Base.Access;
using Kera.Base.Notices;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces.Premises;

/// <summary>Who was chosen in a call, as everyone may read it.</summary>
/// <param name="Organisation">The key of the organisation; empty for a person.</param>
/// <param name="Name">The person's name where they agreed to that; empty else, and for an organisation.</param>
/// <param name="Reason">Why.</param>
public sealed record Chosen(string Organisation, string Name, string Reason);

/// <summary>
/// How landowners choose. Nobody sees an application before the call has closed, all are judged by the same criteria, and all are told at
/// once, each with a reason.
/// </summary>
public sealed class ChoiceBook(KeraStore store, PremisesRegister register, NoticeBoard notices, PersonalData personal)
{
    /// <summary>The most points that a criterion gives.</summary>
    public static int MostPoints => 5;

    /// <summary>How many applications were sent to a call.</summary>
    public async Task<int> CountAsync(PremisesCall call, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PremisesApplications.CountAsync(row => row.CallId == call.Id && row.State != PremisesApplicationState.Draft && row.State != PremisesApplicationState.Withdrawn, cancellation);
    }

    /// <summary>What was sent to a call, in the order of arrival; nothing while it takes applications. Each look is told to the applicants first.</summary>
    public async Task<IReadOnlyList<PremisesApplication>> SentAsync(PremisesCall call, int readerId, Actor reader, string why, CancellationToken cancellation)
    {
        if (call.StateAt(register.Now) is CallState.Coming or CallState.Open)
        {
            return [];
        }

        await using var db = store.OpenContext();
        var rows = await db.PremisesApplications.AsNoTracking()
            .Where(row => row.CallId == call.Id && row.State != PremisesApplicationState.Draft && row.State != PremisesApplicationState.Withdrawn).OrderBy(row => row.Sent).ThenBy(row => row.Id).ToListAsync(cancellation);
        await personal.RecordDailyReadAsync(rows.Select(row => row.AgentId).OfType<int>().Distinct().Where(id => id != readerId), reader, "letting", why, cancellation);
        return [.. rows.Select(PremisesApplication.Of)];
    }

    /// <summary>The name of a person for who must know it; empty where there is none any more.</summary>
    public async Task<string> NameAsync(int? agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return agentId is null ? "" : await db.Persons.AsNoTracking().Where(row => row.AgentId == agentId).Select(row => row.Name).SingleOrDefaultAsync(cancellation) ?? "";
    }

    /// <summary>Keeps what a landowner makes of an application; nobody is told yet.</summary>
    /// <returns>Whether there is such an application of a call of theirs that is closed and undecided.</returns>
    /// <exception cref="AccessException">Points are missing or out of range, or a reason is.</exception>
    public async Task<bool> JudgeAsync(PremisesCall call, string key, Judgement judgement, Actor actor, CancellationToken cancellation)
    {
        if (call.StateAt(register.Now) != CallState.Closed)
        {
            return false;
        }

        if (judgement.Scores.Count != call.Criteria.Count || judgement.Scores.Any(score => score < 0 || score > MostPoints))
        {
            throw new AccessException("scores", "Give points from 0 to 5 for each criterion.", "premises.error.scores");
        }

        if (judgement.Reason.Length == 0)
        {
            throw new AccessException("reason", "Say why: the applicant reads it.", "premises.error.reason");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PremisesLock.TakeAsync(db, call.Premises, cancellation);
        if (!await IsUndecidedAsync(db, call, cancellation) || await db.PremisesApplications.SingleOrDefaultAsync(each => each.Key == key && each.CallId == call.Id && each.State == PremisesApplicationState.Sent, cancellation) is not { } row)
        {
            return false;
        }

        (row.Scores, row.Choose, row.Reason, row.PublicReason) = (Stored.Write(judgement.Scores), judgement.Choose, judgement.Reason, judgement.PublicReason);
        Audit.Add(db, actor, register.Now, "letting.application.judge", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Decides a call: everyone who applied is told at once.</summary>
    /// <returns>Whether the call was closed and undecided.</returns>
    /// <exception cref="AccessException">An application is not judged yet, or a chosen one has no reason for everyone.</exception>
    public async Task<bool> DecideAsync(PremisesCall call, Actor actor, CancellationToken cancellation)
    {
        if (call.StateAt(register.Now) != CallState.Closed)
        {
            return false;
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PremisesLock.TakeAsync(db, call.Premises, cancellation);
        var now = register.NowStored;
        if (await db.PremisesCalls.Where(row => row.Id == call.Id && row.Decided == null && row.Cancelled == null).ExecuteUpdateAsync(row => row.SetProperty(each => each.Decided, now), cancellation) == 0)
        {
            return false;
        }

        var rows = await db.PremisesApplications.Where(row => row.CallId == call.Id && row.State == PremisesApplicationState.Sent).ToListAsync(cancellation);
        if (rows.Exists(row => row.Scores.Length == 0))
        {
            throw new AccessException("decide", "Judge every application first.", "premises.error.unjudged");
        }

        if (rows.Exists(row => row.Choose && row.PublicReason.Length == 0))
        {
            throw new AccessException("decide", "Say for everyone why the chosen are chosen.", "premises.error.public");
        }

        foreach (var row in rows)
        {
            row.State = row.Choose ? PremisesApplicationState.Chosen : PremisesApplicationState.NotChosen;
            if (row.AgentId is { } person)
            {
                await notices.AddAsync(db, person, new NewNotice(row.Choose ? "letting.chosen" : "letting.notChosen", new Dictionary<string, string>(), ApplicationEndpoints.PathOf(row.Key)), cancellation);
            }
        }

        Audit.Add(db, actor, register.Now, "letting.call.decide", call.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Who was chosen, for everyone: organisations by name, persons only where they agreed.</summary>
    public async Task<IReadOnlyList<Chosen>> ChosenAsync(PremisesCall call, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.PremisesApplications.AsNoTracking().Where(row => row.CallId == call.Id && row.State == PremisesApplicationState.Chosen).OrderBy(row => row.Id).ToListAsync(cancellation);
        List<Chosen> chosen = [];
        foreach (var row in rows)
        {
            chosen.Add(new Chosen(row.Organisation, row is { Organisation: "", ShowName: true } ? await NameAsync(row.AgentId, cancellation) : "", row.PublicReason));
        }

        return chosen;
    }

    private static Task<bool> IsUndecidedAsync(KeraDb db, PremisesCall call, CancellationToken cancellation) =>
        db.PremisesCalls.AnyAsync(row => row.Id == call.Id && row.Decided == null && row.Cancelled == null, cancellation);
}

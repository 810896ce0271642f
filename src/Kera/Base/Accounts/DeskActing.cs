using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>
/// Someone at the desk acts for a person who stands there: for half an hour at most, with a reason, on record before it
/// begins. Meanwhile the session has that person's rights and none of its own.
/// </summary>
public sealed class DeskActing(KeraStore store, Sessions sessions, PersonalData personal, Catalog catalog, IClock clock)
{
    private static readonly Duration Longest = Duration.FromMinutes(30);

    /// <summary>Begins to act for a person.</summary>
    /// <exception cref="AccessException">There is no such person, or no reason is given.</exception>
    public async Task BeginAsync(SignedIn desk, string personKey, string reason, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new AccessException("reason", "Say in a few words what for: the person will read it.", "account.error.reason");
        }

        if (catalog.Find(catalog.Agents, personKey) is not { Row: { Kind: "person", Retired: false }, Noun.Id: var person })
        {
            throw new AccessException("person", "There is no such person.", "account.error.missing");
        }

        await personal.RecordReadAsync(person, desk.Actor, "desk.act", reason.Trim(), cancellation);
        await AuditAsync(desk.Actor, "acting.begin", personKey, cancellation);
        await sessions.ActForAsync(desk.SessionId, person, clock.GetCurrentInstant() + Longest, cancellation);
    }

    /// <summary>Steps back.</summary>
    public async Task EndAsync(SignedIn acting, CancellationToken cancellation = default)
    {
        await sessions.ActForAsync(acting.SessionId, null, null, cancellation);
        await AuditAsync(acting.Actor, "acting.end", acting.PersonKey, cancellation);
    }

    private async Task AuditAsync(Actor actor, string operation, string subject, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        Audit.Add(db, actor, clock.GetCurrentInstant(), operation, subject);
        await db.SaveChangesAsync(cancellation);
    }
}

using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>An invitation just made.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Code">The code itself, as <c>K7QM-2FHX-9TBD</c>: shown this once, for only its hash is kept.</param>
/// <param name="Expires">When it ends.</param>
public sealed record IssuedInvitation(int Id, string Code, Instant Expires);

/// <summary>An invitation that can be used.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Roles">What the new account may do.</param>
/// <param name="AccountId">The account that gets a new password; null for a new account.</param>
/// <param name="CreatedBy">The key of who made it.</param>
public sealed record OpenInvitation(int Id, IReadOnlyList<RoleGrant> Roles, int? AccountId, string CreatedBy);

/// <summary>An invitation in a list.</summary>
public sealed record InvitationDescription(int Id, IReadOnlyList<RoleGrant> Roles, bool NewPassword, Instant Created, Instant Expires, string CreatedBy, Instant? Used, Instant? Revoked);

/// <summary>
/// Codes that open an account or set a new password: short enough to be printed, read out and typed, too long to be guessed
/// before they end. Each is used once.
/// </summary>
public sealed class Invitations(KeraDb db, Accounts accounts, OutboxQueue outbox, IClock clock)
{
    /// <summary>Makes an invitation to a new account.</summary>
    /// <param name="roles">What it may do; at least one.</param>
    /// <param name="language">The language of the letter or the printed page.</param>
    /// <param name="lasting">How long it can be used; at most 90 days.</param>
    /// <param name="actor">Who makes it. That they may is the caller's to check (<see cref="Permissions.MayInvite"/>).</param>
    /// <param name="mail">The mail of a code, sent once the invitation is stored; null for none.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">There is no role, or a partner's agent is unknown.</exception>
    public Task<IssuedInvitation> AddAsync(IReadOnlyCollection<RoleGrant> roles, string language, Duration lasting, Actor actor, Func<string, Message>? mail = null, CancellationToken cancellation = default)
    {
        if (roles.Count == 0)
        {
            throw new AccessException("role", "An invitation is to at least one role.", "account.error.noRole");
        }

        foreach (var grant in roles)
        {
            accounts.AgentOf(grant);
        }

        return AddAsync(string.Join(' ', roles.Distinct()), null, language, lasting, actor, mail, cancellation);
    }

    /// <summary>Makes a code by which the owner of an account sets a new password.</summary>
    public Task<IssuedInvitation> AddForPasswordAsync(AccountDescription account, Duration lasting, Actor actor, Func<string, Message>? mail = null, CancellationToken cancellation = default) =>
        AddAsync("", account.Id, account.Language, lasting, actor, mail, cancellation);

    /// <summary>How many codes for an account's password were made since a moment.</summary>
    public Task<int> CountForPasswordAsync(int accountId, Instant since, CancellationToken cancellation = default)
    {
        var from = DistrictCalendar.ToMicroseconds(since);
        return db.Invitations.CountAsync(row => row.AccountId == accountId && row.Created > from, cancellation);
    }

    /// <summary>The invitation of a code that can still be used; null where there is none.</summary>
    public async Task<OpenInvitation?> FindAsync(string code, CancellationToken cancellation = default)
    {
        var hash = Codes.HashOf(code);
        var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        var row = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.Used == null && row.Revoked == null && row.Expires > now, cancellation);
        return row is null ? null : new OpenInvitation(row.Id, RolesOf(row), row.AccountId, row.CreatedBy);
    }

    /// <summary>Makes the account that a code opens. The code is used up only if that succeeds.</summary>
    /// <returns>The account's number.</returns>
    /// <exception cref="AccessException">The code cannot be used, or a field of the account is wrong.</exception>
    public async Task<int> AcceptAsync(string code, NewAccount account, string password, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await UseAsync(code, forPassword: false, cancellation);
        var id = await accounts.AddAsync(account, password, open.Roles, new Actor(open.CreatedBy, "page"), cancellation);
        await transaction.CommitAsync(cancellation);
        return id;
    }

    /// <summary>Sets the password of the account that a code is for, and ends all its sessions.</summary>
    /// <returns>The account's number.</returns>
    /// <exception cref="AccessException">The code cannot be used, or the password is too weak.</exception>
    public async Task<int> AcceptPasswordAsync(string code, string password, CancellationToken cancellation = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var open = await UseAsync(code, forPassword: true, cancellation);
        var account = await accounts.GetAsync(open.AccountId!.Value, cancellation);
        await accounts.SetPasswordAsync(account.Id, password, null, new Actor(account.PersonKey, "page"), cancellation);
        await transaction.CommitAsync(cancellation);
        return account.Id;
    }

    /// <summary>Every invitation that somebody made, or everybody's with null; the newest first.</summary>
    public async Task<IReadOnlyList<InvitationDescription>> ListAsync(string? createdBy, CancellationToken cancellation = default)
    {
        var rows = await db.Invitations.AsNoTracking().Where(row => createdBy == null || row.CreatedBy == createdBy).OrderByDescending(row => row.Id).Take(200).ToListAsync(cancellation);
        return [.. rows.Select(row => new InvitationDescription(row.Id, RolesOf(row), row.AccountId is not null, Moment(row.Created)!.Value, Moment(row.Expires)!.Value, row.CreatedBy, Moment(row.Used), Moment(row.Revoked)))];
    }

    /// <summary>Ends an invitation that was not used yet; again, it changes nothing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="createdBy">Only if this key made it; null for anybody's.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task RevokeAsync(int id, string? createdBy, Actor actor, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        var micros = DistrictCalendar.ToMicroseconds(now);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Invitations.Where(row => row.Id == id && row.Used == null && row.Revoked == null && (createdBy == null || row.CreatedBy == createdBy))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Revoked, micros), cancellation) == 1)
        {
            Audit.Add(db, actor, now, "invitation.revoke", $"invitation {id}");
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task<IssuedInvitation> AddAsync(string roles, int? accountId, string language, Duration lasting, Actor actor, Func<string, Message>? mail, CancellationToken cancellation)
    {
        if (lasting <= Duration.Zero || lasting > Duration.FromDays(90))
        {
            throw new AccessException("expires", "An invitation lasts at most 90 days.");
        }

        var code = Codes.Make();
        var now = clock.GetCurrentInstant();
        var row = new InvitationRow
        {
            Hash = Codes.HashOf(code),
            Roles = roles,
            AccountId = accountId,
            Language = language,
            Created = DistrictCalendar.ToMicroseconds(now),
            Expires = DistrictCalendar.ToMicroseconds(now + lasting),
            CreatedBy = actor.Key,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Invitations.Add(row);
        if (mail is not null)
        {
            outbox.Add(db, mail(code));
        }

        await db.SaveChangesAsync(cancellation);
        Audit.Add(db, actor, now, "invitation.add", accountId is null ? $"invitation {row.Id}: {roles}" : $"invitation {row.Id}: new password");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new IssuedInvitation(row.Id, code, now + lasting);
    }

    /// <summary>Takes a code, within the caller's transaction: of two who use it at once, one waits and then finds it used.</summary>
    private async Task<OpenInvitation> UseAsync(string code, bool forPassword, CancellationToken cancellation)
    {
        var hash = Codes.HashOf(code);
        var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        var taken = await db.Invitations.Where(row => row.Hash == hash && row.Used == null && row.Revoked == null && row.Expires > now && row.AccountId != null == forPassword)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Used, now), cancellation);
        if (taken == 0)
        {
            throw new AccessException("code", "This code is not known here, has been used, or has ended. Ask for a new one.", "account.error.code");
        }

        var row = await db.Invitations.AsNoTracking().SingleAsync(row => row.Hash == hash, cancellation);
        return new OpenInvitation(row.Id, RolesOf(row), row.AccountId, row.CreatedBy);
    }

    private static List<RoleGrant> RolesOf(InvitationRow row) => [.. row.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(RoleGrant.Parse)];

    private static Instant? Moment(long? microseconds) => microseconds is { } known ? DistrictCalendar.ToInstant(known) : null;
}

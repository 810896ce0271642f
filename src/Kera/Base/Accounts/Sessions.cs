using System.Buffers.Text;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Accounts;

/// <summary>A session in its owner's list.</summary>
public sealed record SessionDescription(int Id, string Device, Instant Begun, Instant Seen, bool Current);

/// <summary>
/// Who is signed in where. The cookie carries a random key whose hash is looked up in the database at every request, with the
/// roles as they are then: a session that was ended, or a role that was taken, is gone at once and on every node.
/// </summary>
public sealed class Sessions(KeraStore store, Catalog catalog, IClock clock) : ITicketStore
{
    /// <summary>The name of the scheme.</summary>
    public const string Scheme = "Session";

    internal const string CookieName = "kera-session";
    internal const string SessionClaim = "kera:session";
    internal const string AccountClaim = "kera:account";
    internal const string RoleClaim = "kera:role";
    internal const string DeskClaim = "kera:desk";
    internal const string DeviceItem = "device";

    private const long SeenStep = 5 * 60 * 1_000_000;
    private static readonly Duration Lasting = Duration.FromDays(30);

    /// <summary>Begins a session for the account that the ticket names, and ends those whose time is over.</summary>
    public async Task<string> StoreAsync(AuthenticationTicket ticket)
    {
        var key = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var now = clock.GetCurrentInstant();
        await using var db = store.OpenContext();
        var micros = Micros(now);
        await db.Sessions.Where(row => row.Expires <= micros).ExecuteDeleteAsync();
        db.Sessions.Add(new SessionRow
        {
            Hash = HashOf(key),
            AccountId = AccountOf(ticket.Principal),
            Begun = micros,
            Seen = micros,
            Expires = Micros(now + Lasting),
            Device = ticket.Properties.GetString(DeviceItem) ?? "",
        });
        await db.SaveChangesAsync();
        return key;
    }

    /// <summary>Nothing: how long a session lasts is decided when it begins.</summary>
    public Task RenewAsync(string key, AuthenticationTicket ticket) => Task.CompletedTask;

    /// <summary>Who the key's session belongs to, with their roles as they are now; null where it has ended.</summary>
    public async Task<AuthenticationTicket?> RetrieveAsync(string key)
    {
        var hash = HashOf(key);
        var now = clock.GetCurrentInstant();
        var micros = Micros(now);
        await using var db = store.OpenContext();
        var found = await db.Sessions.AsNoTracking().Where(row => row.Hash == hash && row.Expires > micros)
            .Join(db.Accounts, session => session.AccountId, account => account.Id, (session, account) => new { session, account.AgentId })
            .SingleOrDefaultAsync();
        if (found is null)
        {
            return null;
        }

        var session = found.session;
        if (session.Seen + SeenStep < micros)
        {
            await db.Sessions.Where(row => row.Id == session.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Seen, micros));
        }

        var roles = await db.AccountRoles.AsNoTracking().Where(row => row.AccountId == session.AccountId).ToListAsync();
        return new AuthenticationTicket(PrincipalOf(session, found.AgentId, roles, micros), Scheme);
    }

    /// <summary>Ends the key's session.</summary>
    public async Task RemoveAsync(string key)
    {
        var hash = HashOf(key);
        await using var db = store.OpenContext();
        await db.Sessions.Where(row => row.Hash == hash).ExecuteDeleteAsync();
    }

    /// <summary>An account's sessions, the one last used first.</summary>
    public async Task<IReadOnlyList<SessionDescription>> ListAsync(int accountId, int currentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var now = Micros(clock.GetCurrentInstant());
        var rows = await db.Sessions.AsNoTracking().Where(row => row.AccountId == accountId && row.Expires > now).OrderByDescending(row => row.Seen).ToListAsync(cancellation);
        return [.. rows.Select(row => new SessionDescription(row.Id, row.Device, DistrictCalendar.ToInstant(row.Begun), DistrictCalendar.ToInstant(row.Seen), row.Id == currentId))];
    }

    /// <summary>Ends sessions of an account: one, or all but one.</summary>
    /// <param name="accountId">Whose; another's sessions are left alone.</param>
    /// <param name="id">Which; null for all.</param>
    /// <param name="except">The one to keep; null to keep none.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task EndAsync(int accountId, int? id, int? except = null, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        await db.Sessions.Where(row => row.AccountId == accountId && (id == null || row.Id == id) && (except == null || row.Id != except)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>From now on the session of someone at the desk acts for a person, until a moment; or, with null, for itself again.</summary>
    internal async Task ActForAsync(int sessionId, int? agentId, Instant? until, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var ends = until is { } moment ? Micros(moment) : (long?)null;
        await db.Sessions.Where(row => row.Id == sessionId).ExecuteUpdateAsync(set => set.SetProperty(row => row.ActsForId, agentId).SetProperty(row => row.ActsUntil, ends), cancellation);
    }

    /// <summary>What signs an account in: its number and nothing else, for the rest is read at each request.</summary>
    internal static ClaimsPrincipal Entering(int accountId) =>
        new(new ClaimsIdentity([new Claim(AccountClaim, Number(accountId))], Scheme));

    internal static int AccountOf(ClaimsPrincipal principal) => int.Parse(principal.FindFirstValue(AccountClaim)!, CultureInfo.InvariantCulture);

    private ClaimsPrincipal PrincipalOf(SessionRow session, int agentId, List<AccountRoleRow> roles, long now)
    {
        // Whoever acts for a person has that person's rights and, until they step back, none of their own.
        var own = catalog.Get(catalog.Agents, agentId).Key;
        var actsFor = session.ActsForId is { } person && session.ActsUntil > now && roles.Any(row => row.Role == RoleGrant.WordOf(Role.Desk)) ? catalog.Get(catalog.Agents, person) : null;
        var identity = new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, actsFor?.Key ?? own),
            new Claim(BearerAuthentication.AgentIdClaim, Number(actsFor?.Id ?? agentId)),
            new Claim(AccountClaim, Number(session.AccountId)),
            new Claim(SessionClaim, Number(session.Id)),
            new Claim(BearerAuthentication.ScopeClaim, Scopes.Read),
            new Claim(BearerAuthentication.ScopeClaim, Scopes.ReadSeries),
        ], Scheme);
        if (actsFor is not null)
        {
            identity.AddClaim(new Claim(DeskClaim, own));
            return new ClaimsPrincipal(identity);
        }

        foreach (var row in roles)
        {
            identity.AddClaim(new Claim(RoleClaim, row.AgentId is { } agent ? $"{row.Role}:{catalog.Get(catalog.Agents, agent).Key}" : row.Role));
            if (row.AgentId is { } actsAs)
            {
                identity.AddClaim(new Claim(BearerAuthentication.ActsForClaim, Number(actsAs)));
            }
        }

        return new ClaimsPrincipal(identity);
    }

    private static long Micros(Instant instant) => DistrictCalendar.ToMicroseconds(instant);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // 256 random bits need no slow hash: there is nothing to guess.
    private static byte[] HashOf(string key) => SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key));
}

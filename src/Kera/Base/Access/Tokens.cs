using System.Security.Cryptography;
using System.Text;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Access;

/// <summary>A token as it is asked for.</summary>
/// <param name="Name">What it is for, at most 100 characters; shown in lists, so nothing secret and nobody's name.</param>
/// <param name="Agent">The key of the agent on whose behalf it acts.</param>
/// <param name="Scopes">What it may do: words of <see cref="Access.Scopes"/>.</param>
/// <param name="Expires">When it ends by itself; null for never.</param>
public sealed record TokenRequest(string Name, string Agent, IReadOnlyList<string> Scopes, Instant? Expires = null);

/// <summary>A token just made.</summary>
/// <param name="Id">Its number, by which it is revoked.</param>
/// <param name="Text">The secret itself: shown this once, for only its hash is kept.</param>
public sealed record IssuedToken(int Id, string Text);

/// <summary>A token in a list: all but the secret.</summary>
public sealed record TokenDescription(int Id, string Name, string Agent, IReadOnlyList<string> Scopes, Instant Created, Instant? Expires, Instant? Revoked);

/// <summary>On whose behalf a valid token acts, and what it may do.</summary>
public sealed record TokenIdentity(int TokenId, int AgentId, string AgentKey, IReadOnlyList<string> Scopes);

/// <summary>
/// Bearer tokens of machines and scripts. Every use is looked up in the database, so a revoked token ends at once on every
/// node; nothing is cached.
/// </summary>
public sealed class Tokens(KeraStore store, IClock clock)
{
    /// <summary>How every token begins, so that a leaked one is recognised.</summary>
    public const string Prefix = "kera_";

    /// <summary>Tokens that ended or were revoked leave the list some time later; the audit keeps their numbers.</summary>
    public static RetentionRule Retention { get; } = new("tokens", Days: 30, RemoveEndedAsync);

    private const int RandomBytes = 32;
    private const int TextLength = 48;

    /// <summary>Makes a token.</summary>
    /// <exception cref="AccessException">The agent or a scope is unknown, the name is missing or too long, or the end is past.</exception>
    public async Task<IssuedToken> AddAsync(TokenRequest request, Actor actor, CancellationToken cancellation = default)
    {
        var scopes = Scopes.Join(request.Scopes);
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 100)
        {
            throw new AccessException("name", "Name the token by what it is for, in at most 100 characters.", "account.error.tokenName");
        }

        var now = clock.GetCurrentInstant();
        if (request.Expires <= now)
        {
            throw new AccessException("expires", "The token would end before it begins. Give a moment that is still to come.");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var agent = await db.Agents.AsNoTracking().SingleOrDefaultAsync(row => row.Key == request.Agent, cancellation);
        if (agent is null or { Retired: true })
        {
            throw new AccessException("agent", $"There is no agent '{request.Agent}' to act for. Name one of the district's files, or a person's key.");
        }

        var text = Prefix + Base64Url(RandomNumberGenerator.GetBytes(RandomBytes));
        var row = new TokenRow
        {
            Name = request.Name,
            Hash = HashOf(text),
            AgentId = agent.Id,
            Scopes = scopes,
            Created = DistrictCalendar.ToMicroseconds(now),
            Expires = request.Expires is { } expires ? DistrictCalendar.ToMicroseconds(expires) : null,
        };
        db.Tokens.Add(row);
        await db.SaveChangesAsync(cancellation);
        Audit.Add(db, actor, now, "token.add", $"token {row.Id} for {agent.Key}: {scopes}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new IssuedToken(row.Id, text);
    }

    /// <summary>Every token that acts for an agent, or everybody's with null; also ended ones, oldest first.</summary>
    public async Task<IReadOnlyList<TokenDescription>> ListAsync(string? agent, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.Tokens.AsNoTracking()
            .Join(db.Agents.Where(row => agent == null || row.Key == agent), token => token.AgentId, row => row.Id, (token, row) => new { token, row.Key })
            .OrderBy(pair => pair.token.Id)
            .ToListAsync(cancellation);
        return [.. rows.Select(pair => new TokenDescription(
            pair.token.Id, pair.token.Name, pair.Key, pair.token.Scopes.Split(' '), DistrictCalendar.ToInstant(pair.token.Created), Moment(pair.token.Expires), Moment(pair.token.Revoked)))];
    }

    /// <summary>Ends a token, at once and on every node. Revoking it again changes nothing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="agent">Only if it acts for this agent; null for anybody's.</param>
    /// <param name="actor">Who ends it.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <exception cref="AccessException">There is no such token.</exception>
    public async Task RevokeAsync(int id, string? agent, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var row = await db.Tokens.SingleOrDefaultAsync(token => token.Id == id && (agent == null || db.Agents.Any(row => row.Id == token.AgentId && row.Key == agent)), cancellation)
            ?? throw new AccessException("token", $"There is no token {id}. 'kera token list' shows those there are.");
        if (row.Revoked is null)
        {
            var now = clock.GetCurrentInstant();
            row.Revoked = DistrictCalendar.ToMicroseconds(now);
            Audit.Add(db, actor, now, "token.revoke", $"token {id}");
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <summary>Whose token a text is; null where it is no token, or one that has ended or been revoked.</summary>
    public async Task<TokenIdentity?> AuthenticateAsync(string text, CancellationToken cancellation = default)
    {
        if (text.Length != TextLength || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = HashOf(text);
        var now = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        await using var db = store.OpenContext();
        var found = await db.Tokens.AsNoTracking()
            .Where(token => token.Hash == hash && token.Revoked == null && (token.Expires == null || token.Expires > now))
            .Join(db.Agents.Where(agent => !agent.Retired), token => token.AgentId, agent => agent.Id, (token, agent) => new { token.Id, token.AgentId, agent.Key, token.Scopes })
            .SingleOrDefaultAsync(cancellation);
        return found is null ? null : new TokenIdentity(found.Id, found.AgentId, found.Key, found.Scopes.Split(' '));
    }

    private static Task<int> RemoveEndedAsync(KeraDb db, Instant before, CancellationToken cancellation)
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.Tokens.Where(token => token.Expires < end || token.Revoked < end).ExecuteDeleteAsync(cancellation);
    }

    // 256 random bits need no slow hash: there is nothing to guess.
    private static byte[] HashOf(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static Instant? Moment(long? microseconds) => microseconds is { } known ? DistrictCalendar.ToInstant(known) : null;
}

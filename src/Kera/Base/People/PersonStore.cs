using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.People;

/// <summary>What an erasure did.</summary>
/// <param name="Person">Whether the person's name and contact were still there.</param>
/// <param name="Series">How many private Series went, with their values.</param>
/// <param name="Texts">How many events lost their note and reason.</param>
/// <param name="Tokens">How many tokens ended.</param>
/// <param name="Cleaned">Whether the space they stood in is overwritten too. It is not where another process kept reading old pages: erase again once it has ended.</param>
public sealed record Erasure(bool Person, int Series, int Texts, int Tokens, bool Cleaned);

/// <summary>
/// Persons: in the ledger a random key and nothing else; name, contact and note stand beside it and can be erased. The chain
/// holds no words of theirs, so it verifies as before.
/// </summary>
public sealed class PersonStore(KeraStore store, IEnumerable<PersonalDataPart> parts, IClock clock)
{
    // No letter is easily taken for another: keys are read out and typed in. 20 of 31 letters are 99 random bits.
    private const string KeyLetters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Enters a person.</summary>
    /// <param name="name">Their name, 1 to 200 characters.</param>
    /// <param name="email">Their address, or empty.</param>
    /// <param name="note">What else is to be known, or empty; at most 10,000 characters.</param>
    /// <param name="actor">Who enters them.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <returns>The agent's random key, <c>p-…</c>: how everything else refers to them.</returns>
    /// <exception cref="AccessException">The name is missing, or something is too long or no address.</exception>
    public async Task<string> AddAsync(string name, string email, string note, Actor actor, CancellationToken cancellation = default)
    {
        Check(name, email, note);
        var now = clock.GetCurrentInstant();
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var agent = Enter(db);
        await db.SaveChangesAsync(cancellation);
        Know(db, agent, name, email, note, now);
        Audit.Add(db, actor, now, "person.add", agent.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return agent.Key;
    }

    /// <summary>Adds a person's random key to a context; its number is known once the caller has saved.</summary>
    internal static AgentRow Enter(KeraDb db)
    {
        var key = "p-" + RandomNumberGenerator.GetString(KeyLetters, 20);
        var agent = new AgentRow { Key = key, NameFi = key, NameSv = key, NameEn = key, Kind = "person", Origin = Origin.Person };
        db.Agents.Add(agent);
        return agent;
    }

    /// <summary>Adds what is known of a person to a context, once their key is saved.</summary>
    internal static void Know(KeraDb db, AgentRow agent, string name, string email, string note, Instant now) =>
        db.Persons.Add(new PersonRow { AgentId = agent.Id, Name = name.Trim(), Email = email.Trim(), Note = note, Created = DistrictCalendar.ToMicroseconds(now) });

    /// <summary>
    /// Erases what is known of a person: name, contact and note, their account, their Series, the texts of events that
    /// they gave or received, their tokens, and what features hold of them; then overwrites the space. The key stays, retired, and every event and hash. Doing it again is
    /// harmless and cleans again.
    /// </summary>
    /// <exception cref="AccessException">The key is no person's.</exception>
    public async Task<Erasure> EraseAsync(string key, Actor actor, CancellationToken cancellation = default)
    {
        Erasure erasure;
        await using (var db = store.OpenContext())
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var agent = await db.Agents.SingleOrDefaultAsync(row => row.Key == key && row.Kind == "person", cancellation)
                ?? throw new AccessException("person", $"There is no person '{key}'. Give the key that 'kera person add' printed; it begins with p-.");
            var own = db.Series.Where(series => series.OwnerId == agent.Id);
            await db.SeriesValues.Where(value => own.Any(series => series.Id == value.SeriesId)).ExecuteDeleteAsync(cancellation);
            var flows = db.Flows.Where(flow => flow.ProviderId == agent.Id || flow.ReceiverId == agent.Id);
            var events = db.Events.Where(entry => flows.Any(flow => flow.Id == entry.FlowId));
            erasure = new Erasure(
                await db.Persons.Where(person => person.AgentId == agent.Id).ExecuteDeleteAsync(cancellation) > 0,
                await own.ExecuteDeleteAsync(cancellation),
                await db.EventTexts.Where(text => events.Any(entry => entry.Position == text.Position)).ExecuteDeleteAsync(cancellation),
                await db.Tokens.Where(token => token.AgentId == agent.Id).ExecuteDeleteAsync(cancellation),
                Cleaned: false);
            await EraseAccountAsync(db, agent.Id, cancellation);
            foreach (var part in parts)
            {
                await part.Erase(db, agent.Id, cancellation);
            }

            agent.Retired = true;
            Audit.Add(db, actor, clock.GetCurrentInstant(), "person.erase", key);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        return erasure with { Cleaned = await Cleaning.OverwriteAsync(store, cancellation) };
    }

    private static async Task EraseAccountAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var accounts = db.Accounts.Where(account => account.AgentId == agentId).Select(account => account.Id);
        await db.Set<AccountLoginRow>().Where(row => accounts.Contains(row.UserId)).ExecuteDeleteAsync(cancellation);
        await db.Set<AccountPasskeyRow>().Where(row => accounts.Contains(row.UserId)).ExecuteDeleteAsync(cancellation);
        await db.AccountRoles.Where(row => accounts.Contains(row.AccountId)).ExecuteDeleteAsync(cancellation);
        await db.Sessions.Where(row => accounts.Contains(row.AccountId) || row.ActsForId == agentId).ExecuteDeleteAsync(cancellation);
        await db.Invitations.Where(row => row.AccountId != null && accounts.Contains(row.AccountId.Value)).ExecuteDeleteAsync(cancellation);
        await db.Consents.Where(row => row.AgentId == agentId).ExecuteDeleteAsync(cancellation);
        await db.PersonalReads.Where(row => row.AgentId == agentId).ExecuteDeleteAsync(cancellation);
        await db.Accounts.Where(account => account.AgentId == agentId).ExecuteDeleteAsync(cancellation);
    }

    /// <exception cref="AccessException">The name is missing, or something is too long or no address.</exception>
    internal static void Check(string name, string email, string note)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
        {
            throw new AccessException("name", "A person's name has 1 to 200 characters.", "account.error.name");
        }

        if (email.Length > 0 && (email.Length > 320 || email.Trim().Split('@') is not [{ Length: > 0 }, { Length: > 0 }]))
        {
            throw new AccessException("email", $"'{email}' is no e-mail address. Give one as name@example.org, or none.", "account.error.email");
        }

        if (note.Length > 10_000)
        {
            throw new AccessException("note", "A note has at most 10,000 characters.");
        }
    }
}

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
/// <param name="Others">How many rows went by rules that others registered: messages to them, and what features keep.</param>
public sealed record Erasure(bool Person, int Series, int Texts, int Tokens, bool Cleaned, int Others = 0);

/// <summary>A person who is being erased.</summary>
/// <param name="AgentId">Their agent's number.</param>
/// <param name="Email">The address they had; empty where there is none, or they were erased before.</param>
public sealed record ErasedPerson(int AgentId, string Email);

/// <summary>What else goes when a person is erased; whoever keeps something of persons registers one as a service.</summary>
/// <param name="Table">The table it stands in, whose space is overwritten then.</param>
/// <param name="EraseAsync">Removes it in the erasure's transaction, gives how many rows; again, it finds none.</param>
public sealed record ErasureRule(string Table, Func<KeraDb, ErasedPerson, CancellationToken, Task<int>> EraseAsync);

/// <summary>
/// Persons: in the ledger a random key and nothing else; name, contact and note stand beside it and can be erased. The chain
/// holds no words of theirs, so it verifies as before.
/// </summary>
public sealed class PersonStore(KeraStore store, IClock clock, IEnumerable<ErasureRule> rules)
{
    // No letter is easily taken for another: keys are read out and typed in. 20 of 31 letters are 99 random bits.

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
        var key = "p-" + RandomKey.New(20);
        var agent = new AgentRow { Key = key, NameFi = key, NameSv = key, NameEn = key, Kind = "person", Origin = Origin.Person };
        db.Agents.Add(agent);
        return agent;
    }

    /// <summary>Adds what is known of a person to a context, once their key is saved.</summary>
    internal static void Know(KeraDb db, AgentRow agent, string name, string email, string note, Instant now) =>
        db.Persons.Add(new PersonRow { AgentId = agent.Id, Name = name.Trim(), Email = email.Trim(), Note = note, Created = DistrictCalendar.ToMicroseconds(now) });

    /// <summary>
    /// Erases what is known of a person: name, contact and note, their Series, the texts of events that they gave or
    /// received, their tokens, and what rules of others name; then overwrites the space. The key stays, retired, and every event
    /// and hash. Doing it again is harmless and cleans again.
    /// </summary>
    /// <exception cref="AccessException">The key is no person's.</exception>
    public async Task<Erasure> EraseAsync(string key, Actor actor, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var erasure = await EraseRowsAsync(db, key, clock.GetCurrentInstant(), actor, cancellation);
        return erasure with { Cleaned = await CleanAsync(cancellation) };
    }

    /// <summary>
    /// Erases persons who were erased before, in a store that was restored from an older backup. Keys that the store does not
    /// know are kept on its list all the same, for the next backup's sake.
    /// </summary>
    /// <param name="erasures">Who, and when they were erased first.</param>
    /// <param name="actor">Who restores.</param>
    /// <param name="cancellation">Stops between two persons.</param>
    /// <returns>How many were there again.</returns>
    public async Task<int> EraseAgainAsync(IReadOnlyDictionary<string, Instant> erasures, Actor actor, CancellationToken cancellation = default)
    {
        var again = 0;
        foreach (var (key, at) in erasures)
        {
            await using var db = store.OpenContext();
            if (await db.Agents.AnyAsync(row => row.Key == key && row.Kind == "person" && !row.Retired, cancellation))
            {
                await EraseRowsAsync(db, key, at, actor, cancellation);
                again++;
            }
            else if (!await db.Erasures.AnyAsync(row => row.Person == key, cancellation))
            {
                db.Erasures.Add(new ErasureRow { Person = key, At = DistrictCalendar.ToMicroseconds(at) });
                await db.SaveChangesAsync(cancellation);
            }
        }

        if (again > 0)
        {
            await CleanAsync(cancellation);
        }

        return again;
    }

    private Task<bool> CleanAsync(CancellationToken cancellation) => Cleaning.OverwriteAsync(store, rules.Select(rule => rule.Table), cancellation);

    private async Task<Erasure> EraseRowsAsync(KeraDb db, string key, Instant at, Actor actor, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var agent = await db.Agents.SingleOrDefaultAsync(row => row.Key == key && row.Kind == "person", cancellation)
            ?? throw new AccessException("person", $"There is no person '{key}'. Give the key that 'kera person add' printed; it begins with p-.");
        var own = db.Series.Where(series => series.OwnerId == agent.Id);
        await db.SeriesValues.Where(value => own.Any(series => series.Id == value.SeriesId)).ExecuteDeleteAsync(cancellation);
        var flows = db.Flows.Where(flow => flow.ProviderId == agent.Id || flow.ReceiverId == agent.Id);
        var events = db.Events.Where(entry => flows.Any(flow => flow.Id == entry.FlowId));
        var erased = new ErasedPerson(agent.Id, await db.Persons.Where(person => person.AgentId == agent.Id).Select(person => person.Email).SingleOrDefaultAsync(cancellation) ?? "");
        var others = 0;
        foreach (var rule in rules)
        {
            others += await rule.EraseAsync(db, erased, cancellation);
        }

        var erasure = new Erasure(
            await db.Persons.Where(person => person.AgentId == agent.Id).ExecuteDeleteAsync(cancellation) > 0,
            await own.ExecuteDeleteAsync(cancellation),
            await db.EventTexts.Where(text => events.Any(entry => entry.Position == text.Position)).ExecuteDeleteAsync(cancellation),
            await db.Tokens.Where(token => token.AgentId == agent.Id).ExecuteDeleteAsync(cancellation),
            Cleaned: false,
            others);
        agent.Retired = true;
        if (!await db.Erasures.AnyAsync(row => row.Person == key, cancellation))
        {
            db.Erasures.Add(new ErasureRow { Person = key, At = DistrictCalendar.ToMicroseconds(at) });
        }

        Audit.Add(db, actor, clock.GetCurrentInstant(), "person.erase", key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return erasure;
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

using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.People;

/// <summary>
/// What one part of Kera holds of persons. A feature registers its own in the service collection, so that the export
/// has it and nobody has to know it; what erases it is an <see cref="ErasureRule"/> beside it.
/// </summary>
/// <param name="Key">Its name in the export and, as the text <c>personal.{Key}</c>, on the person's page.</param>
/// <param name="Export">Everything it holds of a person, by their agent's number; null where it holds nothing.</param>
/// <param name="Objection">The key of the text that says why the person cannot be erased now (an open payment, a thing not yet returned); null where nothing is in the way.</param>
public sealed record PersonalDataPart(
    string Key,
    Func<KeraDb, int, CancellationToken, Task<JsonNode?>> Export,
    Func<KeraDb, int, CancellationToken, Task<string?>> Objection);

/// <summary>A look at somebody's personal data by somebody else.</summary>
public sealed record PersonalRead(Instant At, string Reader, string What, string Reason);

/// <summary>Something a person agreed to.</summary>
public sealed record Consent(int Id, string Purpose, Instant Given, Instant Ends, Instant? Withdrawn);

/// <summary>Everything that Kera holds of a person: shown to them, exported, and erased when they ask.</summary>
public sealed class PersonalData(KeraStore store, IEnumerable<PersonalDataPart> features, PersonStore persons, Catalog catalog, FlowTable flows, IClock clock)
{
    /// <summary>Who looked at whose data is told for two years.</summary>
    public static RetentionRule Retention { get; } = new("reads", Days: 730, static (db, before, cancellation) =>
    {
        var end = Micros(before);
        return db.PersonalReads.Where(row => row.At < end).ExecuteDeleteAsync(cancellation);
    });

    private readonly IReadOnlyList<PersonalDataPart> _parts = [.. OwnData.Parts(catalog, flows), .. features];

    /// <summary>All of it, by part; parts that hold nothing are left out.</summary>
    /// <param name="agentId">The person's agent.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<JsonObject> ExportAsync(int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var all = new JsonObject { ["person"] = catalog.Get(catalog.Agents, agentId).Key };
        foreach (var part in _parts.OrderBy(part => part.Key, StringComparer.Ordinal))
        {
            if (await part.Export(db, agentId, cancellation) is { } held)
            {
                all[part.Key] = held;
            }
        }

        return all;
    }

    /// <summary>
    /// Erases a person in two passes: first every part is asked, and if one objects nothing is erased; then all of it goes, in
    /// one transaction.
    /// </summary>
    /// <returns>The keys of the texts of what objects, each with its part; empty where the person is erased.</returns>
    public async Task<IReadOnlyList<(string Part, string TextKey)>> EraseAsync(int agentId, Actor actor, CancellationToken cancellation = default)
    {
        var objections = new List<(string, string)>();
        await using (var db = store.OpenContext())
        {
            foreach (var part in _parts)
            {
                if (await part.Objection(db, agentId, cancellation) is { } text)
                {
                    objections.Add((part.Key, text));
                }
            }
        }

        if (objections.Count == 0)
        {
            await persons.EraseAsync(catalog.Get(catalog.Agents, agentId).Key, actor, cancellation);
        }

        return objections;
    }

    /// <summary>Records that somebody looks at what is a person's own. Comes before the look, not after.</summary>
    /// <param name="agentId">Whose.</param>
    /// <param name="reader">Who looks.</param>
    /// <param name="what">At what, as <c>person.name</c>.</param>
    /// <param name="reason">Why, in the reader's words; at most 500 characters.</param>
    /// <param name="cancellation">Stops.</param>
    public Task RecordReadAsync(int agentId, Actor reader, string what, string reason, CancellationToken cancellation = default) => RecordReadsAsync([agentId], reader, what, reason, cancellation);

    /// <summary>The same of several persons, all or none.</summary>
    public async Task RecordReadsAsync(IEnumerable<int> agentIds, Actor reader, string what, string reason, CancellationToken cancellation = default)
    {
        if (reason.Length > 500)
        {
            throw new AccessException("reason", "A reason has at most 500 characters.", "account.error.reason");
        }

        await using var db = store.OpenContext();
        var now = Micros(clock.GetCurrentInstant());
        db.PersonalReads.AddRange(agentIds.Select(agentId => new PersonalReadRow { At = now, AgentId = agentId, Reader = reader.Key, What = what, Reason = reason }));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// Records that somebody looks at a list of persons whom they see again and again, as colleagues: one line a day for each
    /// reader and person, so that what matters is still found among them.
    /// </summary>
    /// <param name="agentIds">Whose data; the reader's own is no look.</param>
    /// <param name="reader">Who looks.</param>
    /// <param name="what">At what.</param>
    /// <param name="reason">Why; at most 500 characters.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task RecordDailyReadAsync(IEnumerable<int> agentIds, Actor reader, string what, string reason, CancellationToken cancellation = default)
    {
        var yesterday = Micros(clock.GetCurrentInstant() - Duration.FromDays(1));
        await using var db = store.OpenContext();
        var recorded = await db.PersonalReads.Where(row => row.Reader == reader.Key && row.What == what && row.At > yesterday).Select(row => row.AgentId).ToListAsync(cancellation);
        await RecordReadsAsync(agentIds.Except(recorded), reader, what, reason, cancellation);
    }

    /// <summary>Who looked at a person's data, the newest first; at most 200.</summary>
    public async Task<IReadOnlyList<PersonalRead>> ReadsAsync(int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.PersonalReads.AsNoTracking().Where(row => row.AgentId == agentId).OrderByDescending(row => row.Id).Take(200).ToListAsync(cancellation);
        return [.. rows.Select(row => new PersonalRead(DistrictCalendar.ToInstant(row.At), row.Reader, row.What, row.Reason))];
    }

    /// <summary>What a person agreed to, the newest first, also what has ended.</summary>
    public async Task<IReadOnlyList<Consent>> ConsentsAsync(int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.Consents.AsNoTracking().Where(row => row.AgentId == agentId).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(row => new Consent(row.Id, row.Purpose, DistrictCalendar.ToInstant(row.Given), DistrictCalendar.ToInstant(row.Ends), row.Withdrawn is { } withdrawn ? DistrictCalendar.ToInstant(withdrawn) : null))];
    }

    /// <summary>Records that a person agrees to something until a moment; one that they gave before for the same ends.</summary>
    public async Task ConsentAsync(int agentId, string purpose, Instant ends, Actor actor, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        if (ends <= now)
        {
            throw new AccessException("ends", "A consent ends later than now.");
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await WithdrawAsync(db, agentId, purpose, now, cancellation);
        db.Consents.Add(new ConsentRow { AgentId = agentId, Purpose = purpose, Given = Micros(now), Ends = Micros(ends) });
        Audit.Add(db, actor, now, "consent.give", $"{catalog.Get(catalog.Agents, agentId).Key}: {purpose}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Ends a person's consent to something; where there is none, nothing changes.</summary>
    public async Task WithdrawAsync(int agentId, string purpose, Actor actor, CancellationToken cancellation = default)
    {
        var now = clock.GetCurrentInstant();
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await WithdrawAsync(db, agentId, purpose, now, cancellation) > 0)
        {
            Audit.Add(db, actor, now, "consent.withdraw", $"{catalog.Get(catalog.Agents, agentId).Key}: {purpose}");
            await db.SaveChangesAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private static Task<int> WithdrawAsync(KeraDb db, int agentId, string purpose, Instant now, CancellationToken cancellation)
    {
        var micros = Micros(now);
        return db.Consents.Where(row => row.AgentId == agentId && row.Purpose == purpose && row.Withdrawn == null && row.Ends > micros)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Withdrawn, micros), cancellation);
    }

    private static long Micros(Instant instant) => DistrictCalendar.ToMicroseconds(instant);
}

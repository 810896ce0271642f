using System.Collections.Concurrent;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Base.Ledger;

/// <summary>A noun of the kernel with the row it was made from.</summary>
public sealed record Entry<TNoun, TRow>(TNoun Noun, TRow Row);

/// <summary>Nouns of one kind by key and by number. Safe for several threads.</summary>
public sealed class NounTable<TNoun, TRow>
    where TRow : NounRow
{
    private readonly ConcurrentDictionary<string, Entry<TNoun, TRow>> _byKey = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, Entry<TNoun, TRow>> _byId = new();

    /// <summary>All of them, in no order.</summary>
    public IEnumerable<Entry<TNoun, TRow>> All => _byId.Values;

    public Entry<TNoun, TRow>? Find(string key) => _byKey.GetValueOrDefault(key);

    /// <exception cref="KeyNotFoundException">The number is unknown.</exception>
    public Entry<TNoun, TRow> Get(int id) => _byId[id];

    public bool Knows(int id) => _byId.ContainsKey(id);

    internal void Put(int id, string key, TNoun noun, TRow row)
    {
        var entry = new Entry<TNoun, TRow>(noun, row);
        _byId[id] = entry;
        _byKey[key] = entry;
    }
}

/// <summary>
/// The nouns of the district in memory: what events refer to. Loaded at start, filled by whoever writes master data, and
/// asked again in the database when a key or number is unknown, so that nodes beside each other agree.
/// </summary>
public sealed class Catalog(KeraStore store)
{
    public NounTable<Agent, AgentRow> Agents { get; } = new();
    public NounTable<ResourceSpecification, SpecificationRow> Specifications { get; } = new();
    public NounTable<ProcessSpecification, ProcessSpecificationRow> ProcessSpecifications { get; } = new();
    public NounTable<SpatialThing, PlaceRow> Places { get; } = new();
    public NounTable<EconomicResource, ResourceRow> Resources { get; } = new();
    public NounTable<Process, ProcessRow> Processes { get; } = new();
    public NounTable<Agreement, AgreementRow> Agreements { get; } = new();
    public NounTable<Commitment, CommitmentRow> Commitments { get; } = new();
    public NounTable<DeclaredFlowRow, DeclaredFlowRow> DeclaredFlows { get; } = new();

    private readonly ConcurrentDictionary<int, AudienceRow> _audiences = new();
    private readonly ConcurrentDictionary<string, int> _audienceIds = new(StringComparer.Ordinal);
    private readonly Lock _reloading = new();
    private long _version;

    /// <summary>Another number after each change: what was made of the nouns is as old as the version that it was made at.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The name of everyone in an audience.</summary>
    public const string Public = "public";

    /// <summary>Reads every noun from the database.</summary>
    public void Reload()
    {
        lock (_reloading)
        {
            using var connection = store.OpenConnection();
            PlainRows.Read<AudienceRow>(connection).ForEach(Put);
            PlainRows.Read<AgentRow>(connection).ForEach(Put);
            PlainRows.Read<SpecificationRow>(connection).ForEach(Put);
            PlainRows.Read<ProcessSpecificationRow>(connection).ForEach(Put);
            PlainRows.Read<PlaceRow>(connection).ForEach(Put);
            PlainRows.Read<ResourceRow>(connection).ForEach(Put);
            PlainRows.Read<ProcessRow>(connection).ForEach(Put);
            PlainRows.Read<AgreementRow>(connection).ForEach(Put);
            PlainRows.Read<CommitmentRow>(connection).ForEach(Put);
            PlainRows.Read<DeclaredFlowRow>(connection).ForEach(Put);
        }
    }

    public void Put(AudienceRow row)
    {
        _audiences[row.Id] = row;
        _audienceIds[row.Key] = row.Id;
    }

    public void Put(AgentRow row) => Put(Agents, row.Id, row.Key, new Agent(row.Id, row.Key, row.Outside), row);

    public void Put(SpecificationRow row) => Put(Specifications, row.Id, row.Key, new ResourceSpecification(row.Id, row.Key, Unit.Find(row.Unit), row.EffortUnit is null ? null : Unit.Find(row.EffortUnit)), row);

    public void Put(ProcessSpecificationRow row) => Put(ProcessSpecifications, row.Id, row.Key, new ProcessSpecification(row.Id, row.Key), row);

    public void Put(PlaceRow row) => Put(Places, row.Id, row.Key, new SpatialThing(row.Id, row.Key), row);

    public void Put(ResourceRow row) => Put(Resources, row.Id, row.Key, new EconomicResource(row.Id, row.Key, Specifications.Get(row.SpecificationId).Noun, row.Kind, row.Lot), row);

    public void Put(ProcessRow row) => Put(Processes, row.Id, row.Key, new Process(row.Id, row.Key, row.BasedOnId is { } id ? ProcessSpecifications.Get(id).Noun : null, row.Continuous), row);

    public void Put(AgreementRow row) => Put(Agreements, row.Id, row.Key, new Agreement(row.Id, row.Key), row);

    public void Put(CommitmentRow row) => Put(Commitments, row.Id, row.Key, Promises.ToNoun(row, this), row);

    public void Put(DeclaredFlowRow row) => Put(DeclaredFlows, row.Id, row.Key, row, row);

    private void Put<TNoun, TRow>(NounTable<TNoun, TRow> table, int id, string key, TNoun noun, TRow row)
        where TRow : NounRow
    {
        table.Put(id, key, noun, row);
        Interlocked.Increment(ref _version);
    }

    /// <summary>The audience of a number: <c>public</c> or agents' keys in order, separated by spaces.</summary>
    public string AudienceKey(int id)
    {
        if (!_audiences.ContainsKey(id))
        {
            Reload();
        }

        return _audiences[id].Key;
    }

    /// <summary>The numbers of every audience that a reader belongs to.</summary>
    public IReadOnlyList<int> AudiencesOf(Access.Reader reader)
    {
        var keys = reader.Agents.Select(id => Get(Agents, id).Key).ToHashSet(StringComparer.Ordinal);
        return [.. _audiences.Values.Where(row => row.Key == Public || (keys.Count > 0 && row.Key.Split(' ').Any(keys.Contains))).Select(row => row.Id)];
    }

    /// <summary>The one way to write an audience: <c>public</c>, or agents' keys in order, separated by spaces.</summary>
    public static string AudienceKeyOf(IEnumerable<string> keys)
    {
        var distinct = keys.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return distinct.Contains(Public) ? Public : string.Join(' ', distinct);
    }

    /// <summary>The number of an audience if it is known here.</summary>
    public int? KnownAudience(string key) => _audienceIds.TryGetValue(key, out var id) ? id : null;

    /// <summary>
    /// The number of an audience, made where it is new on a connection of its own: not for the writer, which holds the lock.
    /// </summary>
    /// <param name="keys">Agents' keys, or the single word public.</param>
    public int AudienceId(IEnumerable<string> keys)
    {
        var key = AudienceKeyOf(keys);
        if (_audienceIds.TryGetValue(key, out var known))
        {
            return known;
        }

        using var db = store.OpenContext();
        var row = db.Audiences.AsNoTracking().SingleOrDefault(stored => stored.Key == key);
        if (row is null)
        {
            row = new AudienceRow { Key = key };
            db.Audiences.Add(row);
            try
            {
                db.SaveChanges();
            }
            catch (DbUpdateException)
            {
                // Another node made it in the same moment: its number is the one.
                db.ChangeTracker.Clear();
                row = db.Audiences.AsNoTracking().Single(stored => stored.Key == key);
            }
        }

        Put(row);
        return row.Id;
    }

    /// <summary>The noun of a stored number; an unknown one is another node's, and everything is read again.</summary>
    public TNoun Get<TNoun, TRow>(NounTable<TNoun, TRow> table, int id)
        where TRow : NounRow
    {
        if (!table.Knows(id))
        {
            Reload();
        }

        return table.Get(id).Noun;
    }

    /// <summary>The noun of a stored number that may be missing.</summary>
    public TNoun? Get<TNoun, TRow>(NounTable<TNoun, TRow> table, int? id)
        where TRow : NounRow
        where TNoun : class => id is { } known ? Get(table, known) : null;

    /// <summary>Finds by key; an unknown key is looked for once in the database, for another node may have made it.</summary>
    public Entry<TNoun, TRow>? Find<TNoun, TRow>(NounTable<TNoun, TRow> table, string key)
        where TRow : NounRow
    {
        if (table.Find(key) is { } known)
        {
            return known;
        }

        using (var db = store.OpenContext())
        {
            if (!db.Set<TRow>().AsNoTracking().Any(row => row.Key == key))
            {
                return null;
            }
        }

        Reload();
        return table.Find(key);
    }
}

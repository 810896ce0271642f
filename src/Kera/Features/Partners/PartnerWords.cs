using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Partners;

/// <summary>What a partner says of itself.</summary>
/// <param name="Text">In up to three languages; plain text with line ends.</param>
/// <param name="Website">Its site; empty for none.</param>
/// <param name="Email">An office's address; empty for none.</param>
/// <param name="Changed">The stamp of the version, in microseconds; 0 where nothing was ever saved.</param>
public sealed record PartnerProfile(LocalizedText Text, string Website, string Email, long Changed)
{
    /// <summary>Of a partner that has said nothing.</summary>
    public static PartnerProfile Empty { get; } = new(new LocalizedText("", "", ""), "", "", 0);

    /// <summary>Whether nothing is said.</summary>
    public bool Silent => this == Empty with { Changed = Changed };
}

/// <summary>Something that a partner offers.</summary>
/// <param name="Id">Its number; 0 before it is added.</param>
/// <param name="Name">In at least one language.</param>
/// <param name="Text">In up to three languages.</param>
/// <param name="Website">Where more is told; empty for nowhere.</param>
/// <param name="Changed">The stamp of the version, in microseconds.</param>
public sealed record PartnerService(int Id, LocalizedText Name, LocalizedText Text, string Website, long Changed)
{
    /// <summary>Before anything is typed.</summary>
    public static PartnerService Empty { get; } = new(0, new LocalizedText("", "", ""), new LocalizedText("", "", ""), "", 0);
}

/// <summary>What partners say of themselves: kept beside the ledger, changed by whoever acts for them.</summary>
/// <remarks>
/// Whoever changes something says which version they saw, by its stamp. If a colleague has changed it since, nothing is
/// written: the caller shows both.
/// </remarks>
public sealed class PartnerWords(KeraStore store, IClock clock)
{
    /// <summary>How many services a partner shows. Two colleagues who add at once may come one above it, which does no harm.</summary>
    public static int MostServices => 30;

    /// <summary>Another value whenever a partner says something else of itself.</summary>
    public async ValueTask<long> ProfilesStampAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await SearchSource.OfChangesAsync(db.PartnerProfiles.Select(row => row.Changed), cancellation);
    }

    /// <summary>Another value whenever partners offer something else.</summary>
    public async ValueTask<long> ServicesStampAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await SearchSource.OfChangesAsync(db.PartnerServices.Select(row => row.Changed), cancellation);
    }

    /// <summary>What a partner says of itself.</summary>
    public async Task<PartnerProfile> ProfileAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PartnerProfiles.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } row
            ? new PartnerProfile(new LocalizedText(row.TextFi, row.TextSv, row.TextEn), row.Website, row.Email, row.Changed)
            : PartnerProfile.Empty;
    }

    /// <summary>Saves what a partner says of itself.</summary>
    /// <param name="agent">The partner.</param>
    /// <param name="profile">With the stamp of the version that was seen.</param>
    /// <param name="actor">Who saves.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>False where a colleague has changed it since.</returns>
    public async Task<bool> SaveProfileAsync(AgentRow agent, PartnerProfile profile, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (now, stamp) = Stamp(profile.Changed);
        if (profile.Changed == 0)
        {
            // The row of a partner's first words is made empty, so that of two who save at once one finds it changed.
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO partner_profile (agent_id, text_fi, text_sv, text_en, website, email, changed) VALUES ({agent.Id}, '', '', '', '', '', 0) ON CONFLICT DO NOTHING", cancellation);
        }

        if (await db.PartnerProfiles.Where(row => row.AgentId == agent.Id && row.Changed == profile.Changed).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.TextFi, profile.Text.Fi).SetProperty(row => row.TextSv, profile.Text.Sv).SetProperty(row => row.TextEn, profile.Text.En)
                .SetProperty(row => row.Website, profile.Website).SetProperty(row => row.Email, profile.Email)
                .SetProperty(row => row.Changed, stamp),
            cancellation) == 0)
        {
            return false;
        }

        Audit.Add(db, actor, now, "agent.profile", agent.Key);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>What a partner offers, the oldest first.</summary>
    public async Task<IReadOnlyList<PartnerService>> ServicesAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await db.PartnerServices.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(ServiceOf)];
    }

    /// <summary>What every partner says of itself, by its agent's number.</summary>
    public async Task<IReadOnlyDictionary<int, LocalizedText>> AllTextsAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PartnerProfiles.AsNoTracking().ToDictionaryAsync(row => row.AgentId, row => new LocalizedText(row.TextFi, row.TextSv, row.TextEn), cancellation);
    }

    /// <summary>What every partner offers, by its agent's number.</summary>
    public async Task<ILookup<int, PartnerService>> AllServicesAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return (await db.PartnerServices.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation)).ToLookup(row => row.AgentId, ServiceOf);
    }

    /// <summary>One of a partner's services; null where this partner has no such one.</summary>
    public async Task<PartnerService?> ServiceAsync(int agentId, int id, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.PartnerServices.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id && row.AgentId == agentId, cancellation) is { } row ? ServiceOf(row) : null;
    }

    /// <summary>Adds a service.</summary>
    /// <returns>False where the partner has as many as there may be.</returns>
    public async Task<bool> AddServiceAsync(AgentRow agent, PartnerService service, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.PartnerServices.CountAsync(row => row.AgentId == agent.Id, cancellation) >= MostServices)
        {
            return false;
        }

        var (now, stamp) = Stamp(0);
        var row = new PartnerServiceRow
        {
            AgentId = agent.Id,
            NameFi = service.Name.Fi,
            NameSv = service.Name.Sv,
            NameEn = service.Name.En,
            TextFi = service.Text.Fi,
            TextSv = service.Text.Sv,
            TextEn = service.Text.En,
            Website = service.Website,
            Changed = stamp,
        };
        db.PartnerServices.Add(row);
        await db.SaveChangesAsync(cancellation);
        Audit.Add(db, actor, now, "agent.service.add", $"{agent.Key}: service {row.Id}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Changes a service of a partner.</summary>
    /// <returns>False where a colleague has changed or removed it since.</returns>
    public async Task<bool> ChangeServiceAsync(AgentRow agent, PartnerService service, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (now, stamp) = Stamp(service.Changed);
        if (await Seen(db, agent, service.Id, service.Changed).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.NameFi, service.Name.Fi).SetProperty(row => row.NameSv, service.Name.Sv).SetProperty(row => row.NameEn, service.Name.En)
                .SetProperty(row => row.TextFi, service.Text.Fi).SetProperty(row => row.TextSv, service.Text.Sv).SetProperty(row => row.TextEn, service.Text.En)
                .SetProperty(row => row.Website, service.Website)
                .SetProperty(row => row.Changed, stamp),
            cancellation) == 0)
        {
            return false;
        }

        Audit.Add(db, actor, now, "agent.service.change", $"{agent.Key}: service {service.Id}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Removes a service of a partner.</summary>
    /// <param name="agent">The partner.</param>
    /// <param name="id">Which.</param>
    /// <param name="changed">The stamp of the version that was seen.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellation">Stops before anything is written.</param>
    /// <returns>False where a colleague has changed it since, or removed it.</returns>
    public async Task<bool> RemoveServiceAsync(AgentRow agent, int id, long changed, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await Seen(db, agent, id, changed).ExecuteDeleteAsync(cancellation) == 0)
        {
            return false;
        }

        Audit.Add(db, actor, clock.GetCurrentInstant(), "agent.service.remove", $"{agent.Key}: service {id}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    private static IQueryable<PartnerServiceRow> Seen(KeraDb db, AgentRow agent, int id, long changed) =>
        db.PartnerServices.Where(row => row.Id == id && row.AgentId == agent.Id && row.Changed == changed);

    // A stamp is always later than the one before, whatever the clock does.
    private (Instant Now, long Stamp) Stamp(long before)
    {
        var now = clock.GetCurrentInstant();
        return (now, Math.Max(DistrictCalendar.ToMicroseconds(now), before + 1));
    }

    private static PartnerService ServiceOf(PartnerServiceRow row) =>
        new(row.Id, new LocalizedText(row.NameFi, row.NameSv, row.NameEn), new LocalizedText(row.TextFi, row.TextSv, row.TextEn), row.Website, row.Changed);
}

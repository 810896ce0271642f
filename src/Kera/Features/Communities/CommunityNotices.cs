using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Energy;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Communities;

/// <summary>A notice that was told through the site and accepted by the community's keeper.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Community">The community's key.</param>
/// <param name="Notice">The notice, with the day from which it holds.</param>
/// <param name="Accepted">When it was accepted.</param>
public sealed record StoredNotice(int Id, string Community, MembershipNotice Notice, Instant Accepted);

/// <summary>A notice that is not followed, for it contradicts others: one of the files that was changed after another was accepted, or one that rests on what the files no longer say.</summary>
/// <param name="Community">The community's key.</param>
/// <param name="Notice">The notice that is left out.</param>
/// <param name="Stored">It, where it was accepted through the site; null for one of the files.</param>
/// <param name="Rule">The rule that all notices together would break; null where the files have no such community or point.</param>
public sealed record NoticeConflict(string Community, MembershipNotice Notice, StoredNotice? Stored, MembershipRule? Rule);

/// <summary>The notices that are followed: those of the files and those that were accepted through the site.</summary>
/// <param name="Communities">The communities as they are settled, by key.</param>
/// <param name="Stored">All that were accepted, also those that are not followed.</param>
/// <param name="Conflicts">What is not followed.</param>
public sealed record NoticesInForce(IReadOnlyDictionary<string, EnergyCommunity> Communities, IReadOnlyList<StoredNotice> Stored, IReadOnlyList<NoticeConflict> Conflicts);

/// <summary>
/// Notices that were accepted through the site, beside those of communities.yaml. Where a change of the file contradicts what was
/// accepted, the accepted one stays; what is left out is told and nothing is forgotten.
/// </summary>
public sealed class CommunityNotices(KeraStore store, DistrictInForce district, Catalog catalog, IClock clock, ILogger<CommunityNotices> logger)
{
    private static readonly LocalDate First = new(1970, 1, 1);

    // One after another, or two that fit each by itself would not fit together. Any number that nobody else takes.
    private const long LockNumber = 4_705_211_020;
    private readonly HashSet<(int? Stored, MembershipNotice Notice)> _told = [];

    /// <summary>A person's own point goes with them; of a point that others hold, who asked is forgotten.</summary>
    public static ErasureRule Erasure { get; } = new("community_notice", static async (db, person, cancellation) =>
    {
        await db.CommunityNotices.Where(row => row.AskedById == person.AgentId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AskedById, (int?)null), cancellation);
        return await db.CommunityNotices.Where(row => row.OwnerId == person.AgentId).ExecuteDeleteAsync(cancellation);
    });

    /// <summary>What was accepted of a person's points, and what they asked for, in their export.</summary>
    public static PersonalDataPart Part { get; } = new("community", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>The notices that are followed now.</summary>
    public async Task<NoticesInForce> ReadAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await ReadAsync(db, cancellation);
    }

    /// <summary>Which rule a further notice would break; null where it can be followed.</summary>
    /// <param name="communities">All communities as they are settled.</param>
    /// <param name="community">Whose notice it is.</param>
    /// <param name="notice">The notice.</param>
    public MembershipRule? Breaks(IReadOnlyDictionary<string, EnergyCommunity> communities, string community, MembershipNotice notice) =>
        Broken([.. communities.Values.Select(each => each.Name == community ? each with { Notices = [.. each.Notices, notice] } : each)]);

    /// <summary>Adds an accepted notice to a transaction; of two at once the second is judged with the first.</summary>
    /// <param name="db">The transaction's context.</param>
    /// <param name="community">The community.</param>
    /// <param name="notice">The notice, with its day.</param>
    /// <param name="askedById">The person who asked; null where a program did.</param>
    /// <param name="actor">Who accepts.</param>
    /// <param name="cancellation">Stops before it is stored.</param>
    /// <exception cref="AccessException">It breaks a rule.</exception>
    public async Task AddAsync(KeraDb db, DistrictCommunity community, MembershipNotice notice, int? askedById, Actor actor, CancellationToken cancellation)
    {
        if (store.IsPostgres)
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockNumber})", cancellation);
        }

        var now = clock.GetCurrentInstant();
        if (Breaks((await ReadAsync(db, cancellation)).Communities, community.Key, notice) is { } rule)
        {
            throw new AccessException("request", Sentences[rule], CommunityRequests.TextOf(rule));
        }

        var owner = district.Model!.Communities!.Points[notice.Point].Owner;
        db.CommunityNotices.Add(new CommunityNoticeRow
        {
            Community = community.Key,
            Point = notice.Point,
            Kind = notice.Kind,
            Share = notice.Share.PartsPerMillion,
            Given = DistrictCalendar.ToMicroseconds(notice.Given),
            Day = Period.DaysBetween(First, notice.Day!.Value),
            OwnerId = owner is null ? null : catalog.Find(catalog.Agents, owner)?.Noun.Id,
            AskedById = askedById,
            Accepted = DistrictCalendar.ToMicroseconds(now),
        });
        Audit.Add(db, actor, now, "community.notice", $"{community.Key}: {CommunityRequests.WordOf(notice.Kind)} {notice.Point}, {notice.Share}, {LocalDatePattern.Iso.Format(notice.Day.Value)}");
    }

    /// <summary>What a rule says, for programs; pages have it in their languages.</summary>
    internal static IReadOnlyDictionary<MembershipRule, string> Sentences { get; } = new Dictionary<MembershipRule, string>
    {
        [MembershipRule.Notice] = "The notice would be shorter than the community's days of notice. Ask for a later day.",
        [MembershipRule.Membership] = "A point joins while it is no member, and changes its share or leaves while it is one.",
        [MembershipRule.Day] = "Another notice of the point takes effect on that day. Choose another day.",
        [MembershipRule.Property] = "The producing property's own point has no share: its use is met first.",
        [MembershipRule.Shares] = "The shares of all members would come to more than 100 %. Ask for a smaller share, or a later day.",
        [MembershipRule.OneCommunity] = "The point would belong to two communities at once. It leaves the one first.",
    };

    private async Task<NoticesInForce> ReadAsync(KeraDb db, CancellationToken cancellation)
    {
        if (district.Model?.Communities is not { } declared)
        {
            return new NoticesInForce(new Dictionary<string, EnergyCommunity>(), [], []);
        }

        List<StoredNotice> stored = [.. (await db.CommunityNotices.AsNoTracking().OrderBy(row => row.Id).ToListAsync(cancellation)).Select(Notice)];
        List<NoticeConflict> conflicts = [.. stored.Where(each => !declared.Communities.ContainsKey(each.Community) || !declared.Points.ContainsKey(each.Notice.Point)).Select(each => new NoticeConflict(each.Community, each.Notice, each, null))];
        List<(string Community, MembershipNotice Notice, StoredNotice? Stored)> followed =
        [
            .. declared.Communities.Values.SelectMany(community => community.Rules.Notices.Select(notice => (community.Key, notice, (StoredNotice?)null))),
            .. stored.Where(each => conflicts.TrueForAll(conflict => conflict.Stored != each)).Select(each => (each.Community, each.Notice, (StoredNotice?)each)),
        ];
        while (Broken(Communities(declared, followed)) is { } rule)
        {
            // What was accepted stays: the newest notice of the files without which all others can be followed goes. Where none alone
            // is in the way, the newest that was accepted rests on what the files no longer say.
            var left = followed.Where(each => each.Stored is null).OrderByDescending(each => each.Notice.Given)
                .Concat(followed.Where(each => each.Stored is not null).OrderByDescending(each => each.Stored!.Id))
                .FirstOrDefault(each => Broken(Communities(declared, [.. followed.Where(other => other != each)])) is null);
            if (left.Notice is null)
            {
                left = followed.Where(each => each.Stored is not null).OrderByDescending(each => each.Stored!.Id).FirstOrDefault();
            }

            if (left.Notice is null)
            {
                break;
            }

            followed.Remove(left);
            conflicts.Add(new NoticeConflict(left.Community, left.Notice, left.Stored, rule));
        }

        Tell(conflicts);
        return new NoticesInForce(Communities(declared, followed).ToDictionary(community => community.Name, StringComparer.Ordinal), stored, conflicts);
    }

    private MembershipRule? Broken(IReadOnlyList<EnergyCommunity> communities)
    {
        try
        {
            _ = new CommunityRegister(communities, district.Zone);
            return null;
        }
        catch (EnergyException wrong) when (wrong.Rule is { } rule)
        {
            return rule;
        }
    }

    private static List<EnergyCommunity> Communities(DistrictCommunities declared, IReadOnlyList<(string Community, MembershipNotice Notice, StoredNotice? Stored)> followed) =>
        [.. declared.Communities.Values.Select(community => community.Rules with { Notices = [.. followed.Where(each => each.Community == community.Key).Select(each => each.Notice)] })];

    // Once for each, to whoever runs the server and may have changed the files.
    private void Tell(List<NoticeConflict> conflicts)
    {
        foreach (var conflict in conflicts)
        {
            lock (_told)
            {
                if (!_told.Add((conflict.Stored?.Id, conflict.Notice)))
                {
                    continue;
                }
            }

            logger.LogWarning(
                "{Which} of {Point} in {Community} (told {Given}) is not followed: {Why} Mend communities.yaml; what was accepted through the site is kept.",
                conflict.Stored is null ? "The notice in communities.yaml" : "The accepted notice", conflict.Notice.Point, conflict.Community, conflict.Notice.Given,
                conflict.Rule is { } rule ? Sentences[rule] : "the file has no such community or point any more.");
        }
    }

    private static StoredNotice Notice(CommunityNoticeRow row) => new(
        row.Id,
        row.Community,
        new MembershipNotice(row.Kind, row.Point, CommunityShare.OfPartsPerMillion(row.Share), DistrictCalendar.ToInstant(row.Given), First.PlusDays(row.Day)),
        DistrictCalendar.ToInstant(row.Accepted));

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.CommunityNotices.AsNoTracking().Where(row => row.OwnerId == agentId || row.AskedById == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(Notice).Select(stored => new JsonObject
        {
            ["community"] = stored.Community,
            ["point"] = stored.Notice.Point,
            ["kind"] = CommunityRequests.WordOf(stored.Notice.Kind),
            ["sharePercent"] = stored.Notice.Kind == NoticeKind.Leave ? null : stored.Notice.Share.Percent,
            ["told"] = InstantPattern.General.Format(stored.Notice.Given),
            ["from"] = LocalDatePattern.Iso.Format(stored.Notice.Day!.Value),
            ["accepted"] = InstantPattern.General.Format(stored.Accepted),
        })]);
    }
}

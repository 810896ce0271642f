using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Groups;

/// <summary>
/// Groups and who is in them. A group is its people's own: whoever is not in it finds nothing. Leaders say who belongs to it; nobody
/// is put into a group by others, but comes by a code that works once.
/// </summary>
public sealed class GroupBook(KeraStore store, IEnumerable<GroupEndRule> ends, IClock clock)
{
    private const int KeyLength = 12;
    private const int LongestName = 100;
    private const int MostLed = 20;
    private const int MostMembers = 500;
    private const int MostCodes = 50;

    /// <summary>How long a code can be used.</summary>
    public static Duration CodeLasts { get; } = Duration.FromDays(14);

    /// <summary>The groups that somebody is in, by name.</summary>
    public async Task<IReadOnlyList<GroupView>> OfAsync(int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return [.. (await Mine(db, agentId).ToListAsync(cancellation)).OrderBy(group => group.Name, StringComparer.Ordinal)];
    }

    /// <summary>A group that somebody is in; null where there is none of that key, or they are not in it.</summary>
    public async Task<GroupView?> FindAsync(string key, int agentId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return await FindAsync(db, key, agentId, cancellation);
    }

    /// <summary>The same within a transaction.</summary>
    public static Task<GroupView?> FindAsync(KeraDb db, string key, int agentId, CancellationToken cancellation) =>
        Mine(db, agentId, key).SingleOrDefaultAsync(cancellation);

    /// <summary>The names of groups by number, for who decides on what they ask.</summary>
    public async Task<IReadOnlyDictionary<int, (string Key, string Name)>> NamesAsync(IReadOnlyCollection<int> ids, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var rows = await db.Groups.AsNoTracking().Where(row => ids.Contains(row.Id)).ToListAsync(cancellation);
        return rows.ToDictionary(row => row.Id, row => (row.Key, row.Name));
    }

    /// <summary>Who is in a group, leaders first.</summary>
    public async Task<IReadOnlyList<GroupMember>> MembersAsync(int groupId, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        return await db.GroupMembers.AsNoTracking().Where(row => row.GroupId == groupId)
            .Join(db.Persons, row => row.AgentId, person => person.AgentId, (row, person) => new { row, person.Name })
            .OrderByDescending(each => each.row.Role).ThenBy(each => each.row.Id)
            .Select(each => new GroupMember(each.row.Id, each.row.AgentId, each.Name, each.row.Role))
            .ToListAsync(cancellation);
    }

    /// <summary>Makes a group, which its maker leads.</summary>
    /// <param name="name">Its name, 1 to 100 characters.</param>
    /// <param name="kind">The key of its kind.</param>
    /// <param name="kinds">The kinds that there are.</param>
    /// <param name="me">Who makes it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>Its key.</returns>
    /// <exception cref="AccessException">The name or the kind cannot be, or the person leads too many groups.</exception>
    public async Task<string> AddAsync(string name, string kind, IReadOnlyCollection<string> kinds, GroupActor me, CancellationToken cancellation = default)
    {
        (name, kind) = (NameOf(name), KindOf(kind, kinds));
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.GroupMembers.CountAsync(row => row.AgentId == me.AgentId && row.Role == GroupRole.Leader, cancellation) >= MostLed)
        {
            throw new AccessException("name", "You lead 20 groups already; end one of them first.", "groups.error.most");
        }

        var group = new PeopleGroupRow { Key = RandomKey.New(KeyLength), Name = name, Kind = kind, Created = Now };
        db.Groups.Add(group);
        await db.SaveChangesAsync(cancellation);
        db.GroupMembers.Add(new GroupMemberRow { GroupId = group.Id, AgentId = me.AgentId, Role = GroupRole.Leader, Joined = Now });
        await SaveAsync(db, me, "group.add", group.Key, cancellation);
        await transaction.CommitAsync(cancellation);
        return group.Key;
    }

    /// <summary>Gives a group another name and kind.</summary>
    /// <exception cref="AccessException">The person does not lead it, or the name or the kind cannot be.</exception>
    public Task ChangeAsync(string key, string name, string kind, IReadOnlyCollection<string> kinds, GroupActor me, CancellationToken cancellation = default) =>
        LeadAsync(key, me, "group.change", async (db, group) =>
        {
            var (called, of) = (NameOf(name), KindOf(kind, kinds));
            await db.Groups.Where(row => row.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, called).SetProperty(row => row.Kind, of), cancellation);
        }, cancellation);

    /// <summary>Makes a code by which one person joins.</summary>
    /// <exception cref="AccessException">The person does not lead the group, or it has too many codes or people.</exception>
    public async Task<GroupCode> InviteAsync(string key, GroupActor me, CancellationToken cancellation = default)
    {
        var (code, expires) = (Codes.Make(), clock.GetCurrentInstant() + CodeLasts);
        await LeadAsync(key, me, "group.invite", async (db, group) =>
        {
            var now = Now;
            if (await db.GroupInvitations.CountAsync(row => row.GroupId == group.Id && row.Expires > now, cancellation) >= MostCodes
                || await db.GroupMembers.CountAsync(row => row.GroupId == group.Id, cancellation) >= MostMembers)
            {
                throw new AccessException("invite", "The group has 50 open codes or 500 people already.", "groups.error.codes");
            }

            db.GroupInvitations.Add(new GroupInvitationRow { GroupId = group.Id, Hash = Codes.HashOf(code), Created = now, Expires = DistrictCalendar.ToMicroseconds(expires) });
        }, cancellation);
        return new GroupCode(code, expires);
    }

    /// <summary>Takes all open codes back.</summary>
    /// <exception cref="AccessException">The person does not lead the group.</exception>
    public Task RevokeAsync(string key, GroupActor me, CancellationToken cancellation = default) =>
        LeadAsync(key, me, "group.revoke", (db, group) => db.GroupInvitations.Where(row => row.GroupId == group.Id).ExecuteDeleteAsync(cancellation), cancellation);

    /// <summary>The name of the group that a code leads to; null where the code cannot be used.</summary>
    public async Task<string?> NameOfAsync(string code, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var (hash, now) = (Codes.HashOf(code), Now);
        return await db.GroupInvitations.Where(row => row.Hash == hash && row.Expires > now)
            .Join(db.Groups.Where(group => group.Ended == null), row => row.GroupId, group => group.Id, (_, group) => group.Name).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Joins by a code, which is used up.</summary>
    /// <returns>The group's key.</returns>
    /// <exception cref="AccessException">The code cannot be used.</exception>
    public async Task<string> JoinAsync(string code, GroupActor me, CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (hash, now) = (Codes.HashOf(code), Now);
        var open = await db.GroupInvitations.AsNoTracking().SingleOrDefaultAsync(row => row.Hash == hash && row.Expires > now, cancellation);
        // Of two who use it at once one deletes it, and the other finds nothing.
        if (open is null || await db.GroupInvitations.Where(row => row.Id == open.Id).ExecuteDeleteAsync(cancellation) == 0
            || await db.Groups.SingleOrDefaultAsync(row => row.Id == open.GroupId && row.Ended == null, cancellation) is not { } group)
        {
            throw new AccessException("code", "This code is not known here, has been used, or has ended. Ask for a new one.", "groups.error.code");
        }

        if (!await db.GroupMembers.AnyAsync(row => row.GroupId == group.Id && row.AgentId == me.AgentId, cancellation))
        {
            db.GroupMembers.Add(new GroupMemberRow { GroupId = group.Id, AgentId = me.AgentId, Role = GroupRole.Member, Joined = now });
        }

        await SaveAsync(db, me, "group.join", group.Key, cancellation);
        await transaction.CommitAsync(cancellation);
        return group.Key;
    }

    /// <summary>Leaves a group, or takes somebody out of it.</summary>
    /// <param name="key">The group.</param>
    /// <param name="membership">The number of the membership; only a leader ends another's.</param>
    /// <param name="me">Who does it.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">There is no such membership that the person may end, or it is the last leader's.</exception>
    public Task RemoveAsync(string key, int membership, GroupActor me, CancellationToken cancellation = default) =>
        WithAsync(key, me, "group.remove", async (db, group) =>
        {
            var row = await MembershipAsync(db, group, membership, cancellation);
            if (row.AgentId != me.AgentId && !group.Leads)
            {
                throw NotLed();
            }

            await KeepALeaderAsync(db, row, cancellation);
            db.GroupMembers.Remove(row);
        }, cancellation);

    /// <summary>Makes somebody a leader, or a member again.</summary>
    /// <exception cref="AccessException">The person does not lead the group, or nobody would any more.</exception>
    public Task SetRoleAsync(string key, int membership, GroupRole role, GroupActor me, CancellationToken cancellation = default) =>
        LeadAsync(key, me, "group.role", async (db, group) =>
        {
            var row = await MembershipAsync(db, group, membership, cancellation);
            if (role == GroupRole.Member)
            {
                await KeepALeaderAsync(db, row, cancellation);
            }

            row.Role = role;
        }, cancellation);

    /// <summary>Ends a group: its people are no more in it, its name goes, and what it had still to come is free for others.</summary>
    /// <exception cref="AccessException">The person does not lead the group.</exception>
    public Task EndAsync(string key, GroupActor me, CancellationToken cancellation = default) =>
        LeadAsync(key, me, "group.end", (db, group) => EndAsync(db, group.Id, cancellation), cancellation);

    internal async Task EndAsync(KeraDb db, int groupId, CancellationToken cancellation)
    {
        foreach (var end in ends)
        {
            await end.EndAsync(db, groupId, cancellation);
        }

        var now = Now;
        await db.GroupInvitations.Where(row => row.GroupId == groupId).ExecuteDeleteAsync(cancellation);
        await db.GroupMembers.Where(row => row.GroupId == groupId).ExecuteDeleteAsync(cancellation);
        await db.Groups.Where(row => row.Id == groupId).ExecuteUpdateAsync(set => set.SetProperty(row => row.Name, "").SetProperty(row => row.Ended, now), cancellation);
    }

    private long Now => DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());

    private static IQueryable<GroupView> Mine(KeraDb db, int agentId, string? key = null) =>
        from member in db.GroupMembers
        where member.AgentId == agentId
        join row in db.Groups on member.GroupId equals row.Id
        where row.Ended == null && (key == null || row.Key == key)
        select new GroupView(row.Id, row.Key, row.Name, row.Kind, member.Role);

    private Task LeadAsync(string key, GroupActor me, string operation, Func<KeraDb, GroupView, Task> change, CancellationToken cancellation) =>
        WithAsync(key, me, operation, (db, group) => group.Leads ? change(db, group) : throw NotLed(), cancellation);

    private async Task WithAsync(string key, GroupActor me, string operation, Func<KeraDb, GroupView, Task> change, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // Whoever else changes the group waits, so that its last leaders do not leave at once.
        await db.Groups.Where(row => row.Key == key).ExecuteUpdateAsync(set => set.SetProperty(row => row.Created, row => row.Created), cancellation);
        await change(db, await FindNamedAsync(db, key, me.AgentId, cancellation));
        await SaveAsync(db, me, operation, key, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task<GroupView> FindNamedAsync(KeraDb db, string key, int agentId, CancellationToken cancellation) =>
        await FindAsync(db, key, agentId, cancellation) ?? throw NotLed();

    private async Task SaveAsync(KeraDb db, GroupActor me, string operation, string key, CancellationToken cancellation)
    {
        Audit.Add(db, me.Actor, clock.GetCurrentInstant(), operation, key);
        await db.SaveChangesAsync(cancellation);
    }

    private static async Task<GroupMemberRow> MembershipAsync(KeraDb db, GroupView group, int membership, CancellationToken cancellation) =>
        await db.GroupMembers.SingleOrDefaultAsync(row => row.Id == membership && row.GroupId == group.Id, cancellation) ?? throw NotLed();

    private static async Task KeepALeaderAsync(KeraDb db, GroupMemberRow row, CancellationToken cancellation)
    {
        if (row.Role == GroupRole.Leader && await db.GroupMembers.CountAsync(other => other.GroupId == row.GroupId && other.Role == GroupRole.Leader, cancellation) == 1)
        {
            throw new AccessException("member", "A group keeps a leader. Make somebody else one first, or end the group.", "groups.error.leader");
        }
    }

    private static AccessException NotLed() => new("group", "Only a leader of the group may do that.", "groups.error.notLed");

    private static string NameOf(string name) => name.Trim() is { Length: > 0 and <= LongestName } trimmed && !trimmed.Any(char.IsControl)
        ? trimmed
        : throw new AccessException("name", "Write a name of 1 to 100 characters.", "groups.error.name");

    private static string KindOf(string kind, IReadOnlyCollection<string> kinds) =>
        kinds.Contains(kind) ? kind : throw new AccessException("kind", "Choose what kind of group it is.", "groups.error.kind");
}

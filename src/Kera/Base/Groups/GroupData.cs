using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Base.Groups;

/// <summary>What groups hold of a person: told to them, and gone with them.</summary>
public static class GroupData
{
    /// <summary>A person's groups in their export.</summary>
    public static PersonalDataPart Part { get; } = new("groups", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>Who is erased leaves their groups. Where nobody leads any more, who has been in it longest does; where nobody is left, it ends.</summary>
    public static ErasureRule Erasure(GroupBook book) => new(KeraDb.TableName(typeof(GroupMemberRow)), async (db, person, cancellation) =>
    {
        var groups = await db.GroupMembers.Where(row => row.AgentId == person.AgentId).Select(row => row.GroupId).ToListAsync(cancellation);
        var gone = await db.GroupMembers.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation);
        foreach (var group in groups)
        {
            var left = await db.GroupMembers.AsNoTracking().Where(row => row.GroupId == group).OrderByDescending(row => row.Role).ThenBy(row => row.Id).FirstOrDefaultAsync(cancellation);
            if (left is null)
            {
                await book.EndAsync(db, group, cancellation);
            }
            else
            {
                await db.GroupMembers.Where(row => row.Id == left.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.Role, GroupRole.Leader), cancellation);
            }
        }

        return gone;
    });

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.GroupMembers.AsNoTracking().Where(row => row.AgentId == agentId)
            .Join(db.Groups, row => row.GroupId, group => group.Id, (row, group) => new { row, group }).OrderBy(each => each.row.Id).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(each => new JsonObject
        {
            ["key"] = each.group.Key,
            ["name"] = each.group.Name,
            ["kind"] = each.group.Kind,
            ["role"] = each.row.Role.ToString(),
            ["joined"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(each.row.Joined)),
        })]);
    }
}

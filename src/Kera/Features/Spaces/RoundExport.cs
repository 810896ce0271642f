using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>What rounds hold of a person: the applications that they wrote for their groups.</summary>
internal static class RoundExport
{
    /// <summary>In a person's export.</summary>
    public static PersonalDataPart Part { get; } = new("applications", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>The application stays the group's; that it was them goes.</summary>
    public static ErasureRule Erasure { get; } = new(KeraDb.TableName(typeof(RoundApplicationRow)), static (db, person, cancellation) =>
        db.RoundApplications.Where(row => row.AgentId == person.AgentId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AgentId, (int?)null), cancellation));

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.RoundApplications.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["round"] = row.Round,
            ["kind"] = row.Kind,
            ["wishes"] = row.Wishes.Length == 0 ? null : JsonNode.Parse(row.Wishes),
            ["changed"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Changed)),
            ["sent"] = row.Sent is { } sent ? InstantPattern.General.Format(DistrictCalendar.ToInstant(sent)) : null,
        })]);
    }
}

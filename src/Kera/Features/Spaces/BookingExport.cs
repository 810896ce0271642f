using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A person's bookings in their export.</summary>
internal sealed class BookingExport
{
    /// <summary>What is held of them.</summary>
    public PersonalDataPart Part { get; } = new("bookings", ExportAsync, static (_, _, _) => Task.FromResult<string?>(null));

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var rows = await db.Bookings.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Begin).ToListAsync(cancellation);
        return rows.Count == 0 ? null : new JsonArray([.. rows.Select(Json)]);
    }

    /// <summary>Their link for calendar programs; the secret itself is known to them alone.</summary>
    public static PersonalDataPart LinkPart { get; } = new("calendarLink", static async (db, agentId, cancellation) =>
        await db.CalendarLinks.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } row ? new JsonObject { ["made"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Made)) } : null, static (_, _, _) => Task.FromResult<string?>(null));

    private static JsonObject Json(BookingRow row) => new()
    {
        ["key"] = row.Key,
        ["space"] = row.Space,
        ["begin"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Begin)),
        ["end"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.End)),
        ["series"] = row.Series,
        ["state"] = row.State.ToString(),
        ["people"] = row.People,
        ["equipment"] = row.Equipment,
        ["purpose"] = row.Purpose,
        ["freeReason"] = row.FreeReason,
        ["cents"] = row.Gross,
        ["answer"] = row.Answer,
        ["refundCents"] = row.Refund,
        ["nobodyCame"] = row.NoShow,
    };
}

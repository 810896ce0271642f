using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>What of bookings goes, and when.</summary>
public sealed class BookingErasure(SpaceCalendar calendar, DoorCalls doors)
{
    /// <summary>What a person booked stays in the ledger as hours; that it was them, and for what, goes.</summary>
    public ErasureRule Rule => new("booking", async (db, person, cancellation) =>
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        var rows = await db.Bookings.Where(row => row.AgentId == person.AgentId).ToListAsync(cancellation);
        foreach (var row in rows)
        {
            (row.AgentId, row.Purpose, row.FreeReason, row.Answer) = (null, "", "", "");
            if (row.End > now && row.State is not (BookingState.Denied or BookingState.Cancelled))
            {
                await doors.EndAsync(db, row, cancellation);
            }
        }

        await db.SaveChangesAsync(cancellation);
        return rows.Count;
    });

    /// <summary>The link to a person's calendar goes with them.</summary>
    public static ErasureRule LinkRule { get; } = new("calendar_link", static (db, person, cancellation) => db.CalendarLinks.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation));

    /// <summary>Whose a booking was is forgotten two years after it; the ledger keeps its hours.</summary>
    public static RetentionRule Retention { get; } = new("bookings", Days: 730, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.Bookings.Where(row => row.AgentId != null && row.End < end)
            .ExecuteUpdateAsync(row => row.SetProperty(booking => booking.AgentId, (int?)null).SetProperty(booking => booking.Purpose, "").SetProperty(booking => booking.FreeReason, "").SetProperty(booking => booking.Answer, ""), cancellation);
    });

    /// <summary>What staff wrote of whom they booked for is forgotten some time after.</summary>
    public static RetentionRule WordsRetention { get; } = new("booking.words", Days: 90, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.Bookings.Where(row => row.AgentId == null && row.End < end && row.Purpose != "").ExecuteUpdateAsync(row => row.SetProperty(booking => booking.Purpose, ""), cancellation);
    });
}

using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Sharing;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>
/// Calls of programs that open doors or show what is booked: <c>booking.changed</c> to each, and to those that open doors
/// <c>booking.access.granted</c> with the code, and <c>booking.access.revoked</c> when it is void. None tells who booked.
/// </summary>
public sealed class DoorCalls(SpaceCalendar calendar, OutboxQueue outbox, DoorSettings settings)
{
    /// <summary>Cancels a booking that nobody is left to use: its time is free for others, it opens no door, nothing is owed, and what was paid online goes back.</summary>
    public async Task EndAsync(KeraDb db, BookingRow row, CancellationToken cancellation)
    {
        var before = row.Code;
        (row.State, row.HeldUntil, row.Code, row.DisplacedBy, row.Refund) = (BookingState.Cancelled, null, "", null, row.Gross);
        (row.Changed, row.Sequence) = (DistrictCalendar.ToMicroseconds(calendar.Now), row.Sequence + 1);
        Add(db, row, before);
        await BookingCharges.SettleAsync(db, row, calendar.Spaces?.Spaces.GetValueOrDefault(row.Space), calendar.Now, cancellation);
    }

    /// <summary>Adds the calls of a change to the caller's transaction.</summary>
    /// <param name="db">The caller's context.</param>
    /// <param name="row">The booking as it is now.</param>
    /// <param name="before">The code that it had before; empty for none.</param>
    public void Add(KeraDb db, BookingRow row, string before)
    {
        // A file that changed may have taken the space away, and a backup may be restored where no district is in force.
        if (calendar.Spaces?.Spaces.GetValueOrDefault(row.Space) is not { } space)
        {
            return;
        }

        foreach (var hook in settings.Hooks.Where(hook => hook.Keeper == space.Keeper))
        {
            Send(hook, "booking.changed", "");
            if (hook.Codes && row.Code.Length > 0)
            {
                Send(hook, "booking.access.granted", row.Code);
            }
            else if (hook.Codes && before.Length > 0)
            {
                Send(hook, "booking.access.revoked", before);
            }
        }

        void Send(DoorHook hook, string what, string code)
        {
            var call = new JsonObject
            {
                ["event"] = what,
                ["booking"] = row.Key,
                ["sequence"] = row.Sequence,
                ["space"] = row.Space,
                ["begin"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Begin)),
                ["end"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.End)),
                ["state"] = BookingWords.Of(row.State),
            };
            if (code.Length > 0)
            {
                call["code"] = code;
            }

            outbox.Add(db, Message.Webhook(hook.Url, call.ToJsonString()));
        }
    }
}

using Kera.Base.Access;
using Kera.Base.Groups;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>Who of a group does what with its bookings: its people see them, its leaders make and change them.</summary>
internal static class SpaceGroups
{
    private const int MostListed = 200;

    /// <summary>When a group ends, what it had to come is free for others, and what it applied for is taken back.</summary>
    public static GroupEndRule End(SpaceCalendar calendar, DoorCalls doors) => new(async (db, groupId, cancellation) =>
    {
        var now = DistrictCalendar.ToMicroseconds(calendar.Now);
        foreach (var row in await db.Bookings.Where(row => row.GroupId == groupId && row.Begin > now && row.State != BookingState.Denied && row.State != BookingState.Cancelled).ToListAsync(cancellation))
        {
            await doors.EndAsync(db, row, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await db.RoundApplications.Where(row => row.GroupId == groupId && row.Cancelled == null).ExecuteUpdateAsync(set => set.SetProperty(row => row.Cancelled, now), cancellation);
    });

    /// <summary>The group of a key, for who books or applies for it; null for no key.</summary>
    /// <exception cref="AccessException">The person does not lead such a group.</exception>
    public static async Task<int?> LedAsync(KeraDb db, string key, Booker me, CancellationToken cancellation) =>
        key.Length == 0 ? null
        : await GroupBook.FindAsync(db, key, me.AgentId, cancellation) is { Leads: true } group ? group.Id
        : throw new AccessException("group", "Choose a group that you lead.", "groups.error.notLed");

    /// <summary>What a group has booked that has not ended, the next first; at most 200.</summary>
    public static async Task<IReadOnlyList<BookingView>> ComingAsync(KeraDb db, int groupId, Instant at, CancellationToken cancellation)
    {
        var now = DistrictCalendar.ToMicroseconds(at);
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => row.GroupId == groupId && row.End > now && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment))
            .OrderBy(row => row.Begin).ThenBy(row => row.Id).Take(MostListed).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>Whether a booking is a person's own, or of a group that they are in.</summary>
    public static async Task<bool> MaySeeAsync(KeraDb db, BookingRow row, Booker me, CancellationToken cancellation) =>
        row.AgentId == me.AgentId || (row.GroupId is { } group && await db.GroupMembers.AnyAsync(member => member.GroupId == group && member.AgentId == me.AgentId, cancellation));

    /// <summary>Whether a booking is a person's own, or of a group that they lead.</summary>
    public static async Task<bool> MayChangeAsync(KeraDb db, BookingRow row, Booker me, CancellationToken cancellation) =>
        row.AgentId == me.AgentId || (row.GroupId is { } group && await db.GroupMembers.AnyAsync(member => member.GroupId == group && member.AgentId == me.AgentId && member.Role == GroupRole.Leader, cancellation));
}

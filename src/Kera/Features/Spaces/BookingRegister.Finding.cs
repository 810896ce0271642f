using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What is free.</summary>
public sealed partial class BookingRegister
{
    /// <summary>The first free time of each space that suits a wish, the soonest first; what is not free comes last, in the order of the file.</summary>
    /// <param name="wish">What is looked for.</param>
    /// <param name="weeks">How far ahead.</param>
    /// <param name="me">Who asks; null for somebody who is not known.</param>
    /// <param name="footprintOf">Gives the figure of a name; null where nobody wants to know.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<IReadOnlyList<FoundSpace>> FirstFreeAsync(SpaceWish wish, int weeks, Booker? me, Func<string, CancellationToken, Task<FigureValue?>>? footprintOf, CancellationToken cancellation)
    {
        if (calendar.Spaces is not { } spaces)
        {
            return [];
        }

        List<FoundSpace> found = [];
        List<DistrictSpace> suitable = [.. spaces.Spaces.Values.Where(space => calendar.IsPublished(space) && Suits(space, spaces.Tree.Space(space.Key), wish))];
        var until = wish.Day.PlusWeeks(weeks);
        var book = await calendar.ReadAsync([.. suitable.Select(space => space.Key)], wish.Day, until, me?.AgentId, cancellation);
        foreach (var space in suitable)
        {
            var kernel = spaces.Tree.Space(space.Key);
            var asker = calendar.AskerOf(me, space);
            var first = FirstFree.Of(book, new TimeWish([space.Key], SpaceEndpoints.LengthOf(kernel, wish), wish.Day, until) { People = wish.People }, asker, calendar.Now, 1).First is [var free, ..] ? free.Time : (Interval?)null;
            var price = first is { } time ? PriceOf(new BookingRequest(space.Key, time), asker) : null;
            found.Add(new FoundSpace(space, kernel, first, price, footprintOf is null ? null : await footprintOf(SpaceEndpoints.FootprintOf(space), cancellation)));
        }

        return [.. found.OrderBy(each => each.First?.Start ?? Instant.MaxValue)];
    }

    /// <summary>A person's hold of just what they ask for; null where there is none that has not run out.</summary>
    public async Task<BookingView?> HeldAsync(BookingRequest request, Booker me, CancellationToken cancellation)
    {
        var (now, begin, end, equipment) = (DistrictCalendar.ToMicroseconds(calendar.Now), DistrictCalendar.ToMicroseconds(request.Time.Start), DistrictCalendar.ToMicroseconds(request.Time.End), EquipmentText.Write(request.Equipment));
        await using var db = store.OpenContext();
        return await db.Bookings.AsNoTracking().FirstOrDefaultAsync(
            row => row.AgentId == me.AgentId && row.State == BookingState.Held && row.HeldUntil > now && row.Space == request.Space && row.Begin == begin && row.End == end && row.Equipment == equipment && row.People == request.People,
            cancellation) is { } row ? BookingView.Of(row) : null;
    }

    private static bool Suits(DistrictSpace space, Space kernel, SpaceWish wish) =>
        space.Bookable && (kernel.Capacity is not { } most || wish.People <= most) && (!wish.StepFree || space.StepFree == true) && (wish.Feature is null || space.Features.Contains(wish.Feature));
}

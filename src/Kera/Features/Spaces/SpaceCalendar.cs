using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What is booked and what is free: reads bookings and asks the kernel.</summary>
public sealed class SpaceCalendar(KeraStore store, DistrictInForce district, IClock clock)
{
    // A booking that keeps its whole day free reaches to its midnights, and a clock change makes a day 25 hours.
    private static readonly Duration s_reach = Duration.FromHours(49);

    /// <summary>What the district says of spaces; null for nothing.</summary>
    public DistrictSpaces? Spaces => district.Model?.Spaces;

    /// <summary>The present moment.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>The day that it is.</summary>
    public LocalDate Today => Now.InZone(district.Zone).Date;

    /// <summary>Who asks, as the rules see them.</summary>
    /// <param name="me">Who is signed in; null for somebody who is not, and looks.</param>
    /// <param name="space">The space that is asked about.</param>
    public Asker AskerOf(SignedIn? me, DistrictSpace space)
    {
        if (me is null)
        {
            // Who only looks sees what there is for anybody whom the rules know.
            return new Asker { Audiences = [.. Spaces!.Audiences.Keys] };
        }

        var words = me.Roles.Select(grant => RoleGrant.WordOf(grant.Role)).ToHashSet(StringComparer.Ordinal);
        return new Asker(me.AgentId.ToString(CultureInfo.InvariantCulture))
        {
            Audiences = [.. Spaces!.Audiences.Values.Where(audience => audience.Roles.Any(words.Contains)).Select(audience => audience.Key)],
            Staff = me.Roles.Contains(new RoleGrant(Role.Partner, space.Keeper)),
        };
    }

    /// <summary>The bookings that have to do with spaces in some days: theirs, their relatives', those of equipment, and of a person what limits count.</summary>
    /// <param name="spaces">Keys of spaces.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="agentId">The person whose limits count; null for nobody.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<BookingBook> ReadAsync(IReadOnlyCollection<string> spaces, LocalDate from, LocalDate to, int? agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await ReadAsync(db, spaces, new Interval(district.Zone.AtStartOfDay(from).ToInstant(), district.Zone.AtStartOfDay(to.PlusDays(1)).ToInstant()), agentId, cancellation);
    }

    internal async Task<BookingBook> ReadAsync(KeraDb db, IReadOnlyCollection<string> spaces, Interval time, int? agentId, CancellationToken cancellation)
    {
        var tree = Spaces!.Tree;
        var related = spaces.SelectMany(key => Related(tree, key)).Distinct(StringComparer.Ordinal).ToList();
        var (from, until) = (DistrictCalendar.ToMicroseconds(time.Start - s_reach), DistrictCalendar.ToMicroseconds(time.End + s_reach));
        // One query of parts that each follow an index: what occupies the spaces, what takes equipment, what limits count.
        var occupying = db.Bookings.AsNoTracking().Where(row => row.State != BookingState.Cancelled && row.State != BookingState.Denied);
        var wanted = occupying.Where(row => related.Contains(row.Space) && row.End > from && row.Begin < until)
            .Concat(occupying.Where(row => row.Equipment != "" && row.End > from && row.Begin < until));
        if (agentId is { } person)
        {
            // All that has not ended, and what the person had in the weeks and months of this.
            var since = DistrictCalendar.ToMicroseconds(Instant.Min(Now, time.Start - Duration.FromDays(32)));
            wanted = wanted.Concat(occupying.Where(row => row.AgentId == person && row.End > since));
        }

        var rows = await wanted.ToListAsync(cancellation);

        // A file that changed may have taken a space away.
        return new BookingBook(tree, rows.DistinctBy(row => row.Key).Where(row => tree.Contains(row.Space)).Select(row => BookingView.Of(row).Booking));
    }

    private static IEnumerable<string> Related(SpaceTree tree, string key) =>
        [key, .. tree.Ancestors(key).Select(space => space.Key), .. tree.Descendants(key).Select(space => space.Key)];
}

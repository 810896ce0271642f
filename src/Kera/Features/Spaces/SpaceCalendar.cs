using System.Globalization;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What is booked and what is free: reads bookings and asks the kernel.</summary>
public sealed class SpaceCalendar(KeraStore store, DistrictInForce district, IClock clock)
{
    // The number of no agent and no group.
    private const int Nobody = -1;

    private readonly SentRounds _rounds = new();

    // One query of parts that each follow an index: what occupies the spaces, what takes equipment, what limits count; of each row what rules
    // ask for. It is asked more often than any other, so it is compiled once; here, and not once for all, because it is compiled for one
    // kind of database.
    private readonly Func<KeraDb, string[], long, long, int, int, long, IAsyncEnumerable<BookingRow>> _wanted = EF.CompileAsyncQuery(
        (KeraDb db, string[] related, long from, long until, int agentId, int groupId, long since) =>
            db.Bookings.Where(row => row.State != BookingState.Cancelled && row.State != BookingState.Denied && related.Contains(row.Space)
                    && row.End > from - MostBuffer && row.Begin < until + MostBuffer && row.End + row.BufferAfter > from && row.Begin - row.BufferBefore < until)
                .Concat(db.Bookings.Where(row => row.State != BookingState.Cancelled && row.State != BookingState.Denied && row.Equipment != "" && row.End > from && row.Begin < until))
                .Concat(db.Bookings.Where(row => row.State != BookingState.Cancelled && row.State != BookingState.Denied && row.AgentId == agentId && row.End > since))
                .Concat(db.Bookings.Where(row => row.State != BookingState.Cancelled && row.State != BookingState.Denied && row.GroupId == groupId && row.End > since))
                .Select(row => new BookingRow
                {
                    Key = row.Key,
                    Space = row.Space,
                    Begin = row.Begin,
                    End = row.End,
                    BufferBefore = row.BufferBefore,
                    BufferAfter = row.BufferAfter,
                    Kind = row.Kind,
                    State = row.State,
                    HeldUntil = row.HeldUntil,
                    AgentId = row.AgentId,
                    GroupId = row.GroupId,
                    Equipment = row.Equipment,
                }));

    // A booking that keeps its whole day free reaches to its midnights, and a clock change makes a day 25 hours.
    private const long MostBuffer = 49L * 3_600 * 1_000_000;
    private static readonly Duration s_reach = Micros.ToDuration(MostBuffer);

    /// <summary>What the district says of spaces; null for nothing.</summary>
    public DistrictSpaces? Spaces => district.Model?.Spaces;

    /// <summary>The present moment.</summary>
    public Instant Now => clock.GetCurrentInstant();

    /// <summary>The day that it is.</summary>
    public LocalDate Today => Now.InZone(district.Zone).Date;

    /// <summary>Who asks, as the rules see them.</summary>
    /// <remarks>
    /// No way of signing in tells Kera how old somebody is, or that they showed their papers. So nobody is refused for it: what asks
    /// for either is decided on by its keeper, who sees the person (see <see cref="NeedsKeeper"/>).
    /// </remarks>
    /// <param name="me">Who asks; null for somebody who is not signed in, and looks.</param>
    /// <param name="space">The space that is asked about.</param>
    /// <param name="groupId">The group for which they ask; null for none.</param>
    public Asker AskerOf(Booker? me, DistrictSpace space, int? groupId = null)
    {
        if (me is null)
        {
            // Who only looks sees what there is for anybody whom the rules know.
            return new Asker { Audiences = [.. Spaces!.Audiences.Keys], Adult = true, StronglyIdentified = true };
        }

        var words = me.Roles.Select(grant => RoleGrant.WordOf(grant.Role)).ToHashSet(StringComparer.Ordinal);
        return new Asker(me.AgentId.ToString(CultureInfo.InvariantCulture))
        {
            Group = groupId?.ToString(CultureInfo.InvariantCulture),
            Audiences = AudiencesOf(words),
            Adult = true,
            StronglyIdentified = true,
            Staff = me.Roles.Contains(new RoleGrant(Role.Partner, space.Keeper)),
        };
    }

    /// <summary>The audiences that somebody with roles belongs to, by the words of the roles.</summary>
    internal IReadOnlyList<string> AudiencesOf(IReadOnlySet<string> roles) =>
        [.. Spaces!.Audiences.Values.Where(audience => audience.Roles.Any(roles.Contains)).Select(audience => audience.Key)];

    /// <summary>Whether a space is shown now: nobody finds one before it is published, or after.</summary>
    public bool IsPublished(DistrictSpace space) => Spaces!.Tree.Space(space.Key).Rules is var rules && !(Now < rules.PublishedFrom || Now >= rules.PublishedUntil);

    /// <summary>The spaces that can be booked, for the map.</summary>
    public IReadOnlyList<PlaceOfferLink> OnMap =>
        [.. (Spaces?.Spaces.Values ?? []).Where(space => space.Bookable && IsPublished(space)).Select(space => new PlaceOfferLink(space.Place, space.Name, SpaceEndpoints.PathOf(space.Key)))];

    /// <summary>What of a space is taken on a day, by its beginning: bookings of it, of what it is a part of and of its parts, and closures.</summary>
    public async Task<IReadOnlyList<BookingView>> TakenAsync(string space, LocalDate day, CancellationToken cancellation)
    {
        var (from, until, around) = (DistrictCalendar.ToMicroseconds(district.Zone.AtStartOfDay(day).ToInstant()), DistrictCalendar.ToMicroseconds(district.Zone.AtStartOfDay(day.PlusDays(1)).ToInstant()), Around(space));
        await using var db = store.OpenContext();
        var rows = await db.Bookings.AsNoTracking()
            .Where(row => around.Contains(row.Space) && row.End > from && row.Begin < until && (row.State == BookingState.Confirmed || row.State == BookingState.AwaitingHandling || row.State == BookingState.AwaitingPayment))
            .OrderBy(row => row.Begin).ThenBy(row => row.Id).ToListAsync(cancellation);
        return [.. rows.Select(BookingView.Of)];
    }

    /// <summary>Whether a keeper decides on each booking.</summary>
    public static bool NeedsKeeper(BookingRules rules) => rules.NeedsApproval || rules.AdultsOnly || rules.StrongIdentification;

    /// <summary>The keys of the spaces that an agent keeps.</summary>
    public IReadOnlyList<string> KeptBy(string agent) => [.. (Spaces?.Spaces.Values ?? []).Where(space => space.Keeper == agent).Select(space => space.Key)];

    /// <summary>The keys of a space, of what it is a part of and of its parts: what a booking of it may meet.</summary>
    public IReadOnlyList<string> Around(string space) => [.. Related(Spaces!.Tree, space)];

    /// <summary>The bookings that have to do with spaces in some days: theirs, their relatives', those of equipment, and of a person what limits count.</summary>
    /// <param name="spaces">Keys of spaces.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="agentId">The person whose limits count; null for nobody.</param>
    /// <param name="cancellation">Stops.</param>
    /// <param name="groupId">The group whose limits count; null for none.</param>
    public async Task<BookingBook> ReadAsync(IReadOnlyCollection<string> spaces, LocalDate from, LocalDate to, int? agentId, CancellationToken cancellation, int? groupId = null)
    {
        await using var db = store.OpenContext();
        return await ReadAsync(db, spaces, new Interval(district.Zone.AtStartOfDay(from).ToInstant(), district.Zone.AtStartOfDay(to.PlusDays(1)).ToInstant()), agentId, cancellation, groupId);
    }

    /// <summary>As <see cref="ReadAsync(IReadOnlyCollection{string}, LocalDate, LocalDate, int?, CancellationToken, int?)"/>, for a time and in a caller's transaction.</summary>
    internal Task<BookingBook> ReadAsync(KeraDb db, IReadOnlyCollection<string> spaces, Interval time, int? agentId, CancellationToken cancellation, int? groupId = null) =>
        ReadAsync(db, spaces, new Interval(time.Start - s_reach, time.End + s_reach), Duration.Zero, agentId, groupId, [], cancellation);

    /// <summary>What one wish may meet, and no more; with rows that the caller has not saved yet.</summary>
    internal Task<BookingBook> ReadForAsync(KeraDb db, BookingRequest request, int? agentId, CancellationToken cancellation, int? groupId = null, IReadOnlyList<BookingRow>? unsaved = null)
    {
        var rules = Spaces!.Tree.Space(request.Space).Rules;
        return ReadAsync(db, [request.Space], request.Time, rules.BlocksWholeDay ? s_reach : Duration.Max(rules.BufferBefore, rules.BufferAfter), agentId, groupId, unsaved ?? [], cancellation);
    }

    private async Task<BookingBook> ReadAsync(KeraDb db, IReadOnlyCollection<string> spaces, Interval time, Duration buffer, int? agentId, int? groupId, IReadOnlyList<BookingRow> unsaved, CancellationToken cancellation)
    {
        var tree = await _rounds.TreeAsync(db, Spaces!, spaces, cancellation);
        // All that has not ended, and what the person or group had in the weeks and months of this.
        var since = DistrictCalendar.ToMicroseconds(Instant.Min(Now, time.Start - Duration.FromDays(32)));
        var rows = new List<BookingRow>();
        await foreach (var row in _wanted(
            db,
            [.. spaces.SelectMany(key => Related(tree, key)).Distinct(StringComparer.Ordinal)],
            DistrictCalendar.ToMicroseconds(time.Start - buffer),
            DistrictCalendar.ToMicroseconds(time.End + buffer),
            agentId ?? Nobody,
            groupId ?? Nobody,
            since).WithCancellation(cancellation))
        {
            rows.Add(row);
        }

        // A file that changed may have taken a space away.
        return new BookingBook(tree, rows.Concat(unsaved).DistinctBy(row => row.Key).Where(row => tree.Contains(row.Space)).Select(BookingView.BookingOf));
    }

    private static IEnumerable<string> Related(SpaceTree tree, string key) =>
        [key, .. tree.Ancestors(key).Select(space => space.Key), .. tree.Descendants(key).Select(space => space.Key)];
}

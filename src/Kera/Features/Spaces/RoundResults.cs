using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>
/// Sends the results of a round: makes a series of seasonal bookings of each weekly time, remembers what each group got of its wish, and tells
/// its people. All of it in one transaction; from then on what is left is booked directly.
/// </summary>
public sealed class RoundResults(KeraStore store, SpaceCalendar calendar, RoundRegister register, SeriesRegister series, BookingNews news, NoticeBoard notices)
{
    private const int MinutesInHour = 60;

    /// <summary>Sends them.</summary>
    /// <returns>How many bookings were made, and how many dates were refused.</returns>
    /// <exception cref="AccessException">The answer is not accepted, or the results were sent.</exception>
    public async Task<(int Made, int Refused)> SendAsync(DistrictRound round, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var tree = calendar.Spaces!.Tree;
        await BookingLocks.TakeAsync(db, tree, [.. round.Spaces.Select(space => space.Space)], calendar.Spaces.Equipment.Keys, [RoundRegister.LockOf(round.Key)], cancellation);
        var row = await db.Rounds.SingleOrDefaultAsync(each => each.Key == round.Key, cancellation);
        if (row is null || register.StateOf(round, row) != RoundState.Handled || RoundDesk.AnswerOf(row.Answer) is not { } answer)
        {
            throw new AccessException("round", "The answer is not accepted, or the results were sent already.", "rounds.error.handled");
        }

        var groups = await GroupsAsync(db, answer.Round, cancellation);
        var book = await calendar.ReadAsync(db, [.. round.Spaces.Select(space => space.Space)], RoundBuilder.SeasonOf(tree.Zone, round), null, cancellation);
        var (made, refused) = (0, 0);
        foreach (var time in answer.Result.Allocations.Where(time => groups.ContainsKey(time.Group)))
        {
            var plan = PlanOf(book, answer.Round, time);
            book = plan.Bookings.Aggregate(book, (all, booking) => all.Add(booking));
            await MakeAsync(db, round, groups[time.Group], time, plan, WishOf(answer.Round, time).People, cancellation);
            (made, refused) = (made + plan.Bookings.Count, refused + plan.Refused.Count);
        }

        await RememberAsync(db, round, answer, groups, cancellation);
        row.Sent = DistrictCalendar.ToMicroseconds(calendar.Now);
        Audit.Add(db, actor, calendar.Now, "round.send", string.Create(CultureInfo.InvariantCulture, $"{round.Key}: {made} bookings, {refused} dates refused"));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (made, refused);
    }

    private static RoundWish WishOf(Round round, RoundAllocation time) => round.Applications.Single(each => each.Group == time.Group).Wishes.Single(wish => wish.Key == time.Wish);

    // The groups that took part and are still there, by key. Who leads one answers for its bookings.
    private static async Task<Dictionary<string, (int Id, int? Leader)>> GroupsAsync(KeraDb db, Round round, CancellationToken cancellation)
    {
        List<string> keys = [.. round.Applications.Select(application => application.Group)];
        var groups = new Dictionary<string, (int, int?)>(StringComparer.Ordinal);
        foreach (var group in await db.Groups.AsNoTracking().Where(row => keys.Contains(row.Key) && row.Ended == null).ToListAsync(cancellation))
        {
            groups[group.Key] = (group.Id, await SeriesRegister.LeaderAsync(db, group.Id, cancellation));
        }

        return groups;
    }

    // As staff book, whom neither horizon nor rounds bind; but nobody is given a time at which the space is closed.
    private SeriesPlan PlanOf(BookingBook book, Round round, RoundAllocation time)
    {
        var wish = WishOf(round, time);
        var weekly = new BookingSeries($"{time.Group}/{time.Wish}/{time.Day}", time.Space, new ListedDates([.. round.DatesOf(time)]), Local(time.Begin), Local(time.End), BookingKind.Seasonal)
        {
            People = wish.People,
            Equipment = [.. wish.Equipment.Select(need => new EquipmentUse(need.Equipment, need.Pieces))],
        };
        var closed = weekly.Dates.Dates().Select(date => (Date: date, Decision: Closed(book, weekly.RequestOn(date, book.Spaces.Zone)))).Where(each => each.Decision is not null).ToList();
        var open = weekly with { Dates = new ListedDates([.. weekly.Dates.Dates().Except(closed.Select(each => each.Date))]) };
        return new SeriesPlan([.. SeriesPlan.Of(book, open, new Asker { Staff = true }, calendar.Now).Occurrences
            .Concat(closed.Select(each => new SeriesOccurrence(each.Date, weekly.TimeOn(each.Date, book.Spaces.Zone), each.Decision!, null))).OrderBy(each => each.Date)]);
    }

    private BookingDecision? Closed(BookingBook book, BookingRequest request)
    {
        var decision = BookingCheck.Decide(book, request with { Kind = BookingKind.Normal }, new Asker(), calendar.Now);
        List<BookingRefusal> closed = [.. decision.Refusals.Where(refusal => refusal.Code == RefusalCode.Closed)];
        return closed.Count == 0 ? null : decision with { Refusals = closed };
    }

    private async Task MakeAsync(KeraDb db, DistrictRound round, (int Id, int? Leader) group, RoundAllocation time, SeriesPlan plan, int people, CancellationToken cancellation)
    {
        var row = series.Enter(db, new NewSeries(time.Space, BookingKind.Seasonal, group.Leader, group.Id, round.Key), plan.Occurrences);
        var roles = await db.Accounts.Where(account => account.AgentId == group.Leader).Join(db.AccountRoles, account => account.Id, role => role.AccountId, (_, role) => role.Role).ToListAsync(cancellation);
        var asker = new Asker { Audiences = calendar.AudiencesOf(roles.ToHashSet(StringComparer.Ordinal)) };
        foreach (var booking in plan.Bookings)
        {
            var made = series.RowOf(row, booking, BookingState.Confirmed, asker, new BookingDetails(people, "", ""));
            await news.FollowAsync(db, made, cancellation);
            db.Bookings.Add(made);
        }
    }

    // For the next round's shares, and for the people of the groups.
    private async Task RememberAsync(KeraDb db, DistrictRound round, RoundAnswer answer, Dictionary<string, (int Id, int? Leader)> groups, CancellationToken cancellation)
    {
        var rows = await db.RoundApplications.Where(each => each.Round == round.Key).ToDictionaryAsync(each => each.GroupId, cancellation);
        foreach (var share in RoundFigures.Of(answer.Round, answer.Result.Allocations).Groups.Where(share => groups.ContainsKey(share.Key)))
        {
            var group = groups[share.Key];
            (rows[group.Id].Wished, rows[group.Id].Granted) = (share.Wished, share.Granted);
            var notice = new NewNotice("round.results", new Dictionary<string, string> { [NewNotice.Day] = LocalDatePattern.Iso.Format(round.First) }, RoundEndpoints.ApplicationPathOf(round.Key, share.Key), $"round {round.Key} {share.Key}");
            foreach (var member in await db.GroupMembers.Where(each => each.GroupId == group.Id).Select(each => each.AgentId).ToListAsync(cancellation))
            {
                await notices.AddAsync(db, member, notice, cancellation);
            }
        }
    }

    private static LocalTime Local(int minutes) => new(minutes / MinutesInHour % 24, minutes % MinutesInHour);
}

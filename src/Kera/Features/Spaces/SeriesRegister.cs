using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>
/// Bookings that are made together, each week at one time. Each date is accepted or refused by itself; what was shown is made in one
/// transaction, all of it or nothing.
/// </summary>
public sealed class SeriesRegister(KeraStore store, SpaceCalendar calendar, BookingRegister register, BookingNews news, DistrictInForce district)
{
    private const int LongestMinutes = 24 * 60;
    private const int MostWeeks = 52;
    private const int DaysAround = 3;
    private const int MostNearest = 30;
    private const int CentsInEuro = 100;

    // Of these another time of the day, or of a day near it, may do.
    private static readonly RefusalCode[] s_ofTheTime = [RefusalCode.Closed, RefusalCode.Overlap, RefusalCode.EquipmentTaken, RefusalCode.NotOnGrid];

    /// <summary>Who is erased hands what they booked for a group over to its leader, without their words.</summary>
    public static ErasureRule Erasure { get; } = new(KeraDb.TableName(typeof(BookingSeriesRow)), async (db, person, cancellation) =>
    {
        foreach (var group in await db.Bookings.Where(row => row.AgentId == person.AgentId && row.GroupId != null).Select(row => row.GroupId).Distinct().ToListAsync(cancellation))
        {
            if (await LeaderAsync(db, group!.Value, cancellation) is { } leader)
            {
                await db.Bookings.Where(row => row.AgentId == person.AgentId && row.GroupId == group).ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.AgentId, leader).SetProperty(row => row.Purpose, "").SetProperty(row => row.FreeReason, "").SetProperty(row => row.Answer, ""), cancellation);
                await db.BookingSeries.Where(row => row.AgentId == person.AgentId && row.GroupId == group).ExecuteUpdateAsync(set => set.SetProperty(row => row.AgentId, leader), cancellation);
            }
        }

        return await db.BookingSeries.Where(row => row.AgentId == person.AgentId).ExecuteUpdateAsync(set => set.SetProperty(row => row.AgentId, (int?)null), cancellation);
    });

    /// <summary>What would come of a series.</summary>
    /// <exception cref="AccessException">There is no such space to book, or what is said cannot be.</exception>
    public async Task<SeriesOffer> OfferAsync(SeriesWish wish, Booker me, CancellationToken cancellation)
    {
        wish = Checked(wish);
        await using var db = store.OpenContext();
        var (groupId, asker) = await AskerAsync(db, wish, me, cancellation);
        var (offer, book) = await OfferAsync(db, wish, asker, me, groupId, cancellation);
        return WithNearest(offer, book, asker);
    }

    /// <summary>Makes the series that was shown.</summary>
    /// <param name="wish">The wish.</param>
    /// <param name="seal">The seal of what was shown.</param>
    /// <param name="me">Who books.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">There is no such space to book, or what is said cannot be.</exception>
    public async Task<SeriesOutcome> BookAsync(SeriesWish wish, string seal, Booker me, CancellationToken cancellation)
    {
        wish = Checked(wish);
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (groupId, asker) = await AskerAsync(db, wish, me, cancellation);
        await BookingLocks.TakeAsync(db, calendar.Spaces!.Tree, wish.Space, [], me.AgentId, cancellation, groupId);
        var (offer, book) = await OfferAsync(db, wish, asker, me, groupId, cancellation);
        if (offer.Accepted == 0 || offer.Seal != seal)
        {
            await transaction.RollbackAsync(cancellation);
            return new SeriesOutcome(null, WithNearest(offer, book, asker));
        }

        // What staff give a group is the group's, and its leader's to see and cancel.
        var owner = wish.Kind != BookingKind.Normal && groupId is { } group ? await LeaderAsync(db, group, cancellation) : me.AgentId;
        var row = Enter(db, new NewSeries(wish.Space, wish.Kind, owner, groupId, ""), offer.Dates.Select(date => date.Occurrence));
        List<BookingRow> made = [.. offer.Dates.Where(date => date.State is not null).Select(date => RowOf(row, date.Occurrence.Booking!, date.State!.Value, asker, wish.Details))];
        db.Bookings.AddRange(made);
        await news.NoteSeriesAsync(db, row.Key, made, "series.booked", cancellation);
        Audit.Add(db, me.Actor, calendar.Now, "series.add", $"{row.Key}: {wish.Space}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new SeriesOutcome(row.Key, offer);
    }

    /// <summary>A series that a person made, or one of their groups; null where there is none of such a key.</summary>
    public async Task<SeriesView?> FindAsync(string key, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } series)
        {
            return null;
        }

        var probe = new BookingRow { AgentId = series.AgentId, GroupId = series.GroupId };
        if (!await SpaceGroups.MaySeeAsync(db, probe, me, cancellation))
        {
            return null;
        }

        var rows = await db.Bookings.AsNoTracking().Where(row => row.Series == key).OrderBy(row => row.Begin).ToListAsync(cancellation);
        return new SeriesView(
            key, series.Space, series.Kind, series.GroupId, series.Round, [.. rows.Select(BookingView.Of)], RefusedText.Read(series.Refused), await SpaceGroups.MayChangeAsync(db, probe, me, cancellation));
    }

    /// <summary>Cancels one booking of a series, it and the following, or all, each as the rule of its space says; what waits for the keeper is taken back.</summary>
    /// <returns>What was cancelled and what was kept; null where there is no such series or booking that the person may cancel.</returns>
    public async Task<SeriesCancellation?> CancelAsync(string key, string booking, SeriesScope scope, Booker me, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var rows = await LockedAsync(db, key, cancellation);
        if (rows.FirstOrDefault(row => row.Key == booking) is not { } chosen || !await SpaceGroups.MayChangeAsync(db, chosen, me, cancellation))
        {
            return null;
        }

        var now = calendar.Now;
        var views = rows.ConvertAll(BookingView.Of);
        var prices = views.ToDictionary(view => view.Key, view => view.Gross);
        var affected = SeriesChange.Affected([.. views.Select(view => view.Booking)], booking, scope, now);
        List<Booking> waiting = [.. affected.Where(each => each.State == BookingState.AwaitingHandling)];
        var change = SeriesChange.Cancel([.. affected.Except(waiting)], calendar.Spaces!.Tree.Space(chosen.Space).Rules, each => prices[each.Id], now);
        change = change with { Cancelled = [.. change.Cancelled.Concat(waiting).OrderBy(each => each.Time.Start)] };
        List<BookingRow> cancelled = [.. change.Cancelled.Select(each => rows.Single(row => row.Key == each.Id))];
        foreach (var row in cancelled)
        {
            row.Refund = (int)(register.RefundOf(BookingView.Of(row)) * CentsInEuro);
            (row.State, row.DisplacedBy) = (BookingState.Cancelled, null);
        }

        if (cancelled.Count > 0)
        {
            await news.NoteSeriesAsync(db, key, cancelled, "series.cancelled", cancellation);
        }

        Audit.Add(db, me.Actor, now, "series.cancel", string.Create(CultureInfo.InvariantCulture, $"{key}: {change.Cancelled.Count} of {affected.Count}"));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return change;
    }

    /// <summary>Decides on all bookings of a series that wait for their keeper.</summary>
    /// <returns>How many were decided on.</returns>
    public async Task<int> HandleAsync(string booking, string keeper, KeeperDecision decision, string answer, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var key = await db.Bookings.Where(row => row.Key == booking).Select(row => row.Series).SingleOrDefaultAsync(cancellation);
        var waiting = string.IsNullOrEmpty(key) ? [] : await db.Bookings.Where(row => row.Series == key && row.State == BookingState.AwaitingHandling).OrderBy(row => row.Begin).Select(row => row.Key).ToListAsync(cancellation);
        var decided = 0;
        foreach (var each in waiting)
        {
            decided += await register.HandleAsync(each, keeper, decision, answer, actor, cancellation) is { Allowed: true } ? 1 : 0;
        }

        return decided;
    }

    /// <summary>Who leads a group, by number; null where nobody does.</summary>
    internal static async Task<int?> LeaderAsync(KeraDb db, int groupId, CancellationToken cancellation) => await db.GroupMembers
        .Where(row => row.GroupId == groupId && row.Role == GroupRole.Leader).OrderBy(row => row.Id).Select(row => (int?)row.AgentId).FirstOrDefaultAsync(cancellation);

    /// <summary>Adds a series to a context, with the dates that were refused.</summary>
    internal BookingSeriesRow Enter(KeraDb db, NewSeries series, IEnumerable<SeriesOccurrence> dates)
    {
        var row = new BookingSeriesRow
        {
            Key = RandomKey.New(),
            Space = series.Space,
            Kind = series.Kind,
            AgentId = series.AgentId,
            GroupId = series.GroupId,
            Round = series.Round,
            Made = DistrictCalendar.ToMicroseconds(calendar.Now),
            Refused = RefusedText.Write(dates.Where(date => date.Booking is null)),
        };
        db.BookingSeries.Add(row);
        return row;
    }

    /// <summary>The row of a booking of a series.</summary>
    internal BookingRow RowOf(BookingSeriesRow series, Booking booking, BookingState state, Asker asker, BookingDetails details)
    {
        var prices = BookingPrices.Of(calendar.Spaces!, new BookingRequest(series.Space, booking.Time) { Equipment = booking.Equipment }, district.Zone, asker);
        var price = new PriceQuote([.. prices.Select(each => each.Line)]);
        return new BookingRow
        {
            Key = RandomKey.New(),
            Space = series.Space,
            Begin = DistrictCalendar.ToMicroseconds(booking.Time.Start),
            End = DistrictCalendar.ToMicroseconds(booking.Time.End),
            BufferBefore = Micros.Of(booking.BufferBefore),
            BufferAfter = Micros.Of(booking.BufferAfter),
            Kind = series.Kind,
            State = state,
            AgentId = series.AgentId,
            GroupId = series.GroupId,
            Series = series.Key,
            People = details.People,
            Equipment = EquipmentText.Write(booking.Equipment),
            Purpose = details.Purpose,
            Gross = (int)(price.Gross * CentsInEuro),
            Vat = (int)(price.Vat * CentsInEuro),
            Lines = BookingPrices.Write(prices),
            Made = series.Made,
            Changed = series.Made,
        };
    }

    private SeriesWish Checked(SeriesWish wish)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(wish.Space) is not { Bookable: true })
        {
            throw new AccessException("space", $"There is no space '{wish.Space}' to book.", "spaces.error.space");
        }

        if (wish.Weekdays == Weekdays.None)
        {
            throw new AccessException("weekday", "Choose a day of the week at least.", "spaces.series.error.weekday");
        }

        if (wish.Weeks is < 1 or > MostWeeks)
        {
            throw new AccessException("weeks", "Write every how many weeks, from 1 to 52.", "spaces.series.error.weeks");
        }

        if (wish.To < wish.From || wish.To > wish.From.PlusYears(SeriesDates.MostYears))
        {
            throw new AccessException("to", "A series ends after it begins, and two years after it at most.", "spaces.series.error.to");
        }

        if (wish.Minutes is < 1 or > LongestMinutes)
        {
            throw new AccessException("minutes", "A booking of a series lasts a day at most.", "spaces.series.error.minutes");
        }

        return wish with { Details = BookingRegister.Checked(wish.Details) };
    }

    private async Task<(int? GroupId, Asker Asker)> AskerAsync(KeraDb db, SeriesWish wish, Booker me, CancellationToken cancellation)
    {
        var space = calendar.Spaces!.Spaces[wish.Space];
        var groupId = wish.Kind != BookingKind.Normal && wish.Details.Group.Length > 0 && calendar.AskerOf(me, space).Staff
            ? await db.Groups.Where(row => row.Key == wish.Details.Group && row.Ended == null).Select(row => (int?)row.Id).SingleOrDefaultAsync(cancellation)
                ?? throw new AccessException("group", "There is no group with this key.", "groups.error.unknown")
            : await SpaceGroups.LedAsync(db, wish.Details.Group, me, cancellation);
        return (groupId, calendar.AskerOf(me, space, groupId));
    }

    private async Task<(SeriesOffer Offer, BookingBook Book)> OfferAsync(KeraDb db, SeriesWish wish, Asker asker, Booker me, int? groupId, CancellationToken cancellation)
    {
        var zone = district.Zone;
        // With the days around, among which something near is looked for.
        var time = new Interval(zone.AtStartOfDay(wish.From.PlusDays(-DaysAround)).ToInstant(), zone.AtStartOfDay(wish.To.PlusDays(DaysAround + 2)).ToInstant());
        var book = await calendar.ReadAsync(db, [wish.Space], time, me.AgentId, cancellation, groupId);
        var series = new BookingSeries("new", wish.Space, new WeeklyDates(wish.From, wish.To, wish.Weekdays, wish.Weeks), wish.Begin, wish.Begin.PlusMinutes(wish.Minutes), wish.Kind) { People = wish.Details.People };
        var plan = SeriesPlan.Of(book, series, asker, calendar.Now);
        var rules = book.Spaces.Space(wish.Space).Rules;
        List<SeriesDate> dates = [.. plan.Occurrences.Select(each =>
        {
            var price = each.Booking is null ? 0 : register.PriceOf(new BookingRequest(wish.Space, each.Time), asker).Gross;
            // Staff need nobody's approval, as they are not bound by the other rules.
            BookingState? state = each.Booking is null ? null : wish.Kind == BookingKind.Normal ? Confirmation.StateOf(rules with { NeedsApproval = SpaceCalendar.NeedsKeeper(rules) }, price, paidOnSite: true) : BookingState.Confirmed;
            return new SeriesDate(each, state, price, null);
        })];
        return (new SeriesOffer(wish, dates, SealOf(dates)), plan.Bookings.Aggregate(book, (all, booking) => all.Add(booking)));
    }

    // Looked for beside what the series itself would take.
    private SeriesOffer WithNearest(SeriesOffer offer, BookingBook book, Asker asker)
    {
        var left = MostNearest;
        return offer with
        {
            Dates = [.. offer.Dates.Select(date => date.State is null && date.Occurrence.Decision.Refusals.All(refusal => s_ofTheTime.Contains(refusal.Code)) && left-- > 0
                ? date with { Nearest = NearestTimes.Of(book, new BookingRequest(offer.Wish.Space, date.Occurrence.Time, offer.Wish.Kind) { People = offer.Wish.Details.People }, asker, calendar.Now, DaysAround) }
                : date)],
        };
    }

    private static string SealOf(IEnumerable<SeriesDate> dates) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', dates.Where(date => date.State is not null).Select(
        date => string.Create(CultureInfo.InvariantCulture, $"{date.Occurrence.Time.Start}/{date.Occurrence.Time.End}={date.Gross}{date.State}"))))).AsSpan(0, 8));

    private async Task<List<BookingRow>> LockedAsync(KeraDb db, string key, CancellationToken cancellation)
    {
        if (key.Length == 0 || await db.BookingSeries.AsNoTracking().SingleOrDefaultAsync(row => row.Key == key, cancellation) is not { } series || calendar.Spaces?.Spaces.ContainsKey(series.Space) != true)
        {
            return [];
        }

        await BookingLocks.TakeAsync(db, calendar.Spaces.Tree, series.Space, [], series.AgentId, cancellation, series.GroupId);
        return await db.Bookings.Where(row => row.Series == key).ToListAsync(cancellation);
    }
}

/// <summary>A series to be entered.</summary>
/// <param name="Space">The key of the space.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="AgentId">Whose it is.</param>
/// <param name="GroupId">The group that it is for; null for none.</param>
/// <param name="Round">The round that it comes from; empty for none.</param>
internal sealed record NewSeries(string Space, BookingKind Kind, int? AgentId, int? GroupId, string Round);

using System.Globalization;
using System.Security.Cryptography;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Notices;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>What a change of a booking is to its booker; the sentence is the text <c>notice.booking.{word}</c>.</summary>
public enum BookingChange
{
    /// <summary>It is booked.</summary>
    Booked,

    /// <summary>It waits for its keeper.</summary>
    Waiting,

    /// <summary>It is kept for some minutes, until it is paid.</summary>
    ToPay,

    /// <summary>It was not paid in time, and is free again.</summary>
    Unpaid,

    /// <summary>The keeper approved it.</summary>
    Approved,

    /// <summary>The keeper denied it.</summary>
    Denied,

    /// <summary>The keeper looks at it again.</summary>
    Returned,

    /// <summary>The booker cancelled it.</summary>
    Cancelled,

    /// <summary>The keeper took back what was confirmed.</summary>
    Withdrawn,

    /// <summary>The booker moved it.</summary>
    Moved,

    /// <summary>The keeper moved it.</summary>
    MovedByKeeper,

    /// <summary>A closure takes its time: the booker chooses.</summary>
    Displaced,

    /// <summary>The closure is lifted, and it holds again.</summary>
    Restored,

    /// <summary>A closure took its time, and nobody chose.</summary>
    Lapsed,

    /// <summary>Nobody came.</summary>
    Missed,
}

/// <summary>
/// What each change of a booking brings with it, in the caller's transaction: the next number for calendars, the door's code, a word to its
/// booker, and calls of doors and displays. All of it is there once the caller has committed, or nothing.
/// </summary>
public sealed class BookingNews(SpaceCalendar calendar, NoticeBoard notices, DoorCalls doors, MailSettings mail, SiteAddress site, Catalog catalog, DistrictInForce district)
{
    private const string Digits = "0123456789";
    private const int CodeLength = 6;
    private static readonly Duration s_soon = Duration.FromHours(2);

    /// <summary>How long before it begins one is reminded.</summary>
    public static Duration ReminderBefore { get; } = Duration.FromDays(1);

    /// <summary>Notes a change that was made to a row.</summary>
    /// <param name="db">The caller's context, in a transaction.</param>
    /// <param name="row">The booking as it is now.</param>
    /// <param name="change">What changed.</param>
    /// <param name="words">The keeper's words; empty for none.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    public Task NoteAsync(KeraDb db, BookingRow row, BookingChange change, string words, CancellationToken cancellation) =>
        NoteAsync(db, row, change, new LocalizedText(words, words, words), cancellation);

    /// <summary>Notes a change whose reason is said in each language.</summary>
    public async Task NoteAsync(KeraDb db, BookingRow row, BookingChange change, LocalizedText words, CancellationToken cancellation)
    {
        await FollowAsync(db, row, cancellation);
        if (row.AgentId is { } booker)
        {
            await notices.AddAsync(db, booker, Notice(row, change, words), cancellation);
        }
    }

    /// <summary>Notes changes of several bookings, each of its own.</summary>
    public async Task NoteAsync(KeraDb db, IReadOnlyList<(BookingRow Row, BookingChange Change)> changes, CancellationToken cancellation)
    {
        foreach (var (row, _) in changes)
        {
            await FollowAsync(db, row, cancellation);
        }

        await notices.AddAsync(db, [.. changes.Where(each => each.Row.AgentId is not null).Select(each => (each.Row.AgentId!.Value, Notice(each.Row, each.Change, null)))], cancellation);
    }

    /// <summary>Notes a change of many bookings of a series, with one word to its booker.</summary>
    /// <param name="db">The caller's context, in a transaction.</param>
    /// <param name="series">The key of the series.</param>
    /// <param name="rows">The bookings as they are now, of one space and booker; at least one.</param>
    /// <param name="kind">The notice: <c>series.booked</c> or <c>series.cancelled</c>.</param>
    /// <param name="cancellation">Stops before anything is stored.</param>
    public async Task NoteSeriesAsync(KeraDb db, string series, IReadOnlyList<BookingRow> rows, string kind, CancellationToken cancellation)
    {
        foreach (var row in rows)
        {
            await FollowAsync(db, row, cancellation);
        }

        if (rows[0].AgentId is { } booker)
        {
            var space = calendar.Spaces!.Spaces[rows[0].Space];
            var count = rows.Count.ToString(CultureInfo.InvariantCulture);
            await notices.AddAsync(db, booker, new NewNotice(kind, new Dictionary<string, string>(NewNotice.InAll("space", space.Name)) { ["count"] = count }, SeriesEndpoints.PathOf(series), $"{kind} {rows[0].Key} {rows[0].Sequence}")
            {
                Calendar = language => Calendar(rows, space, language),
            },
            cancellation);
        }
    }

    /// <summary>What a change of a booking brings besides a word to its booker: the next number for calendars, the door's code, calls of doors and displays, what is paid back.</summary>
    internal async Task FollowAsync(KeraDb db, BookingRow row, CancellationToken cancellation)
    {
        var space = calendar.Spaces!.Spaces[row.Space];
        row.Sequence++;
        row.Changed = DistrictCalendar.ToMicroseconds(calendar.Now);
        if (row is { State: BookingState.Confirmed, Recorded: BookingRecord.Committed or BookingRecord.Withdrawn })
        {
            row.Recorded = BookingRecord.Behind;
        }

        // Whoever is told of it now needs no reminder.
        row.Reminded |= DistrictCalendar.ToInstant(row.Begin) <= calendar.Now + ReminderBefore + s_soon;
        var had = row.Code;
        row.Code = row.DisplacedBy is not null || !AccessTypes.HasCode(BookingView.Of(row).Booking, space.Access, district.Zone) ? ""
            : had.Length > 0 ? had
            : RandomNumberGenerator.GetString(Digits, CodeLength);
        doors.Add(db, row, had);
        await BookingCharges.SettleAsync(db, row, space, calendar.Now, cancellation);
    }

    /// <summary>Reminds the booker that it is about to begin; once for each beginning.</summary>
    public async Task RemindAsync(KeraDb db, BookingRow row, CancellationToken cancellation)
    {
        row.Reminded = true;
        await notices.AddAsync(db, row.AgentId!.Value, Notice(row, calendar.Spaces!.Spaces[row.Space], "Reminder", null, $"booking {row.Key} reminder {row.Begin}"), cancellation);
    }

    /// <summary>The booking as a calendar file: what a mail carries and what its page gives.</summary>
    internal string Calendar(BookingRow row, DistrictSpace space, Language language) => Calendar([row], space, language);

    private string Calendar(IReadOnlyList<BookingRow> rows, DistrictSpace space, Language language)
    {
        List<BookingView> views = [.. rows.Select(BookingView.Of)];
        var ended = views.TrueForAll(view => view.Booking.State is BookingState.Cancelled or BookingState.Denied);
        var keeper = catalog.Find(catalog.Agents, space.Keeper)?.Row.Name(language) ?? space.Keeper;
        return BookingCalendar.Write(
            [.. views.Select(view => BookingCalendar.Entry(view, space.Name.In(language.Code), site.Url(language, BookingEndpoints.PathOf(view.Key))))],
            new CalendarHead(ended ? "CANCEL" : "PUBLISH", keeper, mail.From.Length > 0 ? "mailto:" + mail.From : site.Url(language, SpaceEndpoints.PathOf(space.Key))));
    }

    private NewNotice Notice(BookingRow row, BookingChange change, LocalizedText? words) =>
        Notice(row, calendar.Spaces!.Spaces[row.Space], change.ToString(), words, $"booking {row.Key} {row.Sequence}");

    private NewNotice Notice(BookingRow row, DistrictSpace space, string word, LocalizedText? words, string once)
    {
        // The row goes on changing after this; the mail is of how it is now.
        return new NewNotice(
            "booking." + char.ToLowerInvariant(word[0]) + word[1..],
            new Dictionary<string, string>([.. NewNotice.InAll("space", space.Name), .. words is null ? [] : NewNotice.InAll("words", words)])
            {
                [NewNotice.Moment] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.Begin)),
            },
            BookingEndpoints.PathOf(row.Key),
            once)
        {
            Calendar = language => Calendar(row, space, language),
        };
    }
}

using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Tests.Features.Homes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>Who booked is told of each change once, with a calendar file that takes the place of the one before.</summary>
public sealed class BookingNewsTests
{
    private const string Desk = "/en/space-desk/demo-hall-association";

    [Fact]
    public async Task Each_change_is_told_once_with_a_calendar_file_that_follows_the_one_before()
    {
        await using var town = await SpaceTown.TellingAsync();
        var (aino, keeper) = (await town.MailedAsync("Aino Virta", "aino@example.org", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var silent = await town.Kera.JoinAsync("Olli Otso", "resident");
        await SpaceTown.BookAsync(silent, "court-2", "2026-11-30T16:00:00Z");

        // Free of charge for residents, so that it may be moved.
        var free = await SpaceTown.BookAsync(aino, "workshop", "2026-11-26T15:00:00Z");
        Assert.Equal(free + "?told=moved", (await aino.SubmitAsync(free + "/move?day=2026-11-28", free + "/move", ("start", "2026-11-28T09:00:00Z"))).Location);
        await aino.SubmitAsync(free, free + "/cancel");
        // Sent again, nothing changes and nothing is told.
        await aino.SubmitAsync(free, free + "/cancel");
        var waits = await SpaceTown.BookAsync(aino, "brewery", "2026-12-08T16:00:00Z", 240);
        await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", SpaceTown.KeyOf(waits)), ("decision", "deny"), ("answer", "The kettle is mended, that week."));

        var mails = await town.OutboxAsync();
        Assert.Equal(
            [
                "Booked: The workshop (fictional), 26 Nov 2026, 17:00.",
                "Moved: The workshop (fictional), now 28 Nov 2026, 11:00.",
                "Cancelled: The workshop (fictional), 28 Nov 2026, 11:00.",
                "Your booking waits for approval: The brewery (fictional), 8 Dec 2026, 18:00.",
                "Denied: The brewery (fictional), 8 Dec 2026, 18:00. Why: The kettle is mended, that week.",
            ],
            mails.Select(mail => mail.Subject.Replace('\u00A0', ' ')));
        Assert.All(mails, mail => Assert.Equal("aino@example.org", mail.Recipient));
        Assert.Contains($"https://kera.example.org{free}\n", mails[0].Body, StringComparison.Ordinal);
        Assert.Equal(["PUBLISH 1 CONFIRMED", "PUBLISH 2 CONFIRMED", "CANCEL 3 CANCELLED", "PUBLISH 1 TENTATIVE", "CANCEL 2 CANCELLED"], mails.Select(mail => $"{Line(mail, "METHOD")} {Line(mail, "SEQUENCE")} {Line(mail, "STATUS")}"));
        Assert.Single(mails.Take(3).Select(mail => Line(mail, "UID")).Distinct());
        Assert.Equal("20261128T090000Z", Line(mails[1], "DTSTART"));
        Assert.Equal("mailto:kera@example.org", Unfolded(mails[0]).Split("\r\n").Single(line => line.StartsWith("ORGANIZER", StringComparison.Ordinal)).Split(':', 2)[1]);
        // Who did not agree to mails reads it in the inbox all the same.
        Assert.Contains("Booked: Padel court 2 (fictional), 30 Nov 2026, 18:00.", MyHomeTests.Plain((await silent.GetAsync("/en/my/inbox")).Text), StringComparison.Ordinal);
        Assert.Contains("Varattu: Padelkenttä 2 (kuvitteellinen), 30.11.2026 klo 18.00.", MyHomeTests.Plain((await silent.GetAsync("/fi/my/inbox")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reminder_comes_once_a_day_before_and_not_to_who_booked_just_now()
    {
        await using var town = await SpaceTown.TellingAsync();
        var aino = await town.MailedAsync("Aino Virta", "aino@example.org", "resident");
        var later = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        await SpaceTown.BookAsync(aino, "workshop", "2026-11-25T15:00:00Z");
        await town.Register.RemindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await town.OutboxAsync()).Count);

        town.Pass(Duration.FromHours(28));
        // Two nodes at once: one of them finds it done.
        await Task.WhenAll(town.Register.RemindAsync(TestContext.Current.CancellationToken), town.Register.RemindAsync(TestContext.Current.CancellationToken));
        await town.Register.RemindAsync(TestContext.Current.CancellationToken);

        Assert.Equal(3, (await town.OutboxAsync()).Count);
        Assert.Equal("Your booking begins soon: Padel court 1 (fictional), 26 Nov 2026, 18:00.", (await town.OutboxAsync())[^1].Subject.Replace('\u00A0', ' '));
        Assert.Equal(Line((await town.OutboxAsync())[0], "UID"), $"booking-{SpaceTown.KeyOf(later)}@kera");
    }

    [Fact]
    public async Task Where_the_change_is_not_stored_nothing_is_told()
    {
        await using var town = await SpaceTown.TellingAsync();
        var aino = await town.MailedAsync("Aino Virta", "aino@example.org", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            // The process ends between the change and the commit.
            await using var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
            var row = await db.Bookings.SingleAsync(each => each.Key == SpaceTown.KeyOf(booking), TestContext.Current.CancellationToken);
            row.State = Kera.Sharing.BookingState.Cancelled;
            await town.Services.GetRequiredService<BookingNews>().NoteAsync(db, row, BookingChange.Cancelled, "", TestContext.Current.CancellationToken);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Single(await town.OutboxAsync());
        Assert.Equal(1, (await town.RowAsync(booking)).Sequence);
    }

    [Fact]
    public async Task The_calendar_file_goes_as_a_part_of_the_mail()
    {
        await using var town = await SpaceTown.TellingAsync();
        var aino = await town.MailedAsync("Aino Virta", "aino@example.org", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        await aino.SubmitAsync(booking, booking + "/cancel");

        await town.Services.GetRequiredService<OutboxSender>().SendDueAsync(TestContext.Current.CancellationToken);

        var mails = Directory.GetFiles(town.MailFolder, "*.eml").Select(file => MimeMessage.Load(file)).OrderBy(mail => mail.Subject).ToList();
        Assert.Equal(["PUBLISH", "CANCEL"], mails.Select(mail => Assert.IsType<TextPart>(mail.BodyParts.Last()).ContentType.Parameters["method"]));
        Assert.All(mails, mail => Assert.Equal("text/calendar", mail.BodyParts.Last().ContentType.MimeType));
        Assert.StartsWith("Booked: Padel court 1 (fictional)", mails[0].TextBody, StringComparison.Ordinal);
    }

    private static string Line(OutboxMessageRow mail, string name) => Unfolded(mail).Split("\r\n").First(line => line.StartsWith(name + ":", StringComparison.Ordinal))[(name.Length + 1)..];

    private static string Unfolded(OutboxMessageRow mail) => mail.Calendar.Replace("\r\n ", "", StringComparison.Ordinal);
}

using System.Net;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>The rules of booking that a kernel cannot hold: states, the clock, who somebody is, and what a keeper does. Numbers are those of docs/concepts/booking-rules.md.</summary>
public sealed class BookingRuleTests
{
    private const string Keeper = "partner:demo-hall-association";
    private const string Desk = "/en/space-desk/demo-hall-association";

    [Fact]
    public async Task Rule_01_what_is_not_published_is_not_found_and_Rule_02_before_its_window_it_is_told_when_booking_opens()
    {
        await using var town = await SpaceTown.StartAsync();
        town.Pass(Instant.FromUtc(2026, 7, 31, 12, 0) - Instant.FromUtc(2026, 11, 24, 12, 5));
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");

        Assert.Equal(HttpStatusCode.NotFound, (await aino.GetAsync("/en/spaces/brewery")).Status);
        Assert.DoesNotContain("The brewery", (await aino.GetAsync("/en/spaces")).Text, StringComparison.Ordinal);
        Assert.Contains("Booking opens 1 Aug 2026, 09:00.", MyHomeTests.Plain((await aino.GetAsync("/en/spaces/court-1?day=2026-08-03")).Text), StringComparison.Ordinal);
        var (status, text, _) = await aino.SubmitAsync("/en/my", "/en/spaces/court-1/hold", ("start", "2026-08-03T12:00:00Z"), ("minutes", "60"), ("people", "2"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Booking opens 1 Aug 2026, 09:00.", MyHomeTests.Plain(text), StringComparison.Ordinal);

        town.Pass(Duration.FromDays(1));
        Assert.Equal(HttpStatusCode.OK, (await aino.GetAsync("/en/spaces/brewery")).Status);
        await SpaceTown.HoldAsync(aino, "court-1", "2026-08-03T12:00:00Z", 60);
    }

    [Fact]
    public async Task Rule_18_age_and_papers_are_looked_at_by_the_keeper_and_Rule_20_what_nobody_handles_holds_at_once()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");

        // Nothing tells Kera how old Aino is: the machine room asks for adults, and its keeper sees her.
        Assert.Equal(BookingState.AwaitingHandling, (await town.RowAsync(await SpaceTown.BookAsync(aino, "machine-room", "2026-11-28T08:00:00Z"))).State);
        Assert.True(SpaceCalendar.NeedsKeeper(new BookingRules { AdultsOnly = true }));
        Assert.True(SpaceCalendar.NeedsKeeper(new BookingRules { StrongIdentification = true }));
        Assert.Equal(BookingState.Confirmed, (await town.RowAsync(await SpaceTown.BookAsync(aino, "workshop", "2026-11-26T15:00:00Z"))).State);
    }

    [Fact]
    public async Task Rule_22_free_of_charge_is_asked_with_a_reason_and_granted_by_the_keeper()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", Keeper));
        var granted = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z", freeReason: "A school class");
        var refused = await SpaceTown.BookAsync(aino, "court-2", "2026-11-27T16:00:00Z", freeReason: "I like it");
        Assert.True(await town.RowAsync(granted) is { State: BookingState.AwaitingHandling, Gross: 1800, FreeReason: "A school class" });

        await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", SpaceTown.KeyOf(granted)), ("decision", "approve"), ("answer", ""));
        await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", SpaceTown.KeyOf(refused)), ("decision", "approvePaid"), ("answer", "Not this time."));

        Assert.True(await town.RowAsync(granted) is { State: BookingState.Confirmed, Gross: 0, Vat: 0, Lines: "" });
        Assert.True(await town.RowAsync(refused) is { State: BookingState.Confirmed, Gross: 1800, Lines: "court-2=1800@1350" });
    }

    [Fact]
    public async Task Rule_23_what_is_paid_back_is_told_before_and_recorded()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var booking = await SpaceTown.BookAsync(aino, "kitchen", "2026-12-04T08:00:00Z", 240);
        Assert.Contains("you do not pay, or get back, €32.00 of the price €32.00", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);

        // Five days before, half of it.
        town.Pass(Duration.FromDays(5));
        Assert.Contains("you do not pay, or get back, €16.00 of the price €32.00", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);
        await aino.SubmitAsync(booking, booking + "/cancel");

        Assert.Equal(1600, (await town.RowAsync(booking)).Refund);
        Assert.Contains("€16.00 is not owed, or paid back; €16.00 remains to be paid.", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_24_what_is_free_is_moved_by_its_booker_and_what_is_paid_by_the_keeper()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", Keeper));
        var free = await SpaceTown.BookAsync(aino, "workshop", "2026-11-26T15:00:00Z");
        var paid = await SpaceTown.BookAsync(aino, "court-1", "2026-11-27T16:00:00Z");
        await SpaceTown.BookAsync(olli, "workshop", "2026-11-28T09:00:00Z");
        await town.RecordAsync();

        var (status, text, _) = await aino.SubmitAsync(free + "/move?day=2026-11-28", free + "/move", ("start", "2026-11-28T09:00:00Z"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("Another booking or its cleaning", MyHomeTests.Plain(text), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await olli.SubmitAsync("/en/my", free + "/move", ("start", "2026-11-28T12:00:00Z"))).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await aino.SubmitAsync("/en/my", paid + "/move", ("start", "2026-11-28T16:00:00Z"))).Status);
        Assert.Contains("A paid booking cannot be moved by yourself.", MyHomeTests.Plain((await aino.GetAsync(paid + "/move")).Text), StringComparison.Ordinal);

        Assert.Equal(free + "?told=moved", (await aino.SubmitAsync(free + "/move?day=2026-11-28", free + "/move", ("start", "2026-11-28T12:00:00Z"))).Location);
        // Its former time is anybody's again.
        await SpaceTown.HoldAsync(olli, "workshop", "2026-11-26T15:00:00Z", 60);

        var page = $"{Desk}/bookings/{SpaceTown.KeyOf(paid)}";
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(page, page + "/move", ("day", "2026-11-28"), ("time", "18:00"), ("words", ""))).Status);
        Assert.Equal(page, (await keeper.SubmitAsync(page, page + "/move", ("day", "2026-11-28"), ("time", "18:00"), ("words", "The net is mended."))).Location);
        Assert.True(await town.RowAsync(paid) is { Gross: 1800, State: BookingState.Confirmed, Kind: BookingKind.Normal, Sequence: 2 });
        Assert.Equal(HttpStatusCode.NotFound, (await keeper.SubmitAsync("/en/my", $"/en/space-desk/demo-hall-association/bookings/nothing/move", ("day", "2026-11-28"), ("time", "18:00"), ("words", "x"))).Status);

        // The ledger follows: each was used at its later time, once.
        town.Pass(Duration.FromDays(5));
        await town.RecordAsync();
        await town.RecordAsync();
        var queries = town.Services.GetRequiredService<LedgerQueries>();
        Assert.NotNull(await queries.FindKeyAsync("booking-" + SpaceTown.KeyOf(free), TestContext.Current.CancellationToken));
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Rule_25_the_keeper_denies_until_the_end_and_takes_it_back_where_nobody_else_has_the_time()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", Keeper));
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        var page = $"{Desk}/bookings/{SpaceTown.KeyOf(booking)}";
        await town.RecordAsync();

        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(page, page + "/deny", ("answer", ""))).Status);
        Assert.Equal(page, (await keeper.SubmitAsync(page, page + "/deny", ("answer", "A tournament."))).Location);
        Assert.True(await town.RowAsync(booking) is { State: BookingState.Denied, Refund: 1800, Code: "" });
        Assert.Contains("The keeper of the space cancelled your booking: Padel court 1 (fictional), 26 Nov 2026, 18:00. Why: A tournament.", MyHomeTests.Plain((await aino.GetAsync("/en/my/inbox")).Text), StringComparison.Ordinal);
        await town.RecordAsync();

        var other = await SpaceTown.HoldAsync(olli, "court-1", "2026-11-26T16:00:00Z", 60);
        var (status, text, _) = await keeper.SubmitAsync(page, page + "/return");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Somebody else has the time by now.", MyHomeTests.Plain(text), StringComparison.Ordinal);
        await olli.SubmitAsync(other, other + "/cancel");
        Assert.Equal(page, (await keeper.SubmitAsync(page, page + "/return")).Location);
        Assert.True(await town.RowAsync(booking) is { State: BookingState.AwaitingHandling, Refund: 0 });
        await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", SpaceTown.KeyOf(booking)), ("decision", "approve"), ("answer", ""));

        town.Pass(Duration.FromDays(3));
        await town.RecordAsync();
        await town.RecordAsync();
        Assert.NotNull(await town.Services.GetRequiredService<LedgerQueries>().FindKeyAsync("booking-" + SpaceTown.KeyOf(booking), TestContext.Current.CancellationToken));
        // Over, it is over; but who did not come is marked, and told.
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.SubmitAsync(page, page + "/deny", ("answer", "Late"))).Status);
        Assert.Equal(page, (await keeper.SubmitAsync(page, page + "/came", ("came", "no"))).Location);
        Assert.True((await town.RowAsync(booking)).NoShow);
        Assert.Contains("Nobody came", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);

        // Of one booking one could tell whose it was; of ten not.
        Assert.Equal(HttpStatusCode.NotFound, (await aino.GetAsync("/api/v1/figures/spaces.missed")).Status);
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            var begin = DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 11, 25, 10, 0));
            db.Bookings.AddRange(Enumerable.Range(0, 9).Select(number => new BookingRow { Key = $"other-{number}", Space = "court-2", Begin = begin + number, End = begin + 3_600_000_000, Kind = BookingKind.Staff, State = BookingState.Confirmed }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("\"hasNumericalValue\":1,\"hasUnit\":\"h\"", (await aino.GetAsync("/api/v1/figures/spaces.missed")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_26_other_kinds_are_the_keepers_whose_day_tells_who_comes_and_what_to_do()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, keeper, stranger) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", Keeper), await town.Kera.JoinAsync("Nils Nokia", "partner:nokia"));
        var court = await SpaceTown.HoldAsync(aino, "court-1", "2026-11-25T16:00:00Z", 60);
        Assert.NotNull((await aino.SubmitAsync(court, court + "/confirm", ("people", "4"), ("purpose", ""), ("equipment.padel-rackets", "4"))).Location);
        Assert.Equal("padel-rackets:4", (await town.RowAsync(court)).Equipment);

        // At six in the morning, before anything is open; the keeper's own use costs nothing.
        (string, string)[] night = [("space", "court-2"), ("day", "2026-11-25"), ("time", "06:00"), ("minutes", "60"), ("people", "1"), ("kind", "staff"), ("words", "The lamps")];
        Assert.Equal(Desk + "/day?day=2026-11-25", (await keeper.SubmitAsync(Desk + "/book", Desk + "/book", night)).Location);
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.SubmitAsync(Desk + "/book", Desk + "/book", night)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk + "/book", Desk + "/book", [.. night.Where(each => each.Item1 != "kind")])).Status);
        await keeper.SubmitAsync(Desk + "/book", Desk + "/book", ("space", "court-3"), ("day", "2026-11-25"), ("time", "19:00"), ("minutes", "60"), ("people", "2"), ("kind", "behalf"), ("words", "Maija, by telephone"));
        foreach (var browser in new[] { aino, stranger })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.GetAsync(Desk + "/day")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SubmitAsync("/en/my", Desk + "/book", night)).Status);
        }

        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            Assert.Equal(
                ["Staff 0", "Normal 1800", "Behalf 2400"],
                (await db.Bookings.AsNoTracking().OrderBy(row => row.Begin).ToListAsync(TestContext.Current.CancellationToken)).Select(row => $"{row.Kind} {row.Gross}"));
        }

        Assert.DoesNotContain("demo-hall-association", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
        var day = MyHomeTests.Plain((await keeper.GetAsync(Desk + "/day?day=2026-11-25")).Text);
        Assert.Contains("18:00–19:00 Padel court 1 (fictional) Aino Virta 4 people The code opens · 4 × Padel rackets", day, StringComparison.Ordinal);
        Assert.Contains("Maija, by telephone", day, StringComparison.Ordinal);
        Assert.Contains("Hall association", (await aino.GetAsync("/en/my/data")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Rule_27_a_code_opens_while_it_is_confirmed_and_doors_are_told()
    {
        await using var town = await SpaceTown.TellingAsync(
            ("Kera:Spaces:Hooks:0:Url", "https://doors.example.org/kera"), ("Kera:Spaces:Hooks:0:Keeper", "demo-hall-association"), ("Kera:Spaces:Hooks:0:Codes", "true"),
            ("Kera:Spaces:Hooks:1:Url", "https://displays.example.org/kera"), ("Kera:Spaces:Hooks:1:Keeper", "demo-hall-association"),
            ("Kera:Spaces:Hooks:2:Url", "https://others.example.org/kera"), ("Kera:Spaces:Hooks:2:Keeper", "nokia"));
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        var code = (await town.RowAsync(booking)).Code;
        Assert.Matches("^[0-9]{6}$", code);

        Assert.DoesNotContain(code, (await aino.GetAsync(booking)).Text, StringComparison.Ordinal);
        Assert.Contains("The code is shown here an hour before it begins.", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);
        // An hour before, and until it ends.
        town.Pass(Instant.FromUtc(2026, 11, 26, 15, 0) - Instant.FromUtc(2026, 11, 24, 12, 5));
        Assert.Contains($">{code}<", (await aino.GetAsync(booking)).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(code, (await new TestBrowser(town.Kera.App).GetAsync("/en/spaces/court-1.ics")).Text, StringComparison.Ordinal);
        town.Pass(-Duration.FromDays(1));
        await aino.SubmitAsync(booking, booking + "/cancel");
        Assert.Equal("", (await town.RowAsync(booking)).Code);

        var calls = await town.OutboxAsync(OutboxChannel.Webhook);
        Assert.Equal(
            ["doors booking.changed", "doors booking.access.granted", "displays booking.changed", "doors booking.changed", "doors booking.access.revoked", "displays booking.changed"],
            calls.Select(call => $"{new Uri(call.Recipient).Host.Split('.')[0]} {System.Text.Json.JsonDocument.Parse(call.Body).RootElement.GetProperty("event").GetString()}"));
        Assert.Equal([1, 4], calls.Select((call, number) => (call, number)).Where(each => each.call.Body.Contains(code, StringComparison.Ordinal)).Select(each => each.number));
        Assert.All(calls, call => Assert.DoesNotContain("Aino", call.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rule_34_whose_a_booking_was_is_forgotten_two_years_after_it()
    {
        await using var town = await SpaceTown.StartAsync();
        var booking = await SpaceTown.BookAsync(await town.Kera.JoinAsync("Aino Virta", "resident"), "court-1", "2026-11-26T16:00:00Z");

        town.Pass(Duration.FromDays(700));
        await town.Services.GetRequiredService<Retention>().RunAsync(TestContext.Current.CancellationToken);
        Assert.NotNull((await town.RowAsync(booking)).AgentId);
        town.Pass(Duration.FromDays(40));
        await town.Services.GetRequiredService<Retention>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(await town.RowAsync(booking) is { AgentId: null, Purpose: "" });
    }
}

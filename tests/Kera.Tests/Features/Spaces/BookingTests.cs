using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Homes;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>A space is found, held, booked, used or cancelled, by pages as a person uses them.</summary>
public sealed class BookingTests(PostgresServer server)
{
    // A Wednesday at six in the evening, Finnish time.
    private const string Start = "2026-11-25T16:00:00Z";

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_time_is_held_booked_and_used_and_stands_in_the_ledger_once(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");

        var page = MyHomeTests.Plain((await aino.GetAsync("/en/spaces/court-1?day=2026-11-25&minutes=60")).Text);
        // What a resident pays.
        Assert.Contains("18:00 €18.00", page, StringComparison.Ordinal);
        var booking = await SpaceTown.HoldAsync(aino, "court-1", Start, 60);
        var held = MyHomeTests.Plain((await aino.GetAsync(booking)).Text);
        Assert.Contains("The time is yours until 14:15", held, StringComparison.Ordinal);
        // Its price is one to be paid online, and nobody takes such payments here.
        Assert.Contains("Paying online is not in use here: you get an invoice after use.", held, StringComparison.Ordinal);
        Assert.Equal(booking + "?told=booked", (await aino.SubmitAsync(booking, booking + "/confirm", ("people", "4"), ("purpose", "Padel"))).Location);
        // Sent twice, it is booked once.
        Assert.Contains("Booked", MyHomeTests.Plain((await aino.SubmitAsync("/en/spaces/court-2?day=2026-11-25", booking + "/confirm", ("people", "4"))).Text), StringComparison.Ordinal);
        Assert.Contains("Wed 25 Nov 2026, 18:00–19:00", MyHomeTests.Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);

        var key = "booking-" + booking[(booking.LastIndexOf('/') + 1)..];
        var (catalog, queries) = (town.Services.GetRequiredService<Catalog>(), town.Services.GetRequiredService<LedgerQueries>());
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());
        Assert.NotNull(catalog.Find(catalog.Commitments, key));
        Assert.Null(await queries.FindKeyAsync(key, TestContext.Current.CancellationToken));
        town.Pass(Duration.FromDays(2));
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());
        var position = await queries.FindKeyAsync(key, TestContext.Current.CancellationToken);
        Assert.NotNull(position);
        var head = await queries.HeadAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());
        Assert.Equal(head.Position, (await queries.HeadAsync(TestContext.Current.CancellationToken)).Position);

        // An hour of the court, by its keeper for the booker; nobody else reads it.
        var used = await queries.EventAsync(new Reader((await town.Kera.AccountOfAsync("Aino Virta")).AgentId), position!.Value, TestContext.Current.CancellationToken);
        Assert.Equal("use", used!.Stored.Event.Action.Name);
        Assert.Equal("1", used.Stored.Event.EffortQuantity!.Value.ToString());
        Assert.Null(await queries.EventAsync(Reader.Public, position.Value, TestContext.Current.CancellationToken));
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
    }

    [Fact]
    public async Task Who_comes_second_is_told_the_rule_and_the_nearest_times()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        await SpaceTown.HoldAsync(aino, "court-1", Start, 60);

        var (status, text, _) = await olli.SubmitAsync("/en/spaces/court-1?day=2026-11-25", "/en/spaces/court-1/hold", ("start", Start), ("minutes", "60"), ("people", "2"));

        Assert.Equal(HttpStatusCode.Conflict, status);
        var told = MyHomeTests.Plain(text);
        Assert.Contains("Wed 25 Nov 2026, 18:00–19:00 is not possible.", told, StringComparison.Ordinal);
        Assert.Contains("Another booking or its cleaning takes the time", told, StringComparison.Ordinal);
        Assert.Contains("The nearest time before: Wed 25 Nov 2026, 17:00–18:00", told, StringComparison.Ordinal);
        Assert.Contains("The nearest time after: Wed 25 Nov 2026, 19:00–20:00", told, StringComparison.Ordinal);
        // The sister court is free, and the whole hall is not.
        await SpaceTown.HoldAsync(olli, "court-2", Start, 60);
    }

    [Fact]
    public async Task The_nearest_time_is_free_however_far_away_it_is()
    {
        await using var town = await SpaceTown.StartAsync();
        var olli = await town.Kera.JoinAsync("Olli Otso", "resident");
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            // From the evening of today to the first of December somebody has the court.
            var (from, until) = (DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 11, 24, 13, 0)), DistrictCalendar.ToMicroseconds(Instant.FromUtc(2026, 12, 1, 10, 0)));
            db.Bookings.Add(new BookingRow { Key = "long", Space = "court-1", Begin = from, End = until, Kind = BookingKind.Staff, State = BookingState.Confirmed });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
            db.Bookings.Add(new BookingRow { Key = "further", Space = "courts", Begin = until, End = until + (3600L * 24 * 4 * 1_000_000), Kind = BookingKind.Staff, State = BookingState.Confirmed });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var (_, text, _) = await olli.SubmitAsync("/en/spaces/court-2?day=2026-11-25", "/en/spaces/court-1/hold", ("start", Start), ("minutes", "60"), ("people", "2"));

        Assert.Contains("The nearest time after: Sat 5 Dec 2026, 12:00–13:00", MyHomeTests.Plain(text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_19_a_hold_that_nobody_confirms_is_free_again_after_ten_minutes()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        var booking = await SpaceTown.HoldAsync(aino, "court-1", Start, 60);

        town.Pass(Duration.FromMinutes(10));
        await SpaceTown.HoldAsync(olli, "court-1", Start, 60);

        // Refused while the row is there, not found once the job has taken it away: it may run at any moment.
        var (status, _, _) = await aino.SubmitAsync("/en/spaces/court-2?day=2026-11-25", booking + "/confirm", ("people", "2"), ("purpose", ""));
        Assert.Contains(status, new[] { HttpStatusCode.Conflict, HttpStatusCode.NotFound });
        await town.Register.ForgetHoldsAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, (await aino.GetAsync(booking)).Status);
    }

    [Fact]
    public async Task Rule_23_cancelled_in_time_it_is_free_and_too_late_it_stays()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var first = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");
        var second = await SpaceTown.BookAsync(aino, "court-2", "2026-11-26T16:00:00Z");
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());

        Assert.Equal(first + "?told=cancelled", (await aino.SubmitAsync(first, first + "/cancel")).Location);
        // Until a day before.
        town.Pass(Duration.FromHours(28));
        var (status, text, _) = await aino.SubmitAsync("/en/my", second + "/cancel");

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("It could be cancelled until 25 Nov 2026, 18:00.", MyHomeTests.Plain(text), StringComparison.Ordinal);
        await SpaceTown.HoldAsync(aino, "court-1", "2026-11-26T16:00:00Z", 60);
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());
        var catalog = town.Services.GetRequiredService<Catalog>();
        Assert.True(catalog.Find(catalog.Commitments, "booking-" + first[(first.LastIndexOf('/') + 1)..])!.Row.Finished);
    }

    [Fact]
    public async Task Nobody_else_sees_or_changes_it()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", Start);

        foreach (var role in new[] { "resident", "partner:demo-hall-association", "city", "desk", "operator" })
        {
            var other = await town.Kera.JoinAsync($"Other {role.Replace(':', ' ')}", role);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(booking)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(booking + ".ics")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await other.SubmitAsync("/en/my", booking + "/cancel")).Status);
        }

        Assert.StartsWith("/en/sign-in?next=", (await new TestBrowser(town.Kera.App).GetAsync(booking)).Location, StringComparison.Ordinal);
        Assert.Contains("Booked", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_needs_approval_waits_for_its_keeper_whose_answer_is_read()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        const string Desk = "/en/space-desk/demo-hall-association";
        var booking = await SpaceTown.HoldAsync(aino, "brewery", "2026-12-08T16:00:00Z", 240);
        Assert.NotNull((await aino.SubmitAsync(booking, booking + "/confirm", ("people", "2"), ("purpose", "A porter"), ("freeReason", ""))).Location);
        Assert.Contains("Waits for approval", MyHomeTests.Plain((await aino.GetAsync(booking)).Text), StringComparison.Ordinal);

        var desk = MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text);
        Assert.Contains("A porter", desk, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", desk, StringComparison.Ordinal);
        Assert.Contains("1 booking waits for a decision", MyHomeTests.Plain((await keeper.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        var key = booking[(booking.LastIndexOf('/') + 1)..];
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", key), ("decision", "deny"), ("answer", " "))).Status);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/decide", ("booking", key), ("decision", "deny"), ("answer", "The kettle is mended that week."))).Location);
        // Decided, it is decided.
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync("/en/my", Desk + "/decide", ("booking", key), ("decision", "approve"), ("answer", ""))).Status);

        var told = MyHomeTests.Plain((await aino.GetAsync(booking)).Text);
        Assert.Contains("Denied", told, StringComparison.Ordinal);
        Assert.Contains("The kettle is mended that week.", told, StringComparison.Ordinal);
        foreach (var role in new[] { "resident", "partner:nokia", "city", "operator" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await (await town.Kera.JoinAsync($"Other {role.Replace(':', ' ')}", role)).GetAsync(Desk)).Status);
        }
    }

    [Fact]
    public async Task Its_calendar_file_says_when_and_what_and_that_it_was_cancelled()
    {
        await using var town = await SpaceTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-26T16:00:00Z");

        var lines = (await aino.GetAsync(booking + ".ics")).Text.Split("\r\n");
        Assert.Contains("DTSTART:20261126T160000Z", lines);
        Assert.Contains("DTEND:20261126T170000Z", lines);
        Assert.Contains("STATUS:CONFIRMED", lines);
        Assert.All(lines, line => Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 0, 75));
        await aino.SubmitAsync(booking, booking + "/cancel");
        Assert.Contains("STATUS:CANCELLED", (await aino.GetAsync(booking + ".ics")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_34_who_is_erased_leaves_the_hours_and_frees_what_was_to_come()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, olli) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"));
        await SpaceTown.BookAsync(aino, "court-1", Start);
        await SpaceTown.BookAsync(aino, "court-1", "2026-11-28T16:00:00Z");
        town.Pass(Duration.FromDays(2));
        await Task.WhenAll(town.RecordAsync(), town.RecordAsync());
        var account = await town.Kera.AccountOfAsync("Aino Virta");
        Assert.Contains("court-1", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);

        await town.Services.GetRequiredService<PersonStore>().EraseAsync(account.PersonKey, Actor.Operator(), TestContext.Current.CancellationToken);

        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        var rows = await db.Bookings.AsNoTracking().OrderBy(row => row.Begin).ToListAsync(TestContext.Current.CancellationToken);
        Assert.All(rows, row => Assert.True(row is { AgentId: null, Purpose: "" }));
        Assert.Equal([BookingState.Confirmed, BookingState.Cancelled], rows.Select(row => row.State));
        await SpaceTown.HoldAsync(olli, "court-1", "2026-11-28T16:00:00Z", 60);
        Assert.Empty((await town.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Promises_that_change_while_the_ledger_is_verified_are_no_fault(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var (writer, verifier) = (town.Services.GetRequiredService<LedgerWriter>(), town.Services.GetRequiredService<LedgerVerifier>());
        var verified = false;
        var writing = Task.Run(
            async () =>
            {
                for (var turn = 0; !Volatile.Read(ref verified); turn++)
                {
                    var promise = new CommitmentInput
                    {
                        Key = "booking-changing",
                        Action = "use",
                        Provider = "demo-hall-association",
                        Receiver = "demo-hall-users",
                        ResourceInventoriedAs = "demo-space-court-1",
                        EffortQuantity = new MeasureInput(Kera.Flows.Quantity.Whole(1 + (turn % 2)), "h"),
                        Finished = turn % 3 == 2,
                    };
                    Assert.Null((await writer.PutCommitmentAsync(promise, Actor.Job(), TestContext.Current.CancellationToken)).Refusal);
                }
            },
            TestContext.Current.CancellationToken);

        for (var time = 0; time < 10; time++)
        {
            Assert.Empty((await verifier.VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
        }

        Volatile.Write(ref verified, true);
        await writing;
    }

    [Fact]
    public async Task Without_signing_in_one_finds_what_is_free_and_what_a_person_could_not_ask_for_is_refused()
    {
        await using var town = await SpaceTown.StartAsync();
        var nobody = new TestBrowser(town.Kera.App);

        var found = MyHomeTests.Plain((await nobody.GetAsync("/en/spaces?day=2026-11-25&minutes=60&people=4")).Text);
        Assert.Contains("Free Wed 25 Nov 2026", found, StringComparison.Ordinal);
        // An hour of the whole hall is not full, it is too short.
        Assert.Contains("800 people · step-free At least 4 h", found, StringComparison.Ordinal);
        Assert.Contains("Sign in to book", (await nobody.GetAsync("/en/spaces/court-1?day=2026-11-25")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await nobody.GetAsync("/en/spaces/nowhere")).Status);
        foreach (var query in new[] { "day=yesterday", "day=9999-01-01", "minutes=-5", "people=many", "minutes=99999999999" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await nobody.GetAsync("/en/spaces?" + query)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await nobody.GetAsync("/en/spaces/court-1?" + query)).Status);
        }
    }
}

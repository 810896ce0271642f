using System.Net;
using Kera.Sharing;
using Kera.Tests.Features.Homes;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>A space is closed: whom it meets is shown first, and each of them chooses.</summary>
public sealed class ClosureTests
{
    private const string Desk = "/en/space-desk/demo-hall-association";

    [Fact]
    public async Task Whoever_a_closure_meets_moves_cancels_or_lapses_at_no_cost()
    {
        await using var town = await SpaceTown.TellingAsync();
        var (aino, olli, keeper) = (await town.MailedAsync("Aino Virta", "aino@example.org", "resident"), await town.Kera.JoinAsync("Olli Otso", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var moved = await SpaceTown.BookAsync(aino, "court-1", "2026-11-25T16:00:00Z");
        var cancelled = await SpaceTown.BookAsync(aino, "court-2", "2026-11-25T17:00:00Z");
        var lapsed = await SpaceTown.BookAsync(olli, "court-3", "2026-11-25T18:00:00Z");
        var elsewhere = await SpaceTown.BookAsync(olli, "court-3", "2026-11-27T18:00:00Z");
        (string, string)[] closure = [("space", "courts"), ("beginDay", "2026-11-25"), ("beginTime", "12:00"), ("endDay", "2026-11-26"), ("endTime", "00:00"), ("reason", "Works"), ("words", "New floors.")];

        var (status, text, _) = await keeper.SubmitAsync(Desk + "/closures", Desk + "/closures", closure);
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("3 bookings meet the closure", MyHomeTests.Plain(text), StringComparison.Ordinal);
        Assert.Null((await town.RowAsync(moved)).DisplacedBy);
        Assert.Equal(HttpStatusCode.BadRequest, (await keeper.SubmitAsync(Desk + "/closures", Desk + "/closures", [.. closure.Where(each => each.Item1 != "endDay")])).Status);
        Assert.Equal(Desk + "/closures", (await keeper.SubmitAsync(Desk + "/closures", Desk + "/closures", [.. closure, ("seen", "true")])).Location);

        Assert.True(await town.RowAsync(moved) is { State: BookingState.Confirmed, DisplacedBy: not null, Code: "" });
        Assert.Null((await town.RowAsync(elsewhere)).DisplacedBy);
        Assert.StartsWith("The space is closed during your booking: Padel court 2 (fictional), 25 Nov 2026, 19:00. Repair or building: New floors. Choose another time, or cancel at no cost.\n", (await town.OutboxAsync())[^1].Body.Replace('\u00A0', ' '), StringComparison.Ordinal);
        var page = MyHomeTests.Plain((await aino.GetAsync(moved)).Text);
        Assert.Contains("The space is closed until 26 Nov 2026, 00:00: Repair or building", page, StringComparison.Ordinal);
        // Though it is paid and less than a day ahead, it moves, for the same price.
        Assert.Equal(HttpStatusCode.Conflict, (await aino.SubmitAsync(moved, moved + "/move", ("start", "2026-11-25T19:00:00Z"))).Status);
        Assert.Equal(moved + "?told=moved", (await aino.SubmitAsync(moved, moved + "/move", ("start", "2026-11-26T16:00:00Z"))).Location);
        Assert.True(await town.RowAsync(moved) is { DisplacedBy: null, Gross: 1800, Code.Length: 6 });
        town.Pass(Duration.FromHours(24));
        await aino.SubmitAsync(cancelled, cancelled + "/cancel");
        Assert.True(await town.RowAsync(cancelled) is { State: BookingState.Cancelled, Refund: 1800 });
        await town.Register.LapseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(BookingState.Confirmed, (await town.RowAsync(lapsed)).State);
        town.Pass(Duration.FromHours(6));
        await town.Register.LapseAsync(TestContext.Current.CancellationToken);
        Assert.True(await town.RowAsync(lapsed) is { State: BookingState.Cancelled, Refund: 1800 });
    }

    [Fact]
    public async Task A_report_becomes_a_closure_and_a_closure_that_is_lifted_gives_back_what_it_took()
    {
        await using var town = await SpaceTown.StartAsync();
        var (aino, keeper) = (await town.Kera.JoinAsync("Aino Virta", "resident"), await town.Kera.JoinAsync("Kalle Keeper", "partner:demo-hall-association"));
        var booking = await SpaceTown.BookAsync(aino, "court-1", "2026-11-25T16:00:00Z");
        Assert.Equal("/en/my", (await aino.SubmitAsync("/en/spaces/court-1", "/en/spaces/court-1/fault", ("words", "The net is torn."))).Location);
        Assert.Equal(HttpStatusCode.BadRequest, (await aino.SubmitAsync("/en/spaces/court-1", "/en/spaces/court-1/fault", ("words", " "))).Status);
        // Who has it and by when it is answered.
        Assert.Contains("Something is broken in a space", MyHomeTests.Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        var desk = MyHomeTests.Plain((await keeper.GetAsync(Desk)).Text);
        Assert.Contains("The net is torn.", desk, StringComparison.Ordinal);
        Assert.Contains("To be answered by 27 Nov 2026.", desk, StringComparison.Ordinal);

        (string, string)[] press = [("space", "court-1"), ("fault", "1"), ("reason", "Fault"), ("endDay", "2026-11-26")];
        Assert.Equal(HttpStatusCode.Conflict, (await keeper.SubmitAsync(Desk, Desk + "/closures", press)).Status);
        Assert.Equal(Desk, (await keeper.SubmitAsync(Desk, Desk + "/closures", [.. press, ("seen", "true")])).Location);
        Assert.DoesNotContain("The net is torn.", (await keeper.GetAsync(Desk)).Text, StringComparison.Ordinal);
        Assert.Contains("The space is closed for repair until 26 Nov 2026, 00:00.", MyHomeTests.Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
        var closure = (await town.RowAsync(booking)).DisplacedBy!;
        Assert.Equal(HttpStatusCode.Conflict, (await aino.SubmitAsync("/en/my", "/en/spaces/court-1/hold", ("start", "2026-11-25T17:00:00Z"), ("minutes", "60"), ("people", "2"))).Status);

        await keeper.SubmitAsync(Desk + "/closures", Desk + "/reopen", ("closure", closure));
        Assert.True(await town.RowAsync(booking) is { State: BookingState.Confirmed, DisplacedBy: null, Code.Length: 6 });
        await SpaceTown.HoldAsync(aino, "court-1", "2026-11-25T17:00:00Z", 60);
    }
}

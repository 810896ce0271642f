using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Accounts;

/// <summary>What is one's own: seen, taken along, erased; and the desk only on record.</summary>
public sealed partial class OwnDataTests
{
    [Fact]
    public async Task The_desk_acts_for_a_person_on_record_and_with_no_rights_of_its_own()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        var desk = await kera.JoinAsync("Dina Desk", "desk");
        var account = await kera.AccountOfAsync("Aino Virta");
        Assert.Contains("Nobody else has looked at your data", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync("/en/desk/people", "/en/desk/acting", ("person", account.PersonKey), ("reason", " "))).Status);
        Assert.Equal("/en/my", (await desk.SubmitAsync("/en/desk/people", "/en/desk/acting", ("person", account.PersonKey), ("reason", "books a room by phone"))).Location);

        Assert.Contains("Hello, Aino Virta", (await desk.GetAsync("/en/my")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/en/desk/people")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await desk.GetAsync("/en/my/security")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await desk.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password))).Status);
        Assert.Contains("books a room by phone", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);

        await desk.SubmitAsync("/en/my", "/en/desk/acting/end");
        Assert.Contains("Hello, Dina Desk", (await desk.GetAsync("/en/my")).Text, StringComparison.Ordinal);
        await using var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        var dina = (await kera.AccountOfAsync("Dina Desk")).PersonKey;
        Assert.Equal(["acting.begin", "acting.end"], db.Audits.Where(row => row.Actor == dina && row.Operation.StartsWith("acting.")).OrderBy(row => row.Id).Select(row => row.Operation));
    }

    [Fact]
    public async Task A_search_for_people_wants_a_reason_and_each_found_can_read_it()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Äinö Virta", "resident");
        var desk = await kera.JoinAsync("Dina Desk", "desk");

        Assert.Contains("Say why you search", (await desk.SubmitAsync("/en/desk/people", "/en/desk/people", ("name", "äinö"), ("reason", ""))).Text, StringComparison.Ordinal);
        Assert.Contains("1 person found", (await desk.SubmitAsync("/en/desk/people", "/en/desk/people", ("name", "äinö"), ("reason", "lost a glove"))).Text, StringComparison.Ordinal);

        Assert.Contains("lost a glove", (await aino.GetAsync("/en/my/data")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erased_by_their_own_hand_a_person_leaves_no_trace_and_the_chain_verifies()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Zzyzx", "resident");
        Assert.Contains("Aino Zzyzx", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, (await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", "not my password"))).Status);
        Assert.Equal("/en/sign-in", (await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password))).Location);

        Assert.Equal(HttpStatusCode.Found, (await aino.GetAsync("/en/my")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", "aino.zzyzx"), ("password", AccountsHarness.Password))).Status);
        Assert.Empty((await kera.App.Services.GetRequiredService<LedgerVerifier>().VerifyAsync()).Faults);
        var file = kera.App.Services.GetRequiredService<KeraStore>().SqliteFile!;
        foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists))
        {
            await using var stream = new FileStream(part, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, TestContext.Current.CancellationToken);
            Assert.DoesNotContain("zzyzx", Encoding.Latin1.GetString(bytes.ToArray()), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_partner_reads_what_is_for_its_agent_and_nothing_of_anothers()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var nokia = await kera.JoinAsync("Nina Nokia", "partner:nokia");
        var sok = await kera.JoinAsync("Sanna Sok", "partner:sok");
        var resident = await kera.JoinAsync("Rita Resident", "resident");
        var outcome = await kera.App.Services.GetRequiredService<LedgerWriter>().AppendAsync(
            [
                new EventInput
                {
                    Action = "raise", Provider = "nokia", Receiver = "nokia", ResourceInventoriedAs = "cameras", ResourceQuantity = new MeasureInput(Quantity.Whole(7), "1"), Reason = "private count",
                    HasPointInTime = SystemClock.Instance.GetCurrentInstant(), Audience = ["nokia"],
                },
            ],
            Actor.Operator(),
            TestContext.Current.CancellationToken);
        Assert.Null(outcome.Refusal);
        var position = outcome.Events[0].Position;

        Assert.Equal(HttpStatusCode.OK, (await nokia.GetAsync($"/en/flows/events/{position}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sok.GetAsync($"/en/flows/events/{position}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await resident.GetAsync($"/en/flows/events/{position}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await nokia.GetAsync($"/api/v1/events/{position}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await sok.GetAsync($"/api/v1/events/{position}")).Status);
    }

    [Fact]
    public async Task Looks_are_told_for_two_years_also_those_that_no_feature_has_words_for()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        var agent = (await kera.AccountOfAsync("Aino Virta")).AgentId;
        await using (var db = kera.App.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            var now = SystemClock.Instance.GetCurrentInstant();
            db.PersonalReads.Add(new PersonalReadRow { AgentId = agent, At = DistrictCalendar.ToMicroseconds(now - Duration.FromDays(731)), Reader = "p-old", What = "person.name", Reason = "long ago" });
            db.PersonalReads.Add(new PersonalReadRow { AgentId = agent, At = DistrictCalendar.ToMicroseconds(now - Duration.FromDays(729)), Reader = "p-new", What = "sauna.turns", Reason = "of a feature that is gone" });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        await kera.App.Services.GetRequiredService<Retention>().RunAsync(TestContext.Current.CancellationToken);

        var text = (await aino.GetAsync("/en/my/data")).Text;
        Assert.Contains("sauna.turns", text, StringComparison.Ordinal);
        Assert.DoesNotContain("long ago", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Script_in_every_field_comes_back_as_letters()
    {
        const string Script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        await using var kera = await AccountsHarness.SqliteAsync();
        var olga = await kera.JoinAsync("Olga Lind", "operator", "desk");
        var code = await kera.InviteAsync("resident");
        var evil = new TestBrowser(kera.App);
        await evil.SubmitAsync($"/en/join?code={code}", "/en/join", ("code", code), ("name", Script), ("userName", "evil"), ("email", ""), ("password", AccountsHarness.Password));
        var key = (await kera.AccountOfAsync(Script)).PersonKey;

        string[] pages =
        [
            (await evil.GetAsync("/en/my")).Text,
            (await evil.GetAsync("/en/my/data")).Text,
            (await evil.SubmitAsync("/en/join", "/en/join", ("code", Script), ("name", Script), ("userName", Script), ("email", Script), ("password", Script))).Text,
            (await evil.SubmitAsync("/en/my/security", "/en/my/security/password", ("current", Script), ("password", Script))).Text,
            (await olga.SubmitAsync("/en/desk/people", "/en/desk/people", ("name", "<script>"), ("reason", Script))).Text,
            (await olga.SubmitAsync("/en/desk/people", "/en/desk/people/open", ("person", key), ("reason", Script))).Text,
            (await olga.GetAsync("/en/desk/audit?actor=" + Uri.EscapeDataString(Script) + "&operation=" + Uri.EscapeDataString(Script))).Text,
            (await new TestBrowser(kera.App).SubmitAsync("/en/sign-in", "/en/sign-in", ("userName", Script), ("password", Script), ("next", Script))).Text,
        ];

        Assert.All(pages, page => Assert.Empty(Dangerous().Matches(page)));
        Assert.Contains("&lt;script&gt;", pages[0], StringComparison.Ordinal);
    }

    [GeneratedRegex("<script>alert|<img src=x")]
    private static partial Regex Dangerous();
}

using System.Net;
using System.Text.RegularExpressions;
using Kera.Tests.Accounts;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>Who holds plants says how they are run and approves their hours; without readings that is the fallback.</summary>
public sealed partial class EnergyDeskTests(PostgresServer server)
{
    private const string Desk = "/en/energy-desk/demo-utility";

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task The_holder_has_an_hour_proposed_and_approves_it(string provider)
    {
        await using var kera = await AccountsHarness.OnAsync(provider, server, new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 0)));
        var hanna = await kera.JoinAsync("Hanna Heat", "partner:demo-utility");
        Assert.Contains($"href=\"{Desk}\"", (await hanna.GetAsync("/en/my")).Text, StringComparison.Ordinal);

        var (_, _, saved) = await hanna.SubmitAsync(Desk, Desk + "/heat-pump/mode", ("mode", "Approve"));
        Assert.Equal(Desk + "?told=saved", saved);
        var page = WebUtility.HtmlDecode((await hanna.GetAsync(Desk)).Text);
        // 70 per cent of 740 kW.
        Assert.Contains("518\u00A0kW is proposed.", page, StringComparison.Ordinal);

        var hour = Hour().Match(page).Groups[1].Value;
        var (_, _, approved) = await hanna.SubmitAsync(Desk, Desk + "/heat-pump/approve", ("hour", hour));
        Assert.Equal(Desk + "?told=approved", approved);
        Assert.Contains("in force, fallback", (await hanna.GetAsync(Desk)).Text, StringComparison.Ordinal);
        var (_, _, again) = await hanna.SubmitAsync(Desk, Desk + "/heat-pump/approve", ("hour", hour));
        Assert.Equal(Desk + "?told=gone", again);
        Assert.Contains("The fallback is in force from", (await new TestBrowser(kera.App).GetAsync("/en/energy")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_partner_and_another_plant_get_nowhere()
    {
        await using var kera = await AccountsHarness.SqliteAsync();
        var hanna = await kera.JoinAsync("Hanna Heat", "partner:demo-utility");
        var nina = await kera.JoinAsync("Nina Partner", "partner:nokia");

        Assert.Equal(HttpStatusCode.Forbidden, (await nina.GetAsync(Desk)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await nina.GetAsync("/en/energy-desk/nokia")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hanna.SubmitAsync(Desk, Desk + "/no-plant/mode", ("mode", "Off"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await hanna.SubmitAsync(Desk, Desk + "/heat-pump/mode", ("mode", "7"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await hanna.SubmitAsync(Desk, Desk + "/heat-pump/approve", ("hour", "-1"))).Status);
    }

    [GeneratedRegex("name=\"hour\" value=\"([0-9]+)\"")]
    private static partial Regex Hour();
}

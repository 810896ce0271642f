using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.Store;
using Kera.Features.Homes;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Homes;

/// <summary>One's own home: what it used, cost and emitted as far as it is known, and nobody else's.</summary>
public sealed partial class MyHomeTests(PostgresServer server)
{
    private const string Day = "/en/my/home?at=2026-11-23";
    private static readonly Duration Hour = Duration.FromHours(1);
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    // A midnight of the district.
    private static readonly Instant Midnight = Instant.FromUtc(2026, 11, 22, 22, 0);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task A_day_tells_use_cost_and_carbon_and_what_of_them_is_not_known(string provider)
    {
        await using var town = await HomesTown.StartAsync(provider, server);
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await town.ReadAsync(await town.PersonAsync("Aino Virta"), "demo-home-power", "kWh", Hour, Midnight, [.. Enumerable.Repeat(1m, 24)]);
        await town.PublishAsync("price.day-ahead", "energy", "EUR/MWh", Quarter, Midnight, [.. Enumerable.Repeat(80m, 96)]);
        await town.PublishAsync("carbon.intensity.power-network", "carbon", "g{CO2e}/kWh", Hour, Midnight, [.. Enumerable.Repeat(100m, 12)]);

        var page = Plain((await aino.GetAsync(Day)).Text);

        // 15 hours by day at (80 + 63) and 9 by night at (80 + 45) EUR a MWh, with 25.5 per cent of tax.
        Assert.Contains("24 kWh of power for €4.10", page, StringComparison.Ordinal);
        Assert.Contains("1.2 kg CO2e of the 50% of the use whose carbon is known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("whose price is known", page, StringComparison.Ordinal);
        Assert.DoesNotContain("There are readings of", page, StringComparison.Ordinal);
        Assert.Contains("no-store", aino.CacheControl, StringComparison.Ordinal);
        var lines = (await aino.GetAsync("/en/my/home.csv?at=2026-11-23")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(25, lines.Length);
        Assert.Equal("2026-11-22T22:00:00Z,power,1,kWh,1,0.156875,1,0.1,1", lines[1]);
        // Without an intensity the carbon is unknown, and not nothing.
        Assert.Equal("2026-11-23T10:00:00Z,power,1,kWh,1,0.179465,1,,0", lines[13]);
    }

    [Fact]
    public async Task Heat_and_water_cost_what_the_district_says_at_any_hour()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var person = await town.PersonAsync("Aino Virta");
        await town.ReadAsync(person, "demo-home-heat", "kWh", Hour, Midnight, [.. Enumerable.Repeat(10m, 24)]);
        await town.ReadAsync(person, "demo-home-water", "m3", Hour, Midnight, [.. Enumerable.Repeat(0.1m, 24)]);

        var page = Plain((await aino.GetAsync(Day)).Text);

        // 240 kWh at 84 EUR a MWh and 2.4 m³ at 4.20 EUR, with 25.5 per cent of tax.
        Assert.Contains("Cost €25.30", page, StringComparison.Ordinal);
        Assert.Contains("Cost €12.65", page, StringComparison.Ordinal);
        var lines = (await aino.GetAsync("/en/my/home.csv?at=2026-11-23")).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("2026-11-22T22:00:00Z,heat,10,kWh,1,1.0542,10,,0", lines[1]);
        Assert.Equal("2026-11-22T22:00:00Z,water,0.1,m3,1,0.5271,0.1,,0", lines[25]);
    }

    [Fact]
    public async Task What_was_not_read_is_told_and_is_not_nothing()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await town.ReadAsync(await town.PersonAsync("Aino Virta"), "demo-home-power", "kWh", Hour, Midnight, [.. Enumerable.Repeat(1m, 18)]);

        var page = Plain((await aino.GetAsync(Day)).Text);

        Assert.Contains("There are readings of 75% of the time that is over.", page, StringComparison.Ordinal);
        Assert.Contains("Cost not known", page, StringComparison.Ordinal);
        Assert.Contains("Carbon not known", page, StringComparison.Ordinal);
        Assert.Contains("18:00 – – –", page, StringComparison.Ordinal);
        Assert.Contains("No readings: 22 Nov 2026.", Plain((await aino.GetAsync("/en/my/home?at=2026-11-22")).Text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-29", 23)]
    [InlineData("2026-10-25", 25)]
    [InlineData("2026-11", 30)]
    [InlineData("2026", 12)]
    public void A_day_has_its_own_number_of_hours(string word, int bars) =>
        Assert.Equal(bars, HomePeriod.Parse(word)!.Bounds(DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).Count - 1);

    [Fact]
    public async Task Nobody_else_gets_anything_of_it()
    {
        await using var town = await HomesTown.StartAsync();
        await town.Kera.JoinAsync("Aino Virta", "resident");
        var (id, key) = await town.PersonAsync("Aino Virta");
        await town.ReadAsync((id, key), "demo-home-power", "kWh", Hour, Midnight, [.. Enumerable.Repeat(1.25m, 24)]);
        await town.ReadAsync((id, key), "demo-home-bedroom", "Cel", Hour, Midnight, [.. Enumerable.Repeat(17.5m, 24)]);

        foreach (var role in new[] { "resident", "partner:demo-housing", "partner:nokia", "city", "desk", "operator" })
        {
            var other = await town.Kera.JoinAsync($"Other {role.Replace(':', ' ')}", role);
            var page = Plain((await other.GetAsync(Day)).Text);
            Assert.Contains("No readings yet", page, StringComparison.Ordinal);
            Assert.DoesNotContain("17.5", page, StringComparison.Ordinal);
            Assert.Equal("begin,measure,use,unit,known_hours,cost_EUR,use_with_price,carbon_kgCO2e,use_with_intensity\r\n", (await other.GetAsync("/en/my/home.csv?at=2026-11-23")).Text);
        }

        Assert.Equal("/en/sign-in?next=" + Uri.EscapeDataString(Day), (await new TestBrowser(town.Kera.App).GetAsync(Day)).Location);
        var token = await town.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest("stranger", "demo-housing", ["read", "series:read"]), Actor.Operator());
        using var client = town.Kera.App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.Text);
        using var series = await client.GetAsync($"/api/v1/series/demo-home-power:{key}/values", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, series.StatusCode);
        using var home = await client.GetAsync(Day, TestContext.Current.CancellationToken);
        Assert.NotEqual(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task Where_one_lives_is_said_shown_exported_and_erased()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var (id, _) = await town.PersonAsync("Aino Virta");

        Assert.Contains("Choose the building.", (await SetAsync(aino, place: "demo-school-site")).Text, StringComparison.Ordinal);
        Assert.Contains("Choose both kind and size, or neither.", (await SetAsync(aino, size: "")).Text, StringComparison.Ordinal);
        Assert.Contains("Write at most 40 characters.", (await SetAsync(aino, door: new string('B', 41))).Text, StringComparison.Ordinal);
        Assert.Equal("/en/my/home?told=saved#home", (await SetAsync(aino)).Location);
        Assert.Contains("value=\"B 14\"", (await aino.GetAsync("/en/my/home")).Text, StringComparison.Ordinal);
        Assert.Contains("\"door\": \"B 14\"", (await aino.GetAsync("/en/my/data/export.json")).Text, StringComparison.Ordinal);

        await aino.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", AccountsHarness.Password));
        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.DoesNotContain(db.Homes.ToList(), home => home.AgentId == id);
    }

    [Fact]
    public async Task The_best_hours_are_the_cheapest_three_in_a_row_that_have_not_begun()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        Assert.Contains("No price of the hours ahead is known.", Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
        // Known until midnight; cheap at ten in the evening, when the fees of the night have begun. The hour that runs would be cheaper still.
        await town.PublishAsync("price.day-ahead", "energy", "EUR/MWh", Quarter, Instant.FromUtc(2026, 11, 24, 12, 0), [.. Enumerable.Range(0, 40).Select(quarter => quarter < 4 ? 0m : quarter is >= 32 and < 36 ? 10m : 100m)]);

        var page = Plain((await aino.GetAsync("/en/my/home")).Text);

        Assert.Contains("Today 21:00–00:00", page, StringComparison.Ordinal);
        Assert.Contains("Prices are known until 25 Nov 2026, 00:00.", page, StringComparison.Ordinal);
        Assert.Contains("Today 21:00–00:00", Plain((await aino.GetAsync("/en/my")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_time_is_refused()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");

        foreach (var at in new[] { "yesterday", "2026-13", "0", "2026-11-31", "9999" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await aino.GetAsync("/en/my/home?at=" + at)).Status);
            Assert.Equal(HttpStatusCode.BadRequest, (await aino.GetAsync("/en/my/home.csv?at=" + at)).Status);
        }
    }

    internal static Task<(HttpStatusCode Status, string Text, string? Location)> SetAsync(TestBrowser browser, string place = "demo-block-b", string door = "B 14", string kind = "Flat", string size = "From60") =>
        browser.SubmitAsync("/en/my/home", "/en/my/home", ("place", place), ("door", door), ("kind", kind), ("size", size));

    /// <summary>A page's words alone.</summary>
    internal static string Plain(string html) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(html.Replace("<sub>", "", StringComparison.Ordinal).Replace("</sub>", "", StringComparison.Ordinal), " ")).Replace('\u00A0', ' ').Replace("\u2060", "", StringComparison.Ordinal), " ");

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}

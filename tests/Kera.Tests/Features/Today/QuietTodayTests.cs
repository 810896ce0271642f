using Kera.Tests.Accounts;
using Kera.Tests.Support;

namespace Kera.Tests.Features.Today;

/// <summary>Today without any reading: nothing is made up.</summary>
public sealed class QuietTodayTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("/fi/today", "Tänään käy mikä tunti tahansa")]
    [InlineData("/sv/today", "Vilken timme som helst går bra i dag")]
    [InlineData("/en/today", "Any hour is fine today")]
    public async Task Where_nothing_is_recorded_any_hour_is_fine(string address, string expected)
    {
        var page = await kera.PageAsync(address);

        Assert.Contains($"<h1 class=\"mt1\">{expected}</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("chart-plot", page, StringComparison.Ordinal);
        Assert.DoesNotContain("q-synthetic", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_figure_without_events_says_so_and_shows_no_number()
    {
        var page = await kera.PageAsync("/en/why/flows.power.hour");

        Assert.Contains("There is no number yet", page, StringComparison.Ordinal);
        Assert.DoesNotContain("kWh", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_is_led_to_their_own_page_and_not_named()
    {
        await using var harness = await AccountsHarness.SqliteAsync();
        var (_, page, _) = await (await harness.JoinAsync("Aino Virta", "resident")).GetAsync("/en/today");

        Assert.Contains("<a href=\"/en/my\">Your own page</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Aino", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_not_greeted() =>
        Assert.DoesNotContain("Your own page", await kera.PageAsync("/en/today"), StringComparison.Ordinal);
}

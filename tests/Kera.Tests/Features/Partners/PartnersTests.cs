using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Ledger;
using Kera.Features.Partners;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Partners;

/// <summary>Who is a partner, and how promises are counted.</summary>
public sealed partial class PartnersTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData(false, 100, 99, null, PromiseState.OnTheWay)]
    [InlineData(false, 100, 99, 50L, PromiseState.OnTheWay)]
    [InlineData(false, 100, 99, 49L, PromiseState.Late)]
    [InlineData(false, 100, 100, 49L, PromiseState.Kept)]
    [InlineData(true, 100, 0, 49L, PromiseState.Kept)]
    public void A_promise_is_late_only_after_its_time_and_only_while_something_is_missing(bool finished, long promised, long fulfilled, long? due, PromiseState expected) =>
        Assert.Equal(expected, PromiseCounts.StateOf(finished, promised, fulfilled, due, now: 50));

    [Fact]
    public async Task The_city_comes_first_and_neither_nature_nor_fiction_is_a_partner()
    {
        var page = await kera.PageAsync("/en/partners");

        Assert.Equal("City of Espoo", PartnerLinks().Match(page).Groups[1].Value);
        Assert.Contains("Fortum", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The atmosphere", page, StringComparison.Ordinal);
        Assert.DoesNotContain("fictional", page, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/fi/partners", "tekijää yhdessä")]
    [InlineData("/sv/partners", "aktörer bygger Kera tillsammans")]
    [InlineData("/fi/partners/nokia", "Älypylväät (LuxTurrim5G)")]
    [InlineData("/en/partners/city-of-espoo", "Carbon neutrality by 2030")]
    public async Task Every_language_tells_who_builds(string address, string expected) =>
        Assert.Contains(expected, await kera.PageAsync(address), StringComparison.Ordinal);

    [Theory]
    [InlineData("nobody")]
    [InlineData("atmosphere")]
    [InlineData("demo-utility")]
    [InlineData("demo-grid")]
    public async Task Who_is_no_partner_has_no_page(string key) => await kera.PageAsync("/en/partners/" + key, HttpStatusCode.NotFound);

    [Fact]
    public async Task A_promise_shows_its_amount_its_day_and_that_it_is_late()
    {
        await kera.App.Services.GetRequiredService<LedgerWriter>().PutCommitmentAsync(
            new CommitmentInput
            {
                Key = "reuse-of-beams",
                NameFi = "Palkit uudelleen käyttöön",
                NameSv = "Balkar återbrukas",
                NameEn = "Beams are reused",
                Action = "transfer",
                Provider = "sweco",
                Receiver = "city-of-espoo",
                ResourceInventoriedAs = "halls-crushed-concrete",
                ResourceQuantity = new MeasureInput(new Quantity(500 * Quantity.One), "t"),
                Due = Instant.FromUtc(2026, 5, 31, 21, 0),
                Audience = [Catalog.Public],
            },
            LedgerHarness.Tester,
            TestContext.Current.CancellationToken);

        var page = await kera.PageAsync("/en/partners/sweco");

        Assert.Contains("Beams are reused", page, StringComparison.Ordinal);
        Assert.Contains("500&#xA0;t", page, StringComparison.Ordinal);
        Assert.Contains("31&#xA0;May 2026", page, StringComparison.Ordinal);
        Assert.Contains("Late 1", page, StringComparison.Ordinal);
    }

    [GeneratedRegex("<a class=\"item-title\" href=\"/en/partners/[^\"]+\">([^<]+)</a>")]
    private static partial Regex PartnerLinks();
}

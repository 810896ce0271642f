using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Features.Partners;
using Kera.Flows;
using Kera.Tests.Api;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Search;

/// <summary>The search as a page, for programs and for browsers, over the built-in district.</summary>
public sealed partial class SearchPagesTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("/fi/search?q=hallissa", "/fi/places/keran-hallit", "Keran <mark>Hallit</mark>")]
    [InlineData("/sv/search?q=keran+asema", "/sv/places/kera-station", "<mark>Kera</mark> station")]
    [InlineData("/en/search?q=stationen+kera", "/en/places/kera-station", "<mark>Kera</mark> <mark>station</mark>")]
    [InlineData("/en/search?q=nokia", "/en/partners/nokia", "<mark>Nokia</mark>")]
    [InlineData("/en/search?q=development+commitment", "/en/partners#agreement-kera-development-commitment", "Kera <mark>development</mark> <mark>commitment</mark>")]
    [InlineData("/en/search?q=robot+bus", "/en/about#pilot-robot-bus-gacha", "<mark>Robot</mark> <mark>bus</mark> GACHA")]
    [InlineData("/en/search?q=last+freight", "/en/about#event-last-freight-train", "The <mark>last</mark> <mark>freight</mark> train")]
    [InlineData("/en/search?q=murske", "/en/flows?specification=crushed-concrete", "Crushed concrete")]
    [InlineData("/sv/search?q=accessibility", "/sv/accessibility", "")]
    [InlineData("/en/search?q=virrat", "/en/flows", "Flows")]
    public async Task A_word_in_any_language_finds_the_thing_in_the_pages_own(string address, string expected, string title)
    {
        var page = await kera.PageAsync(address);

        Assert.Contains($"<a class=\"item-title\" href=\"{expected}\">{title}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_a_find_leads_is_a_page_with_the_place_in_it()
    {
        var client = kera.App.GetTestClient();
        // The files say nothing of what partners offer.
        var ramirent = kera.App.Services.GetRequiredService<Catalog>().Agents.Find("ramirent")!.Row;
        await kera.App.Services.GetRequiredService<PartnerWords>().AddServiceAsync(
            ramirent, PartnerService.Empty with { Name = new LocalizedText("Konevuokraus", "", "") }, Actor.Operator(), TestContext.Current.CancellationToken);
        foreach (var address in await EverythingAsync())
        {
            var parts = address.Split('#');
            using var answer = await client.GetAsync(parts[0], TestContext.Current.CancellationToken);
            // A person's own page leads to the sign-in.
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{address} {answer.StatusCode}");
            if (parts.Length > 1)
            {
                Assert.Contains($" id=\"{parts[1]}\"", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_is_typed_is_never_markup()
    {
        var page = await kera.PageAsync("/en/search?q=" + Uri.EscapeDataString("<script>alert(1)</script>\"><img src=x onerror=nokia>"));

        Assert.DoesNotContain("<script>alert", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_slip_is_forgiven_and_the_right_word_offered()
    {
        var page = await kera.PageAsync("/en/search?q=karaplto");

        Assert.Contains("Did you mean <a href=\"/en/search?q=karapelto\">karapelto</a>?", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/places/karapelto\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_has_all_words_it_says_so()
    {
        Assert.Contains("Nothing has all the words", await kera.PageAsync("/en/search?q=nokia+xyzzy"), StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing has all the words", await kera.PageAsync("/en/search?q=nokia"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/fi/search?q=xyzzy", "Haulle ”xyzzy” ei löytynyt mitään")]
    [InlineData("/sv/search?q=xyzzy", "Inga träffar på ”xyzzy”")]
    [InlineData("/en/search?q=xyzzy", "try a shorter or a more general word")]
    [InlineData("/en/search", "What can be found here")]
    [InlineData("/en/search?q=…", "Nothing found for “…”")]
    public async Task An_empty_page_says_what_to_do(string address, string expected) => Assert.Contains(expected, await kera.PageAsync(address), StringComparison.Ordinal);

    [Fact]
    public async Task One_kind_alone_can_be_shown_page_by_page()
    {
        var all = await kera.PageAsync("/en/search?q=kera");
        var places = await kera.PageAsync("/en/search?q=kera&kind=place");

        Assert.Matches("aria-current=\"true\">All [0-9]+</a>", all);
        Assert.Matches("kind=place\" aria-current=\"true\">Places [0-9]+</a>", places);
        Assert.All(Finds().Matches(places).Select(find => find.Groups[1].Value), href => Assert.StartsWith("/en/places/", href, StringComparison.Ordinal));
        Assert.Equal(20, Finds().Count(all));
        var second = await kera.PageAsync("/en/search?q=kera&page=2");
        Assert.Contains("<ol class=\"list mt4\" start=\"21\">", second, StringComparison.Ordinal);
        Assert.Empty(Finds().Matches(all).Select(find => find.Groups[1].Value).Intersect(Finds().Matches(second).Select(find => find.Groups[1].Value)));
        Assert.NotEmpty(Finds().Matches(await kera.PageAsync("/en/search?q=kera&page=999")));
    }

    [Theory]
    [InlineData("kind=castle", "“castle” is no kind of thing here")]
    [InlineData("page=0", "“0” is no page of results")]
    [InlineData("page=many", "“many” is no page of results")]
    public async Task What_cannot_be_read_is_told(string query, string expected) =>
        Assert.Contains(expected, await kera.PageAsync("/en/search?q=nokia&" + query, HttpStatusCode.BadRequest), StringComparison.Ordinal);

    [Fact]
    public async Task More_than_two_hundred_characters_are_too_many()
    {
        await kera.PageAsync("/en/search?q=" + new string('a', 200));
        Assert.Contains("A search may have 200 characters, and this one has 201", await kera.PageAsync("/en/search?q=" + new string('a', 201), HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_leads_here_and_no_engine_keeps_what_was_found()
    {
        Assert.Contains("<a class=\"top-icon\" href=\"/sv/search\" aria-label=\"Sök\"", await kera.PageAsync("/sv/map"), StringComparison.Ordinal);
        using var answer = await kera.App.GetTestClient().GetAsync("/en/search?q=nokia", TestContext.Current.CancellationToken);
        Assert.Equal("noindex", answer.Headers.GetValues("X-Robots-Tag").Single());
    }

    [Fact]
    public async Task A_browser_can_add_the_search()
    {
        Assert.Contains("<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"Haku\" href=\"/fi/search.xml\"", WebUtility.HtmlDecode(await kera.PageAsync("/fi/map")), StringComparison.Ordinal);
        using var answer = await kera.App.GetTestClient().GetAsync("/fi/search.xml", TestContext.Current.CancellationToken);
        Assert.Equal("application/opensearchdescription+xml", answer.Content.Headers.ContentType?.MediaType);
        var description = XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("http://localhost/fi/search?q={searchTerms}", description.Root!.Elements().Single(element => element.Name.LocalName == "Url").Attribute("template")!.Value);
    }

    [Fact]
    public async Task Programs_search_without_a_token()
    {
        var found = await kera.App.GetTestClient().ReadAsync("/search?q=karaplto&language=sv&limit=1");

        Assert.Equal("karapelto", found.Text("didYouMean"));
        Assert.Equal("True", found.Text("allWords"));
        var first = Assert.Single(found.GetProperty("results").EnumerateArray());
        Assert.Equal(("place", "Karaåkern", "/sv/places/karapelto"), (first.Text("kind"), first.Text("title"), first.Text("href")));
        Assert.True(found.GetProperty("total").GetInt32() > 1);
    }

    [Theory]
    [InlineData("", "q")]
    [InlineData("?q=", "q")]
    [InlineData("?q=nokia&limit=0", "limit")]
    [InlineData("?q=nokia&limit=101", "limit")]
    [InlineData("?q=nokia&language=de", "language")]
    [InlineData("?q=nokia&q=kera", "q")]
    [InlineData("?query=nokia", "query")]
    public async Task Programs_are_told_what_is_wrong(string query, string field)
    {
        using var answer = await kera.App.GetTestClient().AskAsync("/search" + query);

        var (status, _, wrong) = await answer.ProblemAsync();
        Assert.Equal((400, field), (status, wrong));
    }

    [Fact]
    public async Task What_is_put_is_found_and_what_is_private_or_a_persons_never()
    {
        await using var host = await ApiHost.StartAsync();
        var city = await host.AsAsync("city", Kera.Base.Access.Scopes.WriteMaster, Kera.Base.Access.Scopes.Read);
        Assert.Equal(0, await CountAsync("quarry"));

        (await city.PutAsync("/places/quarry", """{"name":{"fi":"Louhos","sv":"Stenbrottet","en":"Quarry"},"kind":"block"}""")).EnsureSuccessStatusCode();
        Assert.Equal(1, await CountAsync("stenbrott"));
        Assert.Equal(0, await CountAsync(ApiHost.Person));

        var ledger = host.App.Services.GetRequiredService<LedgerWriter>();
        await ledger.PutCommitmentAsync(Commitment("secret-beams", "Hidden beams", "builder"), LedgerHarness.Tester, TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync("hidden beams"));
        await ledger.PutCommitmentAsync(Commitment("open-beams", "Open beams", Catalog.Public), LedgerHarness.Tester, TestContext.Current.CancellationToken);
        Assert.Equal(1, await CountAsync("open beams"));

        // A resource is found once it has come into being for everyone to see, and no more when something of it is hidden.
        Assert.Equal(0, await ResourcesAsync("pile"));
        var writer = await host.WriterAsync("city");
        await writer.RecordedAsync(ApiClient.Raise("10"));
        Assert.Equal(1, await ResourcesAsync("pile"));
        await writer.RecordedAsync(ApiClient.Consume("1").Replace("\"audience\":[\"public\"]", "\"audience\":[\"city\"]", StringComparison.Ordinal));
        Assert.Equal(0, await ResourcesAsync("pile"));

        async Task<int> CountAsync(string words)
        {
            var found = await host.Anyone.ReadAsync("/search?q=" + Uri.EscapeDataString(words));
            return found.GetProperty("allWords").GetBoolean() ? found.GetProperty("total").GetInt32() : 0;
        }

        async Task<int> ResourcesAsync(string words) =>
            (await host.Anyone.ReadAsync("/search?q=" + words)).GetProperty("results").EnumerateArray().Count(found => found.Text("kind") == "resource");

        static CommitmentInput Commitment(string key, string name, string audience) => new()
        {
            Key = key,
            NameFi = name,
            NameSv = name,
            NameEn = name,
            Action = "transfer",
            Provider = "builder",
            Receiver = "city",
            ResourceInventoriedAs = "pile",
            ResourceQuantity = new MeasureInput(new Quantity(Quantity.One), "kg"),
            Audience = [audience],
        };
    }

    /// <summary>The addresses of everything that there is to find.</summary>
    private async Task<IReadOnlyList<string>> EverythingAsync()
    {
        var addresses = new List<string>();
        foreach (var source in kera.App.Services.GetServices<SearchSource>())
        {
            var entries = await source.Entries(kera.App.Services, TestContext.Current.CancellationToken);
            Assert.NotEmpty(entries);
            addresses.AddRange(entries.Select(entry => "/en" + entry.Path));
        }

        return [.. addresses.Distinct()];
    }

    [GeneratedRegex("<a class=\"item-title\" href=\"([^\"]+)\"")]
    private static partial Regex Finds();
}

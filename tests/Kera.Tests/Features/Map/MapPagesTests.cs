using System.Net;
using System.Text.Json;
using Kera.Tests.Support;

namespace Kera.Tests.Features.Map;

/// <summary>The map and the places of the built-in district, as a program without script meets them.</summary>
public sealed class MapPagesTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("/fi/map", "Paikat vuonna 2026")]
    [InlineData("/sv/map", "Platser år 2026")]
    [InlineData("/en/map", "Places in 2026")]
    public async Task This_year_is_shown_first(string address, string expected) => Assert.Contains(expected, await kera.PageAsync(address), StringComparison.Ordinal);

    [Theory]
    [InlineData(2023, "In 2023, building begins in 10 places")]
    [InlineData(2026, "The City reports: the halls are being dismantled")]
    [InlineData(2028, "The Espoo City Rail Link is expected to be ready")]
    [InlineData(2033, "Nothing changes in 2033")]
    public async Task The_sentence_says_what_changes_in_the_year(int year, string expected) =>
        Assert.Contains(expected, Heading(await kera.PageAsync($"/en/map?year={year}")), StringComparison.Ordinal);

    [Fact]
    public async Task A_year_without_change_leads_to_one_with()
    {
        Assert.Contains("Next change: <a href=\"/en/map?year=2028\">2028</a>", await kera.PageAsync("/en/map?year=2027"), StringComparison.Ordinal);
        Assert.Contains("Last change: <a href=\"/en/map?year=2030\">2030</a>", await kera.PageAsync("/en/map?year=2033"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_kinds_that_are_chosen_stay_in_every_address_of_the_form()
    {
        var page = await kera.PageAsync("/en/map?year=2024&kind=street&kind=park");

        Assert.Contains("Kutojantie", page, StringComparison.Ordinal);
        Assert.Contains("Keranpuisto", page, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"place-keran-hallit\"", page, StringComparison.Ordinal);
        Assert.Contains("/en/map?year=2025&amp;kind=street&amp;kind=park", page, StringComparison.Ordinal);
        Assert.Contains("value=\"park\" checked", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("year=1800", "year", "“1800” is not a year on the map. Give a year from 2019 to 2035.")]
    [InlineData("year=soon", "year", "“soon” is not a year on the map.")]
    [InlineData("kind=castle", "kind", "“castle” is no kind of place here.")]
    [InlineData("page=0", "page", "“0” is not a page of the list.")]
    [InlineData("year=%3Cscript%3E", "year", "“&lt;script&gt;” is not a year")]
    public async Task What_cannot_be_read_is_refused_with_field_and_remedy(string query, string field, string expected)
    {
        var page = await kera.PageAsync("/en/map?" + query, HttpStatusCode.BadRequest);

        Assert.Contains($"<code>{field}</code>", page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_map_obeys_the_policy_and_is_small()
    {
        var page = await kera.PageAsync("/fi/map");

        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.True(page.Length < 100_000, $"{page.Length} characters");
    }

    [Fact]
    public async Task The_map_that_can_be_moved_gets_the_same_places_states_and_numbers()
    {
        using var json = JsonDocument.Parse(await kera.PageAsync("/en/map.geojson?year=2024&kind=park"));

        var place = json.RootElement.GetProperty("features").EnumerateArray().Single(feature => feature.GetProperty("properties").TryGetProperty("key", out var key) && key.GetString() == "keranpuisto").GetProperty("properties");
        Assert.Equal("construction", place.GetProperty("state").GetString());
        Assert.Equal(1, place.GetProperty("number").GetInt32());
        Assert.Equal(24.756, place.GetProperty("disc")[0].GetDouble(), 0.001);
        await kera.PageAsync("/en/map.geojson?year=1800", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_place_tells_its_phases_its_history_and_its_sources()
    {
        var page = await kera.PageAsync("/en/places/keran-hallit");

        Assert.Contains("A building site from summer 2022.", page, StringComparison.Ordinal);
        Assert.Contains("from late 2019 until summer 2025", page, StringComparison.Ordinal);
        Assert.Contains("Keran Hallit opens for temporary use", page, StringComparison.Ordinal);
        Assert.Contains("Shared kitchen", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/places/keran-hallit-stage-1\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.sweco.fi/", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/en/flows?place=keran-hallit\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_place_that_nobody_knows_is_not_there() => await kera.PageAsync("/en/places/atlantis", HttpStatusCode.NotFound);

    private static string Heading(string page)
    {
        var start = page.IndexOf("<h1", StringComparison.Ordinal);
        return page[start..page.IndexOf("</h1>", start, StringComparison.Ordinal)];
    }
}

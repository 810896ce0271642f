using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Hosting;
using Kera.Features.RoadMap;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.RoadMap;

/// <summary>The road map as one sees it: a sentence, what is saved, and from what that comes.</summary>
public sealed partial class RoadMapPageTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    private RoadMapNumbers Numbers => new(kera.App.Services.GetRequiredService<DistrictInForce>().Model!.RoadMap!);

    [Theory]
    [InlineData("/fi/road-map", "Suunnitelmallaan Kera päästää vuoteen 2075 mennessä", "Havainnol")]
    [InlineData("/sv/road-map", "Med sin plan släpper Kera fram till 2075 ut", "Illustrativ")]
    [InlineData("/en/road-map", "With its plan, Kera emits", "Illustrative")]
    public async Task It_begins_with_a_sentence_and_says_that_it_is_illustrative(string address, string sentence, string quality)
    {
        var page = await kera.PageAsync(address);

        Assert.StartsWith(sentence, WebUtility.HtmlDecode(Heading().Match(page).Groups[1].Value), StringComparison.Ordinal);
        Assert.Contains($"q-synthetic\">{quality}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
    }

    [Fact]
    public async Task Wedges_sum_to_what_is_shown_as_saved()
    {
        var page = await kera.PageAsync("/en/road-map");
        var measures = Section(page, "measures");
        var rows = Rows().Matches(measures).Select(row => Cells(row.Value)).Where(cells => cells.Count >= 5).ToList();
        var (wedges, own) = (rows[..^2].Sum(cells => Number(cells[1])), rows[..^2].Sum(cells => Number(cells[2])));

        Assert.Equal(12, rows.Count - 2);
        Assert.Equal(Numbers.Saved.ToDecimal(), wedges);
        Assert.Equal(wedges, Number(rows[^1][1]));
        Assert.Equal(wedges, own + Number(rows[^2][2]));
        Assert.Contains($"<b>{Math.Round(wedges, MidpointRounding.AwayFromZero).ToString("N0", CultureInfo.InvariantCulture)}</b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/road-map", 51)]
    [InlineData("/en/road-map?show=cumulative", 50)]
    public async Task The_drawing_has_its_table_with_a_row_for_each_year(string address, int rows)
    {
        var section = Section(await kera.PageAsync(address), "wedges");
        var years = Rows().Matches(section).Select(row => Cells(row.Value)).Where(cells => cells.Count > 0).ToList();

        Assert.Contains("class=\"chart-plot\" role=\"img\" aria-label=\"Emissions in 2026–2075", section, StringComparison.Ordinal);
        Assert.Equal(12, Regex.Count(section, "class=\"wedge colour-"));
        Assert.Equal(rows, years.Count);
        Assert.All(years, cells => Assert.Equal(Number(cells[0]) - Number(cells[1]), cells.Skip(3).Sum(Number)));
    }

    [Fact]
    public async Task No_figure_is_without_a_way_to_where_it_comes_from()
    {
        var page = await kera.PageAsync("/en/road-map");

        foreach (var key in new[] { "road-map.plan", "road-map.baseline", "road-map.reduction" })
        {
            Assert.Contains($"href=\"/en/why/{key}\"", page, StringComparison.Ordinal);
            Assert.Contains("<ol class=\"formula", await kera.PageAsync($"/en/why/{key}"), StringComparison.Ordinal);
        }

        Assert.All(Numbers.RoadMap.Measures.Keys, key => Assert.True(Regex.Count(page, $"href=\"/en/road-map/{key}\"") >= 2));
        Assert.All(Numbers.RoadMap.Drivers.Keys, key => Assert.Contains($"<tr id=\"driver-{key}\">", page, StringComparison.Ordinal));
        Assert.All(Fragments().Matches(page).Select(link => link.Groups[1].Value), id => Assert.Contains($"id=\"{id}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_published_stands_beside_with_its_source_and_not_in_the_reckoning()
    {
        var section = WebUtility.HtmlDecode(Section(await kera.PageAsync("/en/road-map"), "published"));

        Assert.Contains("<td>56%", section, StringComparison.Ordinal);
        Assert.Contains("<td>54%", section, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.espoo.fi/en/news/2021/08/sustainable-solutions-kera-are-model-examples", section, StringComparison.Ordinal);
        Assert.Contains("q-printed", section, StringComparison.Ordinal);
        Assert.Contains("q-synthetic", section, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_measure_has_a_page_that_says_by_what_it_is_reckoned()
    {
        foreach (var (key, measure) in Numbers.RoadMap.Measures)
        {
            foreach (var language in new[] { "fi", "sv", "en" })
            {
                var page = WebUtility.HtmlDecode(await kera.PageAsync($"/{language}/road-map/{key}"));
                Assert.Contains(measure.Text.In(language), page, StringComparison.Ordinal);
                Assert.Equal(51, Regex.Count(page, "<th scope=\"row\">"));
            }
        }

        var heat = WebUtility.HtmlDecode(await kera.PageAsync("/en/road-map/clean-district-heat"));
        Assert.Contains("Emissions of district heat: 25\u00A0g/kWh in full force (range 60\u00A0g/kWh … 8\u00A0g/kWh)", heat, StringComparison.Ordinal);
        Assert.Contains("Heat of buildings = Floor area of the new Kera × Heat demand × Emissions of district heat × 0.000001", heat, StringComparison.Ordinal);
        Assert.Contains("Fortum, City of Espoo", heat, StringComparison.Ordinal);
        Assert.Contains("not known", heat, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.fortum.com/services/espoo-clean-heat\"", heat, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/en/road-map/no-such-measure", HttpStatusCode.NotFound, "There is no such page")]
    [InlineData("/en/road-map?show=monthly", HttpStatusCode.BadRequest, "“monthly” is no way to show the chart. Choose annual or cumulative.")]
    [InlineData("/en/road-map.csv?table=prices", HttpStatusCode.BadRequest, "table: “prices” is no table. Use one of years, measures, sensitivity, drivers.")]
    public async Task What_is_not_there_is_told(string address, HttpStatusCode status, string said) =>
        Assert.Contains(said, WebUtility.HtmlDecode(await kera.PageAsync(address, status)), StringComparison.Ordinal);

    [Fact]
    public async Task The_files_hold_the_same_numbers_as_the_page()
    {
        var years = Lines(await kera.PageAsync("/en/road-map.csv"));
        var columns = years[0].ToList();

        Assert.Equal(51, years.Count);
        Assert.Equal(Numbers.Saved.ToDecimal(), years.Skip(1).Sum(line => Plain(line[3])));
        Assert.All(years.Skip(1), line => Assert.Equal(Plain(line[3]), columns.Index().Where(column => column.Item.StartsWith("wedge:", StringComparison.Ordinal)).Sum(column => Plain(line[column.Index]))));
        Assert.All(years.Skip(1), line => Assert.Equal(Plain(line[1]), columns.Index().Where(column => column.Item.StartsWith("baseline:", StringComparison.Ordinal)).Sum(column => Plain(line[column.Index]))));
        Assert.All(years.Skip(1), line => Assert.Equal(Plain(line[2]), columns.Index().Where(column => column.Item.StartsWith("plan:", StringComparison.Ordinal)).Sum(column => Plain(line[column.Index]))));
        Assert.Equal(15, Lines(await kera.PageAsync("/fi/road-map.csv?table=measures")).Count);
        Assert.Equal(Numbers.RoadMap.Outcome.Swings.Count + 1, Lines(await kera.PageAsync("/sv/road-map.csv?table=sensitivity")).Count);
        Assert.Equal(51, Lines(await kera.PageAsync("/en/road-map.csv?table=drivers")).Count);
    }

    [Fact]
    public async Task Programs_read_the_same()
    {
        using var answer = await kera.App.GetTestClient().GetAsync("/api/v1/road-map", TestContext.Current.CancellationToken);
        using var document = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var root = document.RootElement;

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((2026, 50, 12), (root.GetProperty("firstYear").GetInt32(), root.GetProperty("plan").GetArrayLength(), root.GetProperty("measures").GetArrayLength()));
        Assert.Equal((double)Numbers.Saved.ToDecimal(), root.GetProperty("baseline").EnumerateArray().Sum(year => year.GetDouble()) - root.GetProperty("plan").EnumerateArray().Sum(year => year.GetDouble()), 1e-6);
        Assert.Equal((double)Numbers.Remainder.ToDecimal(), root.GetProperty("remainder").GetDouble(), 1e-9);
        Assert.False(root.GetProperty("measures")[5].TryGetProperty("presentCost", out _));
    }

    [Fact]
    public async Task A_measure_is_found_by_its_words() =>
        Assert.Contains("href=\"/fi/road-map/shared-cars-and-charging\"", await kera.PageAsync("/fi/search?q=yhteisautot&kind=measure"), StringComparison.Ordinal);

    private static string Section(string page, string id)
    {
        var start = page.IndexOf($"<section class=\"section\" aria-labelledby=\"{id}\">", StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no section {id}.");
        var next = page.IndexOf("<section class=\"section\"", start + 1, StringComparison.Ordinal);
        return next < 0 ? page[start..] : page[start..next];
    }

    // Of a row, what stands beside its heading.
    private static List<string> Cells(string row) =>
        [.. Cell().Matches(row).Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value))];

    private static decimal Number(string cell) =>
        decimal.TryParse(cell.Replace('\u2212', '-').Trim(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static decimal Plain(string value) => decimal.Parse(value, CultureInfo.InvariantCulture);

    private static List<string[]> Lines(string csv) => [.. csv.TrimEnd().Split("\r\n").Select(line => line.Split(','))];

    [GeneratedRegex("<h1[^>]*>([^<]*)</h1>")]
    private static partial Regex Heading();

    [GeneratedRegex("<tr>.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<td>([^<]*)</td>")]
    private static partial Regex Cell();

    [GeneratedRegex("href=\"#([a-z-]+)\"")]
    private static partial Regex Fragments();
}

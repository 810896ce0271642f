using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Kera.Tests.Features.Today;

namespace Kera.Tests.Features.Flows;

/// <summary>The drawing on the page, in the demonstration.</summary>
public sealed partial class SankeyPageTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    [Theory]
    [InlineData("/en/flows?specification=heat")]
    [InlineData("/en/flows?specification=heat&period=hour&from=2026-11-20")]
    [InlineData("/en/flows?specification=heat&action=produce&unit=kWh&period=month")]
    public async Task Its_table_has_what_the_table_of_flows_has_and_the_network_is_even(string address)
    {
        var page = await kera.PageAsync(address);
        var rows = Rows().Matches(page[page.IndexOf("id=\"sankey\"", StringComparison.Ordinal)..page.IndexOf("id=\"flows\"", StringComparison.Ordinal)])
            .Select(row => (From: Text(row.Groups[1].Value), To: Text(row.Groups[2].Value), Amount: Amount(row.Groups[3].Value))).ToList();
        var into = rows.Where(row => row.To.Contains("heat network", StringComparison.Ordinal)).Sum(row => row.Amount);
        var outOf = rows.Where(row => row.From.Contains("heat network", StringComparison.Ordinal)).ToList();
        var total = Amount(Total().Match(page[page.IndexOf("id=\"flows\"", StringComparison.Ordinal)..]).Groups[1].Value);

        Assert.Equal(into, outOf.Sum(row => row.Amount));
        Assert.Equal(total, address.Contains("produce", StringComparison.Ordinal) ? into : outOf.Where(row => row.To != "Difference: loss").Sum(row => row.Amount));
        Assert.Contains(outOf, row => row.To == "Difference: loss");
    }

    [Fact]
    public async Task One_bar_alone_can_be_drawn_and_the_rest_of_the_page_keeps_the_stretch()
    {
        var day = await kera.PageAsync("/en/flows?specification=heat&period=hour&from=2026-11-20");
        var hour = await kera.PageAsync("/en/flows?specification=heat&period=hour&from=2026-11-20&bar=4");

        Assert.Contains("20 Nov 2026 03–04 · kWh", Text(hour), StringComparison.Ordinal);
        Assert.Equal(day[day.IndexOf("id=\"flows\"", StringComparison.Ordinal)..day.IndexOf("id=\"events\"", StringComparison.Ordinal)], hour[hour.IndexOf("id=\"flows\"", StringComparison.Ordinal)..hour.IndexOf("id=\"events\"", StringComparison.Ordinal)]);
        Assert.NotEqual(Label().Match(day).Value, Label().Match(hour).Value);
    }

    [Theory]
    [InlineData("bar=0")]
    [InlineData("bar=first")]
    [InlineData("bar=31&from=2026-11-01")]
    [InlineData("bar=25&period=hour&from=2026-11-20")]
    [InlineData("bar=13&period=month")]
    public async Task A_bar_that_the_stretch_does_not_have_is_refused(string query) =>
        Assert.Contains("Choose the diagram’s time from the list.", Text(await kera.PageAsync("/en/flows?" + query, HttpStatusCode.BadRequest)), StringComparison.Ordinal);

    [Fact]
    public async Task It_says_the_largest_flows_and_keeps_to_attributes()
    {
        var page = await kera.PageAsync("/fi/flows?action=produce&unit=kg");

        Assert.Matches("role=\"img\" aria-label=\"Sankey-kaavio\\. Suurimmat virrat: Kotitaloudet", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain(" style=", page, StringComparison.Ordinal);
        Assert.Equal(3, Drawing().Count(page));
        Assert.All(Drawing().Matches(page), drawing => Assert.DoesNotContain('\u00AD', WebUtility.HtmlDecode(drawing.Value)));
    }

    private static string Text(string markup) => Spaces().Replace(WebUtility.HtmlDecode(Tags().Replace(markup, "")), " ").Trim();

    private static decimal Amount(string markup) => decimal.Parse(Text(markup), NumberStyles.Number, CultureInfo.InvariantCulture);

    [GeneratedRegex("<tr>\\s*<th scope=\"row\">(.*?)</th>\\s*<td class=\"t\">(.*?)</td>\\s*<td>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Rows();

    [GeneratedRegex("<tfoot>.*?<td>(.*?)</td>", RegexOptions.Singleline)]
    private static partial Regex Total();

    [GeneratedRegex("aria-label=\"Sankey[^\"]*\"")]
    private static partial Regex Label();

    [GeneratedRegex("<svg class=\"sankey .*?</svg>\\s*<text.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Drawing();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}

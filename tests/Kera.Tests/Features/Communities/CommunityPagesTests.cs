using System.Globalization;
using System.Net;
using Kera.Tests.Features.Today;

namespace Kera.Tests.Features.Communities;

/// <summary>The demonstration's community: its pages and files say the same, and what was left went somewhere to the watt-hour.</summary>
public sealed class CommunityPagesTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private const string Community = "/communities/sun-of-block-a";
    private static readonly string[] Members = ["block-b", "block-c", "block-d", "pole-2", "school"];

    [Fact]
    public async Task The_files_conserve_each_quarter_and_the_page_says_their_sums()
    {
        var page = Plain(await kera.PageAsync($"/en{Community}?month=2026-11"));
        var lines = await CsvAsync($"/en{Community}.csv?month=2026-11");
        var credited = new Dictionary<string, long>();
        foreach (var member in Members)
        {
            foreach (var line in await CsvAsync($"/en{Community}/{member}.csv?month=2026-11"))
            {
                credited[line["begin"]] = credited.GetValueOrDefault(line["begin"]) + Number(line, "credited_Wh");
                Assert.Equal(Math.Min(Number(line, "offered_Wh"), Number(line, "net_use_Wh")), Number(line, "credited_Wh"));
            }
        }

        // The days that are over: to the 23rd.
        Assert.Equal(23 * 96, lines.Count);
        Assert.All(lines, line =>
        {
            Assert.Equal(Math.Max(0, Number(line, "production_Wh") - Number(line, "own_use_Wh")), Number(line, "surplus_Wh"));
            Assert.Equal(Number(line, "surplus_Wh"), Number(line, "credited_Wh") + Number(line, "unused_to_common_point_Wh") + Number(line, "unused_to_virtual_points_Wh") + Number(line, "remainder_Wh"));
            Assert.Equal(credited.GetValueOrDefault(line["begin"]), Number(line, "credited_Wh"));
        });
        foreach (var column in new[] { "production_Wh", "own_use_Wh", "surplus_Wh", "credited_Wh", "unused_to_common_point_Wh", "remainder_Wh" })
        {
            Assert.True(lines.Sum(line => Number(line, column)) > 0, column);
            Assert.Contains($">{Kilowatthours(lines.Sum(line => Number(line, column)))}<", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_statement_says_the_sums_of_its_file_and_the_shares_by_their_days()
    {
        var page = Plain(await kera.PageAsync($"/en{Community}/block-d?month=2026-11"));
        var lines = await CsvAsync($"/en{Community}/block-d.csv?month=2026-11");

        Assert.Equal(["2026-10-31T22:00:00Z", "2026-11-16T22:00:00Z"], lines.GroupBy(line => line["share_percent"]).Select(share => share.First()["begin"]));
        Assert.Equal(["30", "20"], lines.Select(line => line["share_percent"]).Distinct());
        Assert.Contains("30% (1 Nov 2026–16 Nov 2026); 20% (17 Nov 2026–23 Nov 2026)", page.Replace('\u00A0', ' '), StringComparison.Ordinal);
        var sums = new[] { "use_Wh", "offered_Wh", "credited_Wh", "left_to_buy_Wh", "unused_Wh" }.Select(column => $"<td>{Kilowatthours(lines.Sum(line => Number(line, column)))}</td>");
        Assert.Contains("In all</th>" + string.Concat(sums), page, StringComparison.Ordinal);

        // The demonstration begins on the tenth: of the days before nothing is known, which is not nothing.
        Assert.Contains("9 Nov 2026</th><td>–</td>", page.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.DoesNotContain("12 Nov 2026</th><td>–</td>", page.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Equal(7 * 96, (await CsvAsync($"/en{Community}/school.csv")).Count);
    }

    [Theory]
    [InlineData("en", "Left to share", "market-based carbon only", "767/2021", "quarters are estimated")]
    [InlineData("sv", "Att dela", "marknadsbaserade utsläpp", "767/2021", "kvartar är uppskattade")]
    [InlineData("fi", "Jaettavaksi jäi", "hankintaperusteisia päästöjä", "767/2021", "on arvioitu")]
    public async Task Each_language_says_what_there_was_and_what_the_rules_rest_on(string language, params string[] told)
    {
        var page = Plain(await kera.PageAsync($"/{language}{Community}"));
        var statement = Plain(await kera.PageAsync($"/{language}{Community}/school"));
        var list = Plain(await kera.PageAsync($"/{language}/communities"));

        Assert.All(told, text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Contains(told[1], statement, StringComparison.Ordinal);
        Assert.Contains($"/{language}{Community}", list, StringComparison.Ordinal);
        Assert.Contains($"/{language}/communities\"", Plain(await kera.PageAsync($"/{language}/today")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Community + "?month=2026-13", HttpStatusCode.BadRequest)]
    [InlineData(Community + ".csv?month=soon", HttpStatusCode.BadRequest)]
    [InlineData(Community + "/school?month=", HttpStatusCode.BadRequest)]
    [InlineData(Community + "?month=2026-12", HttpStatusCode.NotFound)]
    [InlineData(Community + "?month=2026-10", HttpStatusCode.NotFound)]
    [InlineData(Community + "/roof-and-yard", HttpStatusCode.NotFound)]
    [InlineData(Community + "/nobody", HttpStatusCode.NotFound)]
    [InlineData(Community + "/nobody.csv", HttpStatusCode.NotFound)]
    [InlineData("/communities/nothing", HttpStatusCode.NotFound)]
    [InlineData("/communities/nothing.csv", HttpStatusCode.NotFound)]
    public Task What_is_not_there_is_not_found_and_what_is_no_month_is_refused(string address, HttpStatusCode status) => kera.PageAsync("/en" + address, status);

    [Fact]
    public async Task Months_lead_to_each_other()
    {
        // On the fifth of December, the month is the fourth's.
        var later = NodaTime.Duration.FromDays(11);
        Assert.Contains($"/en{Community}?month=2026-11", await kera.PageAsync($"/en{Community}", later: later), StringComparison.Ordinal);
        Assert.Contains($"/en{Community}/school?month=2026-12", await kera.PageAsync($"/en{Community}/school?month=2026-11", later: later), StringComparison.Ordinal);
    }

    internal static List<Dictionary<string, string>> Lines(string csv)
    {
        var rows = csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(',')).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    internal static long Number(Dictionary<string, string> line, string column) => long.Parse(line[column], CultureInfo.InvariantCulture);

    internal static string Plain(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);

    private static string Kilowatthours(long wattHours) => (wattHours / 1_000m).ToString("#,##0.000", CultureInfo.InvariantCulture);

    private async Task<List<Dictionary<string, string>>> CsvAsync(string address) => Lines(await kera.PageAsync(address));
}

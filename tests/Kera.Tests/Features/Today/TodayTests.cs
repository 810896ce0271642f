using System.Net;
using System.Text.RegularExpressions;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Flows;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Today;

/// <summary>What one should know before the next hours, and why each number is what it is.</summary>
public sealed partial class TodayTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/fi/today", "Kera käytti sähköä", "tänään klo\u00A013.00–14.00", "Havainnol")]
    [InlineData("/sv/today", "Kera använde", "i dag kl.\u00A013:00–14:00", "Illustrativ")]
    [InlineData("/en/today", "Kera used", "today from 13:00 to 14:00", "Illustrative")]
    public async Task It_begins_with_a_sentence_on_the_newest_hour(string address, string sentence, string hour, string quality)
    {
        var page = await kera.PageAsync(address);

        Assert.StartsWith(sentence, Heading(page), StringComparison.Ordinal);
        Assert.Contains(hour, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"q-synthetic\">{quality}", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_large_figure_has_its_day_as_bars_and_as_a_table()
    {
        var page = await kera.PageAsync("/en/today");

        Assert.Equal(14, Rows().Count(page));
        Assert.Contains("class=\"chart-plot\" role=\"img\"", page, StringComparison.Ordinal);
        Assert.Contains("now-line", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", page);
    }

    [Fact]
    public async Task Each_registered_tile_is_there_with_its_way_to_why()
    {
        var page = await kera.PageAsync("/en/today");

        Assert.All(kera.App.Services.GetServices<Tile>(), tile => Assert.Contains($"href=\"/en/why/{tile.FigureKey}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_changed_last_comes_first_and_what_is_to_come_not_at_all()
    {
        var page = await kera.PageAsync("/en/today");

        Assert.Contains("The City reports: the halls are being dismantled", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Rail Link is expected", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_data_are_silent_the_last_figure_has_its_age()
    {
        var page = await kera.PageAsync("/en/today", later: Duration.FromDays(3));

        Assert.Contains("Nothing newer has come in for 3 days.", page, StringComparison.Ordinal);
        Assert.Contains("on 24 November 2026 from 13:00 to 14:00", Heading(page).Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Why_is_a_sentence_a_bill_that_adds_up_and_what_was_left_out()
    {
        var page = await kera.PageAsync("/en/why/flows.power.hour");
        var amounts = Amounts().Matches(page[..page.IndexOf("</ol>", StringComparison.Ordinal)]).Select(amount => decimal.Parse(amount.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();

        Assert.StartsWith("Why ", Heading(page), StringComparison.Ordinal);
        Assert.Equal(amounts[^1], amounts[..^1].Sum());
        Assert.Contains("What was left out", page, StringComparison.Ordinal);
        Assert.Contains("100%", page, StringComparison.Ordinal);
        Assert.Contains("LED farm", page[..page.IndexOf("</ol>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.DoesNotContain("pump", page[page.IndexOf("<ol", StringComparison.Ordinal)..page.IndexOf("</ol>", StringComparison.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("flows.power.hour")]
    [InlineData("flows.heat.hour")]
    [InlineData("flows.recycled")]
    public async Task The_events_behind_a_figure_are_among_the_flows(string figure)
    {
        var page = await kera.PageAsync("/en/why/" + figure);
        var link = WebUtility.HtmlDecode(EventsLink().Match(page).Groups[1].Value);

        Assert.Contains("action=consume", link, StringComparison.Ordinal);
        await kera.PageAsync(link);
    }

    [Fact]
    public async Task What_was_reused_is_an_estimate_in_its_year()
    {
        var page = await kera.PageAsync("/en/why/flows.recycled");

        Assert.Contains("20,000&#xA0;t", page, StringComparison.Ordinal);
        Assert.Contains("q-estimated", page, StringComparison.Ordinal);
        Assert.Contains("in 2023", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_figure_is_a_missing_page() => await kera.PageAsync("/en/why/nothing.of.the.kind", HttpStatusCode.NotFound);

    [Fact]
    public async Task A_figure_is_found_by_name_and_an_unknown_one_is_a_gap()
    {
        var times = 0;
        var services = new ServiceCollection()
            .AddSingleton(new Figure("a.b", "a.b", (_, _) => Task.FromResult<FigureValue?>(++times == 1 ? Value(5) : null)))
            .BuildServiceProvider();
        var figures = new FigureReader(new FigureContext(services, Base.Access.Reader.Public, Language.English, Instant.FromUtc(2026, 11, 24, 12, 0)));

        Assert.Null(figures.Find("a.c"));
        Assert.Null(await figures.ValueAsync("a.c", Cancellation));
        Assert.Equal(new Quantity(5), (await figures.ValueAsync("a.b", Cancellation))?.Quantity);
        Assert.Equal(new Quantity(5), (await figures.ValueAsync("a.b", Cancellation))?.Quantity);
    }

    [Fact]
    public void No_two_figures_have_a_name() =>
        Assert.Distinct(kera.App.Services.GetServices<Figure>().Select(figure => figure.Key));

    [Fact]
    public void A_figure_is_as_sure_as_its_least_sure_part()
    {
        FigurePart Part(Quality? quality) => new("", new Quantity(1), "kWh", quality, null);

        Assert.Equal(Quality.Estimated, (Value(2) with { Parts = [Part(Quality.Measured), Part(Quality.Estimated)] }).Quality);
        Assert.Null((Value(2) with { Parts = [Part(Quality.Measured), Part(null)] }).Quality);
    }

    private static FigureValue Value(long millionths) => new()
    {
        Quantity = new Quantity(millionths),
        Unit = "kWh",
        From = Instant.FromUtc(2026, 11, 24, 11, 0),
        Until = Instant.FromUtc(2026, 11, 24, 12, 0),
        SentenceKey = "",
        FormulaKey = "",
    };

    private static string Heading(string page) => WebUtility.HtmlDecode(Headings().Match(page).Groups[1].Value).Replace("\u00AD", "", StringComparison.Ordinal);

    [GeneratedRegex("<h1[^>]*>([^<]+)</h1>")]
    private static partial Regex Headings();

    [GeneratedRegex(@"<th scope=""row"">\d\d–\d\d</th>")]
    private static partial Regex Rows();

    [GeneratedRegex(@"<span class=""num"">([0-9.]+)&#xA0;kWh")]
    private static partial Regex Amounts();

    [GeneratedRegex("href=\"([^\"]+)\">See the events")]
    private static partial Regex EventsLink();
}

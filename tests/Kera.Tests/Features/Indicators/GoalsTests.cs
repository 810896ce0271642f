using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Tests.Features.Today;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Indicators;

/// <summary>The goals of the built-in district, with its demonstration of fourteen days up to the 24th of November 2026.</summary>
public sealed partial class GoalsTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DistrictModel District => kera.App.Services.GetRequiredService<DistrictInForce>().Model!;

    [Fact]
    public async Task At_least_forty_are_declared_and_twenty_five_live_without_any_figure_of_another_feature()
    {
        var lines = await CsvAsync("/en/goals.csv");

        Assert.True(lines.Count >= 40, $"{lines.Count} are declared.");
        Assert.True(lines.Count(line => line["value"].Length > 0 && !line["formula"].Contains("figure(", StringComparison.Ordinal)) >= 25);
        Assert.All(lines.Where(line => line["value"].Length == 0), line => Assert.NotNull(District.Indicators[line["key"]].Awaits));
        Assert.All(lines.Where(line => line["value"].Length == 0), line => Assert.Equal("noData", line["status"]));
        Assert.All(lines.Where(line => !line["formula"].Contains("figure(", StringComparison.Ordinal)), line => Assert.Equal(line["value"].Length == 0, line["status"] == "noData"));
    }

    [Theory]
    [InlineData("heat-per-resident", 365.0 / 14 / 2600, "demo-heat-a", "demo-heat-b", "demo-heat-c", "demo-heat-d")]
    [InlineData("waste-per-resident", 365.0 / 14 / 2600, "demo-mixed-waste", "demo-biowaste")]
    [InlineData("car-charging", 30.0 / 14 / 1000, "demo-charging-cars")]
    public async Task A_rate_is_the_recorded_days_in_proportion(string key, double factor, params string[] flows)
    {
        var sum = 0.0;
        foreach (var flow in flows)
        {
            sum += await RecordedAsync(flow, new(2026, 11, 10), new(2026, 11, 24));
        }

        Assert.Equal(sum * factor, await ValueAsync(key), 1e-6 * sum * factor);
    }

    [Fact]
    public async Task A_day_is_the_last_full_one_and_a_ratio_needs_no_scaling()
    {
        var water = 0.0;
        foreach (var block in (string[])["a", "b", "c", "d"])
        {
            water += await RecordedAsync($"demo-water-{block}", new(2026, 11, 23), new(2026, 11, 24));
        }

        Assert.Equal(water * 1000 / 2600, await ValueAsync("water-per-resident"), 1e-5);
        var import = await RecordedAsync("demo-water-import", new(2026, 11, 10), new(2026, 11, 24));
        var farm = await RecordedAsync("demo-farm-water", new(2026, 11, 10), new(2026, 11, 24));
        var homes = 0.0;
        foreach (var block in (string[])["a", "b", "c", "d"])
        {
            homes += await RecordedAsync($"demo-water-{block}", new(2026, 11, 10), new(2026, 11, 24));
        }

        Assert.Equal((import - farm - homes) / import * 100, await ValueAsync("water-loss"), 1e-5);
        Assert.Equal(66.666667, await ValueAsync("concrete-reused"), 1e-6);
    }

    [Theory]
    [InlineData("fi", "68 tavoitteesta", "Jäljessä, kauimpana ensin", "Mistä luku tulee?")]
    [InlineData("sv", "Av 68 mål", "Efter, de som ligger längst efter först", "Varför detta tal?")]
    [InlineData("en", "Of 68 goals", "Behind, the farthest first", "Why this number?")]
    public async Task It_begins_with_counts_and_what_is_behind(string language, string sentence, string behind, string why)
    {
        var page = WebUtility.HtmlDecode(await kera.PageAsync($"/{language}/goals"));

        Assert.StartsWith(sentence, Heading().Match(page).Groups[1].Value, StringComparison.Ordinal);
        Assert.True(page.IndexOf(behind, StringComparison.Ordinal) < page.IndexOf("id=\"strategic\"", StringComparison.Ordinal));
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_number_stands_without_the_way_to_why()
    {
        // Figures of other features come and go while it is asked.
        var page = await kera.PageAsync("/en/goals");
        var live = (await CsvAsync("/en/goals.csv")).Where(line => line["value"].Length > 0 && !line["formula"].Contains("figure(", StringComparison.Ordinal)).Select(line => line["key"]).ToList();

        Assert.Equal(WhyLink().Count(page), Value().Count(page));
        Assert.All(live, key => Assert.Contains($"href=\"/en/why/indicator.{key}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_goal_has_its_page_and_its_why_in_every_language()
    {
        foreach (var key in District.Indicators.Keys)
        {
            foreach (var language in Language.All)
            {
                var page = await kera.PageAsync($"/{language.Code}/goals/{key}");
                Assert.Contains("chart-plot", page, StringComparison.Ordinal);
                Assert.Contains("<table", page, StringComparison.Ordinal);
                await kera.PageAsync($"/{language.Code}/why/indicator.{key}");
            }
        }
    }

    [Fact]
    public async Task Why_tells_the_formula_the_days_the_sums_and_the_source()
    {
        var page = WebUtility.HtmlDecode(await kera.PageAsync("/en/why/indicator.heat-per-resident"));

        Assert.Contains("As written: total(action: consume, specification: heat, agent: demo-housing) ÷ fact(demo-residents).", page, StringComparison.Ordinal);
        Assert.Contains("Of the period’s 365 days 14 are recorded", page, StringComparison.Ordinal);
        Assert.Contains("Block A: heat (demonstration)", page, StringComparison.Ordinal);
        Assert.Contains("Residents behind the demonstration's loads × 14 of 365 days", page, StringComparison.Ordinal);
        Assert.Contains("Made up for the demonstration; no source", page, StringComparison.Ordinal);
        await kera.PageAsync(EventsLink().Match(page).Groups[1].Value);
    }

    [Fact]
    public async Task The_bill_of_every_live_goal_adds_up()
    {
        var figures = new FigureReader(new FigureContext(kera.App.Services, Reader.Public, Language.English, kera.App.Services.GetRequiredService<IClock>().GetCurrentInstant()));
        foreach (var indicator in District.Indicators.Values)
        {
            if (await figures.ValueAsync("indicator." + indicator.Key, Cancellation) is not { } value)
            {
                continue;
            }

            var sum = (double)value.Parts.Sum(part => part.Quantity.ToDecimal()) * (double)SizeOf(value.PartUnit!);
            var divisor = value.Divisor is { } by ? (double)by.Quantity.ToDecimal() * (double)SizeOf(by.Unit) : 1;
            var result = (double)value.Quantity.ToDecimal() * (double)indicator.Unit.Size;
            Assert.True(Math.Abs((sum / divisor) - result) <= 1e-4 * Math.Abs(result), $"{indicator.Key}: {sum} by {divisor} is not {result}.");
        }

        static decimal SizeOf(string unit) => Base.District.Formulas.FormulaUnit.TryParse(unit)!.Size;
    }

    [Fact]
    public async Task A_goal_shows_points_codes_with_their_edition_and_what_was_agreed()
    {
        var water = WebUtility.HtmlDecode(await kera.PageAsync("/en/goals/water-per-resident"));
        var carbon = WebUtility.HtmlDecode(await kera.PageAsync("/en/goals/carbon-year"));

        Assert.Contains("4 of 4 U4SSC points", water, StringComparison.Ordinal);
        Assert.Contains("ISO 37120:2014 21.4", water, StringComparison.Ordinal);
        Assert.Contains("U4SSC (edition not stated) EN: EN: WS: 2C", water, StringComparison.Ordinal);
        Assert.Contains("Kera is carbon neutral in 2030", carbon, StringComparison.Ordinal);
        Assert.Contains("At most 0\u00A0kg\u00A0CO2e by the end of 2030", carbon, StringComparison.Ordinal);
        Assert.Contains("City of Espoo, Kera development commitment", carbon, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_the_same_numbers()
    {
        using var all = JsonDocument.Parse(await kera.PageAsync("/api/v1/indicators"));
        using var one = JsonDocument.Parse(await kera.PageAsync("/api/v1/indicators/heat-per-resident"));

        Assert.Equal(District.Indicators.Keys, all.RootElement.EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.Equal(await ValueAsync("heat-per-resident"), one.RootElement.GetProperty("value").GetDouble(), 1e-6);
        Assert.Equal("ahead", one.RootElement.GetProperty("status").GetString());
        await kera.PageAsync("/api/v1/indicators/nothing", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_filters_narrow_and_an_unknown_one_is_told()
    {
        var energy = await CsvAsync("/en/goals.csv?sdg=7&level=operational");

        Assert.NotEmpty(energy);
        Assert.All(energy, line => Assert.True(line["sdg"].Split(' ').Any(target => target.StartsWith("7.", StringComparison.Ordinal)) && line["level"] == "operational"));
        Assert.All(await CsvAsync("/en/goals.csv?status=behind"), line => Assert.Equal("behind", line["status"]));
        Assert.Contains("Unknown choice: everything", await kera.PageAsync("/en/goals?level=everything", HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await kera.PageAsync("/en/goals/nothing", HttpStatusCode.NotFound);
        await kera.PageAsync("/en/goals/nothing.csv", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_goals_table_holds_path_months_and_the_value()
    {
        var lines = await CsvAsync("/en/goals/heat-per-resident.csv");

        Assert.Equal(["baseline", "path", "path", "month", "value"], lines.Select(line => line["kind"]));
        Assert.Equal(("2026-11", "14"), (lines[3]["time"], lines[3]["days"]));
        Assert.Equal(double.Parse(lines[4]["value"], CultureInfo.InvariantCulture), double.Parse(lines[3]["value"], CultureInfo.InvariantCulture), 1e-5);
    }

    [Fact]
    public async Task Facts_made_up_for_it_are_labelled_on_the_page_about_the_district()
    {
        var page = await kera.PageAsync("/en/about");
        var fact = page[page.IndexOf("id=\"fact-demo-residents\"", StringComparison.Ordinal)..];

        Assert.Contains("q-synthetic", fact[..fact.IndexOf("</div>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    private async Task<double> ValueAsync(string key) =>
        double.Parse((await CsvAsync("/en/goals.csv")).Single(line => line["key"] == key)["value"], CultureInfo.InvariantCulture);

    // Event by event, with nothing of the way that indicators are reckoned by.
    private async Task<double> RecordedAsync(string flow, LocalDate from, LocalDate until)
    {
        var zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
        var hours = await kera.App.Services.GetRequiredService<LedgerQueries>().DeclaredHoursAsync(
            flow, DistrictCalendar.ToMicroseconds(zone.AtStartOfDay(from).ToInstant()), DistrictCalendar.ToMicroseconds(zone.AtStartOfDay(until).ToInstant()), Cancellation);
        Assert.NotEmpty(hours);
        return hours.Sum(hour => (double)hour.Quantity.ToDecimal());
    }

    private async Task<List<Dictionary<string, string>>> CsvAsync(string address)
    {
        var rows = (await kera.PageAsync(address)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Cell().Matches(line).Select(cell => cell.Groups[1].Success ? cell.Groups[1].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups[2].Value).ToList()).ToList();
        Assert.All(rows, row => Assert.Equal(rows[0].Count, row.Count));
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    [GeneratedRegex("(?:^|,)(?:\"((?:[^\"]|\"\")*)\"|([^,]*))")]
    private static partial Regex Cell();

    [GeneratedRegex("<h1[^>]*>([^<]*)<")]
    private static partial Regex Heading();

    [GeneratedRegex("<b class=\"wrap-anywhere\">")]
    private static partial Regex Value();

    [GeneratedRegex("href=\"/en/why/indicator\\.")]
    private static partial Regex WhyLink();

    [GeneratedRegex("href=\"(/en/flows[^\"]*)\">See the events")]
    private static partial Regex EventsLink();
}

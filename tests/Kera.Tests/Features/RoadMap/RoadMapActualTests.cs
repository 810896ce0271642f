using System.Net;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Tests.Ledger;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Features.RoadMap;

/// <summary>What the ledger knows stands beside the plan, for the time that it covers and never more.</summary>
public sealed class RoadMapActualTests
{
    private static readonly DateTimeZone s_zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Fact]
    public async Task A_part_of_a_year_says_which_and_is_not_scaled_up()
    {
        var page = await PageAsync(Value(1_234_567, "kg{CO2e}", new LocalDate(2026, 11, 11), new LocalDate(2026, 11, 25)));

        Assert.Contains("<b>1,235</b>", page, StringComparison.Ordinal);
        Assert.Contains("Only 14 days, 11\u00A0Nov 2026–24\u00A0Nov 2026. It is not scaled up to a year", page, StringComparison.Ordinal);
        Assert.Contains("class=\"actual actual-part\"", page, StringComparison.Ordinal);
        Assert.Contains("Actual, not of the whole year", page, StringComparison.Ordinal);
        Assert.Contains("80% of what should be counted could be.", page, StringComparison.Ordinal);
        Assert.Contains("q-measured", page, StringComparison.Ordinal);
        Assert.DoesNotContain("actual-part", await PageAsync(Value(1, "kg{CO2e}", new LocalDate(2026, 11, 11), new LocalDate(2026, 11, 25)), "?show=cumulative"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_year_is_one()
    {
        var page = await PageAsync(Value(12_000, "t{CO2e}", new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1)));

        Assert.Contains("<b>12,000</b>", page, StringComparison.Ordinal);
        Assert.Contains("The whole of 2026 by the ledger.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("actual-part", page, StringComparison.Ordinal);
        Assert.Contains("<circle class=\"actual", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_counted_and_what_is_no_mass_are_gaps()
    {
        foreach (var value in new[] { null, Value(5, "kWh", new LocalDate(2026, 1, 1), new LocalDate(2027, 1, 1)) })
        {
            var page = await PageAsync(value);

            Assert.Contains("Missing: the ledger has no readings yet", page, StringComparison.Ordinal);
            Assert.Contains("href=\"/en/why/carbon.year\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain("<circle", page, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fi", "Toteutunut", "Puuttuu: tässä asennuksessa mikään ei laske")]
    [InlineData("sv", "Utfall", "Saknas: i den här installationen räknar ingenting")]
    [InlineData("en", "Actual", "Missing: nothing in this installation counts")]
    public async Task Where_nothing_counts_the_ledgers_carbon_the_gap_says_what_is_missing(string language, string heading, string gap)
    {
        var page = await PageAsync(null, language: language, registered: false);

        Assert.Contains($"<h3 class=\"fig-label\">{heading}</h3>", page, StringComparison.Ordinal);
        Assert.Contains(gap, page, StringComparison.Ordinal);
        Assert.DoesNotContain("/why/carbon.year", page, StringComparison.Ordinal);
    }

    private static FigureValue Value(long whole, string unit, LocalDate first, LocalDate after) => new()
    {
        Quantity = Quantity.Whole(whole),
        Unit = unit,
        From = s_zone.AtStartOfDay(first).ToInstant(),
        Until = s_zone.AtStartOfDay(after).ToInstant(),
        Parts = [new FigurePart("Heat", Quantity.Whole(whole), unit, Quality.Measured, null)],
        Coverage = new FigureCoverage(Quantity.Whole(8), Quantity.Whole(10), "kWh", []),
    };

    private static async Task<string> PageAsync(FigureValue? value, string query = "", string language = "en", bool registered = true)
    {
        using var data = new TemporaryDirectory();
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = data.Combine("data"), ["Kera:Limits:ReadsPerSecond"] = "0" };
        await using var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(new FixedClock(Instant.FromUtc(2026, 11, 24, 12, 5)));
            foreach (var other in builder.Services.Where(service => service.ImplementationInstance is Figure { Key: "carbon.year" }).ToList())
            {
                builder.Services.Remove(other);
            }

            if (registered)
            {
                builder.Services.AddSingleton(new Figure("carbon.year", "figure.formula", (_, _) => Task.FromResult(value)));
            }
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        var page = await app.GetTestClient().GetStringAsync($"/{language}/road-map{query}", TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);
        return WebUtility.HtmlDecode(page);
    }
}

using System.Net;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>Over the days of 23 and 25 hours a plan has 48 hours, each with the fees of its own clock, and each is carried out once.</summary>
public sealed class ClockChangeTests
{
    // The clock changes at one in the night, UTC, from two to three hours ahead of it in March, and back in October.
    [Theory]
    [InlineData(2026, 3, 29)]
    [InlineData(2026, 10, 25)]
    public async Task A_plan_over_the_change_of_the_clock_is_one_of_48_hours(int year, int month, int day)
    {
        var change = Instant.FromUtc(year, month, day, 1, 0);
        var start = change - Duration.FromMinutes(12 * 60 + 55);
        int LocalHour(Instant hour) => (hour + Duration.FromHours(hour < change == (month == 3) ? 2 : 3)).InUtc().Hour;
        using var filled = new FilledDemonstration(start);
        await using var kera = new DemonstrationKera(filled);
        await kera.InitializeAsync();
        var planning = kera.App.Services.GetRequiredService<EnergyPlanning>();
        await planning.RunAsync(TestContext.Current.CancellationToken);

        var view = (await kera.App.Services.GetRequiredService<EnergyViewer>().ViewAsync(Reader.Everything, "en", start, TestContext.Current.CancellationToken))!;
        var plan = view.Plan!;
        var first = start + Duration.FromMinutes(55);
        Assert.Equal((48, first, first + Duration.FromHours(47)), (plan.Hours, plan.At(0), plan.At(47)));
        Assert.All(plan.Levels.Values.Concat(plan.Prices.Values).Concat(plan.StoreLevels.Values), hours => Assert.Equal(48, hours.Length));
        // 25 for margin and tax; 12 in the day from seven to ten, 6 in the night.
        var bought = view.Buying(plan, DateTimeZoneProviders.Tzdb["Europe/Helsinki"])!.Value.Prices;
        Assert.All(Enumerable.Range(0, 48), hour => Assert.Equal(plan.Market["grid"].Values[hour] + 25 + (LocalHour(plan.At(hour)) is >= 7 and < 22 ? 12 : 6), bought[hour], 1e-9));
        await AssertLabelsAsync(kera, month == 3, $"{day} {(month == 3 ? "Mar" : "Oct")} {year}, ");
        await AssertEachHourOnceAsync(kera, planning, start, change);
    }

    private static async Task AssertLabelsAsync(DemonstrationKera kera, bool spring, string date)
    {
        var page = WebUtility.HtmlDecode(await kera.PageAsync("/en/energy?clock=1")).Replace('\u00A0', ' ');
        // The tables of the price, of three carriers and of two stores.
        int Rows(string time) => page.Split($"<th scope=\"row\">{date}{time}</th>").Length - 1;
        Assert.Equal((6, 6), (Rows("02:00"), Rows("04:00")));
        Assert.Equal(spring ? (0, 0, 0) : (0, 6, 6), (Rows("03:00"), Rows("03:00 (summer time)"), Rows("03:00 (winter time)")));
    }

    // From an hour before midnight on the clock until four hours after the change.
    private static async Task AssertEachHourOnceAsync(DemonstrationKera kera, EnergyPlanning planning, Instant start, Instant change)
    {
        var operating = kera.App.Services.GetRequiredService<EnergyOperating>();
        var catalog = kera.App.Services.GetRequiredService<Catalog>();
        var pump = planning.Energy!.Plants["heat-pump"];
        await operating.SetModeAsync(pump, PlantMode.Automatic, new Actor("somebody", "test"), default);
        for (var hour = 9; hour < 15; hour++)
        {
            kera.GoOn(Duration.FromHours(hour));
            await planning.RunAsync(TestContext.Current.CancellationToken);
        }

        var (from, until) = (start + Duration.FromMinutes(55) + Duration.FromHours(9), start + Duration.FromMinutes(55) + Duration.FromHours(15));
        Assert.True(from < change && until > change);
        var setpoints = await operating.SetpointsAsync(from, until, default);
        var expected = Enumerable.Range(0, 6).Select(hour => from + Duration.FromHours(hour)).ToList();
        foreach (var plant in planning.Energy!.Plants.Values.Where(plant => plant.Mode != PlantMode.Off).Select(plant => plant.Key))
        {
            Assert.Equal(expected, setpoints.Where(each => each.Plant == plant).Select(each => DistrictCalendar.ToInstant(each.Hour)));
        }

        Assert.All(setpoints, each => Assert.NotEqual(SetpointCause.Fallback, each.Cause));
        Assert.Equal(expected.Select(hour => (Instant?)(hour + Duration.FromHours(1))), expected.Select(hour => catalog.Find(catalog.Commitments, $"energy-heat-pump-{hour.InUtc():uuuuMMddHH}")?.Row.Due is { } due ? DistrictCalendar.ToInstant(due) : (Instant?)null));
    }
}

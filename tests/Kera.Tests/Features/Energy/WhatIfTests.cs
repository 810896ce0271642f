using System.Globalization;
using System.Net;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Carbon;
using Kera.Features.Energy;
using Kera.Tests.Accounts;
using Kera.Tests.Features.Today;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>What a planner asks is solved, told, and stored nowhere.</summary>
public sealed class WhatIfTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private const string Page = "/en/energy/what-if";
    private static readonly LocalDate Today = new(2026, 11, 24);

    private EnergyPlanning Planning => kera.App.Services.GetRequiredService<EnergyPlanning>();

    [Fact]
    public async Task A_larger_boiler_changes_nothing_and_a_dearer_market_what_it_costs()
    {
        var larger = await CompareAsync("?capacity.electric-boiler=7200");
        Assert.Equal(larger.Present.Plan.Cost, larger.Tried.Plan.Cost, 0.1);

        var dearer = await CompareAsync("?plus.grid=100");
        var bought = Row(dearer, "bought", "grid");
        // A hundred euros more for each MWh, and never more than the plan that is best without them would cost.
        Assert.InRange(dearer.Tried.Plan.Cost - dearer.Present.Plan.Cost, 0.1 * bought.Tried!.Value - 0.1 * Row(dearer, "sold", "grid").Tried!.Value - 500, 0.1 * bought.Present!.Value + 0.1);
        Assert.True(dearer.Tried.Plan.Cost > dearer.Present.Plan.Cost + 1_000);
    }

    [Fact]
    public async Task A_price_of_carbon_brings_less_carbon_and_never_a_lower_cost()
    {
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);
        var comparison = await CompareAsync("?carbonPrice=500");

        Assert.True(comparison.Tried.Plan.Carbon < comparison.Present.Plan.Carbon - 1);
        Assert.True(comparison.Tried.Plan.Cost > comparison.Present.Plan.Cost - 0.1);
    }

    [Fact]
    public async Task Both_plans_leave_as_much_in_the_stores_where_they_can()
    {
        var larger = await CompareAsync("?holds.heat-tank=12000");
        Assert.All(larger.Present.Plan.StoreLevels, store => Assert.Equal(store.Value[^1], larger.Tried.Plan.StoreLevels[store.Key][^1], 0.1));
        Assert.True(larger.Tried.Plan.Cost <= larger.Present.Plan.Cost + 0.1);

        // One that cannot be filled loses what it holds, and that is no reason for no plan.
        var still = await CompareAsync("?power.heat-tank=0");
        Assert.All(still.Tried.Plan.StorePowers["heat-tank"], power => Assert.Equal(0, power, 0.01));
    }

    [Fact]
    public async Task Offers_to_move_use_are_in_both_plans()
    {
        var offers = kera.App.Services.GetRequiredService<EnergyOffers>();
        var from = Instant.FromUtc(2026, 11, 24, 14, 0);
        var offer = new EnergyOfferRow { Flexibility = "school-warmth", Key = "warm", Kind = OfferKind.Shift, From = DistrictCalendar.ToMicroseconds(from), Until = DistrictCalendar.ToMicroseconds(from + Duration.FromHours(24)), Power = 100, Energy = 300 };
        Assert.Null((await offers.PutAsync(offer, Actor.Job(), TestContext.Current.CancellationToken)).Refusal);

        var comparison = await CompareAsync("?supply.sun=4");
        await offers.RemoveAsync("school-warmth", "warm", Actor.Job(), TestContext.Current.CancellationToken);

        Assert.All(new[] { comparison.Present.Plan, comparison.Tried.Plan }, plan => Assert.True(plan.Levels["school-warmth taken"].Sum() > 100));
    }

    [Fact]
    public async Task With_no_boiler_and_no_tank_heat_is_missing_and_is_told()
    {
        var comparison = await CompareAsync("?capacity.electric-boiler=0&holds.heat-tank=0");
        var missing = Row(comparison, "missing", "heat");

        Assert.Equal(0, missing.Present);
        Assert.True(missing.Tried > 1_000);
        Assert.Equal(0, Row(comparison, "given", "electric-boiler").Tried);
        // A store of nothing is emptied no number of times, which is not none.
        Assert.Null(Row(comparison, "cycles", "heat-tank").Tried);
    }

    [Fact]
    public async Task A_past_week_is_planned_from_what_is_recorded_and_its_stores_end_as_they_began()
    {
        var comparison = await CompareAsync("?week=2026-11-16&holds.heat-tank=12000");
        var plan = comparison.Present.Plan;

        Assert.Equal((168, Instant.FromUtc(2026, 11, 15, 22, 0)), (plan.Hours, plan.At(0)));
        Assert.All(plan.Forecasts.Values, forecast => Assert.All(forecast.Knowledge, knowledge => Assert.Equal(Knowledge.Known, knowledge)));
        Assert.True(comparison.Tried.Plan.Cost < plan.Cost, "A tank of twice the size costs nothing here, and saves.");
        // What comes out is what went in, less what is lost.
        Assert.All(comparison.Tried.Plan.StorePowers.Values, powers => Assert.True(powers.Sum() > 0));
    }

    [Fact]
    public async Task Of_a_week_that_is_not_recorded_there_is_no_comparison_but_what_is_missing()
    {
        var answer = await AnswerAsync("?week=2019-01-07&holds.heat-tank=12000");

        Assert.Equal(WhatIfTrouble.Unknown, answer.Trouble);
        Assert.Contains("homes-heat", answer.Unknown!);
    }

    [Theory]
    [InlineData("en", "?capacity.heat-pump=many", "capacity.heat-pump", FieldFault.NoNumber)]
    [InlineData("en", "?capacity.heat-pump=1,500", "capacity.heat-pump", FieldFault.NoNumber)]
    [InlineData("en", "?capacity.heat-pump=-1", "capacity.heat-pump", FieldFault.OutOfBounds)]
    [InlineData("fi", "?supply.sun=20,1", "supply.sun", FieldFault.OutOfBounds)]
    [InlineData("sv", "?carbonPrice=10001", "carbonPrice", FieldFault.OutOfBounds)]
    [InlineData("en", "?week=soon", "week", FieldFault.NoDay)]
    [InlineData("en", "?week=2026-11-18", "week", FieldFault.NotOver)]
    public void A_field_that_cannot_be_is_told(string language, string query, string field, FieldFault fault)
    {
        var question = Read(query, language);

        Assert.Equal([KeyValuePair.Create(field, fault)], question.Faults);
    }

    [Fact]
    public void Numbers_are_read_as_the_language_writes_them_and_what_is_so_anyway_is_left_out()
    {
        var question = Read("?capacity.heat-pump=740&plus.grid=−12,5&supply.sun=1 5&week=2026-11-17", "fi");

        Assert.Empty(question.Faults);
        Assert.Equal([new("week", "2026-11-17"), new("supply.sun", "15"), new("plus.grid", "-12.5")], question.Query);
    }

    [Fact]
    public async Task The_project_team_gets_both_plans_from_the_address_alone()
    {
        var browser = await CityAsync();
        var (redirected, _, location) = await browser.GetAsync(Page + "?week=&holds.heat-tank=12000&power.heat-tank=900");
        Assert.Equal((HttpStatusCode.Redirect, Page + "?holds.heat-tank=12000"), (redirected, location));

        var (_, text, _) = await browser.GetAsync(location!);
        var page = Plain(text);
        Assert.Contains("Heat tank: holds, kWh: 12,000, now 6,000", page, StringComparison.Ordinal);
        Assert.Contains("cheaper", page, StringComparison.Ordinal);
        Assert.Contains("no-store", browser.CacheControl, StringComparison.Ordinal);

        var lines = (await browser.GetAsync(location!.Replace("what-if", "what-if.csv", StringComparison.Ordinal))).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        Assert.Equal(["plan", "from", "element", "name", "what", "unit", "value", "low", "high", "knowledge"], lines[0]);
        var comparison = await CompareAsync("?holds.heat-tank=12000");
        foreach (var (word, plan) in new[] { ("present", comparison.Present.Plan), ("tried", comparison.Tried.Plan) })
        {
            Assert.Equal(plan.Levels["grid in"].Sum(), lines.Where(line => line[0] == word && line[2] == "grid in" && line[4] == "power").Sum(line => double.Parse(line[6], CultureInfo.InvariantCulture)), 0.1);
        }
    }

    [Fact]
    public async Task Only_who_may_ask_is_shown_the_way_there()
    {
        await Planning.RunAsync(TestContext.Current.CancellationToken);
        var city = await CityAsync();

        Assert.Contains($"href=\"{Page}\"", (await city.GetAsync("/en/energy")).Text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Page}\"", (await city.GetAsync("/en/my")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain($"href=\"{Page}\"", await kera.PageAsync("/en/energy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_number_is_said_at_its_field_and_nothing_is_solved()
    {
        var (status, text, _) = await (await CityAsync()).GetAsync("/fi/energy/what-if?capacity.heat-pump=paljon");

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("id=\"capacity.heat-pump-error\"", text, StringComparison.Ordinal);
        Assert.Contains("Kirjoita luku", Plain(text), StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"sums\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_asks_too_often_waits_but_what_is_solved_already_is_still_told()
    {
        using var limit = new WhatIfLimit(times: 1);
        using var whatIf = ActivatorUtilities.CreateInstance<WhatIf>(kera.App.Services, limit);
        async Task<WhatIfAnswer> AskAsync(string query) => await whatIf.AnswerAsync(Read(query, "en"), IPAddress.Loopback, TestContext.Current.CancellationToken);

        Assert.NotNull((await AskAsync("?supply.sun=2")).Comparison);
        Assert.Equal(WhatIfTrouble.TooOften, (await AskAsync("?supply.sun=3")).Trouble);
        Assert.NotNull((await AskAsync("?supply.sun=2")).Comparison);
    }

    private WhatIf WhatIf => kera.App.Services.GetRequiredService<WhatIf>();

    private async Task<TestBrowser> CityAsync()
    {
        var browser = new TestBrowser(kera.App);
        await browser.SubmitAsync("/en/sign-in", "/en/sign-in/demonstration", ("role", "city"));
        return browser;
    }

    private WhatIfQuestion Read(string query, string language) =>
        WhatIfQuestion.Read(Lever.Of(Planning.Energy!), new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query)), Language.All.Single(each => each.Code == language), Today);

    private Task<WhatIfAnswer> AnswerAsync(string query) => WhatIf.AnswerAsync(Read(query, "en"), IPAddress.Loopback, TestContext.Current.CancellationToken);

    private async Task<Comparison> CompareAsync(string query) => (await AnswerAsync(query)).Comparison!;

    private static ComparisonRow Row(Comparison comparison, string word, string element) => ComparisonRows.Of(comparison).Single(row => row.Word == word && row.Element == element);

    private static string Plain(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);
}

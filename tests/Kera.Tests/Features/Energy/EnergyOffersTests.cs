using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Energy;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Energy;

/// <summary>Offers to move use, as programs of their holders make them, and the schedules that they get.</summary>
public sealed class EnergyOffersTests(FilledDemonstration filled) : IAsyncLifetime
{
    private const string Chargers = "/api/v1/energy/flexibilities/bus-chargers/offers";
    private const string School = "/api/v1/energy/flexibilities/school-warmth/offers";
    private static readonly Instant First = Instant.FromUtc(2026, 11, 24, 13, 0);
    private readonly DemonstrationKera _kera = new(filled);
    private HttpClient _holder = null!;
    private HttpClient _school = null!;

    private EnergyPlanning Planning => _kera.App.Services.GetRequiredService<EnergyPlanning>();

    public async ValueTask InitializeAsync()
    {
        await _kera.InitializeAsync();
        _holder = await OfferPrograms.OfAsync(_kera, "demo-mobility", Scopes.WriteOffers);
        _school = await OfferPrograms.OfAsync(_kera, "demo-school", Scopes.WriteOffers);
    }

    public ValueTask DisposeAsync() => _kera.DisposeAsync();

    [Fact]
    public async Task Vehicles_are_charged_by_the_time_they_leave_in_the_hours_that_cost_least()
    {
        await PutAsync($"{Chargers}/night", Charging(First, 20, power: 100, energy: 450));
        await Planning.RunAsync(default);

        var (schedule, document) = await ScheduleAsync($"{Chargers}/night");
        var plan = (await Planning.NewestAsync(default))!.Value.Content;

        Assert.Equal((20, 450.0, 0.0), (schedule.Length, Math.Round(schedule.Sum(), 2), document.GetProperty("missing").GetDouble()));
        Assert.All(schedule, power => Assert.InRange(power, 0, 100.001));
        Assert.Equal(schedule, plan.Levels["bus-chargers taken"].Take(20), (one, other) => Math.Abs(one - other) < 0.01);
        Assert.All(plan.Levels["bus-chargers taken"].Skip(20), power => Assert.Equal(0, power, 0.01));
        // No hour without charging is cheaper than one with it.
        var prices = plan.Prices["power"];
        Assert.True(Enumerable.Range(0, 20).Where(hour => schedule[hour] > 0.01).Max(hour => prices[hour]) <= Enumerable.Range(0, 20).Where(hour => schedule[hour] < 99.9).Min(hour => prices[hour]) + 0.05);
        // Elements of single offers are told to who made them only.
        Assert.DoesNotContain("offer ", await _kera.PageAsync("/api/v1/energy/plan"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_scheduled_of_the_hours_that_are_over_counts_and_the_rest_is_planned_again()
    {
        await PutAsync($"{Chargers}/bus-1", Charging(First, 6, power: 100, energy: 540));
        await Planning.RunAsync(default);
        var (before, _) = await ScheduleAsync($"{Chargers}/bus-1");
        await PutAsync($"{Chargers}/bus-2", Charging(First, 6, power: 250, energy: 900));

        _kera.GoOn(Duration.FromHours(2));
        await Planning.RunAsync(default);

        var ((one, own), (two, second)) = (await ScheduleAsync($"{Chargers}/bus-1"), await ScheduleAsync($"{Chargers}/bus-2"));
        Assert.Equal(before.Take(2), one.Take(2));
        Assert.Equal(540, one.Sum() + own.GetProperty("missing").GetDouble(), 0.01);
        // Four hours are left, of 300 kW together, and more is wanted.
        Assert.Equal(900, two.Sum() + second.GetProperty("missing").GetDouble(), 0.01);
        Assert.All(Enumerable.Range(2, 4), hour => Assert.True(one[hour] + two[hour - 6 + two.Length] <= 300.01));
    }

    [Fact]
    public async Task What_cannot_be_given_in_time_is_told()
    {
        await PutAsync($"{Chargers}/late", Charging(First, 2, power: 100, energy: 350));
        await Planning.RunAsync(default);

        var (schedule, document) = await ScheduleAsync($"{Chargers}/late");

        Assert.Equal([100, 100], schedule.Select(power => Math.Round(power, 2)));
        Assert.Equal(150, document.GetProperty("missing").GetDouble(), 0.01);
        Assert.Empty((await Planning.NewestAsync(default))!.Value.Content.Unmet);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_load_runs_for_its_hours_in_one_piece_unless_it_may_stop(bool interruptible)
    {
        await PutAsync($"{Chargers}/wash", $$"""{"kind": "run", "hasBeginning": "{{First}}", "hasEnd": "{{First + Duration.FromHours(24)}}", "power": 80, "hours": 3, "interruptible": {{(interruptible ? "true" : "false")}}}""");
        await Planning.RunAsync(default);

        var (schedule, _) = await ScheduleAsync($"{Chargers}/wash");
        var on = Enumerable.Range(0, 24).Where(hour => schedule[hour] > 1).ToList();

        Assert.Equal(3, on.Count);
        Assert.All(on, hour => Assert.Equal(80, schedule[hour], 0.01));
        if (!interruptible)
        {
            Assert.Equal(2, on[^1] - on[0]);
            // It has begun: the next plan goes on with it, whatever that costs.
            _kera.GoOn(Duration.FromHours(on[0] + 1));
            await Planning.RunAsync(default);
            var (later, _) = await ScheduleAsync($"{Chargers}/wash");
            Assert.Equal(schedule, later);
        }
    }

    [Fact]
    public async Task A_building_takes_more_first_and_as_much_less_after_it()
    {
        await PutAsync($"{School}/today", $$"""{"kind": "shift", "hasBeginning": "{{First}}", "hasEnd": "{{First + Duration.FromHours(24)}}", "power": 60, "energy": 150}""");
        await Planning.RunAsync(default);

        var (schedule, _) = await ScheduleAsync($"{School}/today");

        Assert.Contains(schedule, power => power > 1);
        Assert.Equal(0, schedule.Sum(), 0.01);
        Assert.All(schedule, power => Assert.InRange(power, -60.001, 60.001));
        var held = 0.0;
        Assert.All(schedule, power => Assert.InRange(held += power, -0.01, 150.01));
        // It is worth it: the heat that it takes more is cheaper than that which it spares.
        var prices = (await Planning.NewestAsync(default))!.Value.Content.Prices["heat"];
        Assert.True(schedule.Select((power, hour) => power * prices[hour]).Sum() <= 0.01);
    }

    [Fact]
    public async Task Without_a_plan_what_is_wanted_is_taken_at_once_within_the_capacity()
    {
        LinearSolve fails = (_, _, _) => new LinearSolution(SolveStatus.Failed, double.NaN, [], [], [], double.NaN, 0, 0, null);
        using var failing = ActivatorUtilities.CreateInstance<EnergyPlanning>(_kera.App.Services, fails);
        await PutAsync($"{Chargers}/a", Charging(First, 10, power: 200, energy: 500));
        await PutAsync($"{Chargers}/b", Charging(First, 4, power: 200, energy: 600));
        await PutAsync($"{Chargers}/c", $$"""{"kind": "run", "hasBeginning": "{{First}}", "hasEnd": "{{First + Duration.FromHours(12)}}", "power": 150, "hours": 2}""");
        await using (var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            await db.EnergyPlans.ExecuteDeleteAsync();
            await db.EnergyOffers.ExecuteUpdateAsync(row => row.SetProperty(offer => offer.Schedule, ""));
        }

        await failing.RunAsync(default);

        // The one that leaves first is first.
        Assert.Equal((double[])[200, 200, 200, 0], (await ScheduleAsync($"{Chargers}/b")).Schedule);
        Assert.Equal((double[])[100, 100, 100, 200, 0, 0, 0, 0, 0, 0], (await ScheduleAsync($"{Chargers}/a")).Schedule);
        Assert.Equal((double[])[0, 0, 0, 0, 150, 150, 0, 0, 0, 0, 0, 0], (await ScheduleAsync($"{Chargers}/c")).Schedule);
    }

    [Fact]
    public async Task A_load_that_would_not_end_in_time_does_not_begin_without_a_plan()
    {
        LinearSolve fails = (_, _, _) => new LinearSolution(SolveStatus.Failed, double.NaN, [], [], [], double.NaN, 0, 0, null);
        using var failing = ActivatorUtilities.CreateInstance<EnergyPlanning>(_kera.App.Services, fails);
        await PutAsync($"{Chargers}/full", Charging(First, 3, power: 300, energy: 900));
        await PutAsync($"{Chargers}/wash", $$"""{"kind": "run", "hasBeginning": "{{First}}", "hasEnd": "{{First + Duration.FromHours(4)}}", "power": 150, "hours": 2}""");
        await using (var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            await db.EnergyPlans.ExecuteDeleteAsync(TestContext.Current.CancellationToken);
            await db.EnergyOffers.ExecuteUpdateAsync(row => row.SetProperty(offer => offer.Schedule, ""), TestContext.Current.CancellationToken);
        }

        await failing.RunAsync(default);

        Assert.Equal((double[])[0, 0, 0, 0], (await ScheduleAsync($"{Chargers}/wash")).Schedule);
    }

    [Fact]
    public async Task An_offer_that_changes_while_a_plan_is_solved_waits_for_the_next()
    {
        // Of a flexibility that only this test knows: the job plans beside it.
        var chargers = Planning.Energy!.Flexibilities["bus-chargers"] with { Key = "test-chargers" };
        var energy = Planning.Energy with { Flexibilities = new Dictionary<string, DistrictFlexibility> { [chargers.Key] = chargers } };
        var offers = _kera.App.Services.GetRequiredService<EnergyOffers>();
        var offer = new EnergyOfferRow { Flexibility = chargers.Key, Key = "one", From = DistrictCalendar.ToMicroseconds(First), Until = DistrictCalendar.ToMicroseconds(First + Duration.FromHours(4)), Power = 100, Energy = 200 };
        await offers.PutAsync(offer, new Actor("somebody", "test"), default);
        var (ahead, before) = await offers.AheadAsync(energy, First, 48, default);
        var plan = new EnergyPlan(SolveStatus.Optimal, 0, 0) { Sessions = new Dictionary<string, double[]> { [ahead[0].Element] = [.. Enumerable.Repeat(0.05, 48)] } };

        _kera.GoOn(Duration.FromMinutes(1));
        offer.Energy = 300;
        await offers.PutAsync(offer, new Actor("somebody", "test"), default);
        await WriteAsync(before);
        Assert.DoesNotContain("50", (await offers.FindAsync(chargers.Key, "one", default))!.Schedule, StringComparison.Ordinal);

        await WriteAsync((await offers.AheadAsync(energy, First, 48, default)).Stamp);
        Assert.Equal("[50,50,50,50]", (await offers.FindAsync(chargers.Key, "one", default))!.Schedule);

        async Task WriteAsync(string stamp)
        {
            await using var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
            await EnergyOffers.WriteAsync(db, energy, First, 48, ahead, stamp, plan, default);
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Only_programs_of_the_holder_see_and_change_offers()
    {
        await PutAsync($"{Chargers}/own", Charging(First, 6, power: 100, energy: 100));
        using var other = await OfferPrograms.OfAsync(_kera, "demo-school", Scopes.WriteOffers);
        using var reader = await OfferPrograms.OfAsync(_kera, "demo-mobility", Scopes.Read);
        var everyone = _kera.App.GetTestClient();

        foreach (var (program, expected) in new[] { (other, HttpStatusCode.NotFound), (reader, HttpStatusCode.Forbidden), (everyone, HttpStatusCode.Unauthorized) })
        {
            foreach (var address in new[] { Chargers, $"{Chargers}/own" })
            {
                Assert.Equal(expected, (await program.GetAsync(address, TestContext.Current.CancellationToken)).StatusCode);
            }

            using var put = await program.PutAsync($"{Chargers}/own", OfferPrograms.Json(Charging(First, 6, power: 1, energy: 1)), TestContext.Current.CancellationToken);
            using var removed = await program.DeleteAsync($"{Chargers}/own", TestContext.Current.CancellationToken);
            Assert.Equal((expected, expected), (put.StatusCode, removed.StatusCode));
        }

        Assert.Equal(100, (await ScheduleAsync($"{Chargers}/own")).Document.GetProperty("energy").GetDouble());
    }

    [Fact]
    public async Task An_offer_is_made_once_changed_taken_back_and_audited()
    {
        Assert.Equal(HttpStatusCode.Created, await PutAsync($"{Chargers}/one", Charging(First, 6, power: 100, energy: 100)));
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"{Chargers}/one", Charging(First, 6, power: 100, energy: 100)));
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"{Chargers}/one", Charging(First, 8, power: 100, energy: 200)));
        await Planning.RunAsync(default);
        Assert.Equal(200, (await ScheduleAsync($"{Chargers}/one")).Schedule.Sum(), 0.01);
        Assert.Contains("bus-chargers", (await Planning.NewestAsync(default))!.Value.Content.Levels.Keys.Single(key => key.EndsWith("taken", StringComparison.Ordinal)), StringComparison.Ordinal);

        using (var removed = await _holder.DeleteAsync($"{Chargers}/one", TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.OK, removed.StatusCode);
        }

        await Planning.RunAsync(default);
        Assert.DoesNotContain((await Planning.NewestAsync(default))!.Value.Content.Levels.Keys, key => key.EndsWith("taken", StringComparison.Ordinal));
        Assert.Equal("[]", await _holder.GetStringAsync(Chargers, TestContext.Current.CancellationToken));
        await using var db = _kera.App.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.Equal(["offer.put", "offer.put", "offer.remove"], await db.Audits.Where(row => row.Operation.StartsWith("offer.")).OrderBy(row => row.Id).Select(row => row.Operation).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_has_begun_begins_at_no_other_time()
    {
        await PutAsync($"{Chargers}/begun", Charging(First, 6, power: 100, energy: 300));
        _kera.GoOn(Duration.FromHours(2));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, await PutAsync($"{Chargers}/begun", Charging(First + Duration.FromHours(1), 6, power: 100, energy: 300)));
        Assert.Equal(HttpStatusCode.OK, await PutAsync($"{Chargers}/begun", Charging(First, 9, power: 100, energy: 300)));
    }

    private static string Charging(Instant from, int hours, double power, double energy) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"kind": "charging", "hasBeginning": "{{from}}", "hasEnd": "{{from + Duration.FromHours(hours)}}", "power": {{power}}, "energy": {{energy}}}""");

    private HttpClient Holder(string address) => address.StartsWith(School, StringComparison.Ordinal) ? _school : _holder;

    private async Task<HttpStatusCode> PutAsync(string address, string body)
    {
        using var answer = await Holder(address).PutAsync(address, OfferPrograms.Json(body), TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<(double[] Schedule, JsonElement Document)> ScheduleAsync(string address)
    {
        var document = await Holder(address).GetFromJsonAsync<JsonElement>(address, TestContext.Current.CancellationToken);
        return ([.. document.GetProperty("schedule").EnumerateArray().Select(hour => hour.GetProperty("kilowatts").GetDouble())], document);
    }
}

/// <summary>What cannot be offered.</summary>
public sealed class EnergyOfferRulesTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private static readonly Instant First = Instant.FromUtc(2026, 11, 24, 13, 0);

    [Theory]
    [InlineData("kind", "{\"kind\": \"sun\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1, \"energy\": 1}")]
    [InlineData("hasBeginning", "{\"kind\": \"charging\", \"hasEnd\": \"E\", \"power\": 1, \"energy\": 1}")]
    [InlineData("hasBeginning", "{\"kind\": \"charging\", \"hasBeginning\": \"2026-11-24T13:30:00Z\", \"hasEnd\": \"E\", \"power\": 1, \"energy\": 1}")]
    [InlineData("hasEnd", "{\"kind\": \"charging\", \"hasBeginning\": \"E\", \"hasEnd\": \"B\", \"power\": 1, \"energy\": 1}")]
    [InlineData("hasEnd", "{\"kind\": \"charging\", \"hasBeginning\": \"B\", \"hasEnd\": \"2026-11-27T13:00:00Z\", \"power\": 1, \"energy\": 1}")]
    [InlineData("hasEnd", "{\"kind\": \"charging\", \"hasBeginning\": \"2026-11-24T11:00:00Z\", \"hasEnd\": \"2026-11-24T13:00:00Z\", \"power\": 1, \"energy\": 1}")]
    [InlineData("power", "{\"kind\": \"charging\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 301, \"energy\": 1}")]
    [InlineData("power", "{\"kind\": \"charging\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": -1, \"energy\": 1}")]
    [InlineData("energy", "{\"kind\": \"charging\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1}")]
    [InlineData("energy", "{\"kind\": \"run\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1, \"hours\": 1, \"energy\": 1}")]
    [InlineData("hours", "{\"kind\": \"run\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1, \"hours\": 1.5}")]
    [InlineData("hours", "{\"kind\": \"run\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1, \"hours\": 7}")]
    [InlineData("lossPercent", "{\"kind\": \"shift\", \"hasBeginning\": \"B\", \"hasEnd\": \"E\", \"power\": 1, \"energy\": 1, \"lossPercent\": 100}")]
    [InlineData("schedule", "{\"kind\": \"charging\", \"schedule\": []}")]
    public async Task What_cannot_be_offered_is_said_by_field(string field, string body)
    {
        using var holder = await OfferPrograms.OfAsync(kera, "demo-mobility", Scopes.WriteOffers);
        using var answer = await holder.PutAsync("/api/v1/energy/flexibilities/bus-chargers/offers/bad", OfferPrograms.Json(body.Replace("\"B\"", $"\"{First}\"", StringComparison.Ordinal).Replace("\"E\"", $"\"{First + Duration.FromHours(6)}\"", StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal(field, (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("field").GetString());
    }
}

/// <summary>Programs with a token.</summary>
internal static class OfferPrograms
{
    public static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    public static async Task<HttpClient> OfAsync(DemonstrationKera kera, string agent, string scope)
    {
        var issued = await kera.App.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest($"offers of {agent} {scope}", agent, [scope]), new Actor("somebody", "test"), TestContext.Current.CancellationToken);
        var client = kera.App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Text);
        return client;
    }
}

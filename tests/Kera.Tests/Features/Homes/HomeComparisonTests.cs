using Kera.Base.Access;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Features.Homes;
using Kera.Flows;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Homes;

/// <summary>A home is compared with others like it, and nobody can be told from the numbers.</summary>
public sealed class HomeComparisonTests(PostgresServer server)
{
    private static readonly Duration HalfDay = Duration.FromHours(12);

    // October 2026, which has a day of 25 hours.
    private static readonly Instant October = Instant.FromUtc(2026, 9, 30, 21, 0);

    private const int HalfDays = 62;

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Below_ten_homes_nothing_is_told_and_from_ten_on_a_band_that_is_no_homes_own(string provider)
    {
        await using var town = await HomesTown.StartAsync(provider, server);
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        var me = await town.PersonAsync("Aino Virta");
        await MyHomeTests.SetAsync(aino, place: "demo-block-a");
        await town.ReadAsync(me, "demo-home-power", "kWh", HalfDay, October, [.. Enumerable.Repeat(1m, HalfDays)]);
        var sums = new List<decimal> { HalfDays };
        for (var number = 1; number <= 8; number++)
        {
            sums.Add(await NeighbourAsync(town, 1 + (number * 0.37m)));
        }

        // Another size, half a month, and a home that is not to be compared are not among them.
        await NeighbourAsync(town, 3, size: HomeSize.From80);
        await NeighbourAsync(town, 3, halfDays: HalfDays / 2);
        await NeighbourAsync(town, 3, size: null);
        Assert.Null((await CompareAsync(town, me)).Band);
        Assert.Contains("Fewer than 10 homes like yours have readings of the whole month", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);

        sums.Add(await NeighbourAsync(town, 1 + (9 * 0.37m)));
        var compared = await CompareAsync(town, me);

        Assert.Equal(Quantity.Whole(HalfDays), compared.Own);
        var band = compared.Band!;
        // Of the ten sums in order: the means of the second to the fourth, the fourth to the sixth, and the seventh to the ninth, to two digits.
        Assert.Equal((110, 150, 220), (band.Low.ToDecimal(), band.Middle.ToDecimal(), band.High.ToDecimal()));
        Assert.DoesNotContain(sums, sum => sum == band.Low.ToDecimal() || sum == band.Middle.ToDecimal() || sum == band.High.ToDecimal());
        Assert.Contains("Power: less than most homes like yours.", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_band_stays_whoever_comes_or_goes()
    {
        await using var town = await HomesTown.StartAsync();
        await town.Kera.JoinAsync("Aino Virta", "resident");
        var me = await town.PersonAsync("Aino Virta");
        await town.ReadAsync(me, "demo-home-power", "kWh", HalfDay, October, [.. Enumerable.Repeat(1m, HalfDays)]);
        for (var number = 1; number <= 10; number++)
        {
            await NeighbourAsync(town, number);
        }

        var before = (await CompareAsync(town, me)).Band;
        await NeighbourAsync(town, 400);
        await NeighbourAsync(town, 500);
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            var gone = db.Homes.OrderBy(home => home.AgentId).First().AgentId;
            await town.Services.GetRequiredService<PersonStore>().EraseAsync(db.Agents.Single(agent => agent.Id == gone).Key, Actor.Operator());
        }

        Assert.NotNull(before);
        Assert.Equal(before, (await CompareAsync(town, me)).Band);
    }

    [Fact]
    public async Task A_month_waits_three_days_for_late_readings()
    {
        await using var town = await HomesTown.StartAsync();
        var comparison = town.Services.GetRequiredService<HomeComparison>();
        Assert.Equal(new YearMonth(2026, 10), comparison.Month);

        // On the third of December, and on the fourth.
        town.Pass(Duration.FromDays(9));
        Assert.Equal(new YearMonth(2026, 10), comparison.Month);
        town.Pass(Duration.FromDays(1));
        Assert.Equal(new YearMonth(2026, 11), comparison.Month);
    }

    [Fact]
    public async Task Whose_own_month_is_not_whole_is_told_so()
    {
        await using var town = await HomesTown.StartAsync();
        var aino = await town.Kera.JoinAsync("Aino Virta", "resident");
        await MyHomeTests.SetAsync(aino, place: "demo-block-a");
        await town.ReadAsync(await town.PersonAsync("Aino Virta"), "demo-home-power", "kWh", HalfDay, October, 1, 1, 1);
        for (var number = 1; number <= 10; number++)
        {
            await NeighbourAsync(town, number);
        }

        Assert.Contains("Your own readings lack too much of the month.", MyHomeTests.Plain((await aino.GetAsync("/en/my/home")).Text), StringComparison.Ordinal);
    }

    private static async Task<ComparedHome> CompareAsync(HomesTown town, (int AgentId, string Key) person) =>
        Assert.Single(await town.Services.GetRequiredService<HomeComparison>().CompareAsync(person.AgentId, person.Key, HomeKind.Flat, HomeSize.From60, TestContext.Current.CancellationToken));

    // A flat that uses so much in each half day; gives what it used in the month.
    private static async Task<decimal> NeighbourAsync(HomesTown town, decimal each, HomeSize? size = HomeSize.From60, int halfDays = HalfDays)
    {
        var key = await town.Services.GetRequiredService<PersonStore>().AddAsync("Neighbour", "", "", Actor.Operator());
        int id;
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            id = db.Agents.Single(agent => agent.Key == key).Id;
        }

        await town.Services.GetRequiredService<HomeRegister>().SetAsync(id, new Home("demo-block-a", "", size is null ? null : HomeKind.Flat, size), Actor.Operator(), TestContext.Current.CancellationToken);
        await town.ReadAsync((id, key), "demo-home-power", "kWh", HalfDay, October, [.. Enumerable.Repeat(each, halfDays)]);
        return each * halfDays;
    }
}

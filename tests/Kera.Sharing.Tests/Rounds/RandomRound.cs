using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>Rounds so small that every answer can be tried, with a bit of everything.</summary>
internal static class RandomRound
{
    public static Round Make(int seed)
    {
        var random = new Random(seed);
        var days = new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Saturday }.Take(1 + random.Next(3)).ToArray();
        RoundSpace[] spaces =
        [
            SpaceOf("a", days, random) with { Conflicts = random.Next(2) == 0 ? ["b"] : [] },
            SpaceOf("b", days, random),
            SpaceOf("c", days, random) with { Conflicts = random.Next(3) == 0 ? ["a", "b"] : [] },
        ];
        var groups = 2 + random.Next(2);
        var round = new Round(new LocalDate(2027, 1, 4), new LocalDate(2027, 5, 30), random.Next(4) == 0 ? 30 : 60, spaces,
            [new("youth", 1 + random.Next(4)) { MinimumMinutes = 60 * random.Next(3) * random.Next(2) }, new("adults", 2)],
            [.. Enumerable.Range(0, groups).Select(number => ApplicationOf($"g{number}", groups == 2 ? 2 : 1, days, random))])
        {
            Equipment = [new("net", 1 + random.Next(2))],
            Forbids = random.Next(3) == 0 ? [new RoundForbid("g1", null, "a", new WeeklyTime(days[0], 18 * 60, 19 * 60))] : [],
        };
        return round;
    }

    private static RoundSpace SpaceOf(string key, IsoDayOfWeek[] days, Random random) => new(key, 5 + random.Next(10), [.. days.Select(day => new WeeklyTime(day, 17 * 60, (18 + random.Next(3)) * 60))])
    {
        Features = random.Next(3) > 0 ? ["sport"] : [],
        Occupied = random.Next(4) == 0 ? [new WeeklyTime(days[0], (17 * 60) + 10, (17 * 60) + 20)] : [],
    };

    private static RoundApplication ApplicationOf(string key, int most, IsoDayOfWeek[] days, Random random) =>
        new(key, random.Next(2) == 0 ? "youth" : "adults", [.. Enumerable.Range(0, 1 + random.Next(most)).Select(wish => WishOf($"w{wish}", days, random))])
        {
            PastPercent = random.Next(3) == 0 ? null : random.Next(101),
        };

    private static RoundWish WishOf(string key, IsoDayOfWeek[] days, Random random)
    {
        var options = new[] { "a", "b", "c" };
        random.Shuffle(options);
        var most = 1 + random.Next(2);
        return new RoundWish(key, options[..(1 + random.Next(2))], [.. days.SelectMany(day => new[] { new SuitableTime(day, 17 * 60, 18 * 60), new SuitableTime(day, 18 * 60, 20 * 60, random.Next(2) == 0) })])
        {
            MinimumTimes = 1 + random.Next(most),
            MaximumTimes = most,
            MinimumMinutes = 60,
            MaximumMinutes = 60 + (60 * random.Next(2)),
            People = 1 + random.Next(10),
            Features = random.Next(4) == 0 ? ["sport"] : [],
            Equipment = random.Next(3) == 0 ? [new EquipmentNeed("net", 1)] : [],
        };
    }
}

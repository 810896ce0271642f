using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Generated;

/// <summary>
/// A round like a city's, made from a seed: halls that are used whole or in halves, and rooms; youth, adult and other groups that
/// mostly wish the same evening hours of working days, a few of them weekends.
/// </summary>
internal static class GeneratedRound
{
    private static readonly IsoDayOfWeek[] s_days = [.. Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)];

    /// <summary>Makes it.</summary>
    /// <param name="seed">The same seed gives the same round.</param>
    /// <param name="spaces">How many spaces; three of five are a hall and its two halves.</param>
    /// <param name="groups">How many groups, each with two to four wishes, three in the mean.</param>
    public static Round Make(int seed, int spaces, int groups)
    {
        var random = new Random(seed);
        var made = Enumerable.Range(0, spaces).Select(number => SpaceOf(number, spaces, random)).ToList();
        return new Round(new LocalDate(2027, 1, 4), new LocalDate(2027, 5, 30), 30, made, [new("youth", 300), new("adults", 100), new("others", 150)],
            [.. Enumerable.Range(0, groups).Select(number => ApplicationOf(number, made, random))])
        {
            Equipment = [new("projector", Math.Max(1, spaces / 10))],
        };
    }

    private static RoundSpace SpaceOf(int number, int spaces, Random random)
    {
        List<WeeklyTime> open = [.. s_days.Select(day => day <= IsoDayOfWeek.Friday ? new WeeklyTime(day, 15 * 60, 22 * 60) : new WeeklyTime(day, 9 * 60, 20 * 60))];
        WeeklyTime[] occupied = [.. s_days.Where(_ => random.Next(6) == 0).Select(day => new WeeklyTime(day, 15 * 60, 17 * 60))];
        var inHalls = number / 5 * 5 + 5 <= spaces && number % 5 < 3;
        if (!inHalls)
        {
            return new RoundSpace($"room-{number}", 15 + 5 * random.Next(6), open) { Features = ["room"], Occupied = occupied };
        }

        var hall = number - number % 5;
        return number == hall
            ? new RoundSpace($"hall-{hall}", 80, open) { Features = ["sport", "whole"], Occupied = occupied, Conflicts = [$"half-{hall}-1", $"half-{hall}-2"] }
            : new RoundSpace($"half-{hall}-{number - hall}", 40, open) { Features = ["sport"] };
    }

    private static RoundApplication ApplicationOf(int number, List<RoundSpace> spaces, Random random)
    {
        var category = random.Next(10) switch { < 5 => "youth", < 8 => "adults", _ => "others" };
        var kind = category == "others" ? "room" : "sport";
        return new RoundApplication($"group-{number}", category, [.. Enumerable.Range(1, 2 + random.Next(3)).Select(wish => WishOf($"wish-{wish}", kind, category, spaces, random))])
        {
            PastPercent = random.Next(4) == 0 ? null : 30 + random.Next(71),
        };
    }

    private static RoundWish WishOf(string key, string kind, string category, List<RoundSpace> spaces, Random random)
    {
        var whole = kind == "sport" && random.Next(4) == 0;
        var possible = spaces.Where(space => space.Features.Contains(kind) && space.Features.Contains("whole") == whole).ToList();
        possible = possible.Count == 0 ? [.. spaces] : possible;
        // Groups live somewhere: their options are near each other.
        var near = random.Next(possible.Count);
        var options = Enumerable.Range(0, Math.Min(possible.Count, 1 + random.Next(4))).Select(step => possible[(near + step) % possible.Count].Key).ToArray();
        var evening = category == "youth" ? 16 + random.Next(2) : 17 + random.Next(3);
        var days = s_days.Where(day => random.Next(10) < (day <= IsoDayOfWeek.Friday ? 5 : 1)).DefaultIfEmpty(IsoDayOfWeek.Wednesday).ToList();
        SuitableTime[] suitable =
        [
            .. days.SelectMany(day => day <= IsoDayOfWeek.Friday
                ? new[] { new SuitableTime(day, evening * 60, (evening + 3) * 60), new SuitableTime(day, (evening - 1) * 60, evening * 60, false), new SuitableTime(day, (evening + 3) * 60, Math.Min(22, evening + 4) * 60, false) }
                : [new SuitableTime(day, 10 * 60, 16 * 60)]).Where(time => time.Begin < time.End),
        ];
        var (times, minutes) = (1 + random.Next(3), 60 + 30 * random.Next(3));
        return new RoundWish(key, options, suitable)
        {
            MinimumTimes = random.Next(5) == 0 ? Math.Min(2, times) : 1,
            MaximumTimes = times,
            MinimumMinutes = minutes,
            MaximumMinutes = minutes + 30 * random.Next(3),
            People = 8 + random.Next(whole ? 60 : 20),
            Equipment = kind == "room" && random.Next(5) == 0 ? [new("projector", 1)] : [],
        };
    }
}

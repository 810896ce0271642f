using System.Globalization;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A wish as a form has it: spaces in order, how often and how long, and hours by weekday as <c>17-20</c>.</summary>
internal static partial class WishForm
{
    private const int MostSpaces = 5;
    private const int MinutesInHour = 60;
    private const int MostPeople = 100_000;

    /// <summary>The names of the fields of spaces, in order.</summary>
    public static IEnumerable<string> SpaceFields(DistrictRound round) => Enumerable.Range(1, Math.Min(MostSpaces, round.Spaces.Count)).Select(number => Field("space", number));

    /// <summary>The name of the field of hours of a weekday.</summary>
    public static string HoursField(bool primary, IsoDayOfWeek day) => Field(primary ? "well" : "other", (int)day);

    /// <summary>What was entered.</summary>
    /// <param name="form">The form.</param>
    /// <param name="round">The round that it is for.</param>
    /// <param name="key">The wish's key.</param>
    /// <exception cref="AccessException">A field cannot be read, or cannot be so.</exception>
    public static RoundWish Read(IFormCollection form, DistrictRound round, string key)
    {
        List<string> options = [.. SpaceFields(round).Select(name => form[name].ToString()).Where(space => space.Length > 0).Distinct()];
        if (options.Count == 0 || options.Any(option => round.Spaces.All(space => space.Space != option)))
        {
            throw new AccessException("space1", "Choose a space of the round.", "rounds.error.space");
        }

        List<SuitableTime> suitable = [.. RoundWords.Week.SelectMany(day => Hours(form, day, primary: true).Concat(Hours(form, day, primary: false)))];
        if (suitable.Count == 0)
        {
            throw new AccessException("hours", "Write suitable hours on one day at least.", "rounds.error.suitable");
        }

        var wish = new RoundWish(key, options, suitable)
        {
            MinimumTimes = Number(form, "leastTimes", 1, 7),
            MaximumTimes = Number(form, "mostTimes", 1, 7),
            MinimumMinutes = Number(form, "leastMinutes", round.GridMinutes, 24 * MinutesInHour),
            MaximumMinutes = Number(form, "mostMinutes", round.GridMinutes, 24 * MinutesInHour),
            People = Number(form, "people", 1, MostPeople),
            Features = [.. form["feature"].OfType<string>()],
            Equipment = [.. form["equipment"].OfType<string>().Select(equipment => new EquipmentNeed(equipment, 1))],
        };
        return wish.MaximumTimes < wish.MinimumTimes ? throw new AccessException("mostTimes", "No fewer than at least.", "rounds.error.most")
            : wish.MaximumMinutes < wish.MinimumMinutes ? throw new AccessException("mostMinutes", "No shorter than at least.", "rounds.error.most")
            : wish.MinimumMinutes % round.GridMinutes != 0 ? throw OffGrid("leastMinutes")
            : wish.MaximumMinutes % round.GridMinutes != 0 ? throw OffGrid("mostMinutes")
            : wish;
    }

    /// <summary>What a form has for a wish, by field.</summary>
    public static IReadOnlyDictionary<string, string> ValuesOf(IFormCollection form) => form.ToDictionary(field => field.Key, field => field.Value.ToString());

    private static IEnumerable<SuitableTime> Hours(IFormCollection form, IsoDayOfWeek day, bool primary)
    {
        var field = HoursField(primary, day);
        foreach (var part in form[field].ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (begin, end) = FromTo().Match(part) is { Success: true } match
                ? (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture))
                : (0, 0);
            if (begin >= end || end > 24)
            {
                throw new AccessException(field, "Write whole hours as 17-20, several with commas.", "rounds.error.hours");
            }

            yield return new SuitableTime(day, begin * MinutesInHour, end * MinutesInHour, primary);
        }
    }

    private static int Number(IFormCollection form, string field, int least, int most) =>
        int.TryParse(form[field].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new AccessException(field, $"Write a whole number from {least} to {most}.", "rounds.error.number");

    private static AccessException OffGrid(string field) => new(field, "Write minutes on the grid of the round.", "rounds.error.grid");

    private static string Field(string name, int number) => name + number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(\d{1,2})\s*[-–]\s*(\d{1,2})$")]
    private static partial Regex FromTo();
}

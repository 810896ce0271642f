namespace Kera.Sharing.Rounds;

/// <summary>Refuses a round that cannot be: names twice or unknown, numbers out of bounds, times off the grid.</summary>
internal static class RoundInput
{
    public static void Check(Round round)
    {
        Refuse(round.GridMinutes is not (30 or 60), "The grid of a round is 30 or 60 minutes, not", round.GridMinutes);
        Refuse(round.To < round.From, "The season of a round ends before it begins, on", round.To);
        var spaces = Keys("space", round.Spaces.Select(space => space.Key));
        var categories = Keys("category", round.Categories.Select(category => category.Key));
        var equipment = Keys("equipment", round.Equipment.Select(equipment => equipment.Key));
        Keys("group", round.Applications.Select(application => application.Group));
        foreach (var category in round.Categories)
        {
            Refuse(category.Weight is < 1 or > 1000, "The weight of a category is 1 to 1000; see", category.Key);
            Refuse(category.MinimumMinutes < 0 || category.MinimumMinutes % 30 != 0, "A category's minimum is in half hours; see", category.Key);
        }

        foreach (var space in round.Spaces)
        {
            Known("space", spaces, space.Conflicts);
            Refuse(space.Open.Any(time => !Is(time, round.GridMinutes)), "A space is open on a weekday from a time on the grid to a later one; see", space.Key);
            Refuse(space.Occupied.Any(time => !Is(time, 1)), "A space is used on a weekday from one minute of the day to a later one; see", space.Key);
        }

        foreach (var application in round.Applications)
        {
            Known("category", categories, [application.Category]);
            Keys("wish", application.Wishes.Select(wish => wish.Key));
            Refuse(application.PastPercent is < 0 or > 100, "What a group got in the past is 0 to 100 per cent; see", application.Group);
            foreach (var wish in application.Wishes)
            {
                Check(wish, round.GridMinutes);
                Known("space", spaces, wish.Options);
                Keys("option", wish.Options);
                Known("equipment", equipment, wish.Equipment.Select(need => need.Equipment));
            }
        }

        foreach (var forbid in round.Forbids)
        {
            Refuse(forbid == new RoundForbid(), "A forbid names a group, a space or a time", "none");
            Refuse(forbid.Time is { } time && !Is(time, 1), "A forbidden time is of a weekday, from one minute of the day to a later one; see", forbid);
        }
    }

    private static void Check(RoundWish wish, int grid)
    {
        Refuse(wish.MinimumTimes < 1 || wish.MaximumTimes < wish.MinimumTimes || wish.MaximumTimes > 7, "A wish is for 1 to 7 times a week, at most no fewer than at least; see", wish.Key);
        var sound = wish.MinimumMinutes > 0 && wish.MaximumMinutes >= wish.MinimumMinutes && wish.MaximumMinutes <= 1440;
        Refuse(!sound || wish.MinimumMinutes % grid != 0 || wish.MaximumMinutes % grid != 0, "A wish is for a duration on the grid, at most no shorter than at least; see", wish.Key);
        Refuse(wish.Suitable.Any(time => !Is(new WeeklyTime(time.Day, time.Begin, time.End), 60)), "A suitable time is of a weekday, from one whole hour to a later one; see", wish.Key);
        Refuse(wish.People < 1 || wish.Equipment.Any(need => need.Pieces < 1), "A wish is for one person or more, and for one piece or more of its equipment; see", wish.Key);
    }

    private static bool Is(WeeklyTime time, int grid) =>
        time.Day is >= NodaTime.IsoDayOfWeek.Monday and <= NodaTime.IsoDayOfWeek.Sunday
        && time.Begin >= 0 && time.Begin < time.End && time.End <= 1440 && time.Begin % grid == 0 && time.End % grid == 0;

    private static HashSet<string> Keys(string kind, IEnumerable<string> keys)
    {
        HashSet<string> known = [];
        foreach (var key in keys)
        {
            Refuse(!known.Add(key), $"There are two of one key ({kind}):", key);
        }

        return known;
    }

    private static void Known(string kind, HashSet<string> known, IEnumerable<string> keys)
    {
        foreach (var key in keys)
        {
            Refuse(!known.Contains(key), $"There is no such {kind}:", key);
        }
    }

    private static void Refuse(bool wrong, string sentence, object which)
    {
        if (wrong)
        {
            throw new SharingException(FormattableString.Invariant($"{sentence} {which}."));
        }
    }
}

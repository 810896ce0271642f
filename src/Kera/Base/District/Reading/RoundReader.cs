using Kera.Sharing;
using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads the application rounds of spaces.yaml.</summary>
/// <param name="zone">The zone of the days.</param>
/// <param name="spaces">The spaces by key.</param>
internal sealed class RoundReader(DateTimeZone zone, IReadOnlyDictionary<string, DistrictSpace> spaces)
{
    private const int MostWeight = 1_000;
    private const int MostMinutes = 100_000;
    private const int MinutesInDay = 1_440;
    private const int HalfHour = 30;

    private static readonly string[] s_grids = ["30", "60"];

    public DistrictRound Round(Entry entry, string key)
    {
        var (illustrative, sources) = EnergyReader.Provenance(entry);
        var grid = entry.Word("gridMinutes", s_grids) == "60" ? 60 : HalfHour;
        var round = new DistrictRound
        {
            Key = key,
            Name = entry.Name(),
            About = entry.OptionalLocalized("about"),
            Keeper = entry.Reference("keeper", Noun.Agent),
            First = entry.Day("first"),
            Last = entry.Day("last"),
            Opens = Moment(entry, "opens", ends: false),
            Closes = Moment(entry, "closes", ends: true),
            GridMinutes = grid,
            Spaces = Distinct(entry, "spaces", "space of the round", "space", each => SpaceOf(each, grid), space => space.Space),
            Categories = Distinct(entry, "categories", "category", "kind", Category, category => category.Kind),
            Illustrative = illustrative,
            Sources = sources,
        };
        Check(entry, round);
        return round;
    }

    /// <summary>Lets nobody book directly what a round gives out.</summary>
    public static void KeepFree(OrderedDictionary<string, (DistrictSpace Told, Space Kernel)> spaces, IEnumerable<DistrictRound> rounds)
    {
        foreach (var round in rounds)
        {
            foreach (var key in round.Spaces.Select(space => space.Space).Where(spaces.ContainsKey))
            {
                var (told, kernel) = spaces[key];
                var rules = kernel.Rules with { Rounds = [.. kernel.Rules.Rounds, new RoundPeriod(round.Key, round.First, round.Last, ResultsSent: false)] };
                spaces[key] = (told, kernel with { Rules = rules });
            }
        }
    }

    private Instant Moment(Entry entry, string name, bool ends)
    {
        entry.Required(name, "write a day 2026-10-14, or a moment with its offset from UTC: 2026-10-14T09:00:00+03:00");
        return entry.OptionalMoment(name, zone, ends) ?? default;
    }

    private static DistrictRoundSpace SpaceOf(Entry entry, int grid) =>
        new(entry.Reference("space", Noun.Space), [.. entry.Children("open", "time of the round").SelectMany(open => Weekly(open, grid))]);

    private static List<WeeklyTime> Weekly(Entry entry, int grid)
    {
        var days = HoursReader.WeekdaysOf(entry);
        List<WeeklyTime> times = [];
        foreach (var span in HoursReader.Times(entry, "write from when to when: [\"16:00-21:00\"]"))
        {
            var (begin, end) = (Minutes(span.Begin), span.EndsNextDay && span.End == LocalTime.Midnight ? MinutesInDay : Minutes(span.End));
            if (end <= begin || begin % grid != 0 || end % grid != 0 || span.State is not null)
            {
                entry.Report.Add(entry.Node.Field("times")!, "a time of a round is within one day, on the grid and without a state", $"write times from midnight at the earliest to 24:00 at the latest, in steps of {grid} minutes");
                break;
            }

            times.AddRange(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None && days.Has(day)).Select(day => new WeeklyTime(day, begin, end)));
        }

        entry.Done();
        return times;
    }

    private static int Minutes(LocalTime time) => (time.Hour * 60) + time.Minute;

    private static DistrictRoundCategory Category(Entry entry)
    {
        var category = new DistrictRoundCategory(entry.Reference("kind", Noun.GroupKind), entry.RequiredWhole("weight", 1, MostWeight), entry.OptionalWhole("leastMinutes", 0, MostMinutes) ?? 0);
        if (category.LeastMinutes % HalfHour != 0)
        {
            entry.Report.Add(entry.Node.Field("leastMinutes")!, $"{category.LeastMinutes} minutes are no half hours", "write a multiple of 30");
        }

        return category;
    }

    private static List<T> Distinct<T>(Entry entry, string section, string subject, string field, Func<Entry, T> read, Func<T, string> key)
    {
        var values = RuleReader.Distinct(entry, section, subject, field, read, key);
        if (values.Count == 0 && entry.Required(section, $"list them, each with its {field}") is { Kind: NodeKind.Sequence } empty)
        {
            entry.Report.Add(empty, $"'{section}' is an empty list", $"list them, each with its {field}");
        }

        return values;
    }

    private void Check(Entry entry, DistrictRound round)
    {
        if (round.Last < round.First && entry.Node.Field("last") is { } last)
        {
            entry.Report.Add(last, "the season ends before it begins", "write a day after 'first'");
        }

        if (round.Closes <= round.Opens && entry.Node.Field("closes") is { } closes)
        {
            entry.Report.Add(closes, "the round closes before it opens", "write a later moment");
        }

        foreach (var item in entry.Node.Field("spaces")?.Items ?? [])
        {
            if (item.Field("space") is { } node && spaces.GetValueOrDefault(node.Text) is { } space)
            {
                if (!space.Bookable)
                {
                    entry.Report.Add(node, $"'{space.Key}' is not booked itself", "name its parts");
                }

                if (space.Keeper != round.Keeper && entry.Keys.Has(Noun.Agent, space.Keeper))
                {
                    entry.Report.Add(node, $"'{space.Key}' is kept by '{space.Keeper}'", $"name spaces that '{round.Keeper}' keeps, or make another round");
                }
            }
        }
    }
}

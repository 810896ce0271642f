using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kera.Base.Ledger;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District.Reading;

/// <summary>Judges hours, rules and prices of files that are right otherwise: whether they contradict each other.</summary>
internal sealed partial class SpaceJudge
{
    private readonly Entry _root;
    private readonly DistrictSpaces _spaces;

    // What several spaces have in common is told once.
    private readonly HashSet<(int Line, int Column, RuleMistakeCode Code)> _told = [];

    private SpaceJudge(Entry root, DistrictSpaces spaces) => (_root, _spaces) = (root, spaces);

    /// <param name="reader">The hours, rules and prices by their keys.</param>
    /// <param name="spaces">The spaces.</param>
    /// <param name="now">Now; null where nobody says, and then nothing is looked up in the year to come.</param>
    /// <param name="root">The file.</param>
    public static void Check(SpaceReader reader, DistrictSpaces spaces, Instant? now, Entry root)
    {
        var judge = new SpaceJudge(root, spaces);
        var today = (now ?? default).InZone(spaces.Tree.Zone).Date;
        foreach (var space in spaces.Tree.Spaces)
        {
            var item = judge.Item("spaces", space.Key);
            foreach (var mistake in RuleCheck.Mistakes(spaces.Tree, space.Key, today).Where(mistake => now is not null || mistake.Code != RuleMistakeCode.NeverOpenLongEnough))
            {
                judge.Tell(judge.NodeOf(mistake.Field, item, item.Field("hours")?.Text, item.Field("rules")?.Text), mistake);
            }
        }

        judge.CheckUnused(reader, today);
        foreach (var (key, prices) in reader.Prices)
        {
            foreach (var mistake in Pricing.Mistakes(key, prices))
            {
                judge.Tell(Walk(judge.Item("prices", key), $"Pricings{mistake.Field}"), mistake);
            }
        }
    }

    // Hours and rules that no space has are judged by themselves; which kinds of spaces there will be, nobody knows.
    private void CheckUnused(SpaceReader reader, LocalDate today)
    {
        foreach (var (hours, rules, space) in reader.Hours.Select(named => ((string?)named.Key, (string?)null, new Space(named.Key, "", new BookingRules()) { Hours = named.Value }))
            .Concat(reader.Rules.Select(named => ((string?)null, (string?)named.Key, new Space(named.Key, "", named.Value)))))
        {
            var alone = new SpaceTree(_spaces.Tree.Zone, [space]);
            foreach (var mistake in RuleCheck.Mistakes(alone, space.Key, today).Where(mistake => mistake.Code is not (RuleMistakeCode.NeverOpenLongEnough or RuleMistakeCode.UnknownKind)))
            {
                Tell(NodeOf(mistake.Field, null, hours, rules), mistake);
            }
        }
    }

    private void Tell(FileNode node, RuleMistake mistake)
    {
        if (_told.Add((node.Line, node.Column, mistake.Code)))
        {
            var (problem, remedy) = InWords(mistake);
            _root.Report.Add(node, problem, remedy);
        }
    }

    private FileNode Item(string section, string? key) => _root.Node.Field(section)?.Items.FirstOrDefault(item => item.Field("key")?.Text == key) ?? _root.Node;

    // Where a field of the kernel stands: in the hours, in the space, in its overrides or in its rules.
    private FileNode NodeOf(string field, FileNode? space, string? hours, string? rules)
    {
        var first = Segment().Match(field).Groups["name"].Value;
        if (first == nameof(Space.Hours))
        {
            return Walk(space is null || hours is not null ? Item("hours", hours) : space, field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        }

        if (space is not null && first is nameof(Space.Capacity) or nameof(Space.LastDay) or nameof(Space.Permits))
        {
            return Walk(space, field);
        }

        var name = JsonNamingPolicy.CamelCase.ConvertName(first);
        // Without a step of its own it is the grid that is wrong; and where no least duration is written, the rules of the space are.
        name = name == "durationStep" && space?.Field("overrides")?.Field(name) is null && Item("rules", rules).Field(name) is null ? "startGrid" : name;
        var written = space?.Field("overrides") is { } overrides && overrides.Field(name) is not null ? overrides : Item("rules", rules);
        return written.Field(name) is null ? space?.Field("rules") ?? KeyOf(written) : Walk(written, name + field[first.Length..]);
    }

    private static FileNode Walk(FileNode from, string path)
    {
        var node = from;
        foreach (Match segment in Segment().Matches(path))
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(segment.Groups["name"].Value);
            var next = name == "most" ? node.Field("bookings") ?? node.Field("time") : node.Field(name);
            if (segment.Groups["number"] is { Success: true, Value: var number })
            {
                next = next?.Items.ElementAtOrDefault(int.Parse(number, CultureInfo.InvariantCulture));
            }

            if (next is null)
            {
                break;
            }

            node = next;
        }

        return KeyOf(node);
    }

    private static FileNode KeyOf(FileNode node) => node.Field("key") ?? node;

    private (string Problem, string Remedy) InWords(RuleMistake mistake)
    {
        var right = mistake.Right is { } duration ? EntryTimes.InWords(duration) : "";
        var field = $"'{JsonNamingPolicy.CamelCase.ConvertName(Segment().Matches(mistake.Field)[^1].Groups["name"].Value)}'";
        return mistake.Code switch
        {
            RuleMistakeCode.NotPositive => ($"{field} is no time at all", $"write {right} or more"),
            RuleMistakeCode.LeastAboveMost => ("the shortest booking is longer than the longest", $"write {right} or less, or a longer mostDuration"),
            RuleMistakeCode.NoDurationFits => ("no booking fits: from the shortest to the longest there is no multiple of the step", $"write {right} or more, or a shorter durationStep"),
            RuleMistakeCode.NoticeBeyondHorizon => ("the notice leaves no day within the horizon", string.Create(CultureInfo.InvariantCulture, $"write {mistake.Count} or more, or a shorter notice")),
            RuleMistakeCode.NeverOpenLongEnough => ($"in the year to come '{mistake.Key}' is never open for as long as the shortest booking", $"write a leastDuration of {right} or less, or longer hours"),
            RuleMistakeCode.EndsBeforeItBegins => ($"{field} is before its beginning", $"write a time after {InWords(mistake.Until)}, or mend the beginning"),
            RuleMistakeCode.BookingWhileHidden when mistake.Until is not null => ("bookings are taken only when the space is not shown any more", $"let booking begin before {InWords(mistake.Until)}"),
            RuleMistakeCode.BookingWhileHidden => ("bookings are taken only before the space is shown", $"let booking close after {InWords(mistake.From)}"),
            RuleMistakeCode.Twice => ("two prices hold from one day", "give each a day of its own, or remove one"),
            RuleMistakeCode.UnknownKind => ($"no space is of the kind '{mistake.Name}'", Nearest.To(mistake.Name!, _spaces.Tree.Spaces.Select(space => space.Kind)) is { } nearest ? $"did you mean '{nearest}'?" : "name the kind of a space"),
            RuleMistakeCode.LimitBelowLeastDuration => ("the limit is shorter than the shortest booking", $"write {right} or more"),
            _ => ($"{field} cannot be so ({mistake.Code})", "mend it as docs/concepts/sharing.md says"),
        };
    }

    private static string InWords(LocalDateTime? time) => time is not { } at ? "" : at.TimeOfDay == LocalTime.Midnight ? LocalDatePattern.Iso.Format(at.Date) : LocalDateTimePattern.GeneralIso.Format(at);

    [GeneratedRegex(@"(?<name>[A-Za-z]+)(\[(?<number>\d+)\])?", RegexOptions.ExplicitCapture)]
    private static partial Regex Segment();
}

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
    /// <param name="sellers">Who sends invoices, by agent.</param>
    /// <param name="now">Now; null where nobody says, and then nothing is looked up in the year to come.</param>
    /// <param name="root">The file.</param>
    public static void Check(SpaceReader reader, DistrictSpaces spaces, IReadOnlyDictionary<string, DistrictSeller> sellers, Instant? now, Entry root)
    {
        var judge = new SpaceJudge(root, spaces);
        var today = (now ?? default).InZone(spaces.Tree.Zone).Date;
        judge.CheckNamed(reader, today);
        foreach (var space in spaces.Tree.Spaces)
        {
            var item = judge.Item("spaces", space.Key);
            foreach (var mistake in RuleCheck.Mistakes(spaces.Tree, space.Key, today).Where(mistake => now is not null || mistake.Code != RuleMistakeCode.NeverOpenLongEnough))
            {
                judge.TellOfSpace(item, mistake);
            }
        }

        foreach (var space in spaces.Spaces.Values.Where(space => !sellers.ContainsKey(space.Keeper)))
        {
            judge.CheckPayment(space);
        }

        foreach (var (key, prices) in reader.Prices)
        {
            foreach (var mistake in Pricing.Mistakes(key, prices))
            {
                judge.Tell(Walk(judge.Item("prices", key), $"Pricings{mistake.Field}"), mistake);
            }
        }
    }

    // Hours and rules are first judged by themselves, for a space may have none of them; where they are used and on which kinds of spaces, comes after.
    private void CheckNamed(SpaceReader reader, LocalDate today)
    {
        foreach (var (hours, rules, space) in reader.Hours.Select(named => ((string?)named.Key, (string?)null, new Space(named.Key, "", new BookingRules()) { Hours = named.Value }))
            .Concat(reader.Rules.Select(named => ((string?)null, (string?)named.Key, new Space(named.Key, "", named.Value)))))
        {
            var alone = new SpaceTree(_spaces.Tree.Zone, [space]);
            foreach (var mistake in RuleCheck.Mistakes(alone, space.Key, today).Where(mistake => mistake.Code is not (RuleMistakeCode.NeverOpenLongEnough or RuleMistakeCode.UnknownKind)))
            {
                Tell(NodeOf(mistake.Field, null, hours, rules).Node, mistake);
            }
        }
    }

    // Money is taken for somebody who can give a receipt.
    private void CheckPayment(DistrictSpace space)
    {
        var item = Item("spaces", space.Key);
        foreach (var (field, prices) in new[] { ("prices", space.Prices), ("equipment", space.Equipment.SelectMany(thing => _spaces.Equipment[thing].Prices)) })
        {
            if (prices.Any(price => price.Pay == PaymentWay.Online))
            {
                _root.Report.Add(item.Field(field) ?? item, $"this is paid online, and the keeper '{space.Keeper}' is no seller", "add the keeper to invoicing.yaml, or write pay: invoice in the prices");
            }
        }
    }

    // What is right by itself is wrong with what the space writes instead.
    private void TellOfSpace(FileNode space, RuleMistake mistake)
    {
        var (node, inRules) = NodeOf(mistake.Field, space, space.Field("hours")?.Text, space.Field("rules")?.Text);
        if (!inRules || mistake.Code == RuleMistakeCode.UnknownKind || !_told.Contains((node.Line, node.Column, mistake.Code)))
        {
            Tell(inRules && mistake.Code != RuleMistakeCode.UnknownKind ? space.Field("overrides") ?? node : node, mistake);
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

    // Where a field of the kernel stands: in the hours, in the space or its overrides, or in its rules.
    private (FileNode Node, bool InRules) NodeOf(string field, FileNode? space, string? hours, string? rules)
    {
        var first = Segment().Match(field).Groups["name"].Value;
        if (first == nameof(Space.Hours))
        {
            return (Walk(Item("hours", hours), field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..]), false);
        }

        if (space is not null && first is nameof(Space.Capacity) or nameof(Space.LastDay) or nameof(Space.Permits))
        {
            return (Walk(space, field), false);
        }

        var name = JsonNamingPolicy.CamelCase.ConvertName(first);
        var (overrides, named) = (space?.Field("overrides"), Item("rules", rules));
        // Without a step of its own it is the grid that is wrong.
        name = name == "durationStep" && overrides?.Field(name) is null && named.Field(name) is null ? "startGrid" : name;
        if (overrides?.Field(name) is not null)
        {
            return (Walk(overrides, name + field[first.Length..]), false);
        }

        // Where nothing is written, such as a shortest booking, it is the rules as a whole that the space cannot have.
        return (named.Field(name) is null ? space?.Field("rules") ?? KeyOf(named) : Walk(named, name + field[first.Length..]), true);
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

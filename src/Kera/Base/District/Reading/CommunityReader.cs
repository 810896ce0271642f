using System.Globalization;
using Kera.Base.Ledger;
using Kera.Energy;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads communities.yaml.</summary>
internal sealed class CommunityReader(
    IReadOnlyDictionary<string, DistrictFlow> flows,
    IReadOnlyDictionary<string, DistrictResource> resources,
    IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    private const string Across = "across-connections";

    // As NoticeKind has them, in the words of the file.
    private static readonly string[] Kinds = ["join", "change", "leave"];
    private static readonly Unit Kilowatthour = Unit.Find("kWh");
    private readonly Dictionary<string, string> _metered = new(StringComparer.Ordinal);
    private OrderedDictionary<string, DistrictPoint> _points = [];
    private bool _acrossConnections;

    public DistrictCommunities Communities(Entry root)
    {
        _acrossConnections = root.Flag("acrossConnections");
        _points = Table(root, "points", "point", Point, point => point.Key);
        var communities = Table(root, "communities", "community", Community, community => community.Key);
        root.Done();
        return new DistrictCommunities(_points, communities);
    }

    private static OrderedDictionary<string, T> Table<T>(Entry root, string section, string subject, Func<Entry, T> read, Func<T, string> key)
    {
        var table = new OrderedDictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in root.Children(section, subject))
        {
            var value = read(entry);
            entry.Done();
            if (key(value).Length > 0 && !table.TryAdd(key(value), value))
            {
                entry.Report.Add(entry.Node.Field("key")!, $"'{key(value)}' is here twice", "give one of them another key, or remove it");
            }
        }

        return table;
    }

    private DistrictPoint Point(Entry entry)
    {
        // A person's key is made by 'kera person add' and is in no file.
        var owner = entry.Node.Field("owner") is { Kind: NodeKind.Scalar, Text: ['p', '-', ..] } ? entry.OptionalText("owner", 100) : entry.OptionalReference("owner", Noun.Agent);
        var point = new DistrictPoint(entry.Key(), entry.Localized("name"), owner, Metered(entry, "use"), Metered(entry, "production"));
        if (entry.Optional("use") is null && entry.Optional("production") is null)
        {
            entry.Report.Add(entry.Node, "nothing is metered at the point", "list declared flows: use: [ … ], production: [ … ]");
        }

        foreach (var key in point.Owner is null ? point.Flows : [])
        {
            if (flows.TryGetValue(key, out var flow) && flow is { Target: DistrictFlowTarget.Series, Owner: null })
            {
                entry.Report.Add(entry.Node, $"nobody says whose readings of '{key}' are meant", "write the point's owner: the agent that the readings were imported for");
            }
        }

        return point;
    }

    private List<string> Metered(Entry entry, string name)
    {
        var keys = entry.OptionalReferences(name, Noun.Flow);
        foreach (var (at, key) in keys.Index())
        {
            var list = entry.Node.Field(name)!;
            var node = list.Kind == NodeKind.Sequence ? list.Items[at] : list;
            if (flows.TryGetValue(key, out var flow) && !(IsKilowatthour(flow.Unit) && IsKilowatthour(UnitInLedger(flow))))
            {
                entry.Report.Add(node, $"the flow '{key}' is not counted in kWh", "name flows of electricity in kWh");
            }

            // A Series of a flow without an owner is one owner's of many, so that the flow is at as many points.
            var series = flow is { Target: DistrictFlowTarget.Series, Owner: null } ? $"{key}:{entry.Node.Field("owner")?.Text}" : key;
            if (!_metered.TryAdd(series, key))
            {
                entry.Report.Add(node, $"the flow '{key}' is metered twice", "name a flow at one point only, and there for use or production");
            }
        }

        return [.. keys];
    }

    // What could not be read has been reported.
    private static bool IsKilowatthour(Unit unit) => unit == Kilowatthour || unit.Dimension == EntryValues.UnreadDimension;

    private Unit UnitInLedger(DistrictFlow flow) =>
        ((flow.Resource ?? flow.ToResource) is { } resource ? resources.GetValueOrDefault(resource)?.Specification : flow.Specification) is { } key && specifications.TryGetValue(key, out var specification)
            ? specification.Unit
            : flow.Unit;

    private DistrictCommunity Community(Entry entry)
    {
        var across = entry.Word("type", ["local", Across]) == Across;
        if (across && !_acrossConnections)
        {
            entry.Report.Add(entry.Node.Field("type")!, "sharing across connections of the grid is off, for no rule settles it", "write type: local, or switch it on for the district at its own risk: acrossConnections: true above the points");
        }

        var (key, name, keeper) = (entry.Key(), entry.Localized("name"), entry.Reference("keeper", Noun.Agent));
        return new DistrictCommunity(key, name, keeper, entry.Flag("fictional"), new EnergyCommunity(
            key, KnownPoint(entry, "property"), entry.Choice<SettlementModel>("model"), Days(entry, "noticeDays"), [.. entry.Children("notices", "notice").Select(Notice)])
        {
            Type = across ? CommunityType.AcrossConnections : CommunityType.Local,
            AcrossConnectionsEnabled = _acrossConnections,
        });
    }

    private MembershipNotice Notice(Entry entry)
    {
        var kind = (NoticeKind)Math.Max(0, Array.IndexOf(Kinds, entry.Word("kind", Kinds)));
        var notice = new MembershipNotice(kind, KnownPoint(entry, "point"), kind == NoticeKind.Leave ? default : Share(entry), Given(entry), entry.Optional("day") is null ? null : entry.Day("day"));
        entry.Done();
        return notice;
    }

    private static CommunityShare Share(Entry entry)
    {
        var percent = entry.Share("share");
        try
        {
            return CommunityShare.OfPercent(percent);
        }
        catch (EnergyException)
        {
            entry.Report.Add(entry.Node.Field("share") ?? entry.Node, $"'share' is {percent.ToString(CultureInfo.InvariantCulture)}", "write it in per cent, at most 100, with four decimals at most");
            return default;
        }
    }

    private static Instant Given(Entry entry)
    {
        const string remedy = "write when it was told, with the offset from UTC: 2026-10-14T09:00:00+03:00";
        if (entry.RequiredScalar("given", remedy) is not { } node)
        {
            return default;
        }

        if (EntryValues.Moment(node) is { } moment)
        {
            return moment;
        }

        entry.Report.Add(node, $"'given' is '{node.Text}', which is no moment", remedy);
        return default;
    }

    private static int Days(Entry entry, string name)
    {
        const string remedy = "write a whole number of days from 0 to 366";
        if (entry.RequiredScalar(name, remedy) is not { } node)
        {
            return 0;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days <= 366)
        {
            return days;
        }

        entry.Report.Add(node, $"'{name}' is '{node.Text}'", remedy);
        return 0;
    }

    private string KnownPoint(Entry entry, string name)
    {
        const string remedy = "name a metering point of this file";
        if (entry.RequiredScalar(name, remedy) is not { } node)
        {
            return "";
        }

        if (!_points.ContainsKey(node.Text))
        {
            entry.Report.Add(node, $"unknown point '{node.Text}'", Nearest.To(node.Text, _points.Keys) is { } nearest ? $"did you mean '{nearest}'?" : remedy);
        }

        return node.Text;
    }
}

using Kera.Base.Ledger;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Reads district.yaml.</summary>
internal static class HeaderReader
{
    private static readonly LocalizedText Nothing = new("", "", "");

    public static readonly DistrictHeader Missing = new("", Nothing, DateTimeZone.Utc, Nothing, null, []);

    public static DistrictHeader Header(Entry root)
    {
        var header = new DistrictHeader(root.Key(), root.Name(), Zone(root), root.Localized("description"), Position(root), [], Feedback(root));
        var facts = new List<DistrictFact>();
        foreach (var entry in root.Children("facts", "fact"))
        {
            var fictional = entry.Flag("fictional");
            facts.Add(new DistrictFact(entry.Key(), entry.Localized("name"), entry.Number("value"), entry.Unit("unit"), entry.Flag("uncertain"), entry.Sources(fictional), fictional));
            entry.Done();
        }

        return header with { Facts = facts };
    }

    public static OrderedDictionary<string, DistrictSource> Sources(Entry root)
    {
        var sources = new OrderedDictionary<string, DistrictSource>(StringComparer.Ordinal);
        if (root.Child("sources", "table of sources") is not { } table)
        {
            return sources;
        }

        foreach (var field in table.Node.Fields)
        {
            if (!EntryKey.IsValid(field.Name))
            {
                root.Report.Add(field.Line, field.Column, $"'{field.Name}' is no key", EntryKey.Rule);
            }

            var source = new Entry(field.Value, "source", root.Report, root.Keys);
            sources[field.Name] = new DistrictSource(field.Name, source.Text("citation", "say who said it, where and when"), Address(source));
            source.Done();
        }

        return sources;
    }

    private static DateTimeZone Zone(Entry root)
    {
        var node = root.RequiredScalar("timeZone", "write an IANA zone such as Europe/Helsinki");
        if (node is null)
        {
            return DateTimeZone.Utc;
        }

        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(node.Text) is { } zone)
        {
            return zone;
        }

        var remedy = Nearest.To(node.Text, DateTimeZoneProviders.Tzdb.Ids) is { } nearest ? $"did you mean '{nearest}'?" : "write an IANA zone such as Europe/Helsinki";
        root.Report.Add(node, $"unknown time zone '{node.Text}'", remedy);
        return DateTimeZone.Utc;
    }

    private static DistrictPosition? Position(Entry root)
    {
        if (root.Child("position", "position") is not { } position)
        {
            return null;
        }

        var read = new DistrictPosition(Degrees(position, "latitude", 90), Degrees(position, "longitude", 180));
        position.Done();
        return read;
    }

    private static decimal Degrees(Entry position, string name, int most)
    {
        var degrees = position.Number(name, "write degrees such as 60.21611").ToDecimal();
        if (Math.Abs(degrees) > most)
        {
            position.Report.Add(position.Node.Field(name)!, $"'{name}' is {degrees}", $"write degrees from -{most} to {most}");
        }

        return degrees;
    }

    private static Uri? Feedback(Entry root)
    {
        if (root.OptionalScalar("feedback") is not { } node)
        {
            return null;
        }

        var mail = node.Text.Contains('@', StringComparison.Ordinal) && !node.Text.Contains(':', StringComparison.Ordinal);
        if (Uri.TryCreate(mail ? "mailto:" + node.Text : node.Text, UriKind.Absolute, out var address) && address.Scheme is "https" or "mailto")
        {
            return address;
        }

        root.Report.Add(node, $"'{node.Text}' is no address that people can write to", "write an e-mail address, or a web address that begins with https://");
        return null;
    }

    private static Uri? Address(Entry source)
    {
        if (source.OptionalScalar("url") is not { } node)
        {
            return null;
        }

        if (Uri.TryCreate(node.Text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
        {
            return address;
        }

        source.Report.Add(node, $"'{node.Text}' is no web address", "begin it with https://");
        return null;
    }
}

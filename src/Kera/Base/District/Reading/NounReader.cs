using Kera.Flows;

namespace Kera.Base.District.Reading;

/// <summary>Reads agents, specifications, resources and processes.</summary>
internal static class NounReader
{
    public static DistrictAgent Agent(Entry entry)
    {
        var fictional = entry.Flag("fictional");
        return new DistrictAgent(
            entry.Key(),
            AgentKind(entry),
            entry.Name(),
            entry.Flag("outside"),
            entry.OptionalLocalized("role"),
            fictional,
            entry.Sources(fictional));
    }

    public static DistrictResourceSpecification ResourceSpecification(Entry entry) => new(
        entry.Key(),
        entry.Localized("name"),
        entry.Unit("unit"),
        entry.OptionalUnit("effortUnit"),
        entry.Choice<DistrictResourceClass>("classification"));

    public static DistrictProcessSpecification ProcessSpecification(Entry entry) => new(entry.Key(), entry.Localized("name"));

    public static DistrictResource Resource(Entry entry)
    {
        var fictional = entry.Flag("fictional");
        var kind = entry.Choice<ResourceKind>("kind");
        return new DistrictResource(
            entry.Key(),
            entry.Reference("specification", Noun.ResourceSpecification),
            kind,
            entry.Name(),
            entry.OptionalText("lot", 100),
            entry.OptionalReference("place", Noun.Place),
            Network(entry, kind),
            entry.OptionalLocalized("note"),
            fictional,
            entry.Sources(fictional));
    }

    public static DistrictProcess Process(Entry entry)
    {
        var fictional = entry.Flag("fictional");
        var process = new DistrictProcess(
            entry.Key(),
            entry.Name(),
            entry.OptionalReference("basedOn", Noun.ProcessSpecification),
            entry.Flag("continuous"),
            entry.OptionalReference("place", Noun.Place),
            entry.OptionalDate("from"),
            entry.OptionalDate("to"),
            fictional,
            entry.Sources(fictional));
        DateOrder.Check(entry, process.From, process.To);
        return process;
    }

    private static DistrictAgentKind AgentKind(Entry entry)
    {
        if (entry.OptionalScalar("kind") is { Text: "person" } person)
        {
            entry.Report.Add(person, "a person is not for a district's files, which anyone may read", "add the person to the running district: kera person add");
            return default;
        }

        return entry.Choice<DistrictAgentKind>("kind");
    }

    private static DistrictNetwork? Network(Entry entry, ResourceKind kind)
    {
        if (kind == ResourceKind.Throughput)
        {
            return new DistrictNetwork(entry.Reference("holder", Noun.Agent), entry.Day("since"));
        }

        foreach (var name in (string[])["holder", "since"])
        {
            if (entry.Optional(name) is { } node)
            {
                entry.Report.Add(node, $"'{name}' is only for a throughput resource", "remove it: the first event of any other resource says who holds it, and from when on");
            }
        }

        return null;
    }
}

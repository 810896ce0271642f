namespace Kera.Base.District;

/// <summary>What a district's declared flows need, each in the order of its file.</summary>
internal sealed record FlowNeeds(
    IReadOnlyList<DistrictAgent> Agents,
    IReadOnlyList<DistrictResource> Resources,
    IReadOnlyList<DistrictProcess> Processes,
    IReadOnlyList<DistrictPlace> Places,
    IReadOnlyList<DistrictSource> Sources)
{
    public static FlowNeeds Of(DistrictModel model)
    {
        var flows = model.Flows.Values;
        var resources = Kept(model.Resources, flows.SelectMany(flow => new[] { flow.Resource, flow.ToResource }));
        var processes = Kept(model.Processes, flows.Select(flow => flow.Process));
        var agents = Kept(model.Agents, [
            .. flows.SelectMany(flow => new[] { flow.Provider, flow.Receiver, flow.Owner }),
            .. flows.SelectMany(flow => flow.Audience),
            .. resources.Select(resource => resource.Network?.Holder)]);
        var places = Kept(model.Places, [
            .. flows.Select(flow => flow.Place),
            .. resources.Select(resource => resource.Place),
            .. processes.Select(process => process.Place)]);
        var sources = Kept(model.Sources, [
            .. agents.SelectMany(agent => agent.Sources),
            .. resources.SelectMany(resource => resource.Sources),
            .. processes.SelectMany(process => process.Sources),
            .. places.SelectMany(place => place.Sources)]);
        return new FlowNeeds(agents, resources, processes, places, sources);
    }

    private static List<T> Kept<T>(IReadOnlyDictionary<string, T> table, IEnumerable<string?> keys)
    {
        var named = keys.ToHashSet(StringComparer.Ordinal);
        return [.. table.Where(row => named.Contains(row.Key)).Select(row => row.Value)];
    }
}

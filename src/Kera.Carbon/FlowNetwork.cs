namespace Kera.Carbon;

/// <summary>A link along which something can flow.</summary>
/// <param name="From">The number of the node that delivers.</param>
/// <param name="To">The number of the node that receives; a node may deliver to itself.</param>
public readonly record struct FlowLink(int From, int To);

/// <summary>
/// Who can deliver to whom: nodes (networks, plants, stores, uses, each in a unit of its own) and links. What flows may differ
/// from step to step; a link along which nothing flows in a step is not there in it. Both ways between two nodes are two links.
/// </summary>
public sealed class FlowNetwork
{
    /// <summary>A network.</summary>
    /// <param name="nodes">The nodes' names, by which errors speak of them.</param>
    /// <param name="links">The links; steps give their amounts in this order.</param>
    /// <exception cref="FlowTracingException">A link leads from or to a node that is not there.</exception>
    public FlowNetwork(IReadOnlyList<string> nodes, IReadOnlyList<FlowLink> links)
    {
        Nodes = nodes;
        Links = links;
        for (var link = 0; link < links.Count; link++)
        {
            if ((uint)links[link].From >= (uint)nodes.Count || (uint)links[link].To >= (uint)nodes.Count)
            {
                throw new FlowTracingException($"links[{link}]", [], $"The link leads from {links[link].From} to {links[link].To}; nodes are numbered from 0 to {nodes.Count - 1}.");
            }
        }

        (OutStarts, OutLinks) = ByNode(link => link.From);
        (InStarts, var inLinks) = ByNode(link => link.To);
        OutTargets = Array.ConvertAll(OutLinks, link => links[link].To);
        InSources = Array.ConvertAll(inLinks, link => links[link].From);
    }

    /// <summary>The nodes' names.</summary>
    public IReadOnlyList<string> Nodes { get; }

    /// <summary>The links.</summary>
    public IReadOnlyList<FlowLink> Links { get; }

    // Links by the node they leave and by the node they reach: where each node's begin, which they are, where they lead.
    internal int[] OutStarts { get; }

    internal int[] OutLinks { get; }

    internal int[] OutTargets { get; }

    internal int[] InStarts { get; }

    internal int[] InSources { get; }

    private (int[] Starts, int[] Links) ByNode(Func<FlowLink, int> end)
    {
        var starts = new int[Nodes.Count + 1];
        foreach (var link in Links)
        {
            starts[end(link) + 1]++;
        }

        for (var node = 0; node < Nodes.Count; node++)
        {
            starts[node + 1] += starts[node];
        }

        var next = starts.ToArray();
        var sorted = new int[Links.Count];
        for (var link = 0; link < Links.Count; link++)
        {
            sorted[next[end(Links[link])]++] = link;
        }

        return (starts, sorted);
    }
}

/// <summary>Flows that cannot be traced.</summary>
/// <param name="field">Which part of the step: <c>flows[3]</c>, <c>stock[2]</c>; <c>nodes</c> where it is several together.</param>
/// <param name="members">The names of the nodes it is about.</param>
/// <param name="sentence">What is wrong and what would be right.</param>
public sealed class FlowTracingException(string field, IReadOnlyList<string> members, string sentence) : Exception(sentence)
{
    /// <summary>Which part of the step.</summary>
    public string Field { get; } = field;

    /// <summary>The names of the nodes it is about.</summary>
    public IReadOnlyList<string> Members { get; } = members;
}

namespace Kera.Carbon;

/// <summary>
/// Puts the nodes of a part in an order in which its links are short, after Cuthill and McKee (ACM National Conference, 1969):
/// breadth first from an end, in O(links).
/// </summary>
internal sealed class BandOrdering(FlowNetwork network)
{
    private readonly int[] _place = new int[network.Nodes.Count];

    /// <summary>Orders a part.</summary>
    /// <param name="members">Its nodes.</param>
    /// <param name="partOf">The part of every node.</param>
    /// <param name="weights">What flows, by the network's outgoing links.</param>
    /// <param name="order">Takes the nodes in order.</param>
    /// <returns>The length of the longest link, in places.</returns>
    public int Order(ReadOnlySpan<int> members, int[] partOf, double[] weights, int[] order)
    {
        // From anywhere to an end, and from there.
        Walk(members[0], members, partOf, order);
        Walk(order[members.Length - 1], members, partOf, order);
        var longest = 0;
        foreach (var node in members)
        {
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                if (weights[edge] > 0 && partOf[network.OutTargets[edge]] == partOf[node])
                {
                    longest = Math.Max(longest, Math.Abs(_place[node] - _place[network.OutTargets[edge]]));
                }
            }
        }

        return longest;
    }

    // Over all links between members, also those along which nothing flows: the order need only be good.
    private void Walk(int start, ReadOnlySpan<int> members, int[] partOf, int[] order)
    {
        foreach (var node in members)
        {
            _place[node] = -1;
        }

        var found = 0;
        Find(start);
        for (var next = 0; next < found; next++)
        {
            var node = order[next];
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                Find(network.OutTargets[edge]);
            }

            for (var edge = network.InStarts[node]; edge < network.InStarts[node + 1]; edge++)
            {
                Find(network.InSources[edge]);
            }
        }

        void Find(int node)
        {
            if (partOf[node] == partOf[start] && _place[node] < 0)
            {
                _place[node] = found;
                order[found++] = node;
            }
        }
    }
}

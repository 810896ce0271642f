namespace Kera.Carbon;

/// <summary>
/// The strongly connected parts of a directed graph, by Tarjan's algorithm (SIAM J. Comput. 1, 1972) without recursion, in
/// O(nodes + edges). A part comes after every part that can be reached from it. One object serves many graphs of at most its
/// size, one after the other, and makes no garbage.
/// </summary>
internal sealed class Components(int nodes)
{
    private readonly int[] _number = new int[nodes];
    private readonly int[] _low = new int[nodes];
    private readonly int[] _next = new int[nodes];
    private readonly int[] _path = new int[nodes];
    private readonly int[] _open = new int[nodes];

    /// <summary>The nodes, part after part.</summary>
    public int[] Order { get; } = new int[nodes];

    /// <summary>Where each part begins in <see cref="Order"/>, and one past the last.</summary>
    public int[] Starts { get; } = new int[nodes + 1];

    /// <summary>The part of each node.</summary>
    public int[] PartOf { get; } = new int[nodes];

    /// <summary>How many parts there are.</summary>
    public int Count { get; private set; }

    /// <summary>Finds the parts of a graph.</summary>
    /// <param name="count">How many nodes the graph has.</param>
    /// <param name="starts">Where each node's edges begin in <paramref name="targets"/>, and one past the last.</param>
    /// <param name="targets">Where the edges lead.</param>
    /// <param name="weights">An edge of weight 0 is none; empty where all are there.</param>
    public void Find(int count, ReadOnlySpan<int> starts, ReadOnlySpan<int> targets, ReadOnlySpan<double> weights)
    {
        Array.Clear(_number, 0, count);
        Array.Fill(PartOf, -1, 0, count);
        var (numbered, opened, ordered) = (0, 0, 0);
        Count = 0;
        for (var root = 0; root < count; root++)
        {
            if (_number[root] != 0)
            {
                continue;
            }

            var depth = 0;
            Enter(root, starts);
            while (depth > 0)
            {
                var node = _path[depth - 1];
                if (_next[node] < starts[node + 1])
                {
                    var edge = _next[node]++;
                    if (weights.Length > 0 && weights[edge] == 0)
                    {
                        continue;
                    }

                    var target = targets[edge];
                    if (_number[target] == 0)
                    {
                        Enter(target, starts);
                    }
                    else if (PartOf[target] < 0)
                    {
                        _low[node] = Math.Min(_low[node], _number[target]);
                    }

                    continue;
                }

                depth--;
                if (depth > 0)
                {
                    var before = _path[depth - 1];
                    _low[before] = Math.Min(_low[before], _low[node]);
                }

                if (_low[node] == _number[node])
                {
                    Starts[Count] = ordered;
                    int member;
                    do
                    {
                        member = _open[--opened];
                        PartOf[member] = Count;
                        Order[ordered++] = member;
                    }
                    while (member != node);
                    Count++;
                }
            }

            void Enter(int node, ReadOnlySpan<int> starts)
            {
                _low[node] = _number[node] = ++numbered;
                _next[node] = starts[node];
                _path[depth++] = node;
                _open[opened++] = node;
            }
        }

        Starts[Count] = ordered;
    }
}

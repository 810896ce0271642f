namespace Kera.Base.Ui;

/// <summary>
/// Places the nodes and bands of a Sankey drawing. It knows no ledger and no language; lengths are in the unit of the
/// labels' heights, so that the drawing grows with its text. The same input gives the same drawing.
/// </summary>
public static class SankeyLayout
{
    /// <summary>The least height of a band: what moved is seen, however little it was.</summary>
    public static double LeastBand => 0.1;

    /// <summary>The least distance between two nodes, labels included.</summary>
    public static double Gap => 0.5;

    private const int Sweeps = 4;
    private const int Pulls = 4;

    /// <summary>Places everything: amounts by one measure, labels beside their nodes, crossings few.</summary>
    /// <param name="nodes">What stands in columns from 0. A node that nothing goes to or from still has its label.</param>
    /// <param name="links">What goes from a node to one of the next column, each with an amount above zero.</param>
    /// <param name="full">The height of the column that the most goes through, before labels spread it.</param>
    public static SankeyPlan Arrange(IReadOnlyList<SankeyNode> nodes, IReadOnlyList<SankeyLink> links, double full)
    {
        var columns = nodes.Index().GroupBy(node => node.Item.Column).OrderBy(column => column.Key)
            .Select(column => column.OrderBy(node => node.Item.Last).Select(node => node.Index).ToList()).ToList();
        var inflow = new double[nodes.Count];
        var outflow = new double[nodes.Count];
        foreach (var link in links)
        {
            outflow[link.From] += link.Amount;
            inflow[link.To] += link.Amount;
        }

        var largest = columns.Select(column => column.Sum(node => Math.Max(inflow[node], outflow[node]))).DefaultIfEmpty(0).Max();
        var thickness = links.Select(link => Math.Max(link.Amount * full / largest, LeastBand)).ToList();
        var heights = new double[nodes.Count];
        var slots = new double[nodes.Count];
        for (var node = 0; node < nodes.Count; node++)
        {
            heights[node] = Math.Max(Sum(link => link.From == node), Sum(link => link.To == node));
            slots[node] = Math.Max(heights[node], nodes[node].LabelHeight);
        }

        columns = Untangled(columns, nodes, links);
        var height = columns.Select(column => column.Sum(node => slots[node]) + (Gap * (column.Count - 1))).DefaultIfEmpty(0).Max();
        var middles = Middles(columns, slots, links, thickness, height);
        var tops = middles.Select((middle, node) => middle - (heights[node] / 2)).ToArray();
        return new SankeyPlan(
            height,
            [.. nodes.Select((_, node) => new SankeyBox(tops[node], heights[node], middles[node] - (slots[node] / 2), slots[node]))],
            Bands(links, thickness, tops, heights, middles));

        double Sum(Func<SankeyLink, bool> ofNode)
        {
            var sum = 0d;
            for (var at = 0; at < links.Count; at++)
            {
                sum += ofNode(links[at]) ? thickness[at] : 0;
            }

            return sum;
        }
    }

    /// <summary>The arrangement with the fewest crossings of those that sorting by barycentres, back and forth, comes to.</summary>
    private static List<List<int>> Untangled(List<List<int>> columns, IReadOnlyList<SankeyNode> nodes, IReadOnlyList<SankeyLink> links)
    {
        var best = columns;
        var fewest = Crossings(columns, nodes, links);
        var current = columns.Select(column => column.ToList()).ToList();
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            for (var at = 1; at < current.Count; at++)
            {
                Sort(at, at - 1);
            }

            for (var at = current.Count - 2; at >= 0; at--)
            {
                Sort(at, at + 1);
            }

            var crossings = Crossings(current, nodes, links);
            if (crossings < fewest)
            {
                (best, fewest) = ([.. current.Select(column => column.ToList())], crossings);
            }
        }

        return best;

        void Sort(int column, int by)
        {
            var places = Places(current);
            current[column] = [.. current[column].OrderBy(node => nodes[node].Last).ThenBy(node => Barycentre(node, by, places))];
        }

        double Barycentre(int node, int by, int[] places)
        {
            double weight = 0;
            double sum = 0;
            foreach (var link in links)
            {
                var other = link.From == node ? link.To : link.To == node ? link.From : -1;
                if (other >= 0 && current[by].Contains(other))
                {
                    weight += link.Amount;
                    sum += link.Amount * places[other];
                }
            }

            return weight > 0 ? sum / weight : places[node];
        }
    }

    private static int Crossings(List<List<int>> columns, IReadOnlyList<SankeyNode> nodes, IReadOnlyList<SankeyLink> links)
    {
        var places = Places(columns);
        var crossings = 0;
        for (var one = 0; one < links.Count; one++)
        {
            for (var other = one + 1; other < links.Count; other++)
            {
                var left = places[links[one].From] - places[links[other].From];
                var right = places[links[one].To] - places[links[other].To];
                crossings += nodes[links[one].From].Column == nodes[links[other].From].Column && Math.Sign(left) * Math.Sign(right) < 0 ? 1 : 0;
            }
        }

        return crossings;
    }

    private static int[] Places(List<List<int>> columns)
    {
        var places = new int[columns.Sum(column => column.Count)];
        foreach (var (place, node) in columns.SelectMany(column => column.Index()))
        {
            places[node] = place;
        }

        return places;
    }

    /// <summary>Where the middle of each node is: as near as there is room for to the middle of what it is bound to.</summary>
    private static double[] Middles(List<List<int>> columns, double[] slots, IReadOnlyList<SankeyLink> links, List<double> thickness, double height)
    {
        var middles = new double[slots.Length];
        foreach (var column in columns)
        {
            var space = (height - column.Sum(node => slots[node])) / column.Count;
            var top = space / 2;
            foreach (var node in column)
            {
                middles[node] = top + (slots[node] / 2);
                top += slots[node] + space;
            }
        }

        for (var pull = 0; pull < Pulls; pull++)
        {
            foreach (var column in columns)
            {
                var wished = column.Select(Wished).ToList();
                Settle(column, wished);
            }
        }

        return middles;

        double Wished(int node)
        {
            double weight = 0;
            double sum = 0;
            for (var at = 0; at < links.Count; at++)
            {
                var other = links[at].From == node ? links[at].To : links[at].To == node ? links[at].From : -1;
                if (other >= 0)
                {
                    weight += thickness[at];
                    sum += thickness[at] * middles[other];
                }
            }

            return weight > 0 ? sum / weight : middles[node];
        }

        // Each below the one before it, then from the bottom up whatever had been pushed out.
        void Settle(List<int> column, List<double> wished)
        {
            var free = 0d;
            foreach (var (at, node) in column.Index())
            {
                middles[node] = Math.Max(wished[at], free + (slots[node] / 2));
                free = middles[node] + (slots[node] / 2) + Gap;
            }

            free = height;
            foreach (var node in Enumerable.Reverse(column))
            {
                middles[node] = Math.Min(middles[node], free - (slots[node] / 2));
                free = middles[node] - (slots[node] / 2) - Gap;
            }
        }
    }

    /// <summary>Bands leave and reach a node in the order of where they come from and go to, in its middle.</summary>
    private static SankeyBand[] Bands(IReadOnlyList<SankeyLink> links, List<double> thickness, double[] tops, double[] heights, double[] middles)
    {
        var starts = Ends(link => link.From, link => link.To);
        var ends = Ends(link => link.To, link => link.From);
        return [.. links.Select((_, at) => new SankeyBand(starts[at], ends[at], thickness[at]))];

        double[] Ends(Func<SankeyLink, int> here, Func<SankeyLink, int> there)
        {
            var found = new double[links.Count];
            foreach (var node in links.Index().GroupBy(link => here(link.Item)))
            {
                var top = tops[node.Key] + ((heights[node.Key] - node.Sum(link => thickness[link.Index])) / 2);
                foreach (var (at, _) in node.OrderBy(link => middles[there(link.Item)]))
                {
                    found[at] = top;
                    top += thickness[at];
                }
            }

            return found;
        }
    }
}

/// <summary>A node to be placed.</summary>
/// <param name="Column">The column that it stands in.</param>
/// <param name="LabelHeight">How much room its label needs.</param>
/// <param name="Last">Whether it stands beneath all others: what was gathered or is missing.</param>
public sealed record SankeyNode(int Column, double LabelHeight, bool Last);

/// <summary>What goes from one node to another, by their places in the list.</summary>
public sealed record SankeyLink(int From, int To, double Amount);

/// <summary>All placed, in the order in which it was given.</summary>
public sealed record SankeyPlan(double Height, IReadOnlyList<SankeyBox> Boxes, IReadOnlyList<SankeyBand> Bands);

/// <summary>A node's place, and the slot that is its own with its label; both have the same middle.</summary>
public sealed record SankeyBox(double Top, double Height, double SlotTop, double SlotHeight);

/// <summary>A band: where it leaves and reaches, and how thick it is.</summary>
public sealed record SankeyBand(double FromTop, double ToTop, double Height);

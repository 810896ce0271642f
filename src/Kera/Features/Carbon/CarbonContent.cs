using System.Text;

namespace Kera.Features.Carbon;

/// <summary>Where a flow's carbon is afterwards.</summary>
public enum FlowEnd : byte
{
    /// <summary>In what it flowed into.</summary>
    Passed,

    /// <summary>In what it flowed into, and it came over the boundary.</summary>
    Entered,

    /// <summary>With who used it: the end of the way.</summary>
    Used,

    /// <summary>In the air, and it belongs to who had it done: what treating waste, driving or burning gives off.</summary>
    GivenOff,

    /// <summary>Over the boundary.</summary>
    Exported,
}

/// <summary>What a flow carried in a period.</summary>
/// <param name="Flow">The number of the flow.</param>
/// <param name="End">Where that is afterwards.</param>
/// <param name="Quantity">How much flowed, in the unit of its kind.</param>
/// <param name="Carried">By the layout's footprints.</param>
public sealed record FlowCarbon(int Flow, FlowEnd End, double Quantity, double[] Carried)
{
    /// <summary>Whether it is used or given off.</summary>
    public bool IsUse => End is FlowEnd.Used or FlowEnd.GivenOff;
}

/// <summary>What a network or a stock gave on in a period.</summary>
/// <param name="Resource">The number of the resource.</param>
/// <param name="Given">How much it gave and holds at the end, in its unit.</param>
/// <param name="Lost">How much went in and was neither given nor kept; below zero what was given and had not gone in.</param>
/// <param name="LossCarbon">What losses add to what was given: (intensity − mean intensity of what came in) × deliveries, in kg.</param>
/// <param name="Residual">What came in and was neither given nor kept, in kg.</param>
/// <param name="Carried">What the given carried, by footprint.</param>
public sealed record NodeCarbon(int Resource, double Given, double Lost, double LossCarbon, double Residual, double[] Carried);

/// <summary>What a stock, or a batch in the making, holds at the end of a period.</summary>
/// <param name="Key">The number of the resource; of a process its number with a minus.</param>
/// <param name="Quantity">How much, in its unit.</param>
/// <param name="Carried">What that carries, by footprint.</param>
public sealed record StockCarbon(int Key, double Quantity, double[] Carried);

/// <summary>All that was traced of a period, as it is stored.</summary>
/// <param name="Layout">What the footprints are.</param>
/// <param name="Flows">Every flow.</param>
/// <param name="Nodes">Every network and stock that gave something.</param>
/// <param name="Stocks">What is held at the end.</param>
/// <param name="Untraced">For each hour that could not be traced, what stood in the way: keys of nodes, separated by commas.</param>
public sealed record CarbonContent(FootprintLayout Layout, IReadOnlyList<FlowCarbon> Flows, IReadOnlyList<NodeCarbon> Nodes, IReadOnlyList<StockCarbon> Stocks, IReadOnlyList<string> Untraced)
{
    private const byte Version = 3;
    private const byte WithoutMarketCoverage = 2;

    /// <summary>What was used and given off, of all stages by location, in kg CO2e.</summary>
    public double Used => Flows.Where(flow => flow.IsUse).Sum(flow => flow.Carried[FootprintLayout.Location]);

    /// <summary>The sum of periods one after another.</summary>
    public static CarbonContent Sum(FootprintLayout layout, IReadOnlyList<CarbonContent> parts)
    {
        var flows = new Dictionary<(int, FlowEnd), FlowCarbon>();
        var nodes = new Dictionary<int, NodeCarbon>();
        foreach (var part in parts)
        {
            foreach (var flow in part.Flows)
            {
                var carried = part.Fitted(layout, flow.Carried);
                flows[(flow.Flow, flow.End)] = flows.TryGetValue((flow.Flow, flow.End), out var before)
                    ? flow with { Quantity = before.Quantity + flow.Quantity, Carried = Added(before.Carried, carried) }
                    : flow with { Carried = carried };
            }

            foreach (var node in part.Nodes)
            {
                var carried = part.Fitted(layout, node.Carried);
                nodes[node.Resource] = nodes.TryGetValue(node.Resource, out var before)
                    ? new NodeCarbon(node.Resource, before.Given + node.Given, before.Lost + node.Lost, before.LossCarbon + node.LossCarbon, before.Residual + node.Residual, Added(before.Carried, carried))
                    : node with { Carried = carried };
            }
        }

        return new CarbonContent(layout, [.. flows.Values], [.. nodes.Values], parts.Count > 0 ? parts[^1].Stocks : [], [.. parts.SelectMany(part => part.Untraced)]);
    }

    /// <summary>The stored form.</summary>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write(Version);
        Write(writer, Layout.Sources);
        Write(writer, Layout.Units);
        writer.Write7BitEncodedInt(Flows.Count);
        foreach (var flow in Flows)
        {
            writer.Write7BitEncodedInt(flow.Flow);
            writer.Write((byte)flow.End);
            writer.Write(flow.Quantity);
            Write(writer, flow.Carried);
        }

        writer.Write7BitEncodedInt(Nodes.Count);
        foreach (var node in Nodes)
        {
            writer.Write7BitEncodedInt(node.Resource);
            writer.Write(node.Given);
            writer.Write(node.Lost);
            writer.Write(node.LossCarbon);
            writer.Write(node.Residual);
            Write(writer, node.Carried);
        }

        writer.Write7BitEncodedInt(Stocks.Count);
        foreach (var stock in Stocks)
        {
            writer.Write(stock.Key);
            writer.Write(stock.Quantity);
            Write(writer, stock.Carried);
        }

        Write(writer, Untraced);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads the stored form.</summary>
    /// <exception cref="InvalidDataException">It was written by another version.</exception>
    public static CarbonContent Of(byte[] bytes)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes, writable: false), Encoding.UTF8);
        var version = reader.ReadByte();
        if (version is not (Version or WithoutMarketCoverage))
        {
            throw new InvalidDataException($"A traced period of version {version} cannot be read by this version of the program.");
        }

        var layout = new FootprintLayout(Words(reader), Words(reader));
        Func<int, int> place = version == Version ? at => at : layout.FromVersion2;
        var flows = new FlowCarbon[reader.Read7BitEncodedInt()];
        for (var at = 0; at < flows.Length; at++)
        {
            flows[at] = new FlowCarbon(reader.Read7BitEncodedInt(), (FlowEnd)reader.ReadByte(), reader.ReadDouble(), Numbers(reader, layout.Count, place));
        }

        var nodes = new NodeCarbon[reader.Read7BitEncodedInt()];
        for (var at = 0; at < nodes.Length; at++)
        {
            nodes[at] = new NodeCarbon(reader.Read7BitEncodedInt(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), Numbers(reader, layout.Count, place));
        }

        var stocks = new StockCarbon[reader.Read7BitEncodedInt()];
        for (var at = 0; at < stocks.Length; at++)
        {
            stocks[at] = new StockCarbon(reader.ReadInt32(), reader.ReadDouble(), Numbers(reader, layout.Count, place));
        }

        return new CarbonContent(layout, flows, nodes, stocks, Words(reader));
    }

    /// <summary>Footprints of this layout in the places of another: what the other does not know is dropped, for its rules are newer.</summary>
    internal double[] Fitted(FootprintLayout layout, double[] carried)
    {
        if (ReferenceEquals(layout, Layout) || (layout.Sources.SequenceEqual(Layout.Sources) && layout.Units.SequenceEqual(Layout.Units)))
        {
            return carried;
        }

        var fitted = new double[layout.Count];
        Array.Copy(carried, fitted, FootprintLayout.Biogenic + 1);
        for (var source = 0; source < layout.Sources.Count; source++)
        {
            if (Layout.Sources.Contains(layout.Sources[source]))
            {
                fitted[FootprintLayout.OfSource(source)] = carried[FootprintLayout.OfSource(Layout.IndexOfSource(layout.Sources[source]))];
            }
        }

        for (var unit = 0; unit < layout.Units.Count; unit++)
        {
            if (Layout.Units.Contains(layout.Units[unit]))
            {
                var own = Layout.IndexOfUnit(layout.Units[unit]);
                (fitted[layout.Entered(unit)], fitted[layout.Covered(unit)], fitted[layout.CoveredByMarket(unit)]) = (carried[Layout.Entered(own)], carried[Layout.Covered(own)], carried[Layout.CoveredByMarket(own)]);
            }
        }

        return fitted;
    }

    private static double[] Added(double[] left, double[] right)
    {
        var sum = new double[left.Length];
        for (var at = 0; at < sum.Length; at++)
        {
            sum[at] = left[at] + right[at];
        }

        return sum;
    }

    private static void Write(BinaryWriter writer, IReadOnlyList<string> words)
    {
        writer.Write7BitEncodedInt(words.Count);
        foreach (var word in words)
        {
            writer.Write(word);
        }
    }

    private static string[] Words(BinaryReader reader)
    {
        var words = new string[reader.Read7BitEncodedInt()];
        for (var at = 0; at < words.Length; at++)
        {
            words[at] = reader.ReadString();
        }

        return words;
    }

    // Most are nothing: only the others are written, with their places.
    private static void Write(BinaryWriter writer, double[] numbers)
    {
        writer.Write7BitEncodedInt(numbers.Count(number => number != 0));
        for (var at = 0; at < numbers.Length; at++)
        {
            if (numbers[at] != 0)
            {
                writer.Write7BitEncodedInt(at);
                writer.Write(numbers[at]);
            }
        }
    }

    private static double[] Numbers(BinaryReader reader, int count, Func<int, int> place)
    {
        var numbers = new double[count];
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
        {
            numbers[place(reader.Read7BitEncodedInt())] = reader.ReadDouble();
        }

        return numbers;
    }
}

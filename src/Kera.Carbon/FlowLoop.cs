using System.Numerics;
using System.Runtime.InteropServices;

namespace Kera.Carbon;

/// <summary>
/// Solves a part of a network that hangs together by loops: what its nodes carry is known from outside, what they pass to each
/// other is not. Everything is addition, multiplication and division of amounts not below zero, so that a loop which gives next
/// to nothing out loses no digits.
/// </summary>
internal sealed class FlowLoop(FlowNetwork network, int footprints)
{
    // Of what the part receives, as much may be in the wrong place: a node's is wrong by at most this over what leaves the part.
    private const double ResidualBound = 1e-12;
    private const int MostSweeps = 20_000;

    // Multiplications: some tens of milliseconds.
    private const double MostExact = 1e8;
    private const int NeverOrdered = 64;
    private const int SweepsBetweenChecks = 4;
    private readonly int[] _local = new int[network.Nodes.Count];
    private readonly BandOrdering _ordering = new(network);
    private int[] _order = [];
    private double[] _flows = [];
    private double[] _exits = [];
    private double[] _pivots = [];
    private double[] _carried = [];
    private double[] _found = [];

    /// <summary>Solves a part, exactly where that costs little: where it is small, or its links are short in some order.</summary>
    /// <param name="members">The part's nodes.</param>
    /// <param name="partOf">The part of every node.</param>
    /// <param name="weights">What flows, by the network's outgoing links.</param>
    /// <param name="outlets">What each node gives to use, export and stock.</param>
    /// <param name="carried">What each node receives from outside the part, by node and footprint.</param>
    /// <param name="intensities">Takes the answer.</param>
    /// <exception cref="FlowTracingException">The part receives something and gives nothing out, or the bound is not reached.</exception>
    public void Solve(ReadOnlySpan<int> members, int[] partOf, double[] weights, double[] outlets, double[] carried, double[] intensities)
    {
        var band = members.Length - 1;
        if (members.Length > NeverOrdered)
        {
            Grow(ref _order, members.Length);
            band = Math.Min(band, _ordering.Order(members, partOf, weights, _order));
            members = _order.AsSpan(0, members.Length);
        }

        Enter(members, partOf, weights, outlets, carried);
        if (!LeadsOut(members))
        {
            return;
        }

        if ((double)members.Length * band * band <= MostExact)
        {
            Eliminate(members, band, partOf, weights, intensities);
        }
        else
        {
            Iterate(members, partOf, weights, intensities);
        }
    }

    // Takes the nodes away one after the other, each passing on what it receives in the shares in which it gives, and puts them
    // back (Grassmann, Taksar and Heyman, Operations Research 33, 1985). No link is longer than the band, nor gets longer.
    private void Eliminate(ReadOnlySpan<int> members, int band, int[] partOf, double[] weights, double[] intensities)
    {
        var (size, width) = (members.Length, (2 * band) + 1);
        Grow(ref _flows, size * width);
        Array.Clear(_flows, 0, size * width);
        for (var member = 0; member < size; member++)
        {
            var node = members[member];
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                if (weights[edge] > 0 && partOf[network.OutTargets[edge]] == partOf[node])
                {
                    _flows[(member * width) + band + _local[network.OutTargets[edge]] - member] += weights[edge];
                }
            }
        }

        for (var away = 0; away < size; away++)
        {
            var reach = Math.Min(band, size - away - 1);
            var gives = _flows.AsSpan((away * width) + band + 1, reach);
            var own = _carried.AsSpan(away * footprints, footprints);
            var pivot = _exits[away];
            foreach (var amount in gives)
            {
                pivot += amount;
            }

            _pivots[away] = pivot;
            for (var ahead = 1; ahead <= reach; ahead++)
            {
                var other = away + ahead;
                ref var back = ref _flows[(other * width) + band - ahead];
                if (back > 0)
                {
                    var share = back / pivot;
                    AddProduct(_flows.AsSpan((other * width) + band - ahead + 1, reach), share, gives);
                    _exits[other] += share * _exits[away];
                }

                if (gives[ahead - 1] > 0)
                {
                    AddProduct(_carried.AsSpan(other * footprints, footprints), gives[ahead - 1] / pivot, own);
                }
            }
        }

        for (var back = size - 1; back >= 0; back--)
        {
            var reach = Math.Min(band, size - back - 1);
            var answer = _carried.AsSpan(back * footprints, footprints);
            for (var ahead = 1; ahead <= reach; ahead++)
            {
                var amount = _flows[((back + ahead) * width) + band - ahead];
                if (amount > 0)
                {
                    AddProduct(answer, amount, _carried.AsSpan((back + ahead) * footprints, footprints));
                }
            }

            foreach (ref var value in answer)
            {
                value /= _pivots[back];
            }

            answer.CopyTo(intensities.AsSpan(members[back] * footprints, footprints));
        }
    }

    // Passes on what is carried from node to node again and again, and each time spreads evenly what is missing of what must
    // leave: a loop that gives little out is well mixed. Ends when what remains unexplained is at most the bound's share of what
    // came in; then nothing that leaves is wrong by more.
    private void Iterate(ReadOnlySpan<int> members, int[] partOf, double[] weights, double[] intensities)
    {
        var size = members.Length;
        var (starts, sources, amounts) = Incoming(members, partOf, weights);
        var bounds = new double[footprints];
        var leaving = 0.0;
        for (var member = 0; member < size; member++)
        {
            leaving += _exits[member];
            _pivots[member] = _exits[member];
            for (var footprint = 0; footprint < footprints; footprint++)
            {
                bounds[footprint] += ResidualBound * Math.Abs(_carried[member * footprints + footprint]);
            }
        }

        for (var edge = 0; edge < sources.Length; edge++)
        {
            _pivots[sources[edge]] += amounts[edge];
        }

        Grow(ref _found, size * footprints);
        Array.Clear(_found, 0, size * footprints);
        var received = new double[footprints];
        var missing = new double[footprints];
        var unexplained = new double[footprints];
        for (var sweep = 1; sweep <= MostSweeps; sweep++)
        {
            for (var member = 0; member < size; member++)
            {
                Receive(member);
                for (var footprint = 0; footprint < footprints; footprint++)
                {
                    _found[member * footprints + footprint] = received[footprint] / _pivots[member];
                }
            }

            Array.Clear(missing);
            for (var member = 0; member < size; member++)
            {
                for (var footprint = 0; footprint < footprints; footprint++)
                {
                    missing[footprint] += _carried[member * footprints + footprint] - (_exits[member] * _found[member * footprints + footprint]);
                }
            }

            for (var member = 0; member < size; member++)
            {
                for (var footprint = 0; footprint < footprints; footprint++)
                {
                    _found[member * footprints + footprint] += missing[footprint] / leaving;
                }
            }

            if (sweep % SweepsBetweenChecks == 0 && Explained())
            {
                for (var member = 0; member < size; member++)
                {
                    _found.AsSpan(member * footprints, footprints).CopyTo(intensities.AsSpan(members[member] * footprints, footprints));
                }

                return;
            }
        }

        throw new FlowTracingException("nodes", Names(members), $"The loop of {size} nodes around {network.Nodes[members[0]]} does not settle: after {MostSweeps} rounds more than {ResidualBound} of what it carries is unexplained. Check for flows that nearly all return.");

        void Receive(int member)
        {
            _carried.AsSpan(member * footprints, footprints).CopyTo(received);
            for (var edge = starts[member]; edge < starts[member + 1]; edge++)
            {
                AddProduct(received, amounts[edge], _found.AsSpan(sources[edge] * footprints, footprints));
            }
        }

        bool Explained()
        {
            Array.Clear(unexplained);
            for (var member = 0; member < size; member++)
            {
                Receive(member);
                for (var footprint = 0; footprint < footprints; footprint++)
                {
                    unexplained[footprint] += Math.Abs(received[footprint] - (_pivots[member] * _found[member * footprints + footprint]));
                }
            }

            for (var footprint = 0; footprint < footprints; footprint++)
            {
                if (!(unexplained[footprint] <= bounds[footprint]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }

    private static void AddProduct(Span<double> target, double factor, ReadOnlySpan<double> source)
    {
        var targets = MemoryMarshal.Cast<double, Vector<double>>(target);
        var sources = MemoryMarshal.Cast<double, Vector<double>>(source);
        for (var index = 0; index < targets.Length; index++)
        {
            targets[index] += factor * sources[index];
        }

        for (var index = targets.Length * Vector<double>.Count; index < target.Length; index++)
        {
            target[index] += factor * source[index];
        }
    }

    private void Enter(ReadOnlySpan<int> members, int[] partOf, double[] weights, double[] outlets, double[] carried)
    {
        Grow(ref _exits, members.Length);
        Grow(ref _pivots, members.Length);
        Grow(ref _carried, members.Length * footprints);
        for (var member = 0; member < members.Length; member++)
        {
            var node = members[member];
            _local[node] = member;
            _exits[member] = outlets[node];
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                if (partOf[network.OutTargets[edge]] != partOf[node])
                {
                    _exits[member] += weights[edge];
                }
            }

            carried.AsSpan(node * footprints, footprints).CopyTo(_carried.AsSpan(member * footprints));
        }
    }

    // Whether there is something to solve: where nothing comes in, nothing is carried.
    private bool LeadsOut(ReadOnlySpan<int> members)
    {
        var (leaving, receives) = (0.0, false);
        for (var member = 0; member < members.Length; member++)
        {
            leaving += _exits[member];
            receives |= _carried.AsSpan(member * footprints, footprints).ContainsAnyExcept(0.0);
        }

        return (leaving, receives) switch
        {
            ( > 0, _) => true,
            (_, false) => false,
            _ => throw Trapped(network, members),
        };
    }

    /// <summary>What is said of a part that receives something and gives nothing out.</summary>
    internal static FlowTracingException Trapped(FlowNetwork network, ReadOnlySpan<int> members)
    {
        string[] names = [.. members.ToArray().Select(node => network.Nodes[node]).Order(StringComparer.Ordinal)];
        return new FlowTracingException("nodes", names, $"What flows around in {string.Join(", ", names.Take(20))} has no way to use, export or stock, but something comes in. Add what is used, or what is lost to where.");
    }

    private string[] Names(ReadOnlySpan<int> members) => [.. members.ToArray().Select(node => network.Nodes[node]).Order(StringComparer.Ordinal)];

    private (int[] Starts, int[] Sources, double[] Amounts) Incoming(ReadOnlySpan<int> members, int[] partOf, double[] weights)
    {
        var starts = new int[members.Length + 1];
        foreach (var node in members)
        {
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                if (weights[edge] > 0 && partOf[network.OutTargets[edge]] == partOf[node])
                {
                    starts[_local[network.OutTargets[edge]] + 1]++;
                }
            }
        }

        for (var member = 0; member < members.Length; member++)
        {
            starts[member + 1] += starts[member];
        }

        var next = starts.ToArray();
        var (sources, amounts) = (new int[starts[^1]], new double[starts[^1]]);
        for (var member = 0; member < members.Length; member++)
        {
            var node = members[member];
            for (var edge = network.OutStarts[node]; edge < network.OutStarts[node + 1]; edge++)
            {
                if (weights[edge] > 0 && partOf[network.OutTargets[edge]] == partOf[node])
                {
                    var place = next[_local[network.OutTargets[edge]]]++;
                    (sources[place], amounts[place]) = (member, weights[edge]);
                }
            }
        }

        return (starts, sources, amounts);
    }
}

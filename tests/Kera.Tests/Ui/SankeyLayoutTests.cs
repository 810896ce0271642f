using CsCheck;
using Kera.Base.Ui;

namespace Kera.Tests.Ui;

public sealed class SankeyLayoutTests
{
    private const double Full = 20;
    private const double Close = 1e-6;

    private static readonly Gen<(SankeyNode[] Nodes, SankeyLink[] Links)> Drawings =
        from columns in Gen.Int[2, 3]
        from counts in Gen.Int[1, 11].Array[columns]
        from labels in Gen.Double[1, 5].Array[counts.Sum()]
        from last in Gen.Bool.Array[counts.Sum()]
        from links in (from column in Gen.Int[0, columns - 2] from one in Gen.Int[0, 10] from other in Gen.Int[0, 10] from amount in Gen.Double[0.000_001, 1_000_000] select (column, one, other, amount)).Array[1, 30]
        select Made(counts, labels, last, links);

    [Fact]
    public void No_label_and_no_node_covers_another_and_all_are_in_the_drawing() => Drawings.Sample(drawing =>
    {
        var plan = SankeyLayout.Arrange(drawing.Nodes, drawing.Links, Full);
        foreach (var column in plan.Boxes.Index().GroupBy(box => drawing.Nodes[box.Index].Column))
        {
            var free = -SankeyLayout.Gap;
            foreach (var (at, box) in column.OrderBy(box => box.Item.SlotTop))
            {
                Assert.True(box.SlotTop >= free + SankeyLayout.Gap - Close);
                Assert.True(box.SlotHeight >= drawing.Nodes[at].LabelHeight);
                Assert.True(box.Top >= box.SlotTop - Close && box.Top + box.Height <= box.SlotTop + box.SlotHeight + Close);
                free = box.SlotTop + box.SlotHeight;
            }

            Assert.True(free <= plan.Height + Close);
        }
    });

    [Fact]
    public void Bands_lie_in_their_nodes_side_by_side_and_fill_the_fuller_side() => Drawings.Sample(drawing =>
    {
        var plan = SankeyLayout.Arrange(drawing.Nodes, drawing.Links, Full);
        foreach (var (at, box) in plan.Boxes.Index())
        {
            var sides = new[]
            {
                drawing.Links.Index().Where(link => link.Item.From == at).Select(link => (Top: plan.Bands[link.Index].FromTop, plan.Bands[link.Index].Height)).ToList(),
                drawing.Links.Index().Where(link => link.Item.To == at).Select(link => (Top: plan.Bands[link.Index].ToTop, plan.Bands[link.Index].Height)).ToList(),
            };
            Assert.Equal(box.Height, sides.Max(side => side.Sum(band => band.Height)), Close);
            foreach (var side in sides)
            {
                var free = box.Top;
                foreach (var (top, height) in side.OrderBy(band => band.Top))
                {
                    Assert.True(top >= free - Close);
                    free = top + height;
                }

                Assert.True(free <= box.Top + box.Height + Close);
            }
        }
    });

    [Fact]
    public void Bands_are_as_thick_as_their_amounts_say_and_never_too_thin_to_see() => Drawings.Sample(drawing =>
    {
        var plan = SankeyLayout.Arrange(drawing.Nodes, drawing.Links, Full);
        var largest = drawing.Nodes.Select((node, at) => (node.Column, Amount: Math.Max(
                drawing.Links.Where(link => link.From == at).Sum(link => link.Amount),
                drawing.Links.Where(link => link.To == at).Sum(link => link.Amount))))
            .GroupBy(node => node.Column).Max(column => column.Sum(node => node.Amount));
        Assert.All(plan.Bands.Index(), band =>
            Assert.Equal(Math.Max(drawing.Links[band.Index].Amount / largest * Full, SankeyLayout.LeastBand), band.Item.Height, Close));
    });

    [Fact]
    public void The_same_input_gives_the_same_drawing() => Drawings.Sample(drawing =>
    {
        var plan = SankeyLayout.Arrange(drawing.Nodes, drawing.Links, Full);
        var again = SankeyLayout.Arrange(drawing.Nodes, drawing.Links, Full);
        Assert.Equal(plan.Boxes, again.Boxes);
        Assert.Equal(plan.Bands, again.Bands);
    });

    [Fact]
    public void What_need_not_cross_does_not_cross()
    {
        // Given crosswise: the first goes to the last.
        SankeyNode[] nodes = [new(0, 1, false), new(0, 1, false), new(0, 1, false), new(1, 1, false), new(1, 1, false), new(1, 1, false)];
        SankeyLink[] links = [new(0, 5, 3), new(1, 4, 2), new(2, 3, 1)];

        var plan = SankeyLayout.Arrange(nodes, links, Full);

        var bands = plan.Bands.OrderBy(band => band.FromTop).ToList();
        Assert.Equal(bands, bands.OrderBy(band => band.ToTop));
    }

    [Fact]
    public void What_was_gathered_stands_beneath_the_others()
    {
        SankeyNode[] nodes = [new(0, 1, false), new(1, 1, true), new(1, 1, false)];

        var plan = SankeyLayout.Arrange(nodes, [new(0, 1, 9), new(0, 2, 1)], Full);

        Assert.True(plan.Boxes[1].SlotTop > plan.Boxes[2].SlotTop);
    }

    private static (SankeyNode[] Nodes, SankeyLink[] Links) Made(int[] counts, double[] labels, bool[] last, (int Column, int One, int Other, double Amount)[] links)
    {
        var firsts = counts.Select((_, column) => counts.Take(column).Sum()).ToArray();
        return (
            [.. counts.SelectMany((count, column) => Enumerable.Range(0, count).Select(at => new SankeyNode(column, labels[firsts[column] + at], last[firsts[column] + at])))],
            [
                .. links.Select(link => new SankeyLink(firsts[link.Column] + (link.One % counts[link.Column]), firsts[link.Column + 1] + (link.Other % counts[link.Column + 1]), link.Amount))
                    .DistinctBy(link => (link.From, link.To)),
            ]);
    }
}

using CsCheck;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Tests.Ui;

public sealed class BarScaleTests
{
    [Fact]
    public void Grid_lines_are_round_and_few()
    {
        var scale = new BarScale([Quantity.Whole(65_992), Quantity.Whole(27_000)]);

        Assert.Equal([0, 20_000, 40_000, 60_000, 80_000], scale.Lines.Select(line => line.ToDecimal()));
    }

    [Fact]
    public void Without_a_value_there_is_still_a_scale() =>
        Assert.Equal(2, new BarScale([]).Lines.Count);

    [Fact]
    public void Every_value_stands_inside_the_box() =>
        Gen.Long[-9_000_000_000_000_000, 9_000_000_000_000_000].Array[1, 40].Sample(values =>
        {
            var quantities = values.Select(value => new Quantity(value)).ToList();
            var scale = new BarScale(quantities);
            Assert.InRange(scale.Lines.Count, 2, 7);
            Assert.All(quantities, quantity => Assert.InRange(scale.Top(quantity), 0, 100));
            Assert.Contains(Quantity.Zero, scale.Lines);
        });
}

using CsCheck;

namespace Kera.Carbon.Tests;

public sealed class FlowLossTests
{
    // By conventions B1: of 100 kWh at 64 g 80 arrive, each with 80 g.
    [Fact]
    public void Losses_add_the_difference_of_intensities_times_what_is_delivered() => Assert.Equal(1_280, FlowLoss.Carbon(80, 80, 100, 6_400), 9);

    [Fact]
    public void What_is_lost_carries_what_its_share_of_the_inflow_carried() =>
        Gen.Select(Gen.Double[1, 1e5], Gen.Double[0, 1e5], Gen.Double[0.01, 1]).Sample((came, carried, kept) =>
        {
            var given = came * kept;
            Assert.Equal(carried * (1 - kept), FlowLoss.Carbon(carried / given, given, came, carried), 1e-6 * Math.Max(1, carried));
        });

    [Fact]
    public void Where_nothing_came_nothing_was_lost() => Assert.Equal(0, FlowLoss.Carbon(80, 80, 0, 0));
}

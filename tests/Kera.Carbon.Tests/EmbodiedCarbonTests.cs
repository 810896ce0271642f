using CsCheck;

namespace Kera.Carbon.Tests;

public sealed class EmbodiedCarbonTests
{
    [Fact]
    public void An_hour_carries_its_part_of_what_remains() => Assert.Equal(2, EmbodiedCarbon.PerHour(8_000, 4_000, 100), 12);

    [Fact]
    public void The_last_hours_carry_no_more_than_by_the_stated_minimum() => Assert.Equal(0.5, EmbodiedCarbon.PerHour(50, 1, 100), 12);

    [Fact]
    public void A_life_of_hours_carries_all_but_what_the_minimum_leaves_over() =>
        Gen.Select(Gen.Double[1, 1e6], Gen.Int[10, 2_000], Gen.Int[1, 9]).Sample((embodied, hours, least) =>
        {
            var (remaining, carried) = (embodied, 0.0);
            for (var hour = 0; hour < hours; hour++)
            {
                var part = EmbodiedCarbon.PerHour(remaining, hours - hour, least);
                (remaining, carried) = (remaining - part, carried + part);
            }

            Assert.True(remaining >= 0 && Math.Abs(embodied - carried - remaining) <= 1e-9 * embodied);
            Assert.True(remaining <= embodied * least / hours);
        });

    [Fact]
    public void What_cannot_be_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => EmbodiedCarbon.PerHour(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => EmbodiedCarbon.PerHour(-1, 1, 1));
    }
}

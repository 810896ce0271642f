using Kera.Base.Readings;
using NodaTime;

namespace Kera.Tests.Readings;

public sealed class StampReaderTests
{
    [Theory]
    [InlineData("Europe/Helsinki", "2020-01-31 13:00:00", 11)]
    [InlineData("Europe/Helsinki", "2020-01-31T13:00", 11)]
    [InlineData("+01:00", "2020-01-31 13:00", 12)]
    [InlineData("Z", "2020-01-31 13:00", 13)]
    [InlineData("Europe/Helsinki", "2020-01-31T13:00Z", 13)]
    [InlineData("Europe/Helsinki", "2020-01-31 13:00:00+05:00", 8)]
    public void A_stamp_is_the_zone_s_unless_it_has_an_offset_of_its_own(string zone, string stamp, int hourOfUtc)
    {
        Assert.True(StampReader.TryCreate(zone, out var reader));
        Assert.Null(reader.Read(stamp, out var instant));
        Assert.Equal(Instant.FromUtc(2020, 1, 31, hourOfUtc, 0), instant);
    }

    [Theory]
    [InlineData("2020-03-29 03:30", "never was")]
    [InlineData("2020-10-25 03:30", "was twice")]
    [InlineData("31.1.2020 13:00", "is no time")]
    [InlineData("", "is no time")]
    public void A_stamp_that_never_was_or_was_twice_is_refused(string stamp, string why)
    {
        Assert.True(StampReader.TryCreate("Europe/Helsinki", out var reader));
        Assert.Contains(why, reader.Read(stamp, out _), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2020-03-29 03:30")]
    [InlineData("2020-10-25 03:30")]
    public void A_fixed_offset_knows_no_clock_change(string stamp)
    {
        Assert.True(StampReader.TryCreate("+02:00", out var reader));
        Assert.Null(reader.Read(stamp, out _));
    }

    [Theory]
    [InlineData("Helsinki")]
    [InlineData("")]
    [InlineData("+25:00")]
    public void What_is_no_zone_makes_no_reader(string zone) => Assert.False(StampReader.TryCreate(zone, out _));
}

using Kera.Base.Readings;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.Readings;

public sealed class ReadingFileTests
{
    [Fact]
    public void Rows_come_with_their_lines_and_the_step_is_the_shortest_distance()
    {
        var table = Read("time,heat,other\n2020-01-01 00:00,1.5,x\n2020-01-01 00:15,,x\n2020-01-01 00:30,2e1,x\n2020-01-01 00:45,0,x\n");

        Assert.Equal(Duration.FromMinutes(15), table.Step);
        Assert.Equal(1, table.Empty);
        Assert.Equal([2, 4, 5], table.Rows.Select(row => row.Line));
        Assert.Equal(Instant.FromUtc(2020, 1, 1, 0, 0), table.Rows[0].Start);
    }

    [Fact]
    public void Semicolons_and_quotes_are_read_too()
    {
        var table = Read("time;\"heat\"\n\"2020-01-01 00:00\";1.5\n2020-01-01 01:00;2\n");

        Assert.Equal(2, table.Rows.Count);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("time,heat\n", "no row with a value")]
    [InlineData("time,cold\n2020-01-01 00:00,1\n", "line 1: --column: The file has no column 'heat'. It has: 'time', 'cold'.")]
    [InlineData("time,heat,heat\n2020-01-01 00:00,1,2\n", "line 1: --column: The file has the column 'heat' 2 times")]
    [InlineData("time,heat\n2020-01-01 00:00,1\n2020-01-01 01:00,1;5\n", "line 3: heat: '1;5' is no number")]
    [InlineData("time,heat\n2020-01-01 01:00,1\n2020-01-01 00:00,1\n", "line 3: time: 2020-01-01T00:00:00Z is not after the row before")]
    [InlineData("time,heat\n2020-01-01 01:00,1\n2020-01-01 01:00,1\n", "line 3: time:")]
    [InlineData("time,heat\n2020-01-01 00:00,1\n2020-01-01 01:00,1\n2020-01-01 02:30,1\n", "line 4: time: 2020-01-01T02:30:00Z is not a whole number of intervals of 60 min")]
    [InlineData("time,heat\nyesterday,1\n", "line 2: time: 'yesterday' is no time")]
    [InlineData("time,heat\n2020-01-01 00:00,1\n", "line 2: file: one row does not say how long its interval is")]
    public void A_mistake_is_told_with_its_line_and_column(string text, string told) =>
        Assert.Contains(told, Assert.Throws<ReadingException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_row_will_do_where_its_length_is_said() => Assert.Single(Read("time,heat\n2020-01-01 00:00,1\n", Duration.FromHours(1)).Rows);

    [Fact]
    public void Quarters_are_added_up_to_whole_hours_exactly_and_the_rest_waits()
    {
        var begin = Instant.FromUtc(2020, 1, 1, 0, 0);
        var readings = Enumerable.Range(0, 7).Select(quarter => new HourReading(begin + (quarter * Duration.FromMinutes(15)), new Quantity(100 + quarter)));

        var (whole, partial) = Hours.Sum(readings, Duration.FromMinutes(15));

        Assert.Equal([new HourReading(begin, new Quantity(406))], whole);
        Assert.Equal(1, partial);
    }

    [Fact]
    public void The_hour_of_a_moment_before_1970_is_the_one_it_lies_in() =>
        Assert.Equal(Instant.FromUtc(1969, 12, 31, 23, 0), Hours.Of(Instant.FromUtc(1969, 12, 31, 23, 59)));

    [Fact]
    public void An_hour_of_a_flow_has_one_key_for_each_revision() =>
        Assert.Equal("flow:heat|2020-01-01T00:00:00Z|2", Hours.Key("heat", Instant.FromUtc(2020, 1, 1, 0, 0), 2));

    private static ReadingTable Read(string text, Duration? step = null)
    {
        Assert.True(StampReader.TryCreate("Z", out var stamps));
        return ReadingFile.Read(new StringReader(text), "heat", null, stamps, step);
    }
}

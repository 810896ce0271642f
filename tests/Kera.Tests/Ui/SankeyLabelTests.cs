using CsCheck;
using Kera.Base.Ui;

namespace Kera.Tests.Ui;

public sealed class SankeyLabelTests
{
    [Theory]
    [InlineData("Lämpöpumppu", "Lämpöpumppu")]
    [InlineData("Korttelin A lämmitys", "Korttelin A|lämmitys")]
    [InlineData("Sähkökattila (esittely)", "Sähkökattila")]
    [InlineData("Jätteen\u00ADkuljettaja", "Jätteen-|kuljettaja")]
    [InlineData("Hukkalämpöverkostosta", "Hukkalämpöv…")]
    [InlineData("Block D: use of power", "Block D: use of|power")]
    [InlineData("one two three four five six seven eight", "one two three|four five six…")]
    [InlineData("Installation (LuxTurrim5G) of poles", "Installation|(LuxTurrim5…")]
    public void A_name_is_broken_where_it_may_be(string name, string lines) =>
        Assert.Equal(lines, string.Join('|', SankeyLabel.Lines(name, 7.7, 2)));

    [Fact]
    public void No_line_is_wider_than_there_is_room_and_none_has_soft_hyphens() =>
        Gen.Select(Gen.Char["abcmwÅÄÖåäö 1()\u00AD"].Array[1, 60], Gen.Double[3, 14], Gen.Int[1, 3]).Sample((letters, width, most) =>
        {
            var lines = SankeyLabel.Lines(new string(letters), width, most);
            Assert.InRange(lines.Count, 1, most);
            Assert.All(lines, line => Assert.True(SankeyLabel.WidthOf(line) <= width, line));
            Assert.All(lines, line => Assert.DoesNotContain('\u00AD', line));
        });
}

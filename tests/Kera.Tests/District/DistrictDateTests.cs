using Kera.Base.District;
using NodaTime;

namespace Kera.Tests.District;

public sealed class DistrictDateTests
{
    [Theory]
    [InlineData("2022-06-16", "2022-06-16", "2022-06-16")]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29")]
    [InlineData("2023-02", "2023-02-01", "2023-02-28")]
    [InlineData("1946", "1946-01-01", "1946-12-31")]
    [InlineData("2022-spring", "2022-03-01", "2022-05-31")]
    [InlineData("2022-summer", "2022-06-01", "2022-08-31")]
    [InlineData("2022-autumn", "2022-09-01", "2022-11-30")]
    [InlineData("2023-early", "2023-01-01", "2023-04-30")]
    [InlineData("2023-mid", "2023-05-01", "2023-08-31")]
    [InlineData("2023-late", "2023-09-01", "2023-12-31")]
    public void A_date_spans_the_days_it_can_mean(string text, string first, string last)
    {
        var date = DistrictDate.TryParse(text)!;

        Assert.Equal((Day(first), Day(last)), (date.First, date.Last));
        Assert.Equal(text, date.Text);
        Assert.Equal(first == last, date.IsDay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("22")]
    [InlineData("0022")]
    [InlineData("2022-13")]
    [InlineData("2022-6")]
    [InlineData("2022-06-31")]
    [InlineData("2023-02-29")]
    [InlineData("2022-06-00")]
    [InlineData("2022-06-16-1")]
    [InlineData("2022-winter")]
    [InlineData("2022-Summer")]
    [InlineData("16.6.2022")]
    [InlineData("２０２２")]
    public void What_is_no_date_is_none(string text) => Assert.Null(DistrictDate.TryParse(text));

    private static LocalDate Day(string text) => NodaTime.Text.LocalDatePattern.Iso.Parse(text).Value;
}

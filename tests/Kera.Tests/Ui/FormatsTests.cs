using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Tests.Ui;

public sealed class FormatsTests
{
    private static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Theory]
    [InlineData("fi", "12345.6", "12\u00A0345,6")]
    [InlineData("sv", "12345.6", "12\u00A0345,6")]
    [InlineData("en", "12345.6", "12,345.6")]
    [InlineData("fi", "-1204.25", "\u22121\u00A0204,25")]
    [InlineData("en", "-0.000001", "\u22120.000001")]
    [InlineData("fi", "0", "0")]
    [InlineData("en", "999", "999")]
    [InlineData("sv", "9223372036854.775807", "9\u00A0223\u00A0372\u00A0036\u00A0854,775807")]
    [InlineData("en", "-9223372036854.775807", "\u22129,223,372,036,854.775807")]
    public void An_amount_is_written_in_full_as_its_language_writes_it(string language, string number, string expected) =>
        Assert.Equal(expected, Of(language).Number(Amount(number)));

    [Fact]
    public void A_column_is_written_with_the_decimals_of_its_finest_amount()
    {
        var decimals = Formats.Decimals([Amount("3"), Amount("2.50"), Amount("1.125")]);

        Assert.Equal(3, decimals);
        Assert.Equal("3.000", Of("en").Number(Amount("3"), decimals));
    }

    [Theory]
    [InlineData("en", "1537657.5", "kWh", "1,540\u00A0MWh")]
    [InlineData("fi", "12345", "kWh", "12,3\u00A0MWh")]
    [InlineData("en", "9876", "kWh", "9,880\u00A0kWh")]
    [InlineData("fi", "0.12345", "t", "0,123\u00A0t")]
    [InlineData("en", "0.0000004", "t", "0\u00A0t")]
    [InlineData("en", "999999999999", "kWh", "1,000,000\u00A0GWh")]
    [InlineData("en", "123456", "m2", "123,000\u00A0m²")]
    [InlineData("sv", "-2345", "kg", "\u22122\u00A0350\u00A0kg")]
    public void A_sentence_says_three_digits_in_the_unit_that_keeps_it_short(string language, string number, string unit, string expected) =>
        Assert.Equal(expected, Of(language).Prose(number == "0.0000004" ? Quantity.Zero : Amount(number), unit));

    [Theory]
    [InlineData("fi", "1", "3", "33\u00A0%")]
    [InlineData("en", "2", "3", "67%")]
    [InlineData("en", "1", "1000", "under 1%")]
    [InlineData("fi", "0", "0", "0\u00A0%")]
    public void A_share_is_a_whole_percentage(string language, string part, string whole, string expected) =>
        Assert.Equal(expected, Of(language).Percent(Amount(part), Amount(whole)));

    [Theory]
    [InlineData("fi", "16.5", "EUR", "16,5\u00A0€")]
    [InlineData("en", "16.5", "EUR", "€16.5")]
    [InlineData("fi", "19", "1", "19\u00A0kpl")]
    [InlineData("sv", "19", "1", "19\u00A0st.")]
    [InlineData("fi", "7", "{person}.km", "7\u00A0hkm")]
    [InlineData("en", "2", "m3", "2\u00A0m³")]
    public void A_unit_stands_after_a_space_that_does_not_break(string language, string number, string unit, string expected) =>
        Assert.Equal(expected, Of(language).Amount(Amount(number), unit));

    [Theory]
    [InlineData("fi", "24.11.2026 klo\u00A014.05")]
    [InlineData("sv", "24.11.2026 kl.\u00A014:05")]
    [InlineData("en", "24\u00A0Nov 2026, 14:05")]
    public void A_moment_is_told_in_the_zone_of_the_district(string language, string expected) =>
        Assert.Equal(expected, Of(language).Moment(Instant.FromUtc(2026, 11, 24, 12, 5)));

    [Theory]
    [InlineData("fi", "03.30 (kesäaikaa)", "03.30 (talviaikaa)")]
    [InlineData("sv", "03:30 (sommartid)", "03:30 (vintertid)")]
    [InlineData("en", "03:30 (summer time)", "03:30 (winter time)")]
    public void What_the_clock_shows_twice_says_which_it_is(string language, string summer, string winter)
    {
        var (formats, first) = (Of(language), Instant.FromUtc(2026, 10, 25, 0, 30));
        string Time(int hours) => formats.Time(first + Duration.FromHours(hours)).Replace('\u00A0', ' ');

        Assert.Equal((summer, winter), (Time(0), Time(1)));
        Assert.DoesNotContain("(", Time(-1) + Time(2), StringComparison.Ordinal);
        Assert.EndsWith(winter, formats.Moment(first + Duration.FromHours(1)).Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fi", "24.11.2026", "marraskuussa 2026", "vuonna 2026")]
    [InlineData("sv", "den 24 november 2026", "i november 2026", "år 2026")]
    [InlineData("en", "on 24 November 2026", "in November 2026", "in 2026")]
    public void A_stretch_of_time_stands_in_a_sentence(string language, string day, string month, string year)
    {
        var formats = Of(language);
        var date = new LocalDate(2026, 11, 24);

        Assert.Equal([day, month, year], [formats.OnDay(date), formats.InMonth(date), formats.InYear(date)]);
    }

    private static Formats Of(string code)
    {
        Assert.True(Language.TryFind(code, out var language));
        return new Formats(language, Helsinki);
    }

    private static Quantity Amount(string number)
    {
        Assert.Equal(QuantityError.None, Quantity.TryParse(number, out var quantity));
        return quantity;
    }
}

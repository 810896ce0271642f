using Kera.Base.District;

namespace Kera.Base.Ui;

/// <content>Dates that are only as precise as their source.</content>
public sealed partial class Formats
{
    /// <summary>A date as precise as it is: <c>16.6.2022</c>, <c>kesäkuu 2022</c>, <c>loppuvuosi 2023</c>, <c>2022</c>.</summary>
    public string Date(DistrictDate date) => Written("", date);

    /// <summary>From when on, in the midst of a sentence: <c>loppuvuodesta 2023</c>, <c>from late 2023</c>.</summary>
    public string Since(DistrictDate date) => Written("since.", date);

    /// <summary>Until when, in the midst of a sentence: <c>kesään 2025</c>, <c>until summer 2025</c>.</summary>
    public string Until(DistrictDate date) => Written("until.", date);

    /// <summary>A stretch of time of which either end may be unknown; empty where both are.</summary>
    public string Span(DistrictDate? from, DistrictDate? to) => (from, to) switch
    {
        (null, null) => "",
        ({ } first, null) => Since(first),
        (null, { } last) => Until(last),
        ({ } first, { } last) when first.Text == last.Text => Date(first),
        ({ } first, { } last) => $"{Since(first)} {Until(last)}",
    };

    private string Written(string end, DistrictDate date) => _texts.Format(
        $"date.{end}{FormOf(date)}",
        ("date", Date(date.First)),
        ("month", _texts.Of("month.name", Two(date.First.Month))),
        ("year", Year(date.First)));

    // A month and a day are written in figures; the other forms by their own word.
    private static string FormOf(DistrictDate date)
    {
        var dash = date.Text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? "year" : date.IsDay ? "day" : char.IsAsciiDigit(date.Text[dash + 1]) ? "month" : date.Text[(dash + 1)..];
    }
}

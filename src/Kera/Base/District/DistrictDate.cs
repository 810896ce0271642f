using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District;

/// <summary>
/// A date as precise as its source: a day (<c>2022-06-16</c>), a month (<c>2022-06</c>), a season or a third of a year
/// (<c>2022-summer</c>, <c>2023-late</c>) or a year (<c>2022</c>).
/// </summary>
/// <param name="Text">As the file has it.</param>
/// <param name="First">The first day it can mean.</param>
/// <param name="Last">The last day it can mean.</param>
public sealed record DistrictDate(string Text, LocalDate First, LocalDate Last)
{
    /// <summary>What a date looks like, for a remedy.</summary>
    public const string Forms = "write a day 2022-06-16, a month 2022-06, a year 2022, or 2022-spring, -summer, -autumn, -early, -mid or -late";

    // A season has its three months; early, mid and late are the thirds of a year. Winter lies in two years: months say it.
    private static readonly Dictionary<string, (int FirstMonth, int LastMonth)> PartsOfYear = new(StringComparer.Ordinal)
    {
        ["spring"] = (3, 5),
        ["summer"] = (6, 8),
        ["autumn"] = (9, 11),
        ["early"] = (1, 4),
        ["mid"] = (5, 8),
        ["late"] = (9, 12),
    };

    private static readonly LocalDatePattern Day = LocalDatePattern.Iso;

    private static readonly YearMonthPattern Month = YearMonthPattern.Iso;

    /// <summary>Whether it names a single day.</summary>
    public bool IsDay => First == Last;

    /// <summary>Reads a date of any of the forms.</summary>
    /// <returns>The date, or null where the text is none.</returns>
    public static DistrictDate? TryParse(string text)
    {
        if (Day.Parse(text) is { Success: true } day)
        {
            return new(text, day.Value, day.Value);
        }

        if (Month.Parse(text) is { Success: true } month)
        {
            return new(text, month.Value.OnDayOfMonth(1), month.Value.OnDayOfMonth(1).With(DateAdjusters.EndOfMonth));
        }

        var (yearText, part) = text.Split('-', 2) is [var before, var after] ? (before, after) : (text, null);
        if (yearText.Length != 4 || !yearText.All(char.IsAsciiDigit) || (yearText[0] - '0') is not (1 or 2))
        {
            return null;
        }

        var year = ((yearText[0] - '0') * 1000) + ((yearText[1] - '0') * 100) + ((yearText[2] - '0') * 10) + (yearText[3] - '0');
        if (part is null)
        {
            return new(text, new LocalDate(year, 1, 1), new LocalDate(year, 12, 31));
        }

        return PartsOfYear.TryGetValue(part, out var months)
            ? new(text, new LocalDate(year, months.FirstMonth, 1), new LocalDate(year, months.LastMonth, 1).With(DateAdjusters.EndOfMonth))
            : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

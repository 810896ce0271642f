using NodaTime;

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

    /// <summary>Whether it names a single day.</summary>
    public bool IsDay => First == Last;

    /// <summary>Reads a date of any of the forms.</summary>
    /// <returns>The date, or null where the text is none.</returns>
    public static DistrictDate? TryParse(string text)
    {
        // Read by hand: it is done a few hundred times at every start, before anything is warm.
        var parts = text.Split('-');
        if (parts.Length > 3 || Digits(parts[0], 4) is not (>= 1000 and <= 2999 and var year))
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return new(text, new LocalDate(year, 1, 1), new LocalDate(year, 12, 31));
        }

        if (parts.Length == 2 && PartsOfYear.TryGetValue(parts[1], out var months))
        {
            return new(text, new LocalDate(year, months.FirstMonth, 1), EndOf(year, months.LastMonth));
        }

        if (Digits(parts[1], 2) is not (>= 1 and <= 12 and var month))
        {
            return null;
        }

        if (parts.Length == 2)
        {
            return new(text, new LocalDate(year, month, 1), EndOf(year, month));
        }

        return Digits(parts[2], 2) is var day && day >= 1 && day <= EndOf(year, month).Day
            ? new(text, new LocalDate(year, month, day), new LocalDate(year, month, day))
            : null;
    }

    private static LocalDate EndOf(int year, int month) => new(year, month, CalendarSystem.Iso.GetDaysInMonth(year, month));

    /// <summary>A number of exactly so many digits; -1 where the text is none.</summary>
    private static int Digits(string text, int count)
    {
        if (text.Length != count)
        {
            return -1;
        }

        var number = 0;
        foreach (var letter in text)
        {
            if (!char.IsAsciiDigit(letter))
            {
                return -1;
            }

            number = (number * 10) + (letter - '0');
        }

        return number;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}

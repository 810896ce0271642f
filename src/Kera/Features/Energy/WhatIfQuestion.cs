using System.Globalization;
using Kera.Base.Ui;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Energy;

/// <summary>What may be wrong with a field of the form.</summary>
public enum FieldFault
{
    /// <summary>It is no number.</summary>
    NoNumber,

    /// <summary>It is less or more than may be asked.</summary>
    OutOfBounds,

    /// <summary>It is no day.</summary>
    NoDay,

    /// <summary>The week from that day on is not over.</summary>
    NotOver,
}

/// <summary>What a planner asks: which hours, and which numbers are others. All of it stands in the address.</summary>
public sealed record WhatIfQuestion
{
    /// <summary>The first day of a week that is over; null for the hours ahead.</summary>
    public LocalDate? Week { get; private init; }

    /// <summary>By lever's name, the numbers that are not as they are.</summary>
    public required IReadOnlyDictionary<string, decimal> Numbers { get; init; }

    /// <summary>By field what was typed.</summary>
    public required IReadOnlyDictionary<string, string> Typed { get; init; }

    /// <summary>By field what is wrong with it.</summary>
    public required IReadOnlyDictionary<string, FieldFault> Faults { get; init; }

    /// <summary>The address's query with nothing in it that says what is so anyway: the same question has the same address.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Query =>
    [
        .. Week is { } week ? [KeyValuePair.Create<string, string?>(WeekField, LocalDatePattern.Iso.Format(week))] : Array.Empty<KeyValuePair<string, string?>>(),
        .. Numbers.Select(number => KeyValuePair.Create<string, string?>(number.Key, number.Value.ToString("0.######", CultureInfo.InvariantCulture))),
    ];

    /// <summary>The name of the field of the week.</summary>
    public static string WeekField => "week";

    /// <summary>Reads the question from an address.</summary>
    /// <param name="levers">What may be changed.</param>
    /// <param name="query">The address's query.</param>
    /// <param name="language">In which the numbers were typed.</param>
    /// <param name="today">The day of which it is asked: a week is over before it begins.</param>
    public static WhatIfQuestion Read(IReadOnlyList<Lever> levers, IQueryCollection query, Language language, LocalDate today)
    {
        var typed = query.Where(field => field.Value.ToString().Trim().Length > 0).ToDictionary(field => field.Key, field => field.Value.ToString().Trim(), StringComparer.Ordinal);
        var (numbers, faults) = (new OrderedDictionary<string, decimal>(StringComparer.Ordinal), new Dictionary<string, FieldFault>(StringComparer.Ordinal));
        LocalDate? week = null;
        if (typed.TryGetValue(WeekField, out var day))
        {
            var read = LocalDatePattern.Iso.Parse(day);
            week = read.Success ? read.Value : null;
            if (!read.Success)
            {
                faults[WeekField] = FieldFault.NoDay;
            }
            else if (read.Value.PlusWeeks(1) > today)
            {
                faults[WeekField] = FieldFault.NotOver;
            }
        }

        foreach (var lever in levers)
        {
            if (!typed.TryGetValue(lever.Name, out var text))
            {
                continue;
            }

            if (Number(text, language) is not { } number)
            {
                faults[lever.Name] = FieldFault.NoNumber;
            }
            else if (number < lever.Least || number > lever.Most)
            {
                faults[lever.Name] = FieldFault.OutOfBounds;
            }
            else if (number != lever.Present)
            {
                numbers[lever.Name] = number;
            }
        }

        return new WhatIfQuestion { Week = week, Numbers = numbers, Typed = typed, Faults = faults };
    }

    // A point is the decimal mark in every address. A comma is one where the language writes it so, and in English it could be a thousand's.
    private static decimal? Number(string text, Language language)
    {
        text = text.Replace('\u2212', '-').Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (language != Language.English)
        {
            text = text.Replace(',', '.');
        }

        return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? decimal.Round(number, 6) : null;
    }
}

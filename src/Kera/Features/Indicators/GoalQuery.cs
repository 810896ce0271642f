using System.Globalization;
using Kera.Base.District;
using Kera.Base.Ui;

namespace Kera.Features.Indicators;

/// <summary>Which goals the reader asked to see.</summary>
public sealed record GoalQuery
{
    /// <summary>A goal of the United Nations, 1 to 17; null for any.</summary>
    public int? Sdg { get; init; }

    /// <summary>Whose decisions; null for any.</summary>
    public IndicatorLevel? Level { get; init; }

    /// <summary>Where it stands; null for anywhere.</summary>
    public GoalStatus? Status { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool Filtered => (Sdg, Level, Status) is not (null, null, null);

    /// <summary>Reads a query. What cannot be read is left out and told in <paramref name="errors"/>, by field.</summary>
    public static GoalQuery Read(IQueryCollection query, Texts texts, out Dictionary<string, string> errors)
    {
        var found = new Dictionary<string, string>();
        errors = found;
        return new GoalQuery
        {
            Sdg = Value("sdg", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var goal) && goal is >= 1 and <= 17 ? (int?)goal : null),
            Level = Value("level", Named<IndicatorLevel>),
            Status = Value("status", Named<GoalStatus>),
        };

        T? Value<T>(string field, Func<string, T?> read)
            where T : struct
        {
            var text = query[field].ToString().Trim();
            var value = text.Length == 0 ? null : read(text);
            if (text.Length > 0 && value is null)
            {
                found[field] = texts.Format("indicators.error.unknown", ("value", text.Length > 40 ? text[..40] + "…" : text));
            }

            return value;
        }
    }

    /// <summary>The query as pairs, to write an address with.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToPairs() =>
    [
        new("sdg", Sdg?.ToString(CultureInfo.InvariantCulture)),
        new("level", Level is { } level ? Word(level) : null),
        new("status", Status is { } status ? Word(status) : null),
    ];

    /// <summary>Whether a goal is asked for.</summary>
    public bool Wants(Goal goal) =>
        (Sdg is not { } sdg || goal.Indicator.Sdg.Any(target => target.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{sdg}."), StringComparison.Ordinal)))
        && (Level is not { } level || goal.Indicator.Level == level)
        && (Status is not { } status || goal.Standing.Status == status);

    /// <summary>How addresses and texts name a value: <c>onPath</c>.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private static T? Named<T>(string text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Word(value) == text)
            {
                return value;
            }
        }

        return null;
    }
}

using System.Globalization;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Flows;

/// <summary>What the reader asked to see: the query of the address, read and checked.</summary>
public sealed record FlowsQuery
{
    // The days of the longest month.
    private const int MostBars = 31;

    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    public string? Agent { get; init; }
    public string? Specification { get; init; }
    public string? Resource { get; init; }
    public string? Place { get; init; }
    public string? Action { get; init; }
    public string? Unit { get; init; }
    public BarWidth Period { get; init; } = BarWidth.Day;

    /// <summary>A day in the stretch of time shown; null for where the newest event is.</summary>
    public LocalDate? From { get; init; }

    /// <summary>Which bar of the stretch alone the Sankey shows, from 1; null for the whole stretch.</summary>
    public int? Bar { get; init; }

    /// <summary>The moment of the balances; null for now.</summary>
    public Instant? At { get; init; }

    /// <summary>Where the page of events before ended; null for the first.</summary>
    public EventCursor? Before { get; init; }

    /// <summary>Whether anything is left out.</summary>
    public bool Filtered => (Agent ?? Specification ?? Resource ?? Place ?? Action) is not null;

    /// <summary>Reads a query. What cannot be read is left out and told in <paramref name="errors"/>, by field.</summary>
    public static FlowsQuery Read(IQueryCollection query, FilterChoices choices, PageContext page, out Dictionary<string, string> errors)
    {
        var found = new Dictionary<string, string>();
        errors = found;
        return new FlowsQuery
        {
            Agent = Key("agent", choices.Agents),
            Specification = Key("specification", choices.Specifications),
            Resource = Key("resource", choices.Resources),
            Place = Key("place", choices.Places),
            Action = Read("action", text => FlowAction.TryFind(text, out _) ? text : null, "flows.error.unknown"),
            Unit = Read("unit", text => Kera.Flows.Unit.TryFind(text, out _) ? text : null, "flows.error.unknown"),
            Period = Value("period", text => text switch { "hour" => BarWidth.Hour, "day" => BarWidth.Day, "month" => BarWidth.Month, _ => (BarWidth?)null }, "flows.error.period") ?? BarWidth.Day,
            From = Value("from", text => LocalDatePattern.Iso.Parse(text) is { Success: true, Value: var date } && date.Year is >= 1900 and <= 2200 ? (LocalDate?)date : null, "flows.error.date"),
            Bar = Value("bar", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bar) && bar is >= 1 and <= MostBars ? (int?)bar : null, "flows.error.bar"),
            At = Value("at", text => Moment(text, page.Formats.Zone), "flows.error.time"),
            Before = Value("before", Cursor, "flows.error.cursor"),
        };

        string? Key(string field, IReadOnlyList<Noun> among) =>
            Read(field, text => among.Any(noun => noun.Key == text) ? text : null, "flows.error.unknown");

        string? Read(string field, Func<string, string?> read, string error)
        {
            var text = query[field].ToString().Trim();
            if (text.Length == 0)
            {
                return null;
            }

            var value = read(text);
            if (value is null)
            {
                found[field] = page.Texts.Format(error, ("value", text.Length > 40 ? text[..40] + "…" : text));
            }

            return value;
        }

        T? Value<T>(string field, Func<string, T?> read, string error)
            where T : struct
        {
            T? value = null;
            Read(field, text => (value = read(text)) is null ? null : text, error);
            return value;
        }
    }

    /// <summary>The query as pairs, to write an address with; times are in the given zone.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToPairs(DateTimeZone zone) =>
    [
        new("agent", Agent),
        new("specification", Specification),
        new("resource", Resource),
        new("place", Place),
        new("action", Action),
        new("unit", Unit),
        new("period", Period == BarWidth.Day ? null : PeriodName(Period)),
        new("from", From is { } from ? LocalDatePattern.Iso.Format(from) : null),
        new("bar", Bar?.ToString(CultureInfo.InvariantCulture)),
        new("at", At is { } at ? MinuteOf(at, zone) : null),
        new("before", Before is { } before ? string.Create(CultureInfo.InvariantCulture, $"{before.EffectTime}_{before.Position}") : null),
    ];

    /// <summary>How an address names a period.</summary>
    public static string PeriodName(BarWidth period) => period switch
    {
        BarWidth.Hour => "hour",
        BarWidth.Day => "day",
        _ => "month",
    };

    /// <summary>A moment as a field for date and time writes it.</summary>
    public static string MinuteOf(Instant instant, DateTimeZone zone) => Minute.Format(instant.InZone(zone).LocalDateTime);

    private static EventCursor? Cursor(string text) =>
        text.Split('_') is [var time, var position]
        && long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var effectTime)
        && effectTime is > long.MinValue and < long.MaxValue
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new EventCursor(effectTime, number)
            : null;

    // An hour that comes twice in autumn means its first; one that spring leaves out is no time.
    private static Instant? Moment(string text, DateTimeZone zone)
    {
        if (!Minute.Parse(text).TryGetValue(default, out var local) || local.Year is < 1900 or > 2200)
        {
            return null;
        }

        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? null : mapping.First().ToInstant();
    }
}

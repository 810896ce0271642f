using System.Globalization;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.AspNetCore.WebUtilities;
using NodaTime;

namespace Kera.Base.Api;

/// <summary>What an address asks for. The first mistake is kept; after it everything reads as not asked for.</summary>
internal sealed class RequestQuery(HttpContext context, Catalog catalog)
{
    private static readonly Instant Earliest = Instant.FromUtc(1900, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(2200, 1, 1, 0, 0);

    /// <summary>The parameters of <see cref="Filter"/>.</summary>
    public static string[] FilterNames { get; } = ["agent", "resource", "specification", "action", "process", "place", "from", "until"];

    /// <summary>Why the address cannot be answered; null where it can.</summary>
    public Refusal? Refusal { get; private set; }

    public string? Text(string name)
    {
        var text = context.Request.Query[name].ToString();
        if (Refusal is not null || text.Length == 0)
        {
            return null;
        }

        if (text.Length <= 200 && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate))
        {
            return text;
        }

        Refuse(new WrongParameter(name, "is no key and no time that could be asked for."));
        return null;
    }

    /// <summary>What a person typed, which must be there; any characters.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="most">The most characters.</param>
    public string? Words(string name, int most)
    {
        var text = context.Request.Query[name].ToString().Trim();
        if (text.Length == 0 || text.Length > most)
        {
            Refuse(new WrongParameter(name, text.Length == 0 ? "is needed: what to look for." : string.Create(CultureInfo.InvariantCulture, $"has {text.Length} characters; it may have {most}.")));
        }

        return Refusal is null ? text : null;
    }

    /// <summary>A moment between 1900 and 2200, microseconds since 1970 UTC.</summary>
    public long? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        var moment = Moments.Parse(text, name, out var refusal);
        Refuse(refusal ?? (moment < Earliest || moment > Latest ? new WrongParameter(name, "lies before 1900 or after 2200.") : null));
        return moment is { } known && Refusal is null ? DistrictCalendar.ToMicroseconds(known) : null;
    }

    /// <summary>A whole number from 1 to the most that is given.</summary>
    public int Limit(int usual, int most)
    {
        if (Text("limit") is not { } text)
        {
            return usual;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit >= 1 && limit <= most)
        {
            return limit;
        }

        Refuse(new WrongParameter("limit", string.Create(CultureInfo.InvariantCulture, $"is a whole number from 1 to {most}.")));
        return usual;
    }

    /// <summary>The place in a list of events where the page before ended.</summary>
    public EventCursor? Cursor()
    {
        if (Text("after") is not { } text)
        {
            return null;
        }

        var parts = text.Split('_');
        if (parts.Length == 2 &&
            long.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time) &&
            long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position) &&
            time >= DistrictCalendar.ToMicroseconds(Earliest) && time <= DistrictCalendar.ToMicroseconds(Latest))
        {
            return new EventCursor(time, position);
        }

        Refuse(new WrongParameter("after", "is not where a page ended. Take the address of the next page from the Link header."));
        return null;
    }

    public static string Write(EventCursor cursor) => string.Create(CultureInfo.InvariantCulture, $"{cursor.EffectTime}_{cursor.Position}");

    /// <summary>One word of several.</summary>
    public string? Choice(string name, IReadOnlyList<string> words)
    {
        var text = Text(name);
        if (text is not null && !words.Contains(text))
        {
            Refuse(new WrongParameter(name, $"is one of: {string.Join(", ", words)}."));
        }

        return text;
    }

    /// <summary>Which flows are asked for.</summary>
    public LedgerFilter Filter()
    {
        var filter = new LedgerFilter
        {
            Agent = Noun("agent", catalog.Agents, "agent"),
            Resource = Noun("resource", catalog.Resources, "resource"),
            Specification = Noun("specification", catalog.Specifications, "specification"),
            Action = Action(),
            Process = Noun("process", catalog.Processes, "process"),
            Place = Noun("place", catalog.Places, "place"),
            From = Moment("from"),
            Until = Moment("until"),
        };
        if (filter.From >= filter.Until)
        {
            Refuse(new WrongParameter("until", "is not after 'from'; 'until' itself is not included."));
        }

        return filter;
    }

    /// <summary>The address of the same question with other parameters.</summary>
    public string With(string name, string value)
    {
        var query = context.Request.Query.ToDictionary(each => each.Key, each => (string?)each.Value.ToString());
        query[name] = value;
        return QueryHelpers.AddQueryString(context.Request.Path, query);
    }

    public void Refuse(Refusal? refusal) => Refusal ??= refusal;

    private TNoun? Noun<TNoun, TRow>(string name, NounTable<TNoun, TRow> table, string kind)
        where TRow : NounRow
        where TNoun : class
    {
        if (Text(name) is not { } key)
        {
            return null;
        }

        if (catalog.Find(table, key) is { } entry)
        {
            return entry.Noun;
        }

        Refuse(new UnknownNoun(name, kind, key, Nearest.To(key, table.All.Select(each => each.Row.Key))));
        return null;
    }

    private FlowAction? Action()
    {
        if (Text("action") is not { } name)
        {
            return null;
        }

        if (!FlowAction.TryFind(name, out var action))
        {
            Refuse(new UnknownNoun("action", "action", name, Nearest.To(name, FlowAction.All.Select(each => each.Name))));
        }

        return action;
    }
}

using System.Globalization;
using Kera.Base.Search;
using Kera.Base.Ui;

namespace Kera.Features.Search;

/// <summary>What the reader looks for: the query of the address, read and checked.</summary>
/// <param name="Text">What was typed; empty where nothing was.</param>
/// <param name="Kind">Only of this kind; null for all.</param>
/// <param name="Page">Which page of the list, from 1.</param>
public sealed record SearchQuery(string Text, string? Kind, int Page)
{
    private const int LastPage = 1_000;

    /// <summary>The most that one can look for.</summary>
    public static int LongestText => 200;

    /// <summary>Reads a query. What cannot be read is left out and told in <paramref name="errors"/>, by field.</summary>
    public static SearchQuery Read(IQueryCollection query, IReadOnlyList<SearchSource> sources, PageContext page, out Dictionary<string, string> errors)
    {
        errors = [];
        var text = query["q"].ToString().Trim();
        if (text.Length > LongestText)
        {
            errors["q"] = page.Texts.Format("search.error.long", ("most", page.Formats.Number(LongestText)), ("length", page.Formats.Number(text.Length)));
            text = "";
        }

        var kind = query["kind"].ToString();
        if (kind.Length > 0 && !sources.Any(source => source.Kind == kind))
        {
            errors["kind"] = page.Texts.Format("search.error.kind", ("value", Shortened(kind)), ("kinds", string.Join(", ", sources.Select(source => source.Kind))));
            kind = "";
        }

        var number = query["page"].ToString();
        if (!int.TryParse(number.Length == 0 ? "1" : number, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) || asked is < 1 or > LastPage)
        {
            errors["page"] = page.Texts.Format("search.error.page", ("value", Shortened(number)), ("last", page.Formats.Number(LastPage)));
            asked = 1;
        }

        return new SearchQuery(text, kind.Length == 0 ? null : kind, asked);
    }

    /// <summary>The query as pairs, to write an address with.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToPairs() =>
    [
        new("q", Text),
        new("kind", Kind),
        new("page", Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null),
    ];

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;
}

/// <summary>A page of what was found.</summary>
public sealed class SearchView
{
    private const int OnAPage = 20;

    private readonly List<Findable> _found;

    /// <summary>Takes from an answer what a query asks for.</summary>
    public SearchView(SearchQuery query, SearchAnswer answer, IReadOnlyList<SearchSource> sources)
    {
        var counts = answer.Found.CountBy(each => each.Kind).ToDictionary();
        Answer = answer;
        Kinds = [.. sources.Where(source => counts.ContainsKey(source.Kind) || source.Kind == query.Kind).Select(source => (source, counts.GetValueOrDefault(source.Kind)))];
        _found = [.. answer.Found.Where(each => query.Kind is null || each.Kind == query.Kind)];
        Pages = Math.Max(1, (_found.Count + OnAPage - 1) / OnAPage);
        Page = Math.Min(query.Page, Pages);
    }

    public SearchAnswer Answer { get; }

    /// <summary>The kinds that something was found of, in order, with how much.</summary>
    public IReadOnlyList<(SearchSource Source, int Count)> Kinds { get; }

    /// <summary>How much was found of the kind asked for.</summary>
    public int Count => _found.Count;

    /// <summary>The page shown; the last where one after it was asked for.</summary>
    public int Page { get; }

    public int Pages { get; }

    /// <summary>The number of the first on the page, from 1.</summary>
    public int First => (Page - 1) * OnAPage + 1;

    /// <summary>What is shown.</summary>
    public IReadOnlyList<Findable> Shown => [.. _found.Skip(First - 1).Take(OnAPage)];
}

using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Base.Ui;

namespace Kera.Features.Search;

/// <summary>Something found, for programs.</summary>
public sealed record FoundDocument
{
    /// <summary>What kind of thing, as <c>place</c>.</summary>
    public required string Kind { get; init; }

    public required string Title { get; init; }

    public string? Text { get; init; }

    /// <summary>When it was or is to be, as precise as its source.</summary>
    public string? Date { get; init; }

    /// <summary>Whether it exists only in the demonstration.</summary>
    public bool Fictional { get; init; }

    /// <summary>The address of its page.</summary>
    public required string Href { get; init; }
}

/// <summary>What was found, the best first.</summary>
public sealed record SearchDocument
{
    /// <summary>How much was found, shown or not.</summary>
    public required int Total { get; init; }

    /// <summary>Whether each has every word of the query; else each has the most of them.</summary>
    public required bool AllWords { get; init; }

    /// <summary>The query as it was probably meant, where a word of it was met only by slips of the fingers.</summary>
    public string? DidYouMean { get; init; }

    public required IReadOnlyList<FoundDocument> Results { get; init; }
}

/// <summary>The search for programs.</summary>
internal static class SearchEndpoints
{
    private const int UsuallyListed = 20;
    private const int MostListed = 100;

    public static void AddSearchApi(this IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("q", "What to look for, in any of the three languages: all words, in any form, typing errors forgiven. At most 200 characters.", "keran asema", Required: true));
    }

    public static void MapSearch(this RouteGroupBuilder api) =>
        api.MapGet("/search", SearchAsync).Takes("q", "language", "limit").Describes<SearchDocument>("Search", "Finds everything public by its words, the best first");

    private static async Task<IResult> SearchAsync(HttpContext context, Catalog catalog, CurrentIndex current, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var text = query.Words("q", SearchQuery.LongestText);
        var limit = query.Limit(UsuallyListed, MostListed);
        var code = query.Choice("language", [.. Language.All.Select(each => each.Code)]) ?? Language.Finnish.Code;
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        var language = Language.All.Single(each => each.Code == code);
        var index = await current.GetAsync(cancellation);
        var answer = index.Find(text!, SearchFeature.Number(language));
        return new Answer(new SearchDocument
        {
            Total = answer.Found.Count,
            AllWords = answer.AllWords,
            DidYouMean = answer.Correction,
            Results =
            [
                .. answer.Found.Take(limit).Select(found => new FoundDocument
                {
                    Kind = found.Kind,
                    Title = Texts.WithoutSoftHyphens(found.Entry.Title.In(code)),
                    Text = found.Entry.Text.In(code) is { Length: > 0 } more ? Texts.WithoutSoftHyphens(more) : null,
                    Date = found.Entry.Date?.Text,
                    Fictional = found.Entry.Fictional,
                    Href = $"/{code}{found.Entry.Path}",
                }),
            ],
        });
    }
}

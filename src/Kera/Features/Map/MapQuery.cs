using System.Globalization;
using Kera.Base.District;
using Kera.Base.Ui;

namespace Kera.Features.Map;

/// <summary>What the reader asked to see: the query of the address, read and checked.</summary>
public sealed record MapQuery
{
    /// <summary>The year shown.</summary>
    public required int Year { get; init; }

    /// <summary>The kinds of places shown; empty for all.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>What people are to be able to do at the places shown, any of it; empty for anything.</summary>
    public IReadOnlyList<string> Offers { get; init; } = [];

    /// <summary>Which page of the list, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>Reads a query. What cannot be read is left out and told in <paramref name="errors"/>, by field.</summary>
    public static MapQuery Read(IQueryCollection query, YearSpan years, IReadOnlyCollection<string> kinds, IReadOnlyCollection<string> offers, PageContext page, out Dictionary<string, string> errors)
    {
        errors = [];
        var read = new MapQuery
        {
            Year = Number("year", years.First, years.Last, "map.error.year", errors) ?? years.Now,
            Page = Number("page", 1, 1_000, "map.error.page", errors) ?? 1,
            Offers = [.. query["offer"].OfType<string>().Where(offer => offer.Length > 0).Distinct()],
            Kinds = [.. query["kind"].OfType<string>().Where(kind => kind.Length > 0).Distinct()],
        };
        if (read.Kinds.FirstOrDefault(kind => !kinds.Contains(kind)) is { } unknown)
        {
            errors["kind"] = page.Texts.Format("map.error.kind", ("value", Shortened(unknown)), ("kinds", string.Join(", ", kinds)));
            read = read with { Kinds = [.. read.Kinds.Where(kinds.Contains)] };
        }

        if (read.Offers.FirstOrDefault(offer => !offers.Contains(offer)) is { } unoffered)
        {
            errors["offer"] = page.Texts.Format("map.error.offer", ("value", Shortened(unoffered)), ("offers", string.Join(", ", offers)));
            read = read with { Offers = [.. read.Offers.Where(offers.Contains)] };
        }

        return read;

        int? Number(string field, int least, int most, string error, Dictionary<string, string> found)
        {
            var text = query[field].ToString().Trim();
            if (text.Length == 0)
            {
                return null;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            {
                return number;
            }

            found[field] = page.Texts.Format(error, ("value", Shortened(text)), ("first", Plain(least)), ("last", Plain(most)));
            return null;
        }
    }

    /// <summary>The query as pairs, to write an address with.</summary>
    public IEnumerable<KeyValuePair<string, string?>> ToPairs() =>
    [
        new("year", Plain(Year)),
        .. Kinds.Select(kind => KeyValuePair.Create("kind", (string?)kind)),
        .. Offers.Select(offer => KeyValuePair.Create("offer", (string?)offer)),
        new("page", Page > 1 ? Plain(Page) : null),
    ];

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length > 40 ? text[..40] + "…" : text;
}

/// <summary>The years that the map can show.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Now">This year.</param>
public sealed record YearSpan(int First, int Last, int Now)
{
    private const int Back = 7;
    private const int Ahead = 9;
    private const int Most = 30;

    /// <summary>All years.</summary>
    public IEnumerable<int> All => Enumerable.Range(First, Last - First + 1);

    /// <summary>
    /// Seven years back and nine ahead, and further where something changes there; what has stood for long does not count.
    /// </summary>
    public static YearSpan Of(IEnumerable<MapPlace> places, int now)
    {
        var changes = places.SelectMany(place => place.Phases.All)
            .Where(phase => phase.Phase != DistrictPhase.Standing)
            .SelectMany(phase => new[] { phase.From?.First.Year, phase.To?.Last.Year })
            .OfType<int>()
            .Where(year => Math.Abs(year - now) <= Most)
            .ToList();
        return new YearSpan(
            Math.Min(now - Back, changes.DefaultIfEmpty(now).Min()),
            Math.Max(now + Ahead, changes.DefaultIfEmpty(now).Max()),
            now);
    }
}

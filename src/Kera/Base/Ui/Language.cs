using System.Diagnostics.CodeAnalysis;
using Microsoft.Net.Http.Headers;

namespace Kera.Base.Ui;

/// <summary>A language of the pages; its code is the first part of every page's address.</summary>
/// <param name="Code">ISO 639-1: <c>fi</c>, <c>sv</c> or <c>en</c>.</param>
/// <param name="Name">Its name in itself.</param>
public sealed record Language(string Code, string Name)
{
    public static readonly Language Finnish = new("fi", "Suomi");
    public static readonly Language Swedish = new("sv", "Svenska");
    public static readonly Language English = new("en", "English");

    /// <summary>All three, in the order of the language switch.</summary>
    public static IReadOnlyList<Language> All { get; } = [Finnish, Swedish, English];

    /// <summary>Finds a language by its code, as it stands in an address.</summary>
    public static bool TryFind(string? code, [NotNullWhen(true)] out Language? language)
    {
        language = All.FirstOrDefault(candidate => candidate.Code == code);
        return language is not null;
    }

    /// <summary>The language that an Accept-Language header asks for; Finnish where it asks for none of the three.</summary>
    public static Language Preferred(IList<string>? acceptLanguage)
    {
        if (!StringWithQualityHeaderValue.TryParseList(acceptLanguage, out var wishes))
        {
            return Finnish;
        }

        return wishes
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => All.FirstOrDefault(language => Matches(wish.Value.Value, language)))
            .FirstOrDefault(language => language is not null) ?? Finnish;
    }

    private static bool Matches(string? range, Language language) =>
        range is not null
        && (range.Equals(language.Code, StringComparison.OrdinalIgnoreCase)
            || range.StartsWith(language.Code + "-", StringComparison.OrdinalIgnoreCase));
}

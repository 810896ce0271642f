using Kera.Base.Search;
using Kera.Base.Ui;

namespace Kera.Features.Map;

/// <summary>Places as one finds them by their words: by name, by kind, by what they lie in.</summary>
internal static class PlaceSearch
{
    public static SearchSource Source { get; } = new(10, "place", "map.search", (services, _) => Task.FromResult(Entries(services.GetRequiredService<PlaceAtlas>())));

    private static IReadOnlyList<SearchEntry> Entries(PlaceAtlas atlas) =>
    [
        .. atlas.All().Select(place =>
        {
            var whole = place.Row.PartOfId is { } id ? atlas.Get(id).Row.Names() : null;
            return new SearchEntry(
                place.Row.Names(),
                Texts.InAll((texts, language) => texts.OfStored("map.kind", place.Kind) + (whole is null ? "" : $" · {whole.In(language.Code)}")),
                MapFeature.PlacePath(place.Key),
                Fictional: place.Row.Fictional);
        }),
    ];
}

using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Ui;

namespace Kera.Features.Things;

/// <summary>What is lent, as one finds it by its words: kinds of things and kits.</summary>
internal static class ThingSearch
{
    public static SearchSource Source { get; } = new(35, "thing", "things.lent", (services, _) => Task.FromResult<IReadOnlyList<SearchEntry>>([.. Entries(services)]));

    private static IEnumerable<SearchEntry> Entries(IServiceProvider services)
    {
        var (shelf, catalog) = (services.GetRequiredService<ThingShelf>(), services.GetRequiredService<Catalog>());
        if (shelf.Things is not { } things)
        {
            yield break;
        }

        foreach (var kind in things.Kinds.Values)
        {
            var fictional = shelf.ItemsOf(kind).Any(item => catalog.Find(catalog.Resources, item.Resource)?.Row.Fictional == true);
            yield return new SearchEntry(kind.Name, Texts.InAll((_, language) => string.Join(" · ", new[] { things.Categories[kind.Category].In(language.Code), kind.About?.In(language.Code) }.OfType<string>())), ThingEndpoints.PathOf(kind.Key), Fictional: fictional);
        }

        foreach (var kit in things.Kits.Values)
        {
            yield return new SearchEntry(kit.Name, Texts.InAll((_, language) => string.Join(", ", kit.Kinds.Select(kind => things.Kinds[kind].Name.In(language.Code)))), $"{ThingEndpoints.Path}#kit-{kit.Key}");
        }
    }
}

using Kera.Base.Figures;
using Kera.Base.Search;
using Kera.Base.Ui;

namespace Kera.Features.Today;

/// <summary>Figures as one finds them by their words; each leads to why it is what it is.</summary>
internal static class FigureSearch
{
    public static SearchSource Source { get; } = new(90, "figure", "today.search", (services, _) => Task.FromResult<IReadOnlyList<SearchEntry>>(
    [
        .. FigureReader.All(services).Select(figure => new SearchEntry(Texts.InAll((_, language) => figure.NameIn(language)), new("", "", ""), FigureReader.WhyPath(figure.Key))),
    ]));
}

using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Search;
using Kera.Base.Ui;

namespace Kera.Features.About;

/// <summary>What happened, what was tried and how large the district is, as one finds it by its words.</summary>
internal static class StorySearch
{
    private static readonly LocalizedText Nothing = new("", "", "");

    /// <summary>Registers the kinds.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(Source(40, "event", "about.search.event", Milestones));
        services.AddSingleton(Source(50, "pilot", "about.search.pilot", Pilots));
        services.AddSingleton(Source(55, "fact", "about.search.fact", Facts));
    }

    // Read with the files, which are those in force for as long as the program runs.
    private static SearchSource Source(int order, string kind, string textKey, Func<DistrictModel, IEnumerable<SearchEntry>> entries) => new(order, kind, textKey, (services, _) =>
        Task.FromResult<IReadOnlyList<SearchEntry>>([.. services.GetRequiredService<DistrictInForce>().Model is { } model ? entries(model) : []]));

    private static IEnumerable<SearchEntry> Milestones(DistrictModel model) => model.Timeline.Values.Select(each => new SearchEntry(
        each.Title,
        each.Place is { } place ? model.Places[place].Name : Nothing,
        $"{AboutFeature.AboutPath}#{AboutFeature.EventId(each.Key)}",
        each.Date));

    private static IEnumerable<SearchEntry> Pilots(DistrictModel model) => model.Pilots.Values.Select(pilot => new SearchEntry(
        pilot.Name,
        pilot.Summary,
        $"{AboutFeature.AboutPath}#{AboutFeature.PilotId(pilot.Key)}",
        pilot.From));

    private static IEnumerable<SearchEntry> Facts(DistrictModel model) => model.Header.Facts.Select(fact => new SearchEntry(
        fact.Name,
        Texts.InAll((_, language) => new Formats(language, model.Header.Zone) is var formats && fact.Unit.Code == "1" ? formats.Number(fact.Value) : formats.Amount(fact.Value, fact.Unit.Code)),
        $"{AboutFeature.AboutPath}#{AboutFeature.FactId(fact.Key)}",
        Fictional: fact.Fictional));
}

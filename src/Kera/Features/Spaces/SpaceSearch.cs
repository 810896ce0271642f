using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Ui;
using Kera.Features.Spaces.Premises;

namespace Kera.Features.Spaces;

/// <summary>Spaces, application rounds and empty premises, as one finds them by their words.</summary>
internal static class SpaceSearch
{
    private static readonly LocalizedText s_none = new("", "", "");

    /// <summary>Registers the kinds.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(new SearchSource(32, "space", "spaces.search.space", (provider, _) => Task.FromResult<IReadOnlyList<SearchEntry>>([.. Spaces(provider)]), (provider, _) => new(Published(provider).Count())));
        services.AddSingleton(new SearchSource(33, "round", "spaces.search.round", (provider, _) => Task.FromResult<IReadOnlyList<SearchEntry>>([.. Rounds(provider)])));
        services.AddSingleton(new SearchSource(34, "premises", "spaces.search.premises", PremisesAsync, (provider, cancellation) => provider.GetRequiredService<PremisesRegister>().StampAsync(cancellation)));
    }

    private static IEnumerable<DistrictSpace> Published(IServiceProvider provider) =>
        provider.GetRequiredService<SpaceCalendar>() is { Spaces: { } spaces } calendar ? spaces.Spaces.Values.Where(calendar.IsPublished) : [];

    private static IEnumerable<SearchEntry> Spaces(IServiceProvider provider)
    {
        var catalog = provider.GetRequiredService<Catalog>();
        var features = provider.GetRequiredService<SpaceCalendar>().Spaces?.Features;
        return Published(provider).Select(space => new SearchEntry(
            space.Name,
            Texts.InAll((_, language) => string.Join(" · ", space.Features.Select(feature => features![feature].In(language.Code)).Prepend(space.About?.In(language.Code)).Append(space.Accessibility?.In(language.Code)).OfType<string>())),
            SpaceEndpoints.PathOf(space.Key),
            Fictional: catalog.Find(catalog.Resources, space.Resource)?.Row.Fictional == true));
    }

    private static IEnumerable<SearchEntry> Rounds(IServiceProvider provider) =>
        (provider.GetRequiredService<SpaceCalendar>().Spaces?.Rounds.Values ?? []).Select(round => new SearchEntry(round.Name, round.About ?? s_none, RoundEndpoints.PathOf(round.Key)));

    private static async Task<IReadOnlyList<SearchEntry>> PremisesAsync(IServiceProvider provider, CancellationToken cancellation) =>
    [
        .. (await provider.GetRequiredService<PremisesRegister>().ListAsync(cancellation)).Where(premises => !premises.Withdrawn).Select(premises => new SearchEntry(
            Texts.InAll((_, language) => Said.In(language, premises.Words.Name).Text),
            Texts.InAll((_, language) => string.Join(" · ", new[] { Said.In(language, premises.Words.Uses).Text, Said.In(language, premises.Words.Condition).Text }.Where(text => text.Length > 0))),
            PremisesEndpoints.PathOf(premises.Key))),
    ];
}

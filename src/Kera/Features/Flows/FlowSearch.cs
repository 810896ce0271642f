using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Ui;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Flows;

/// <summary>What moves, its kinds, and what was recorded of the past, as one finds them by their words.</summary>
internal static class FlowSearch
{
    /// <summary>Registers the kinds. A new flow may bring a resource into being, or hide one.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(new SearchSource(60, "recorded", "flows.search.recorded", HistoryAsync, Flows));
        services.AddSingleton(new SearchSource(70, "resource", "flows.search.resource", ResourcesAsync, Flows));
        services.AddSingleton(new SearchSource(80, "specification", "flows.search.specification", SpecificationsAsync, Flows));

        static ValueTask<long> Flows(IServiceProvider provider, CancellationToken cancellation) => new(provider.GetRequiredService<FlowTable>().All().Count);
    }

    private static async Task<IReadOnlyList<SearchEntry>> ResourcesAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var catalog = services.GetRequiredService<Catalog>();
        return
        [
            .. (await services.GetRequiredService<LedgerQueries>().BalancesAsync(Reader.Public, cancellation: cancellation)).Select(balance =>
            {
                var row = catalog.Resources.Get(balance.Resource.Id).Row;
                var specification = catalog.Specifications.Get(row.SpecificationId).Row;
                return new SearchEntry(row.Names(), specification.Names(), FlowsFeature.ResourcePath(row.Key), Fictional: row.Fictional);
            }),
        ];
    }

    private static Task<IReadOnlyList<SearchEntry>> SpecificationsAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var (catalog, readable) = (services.GetRequiredService<Catalog>(), services.GetRequiredService<LedgerQueries>().MayRead(Reader.Public));
        return Task.FromResult<IReadOnlyList<SearchEntry>>(
        [
            .. services.GetRequiredService<FlowTable>().All().Where(flow => readable.Contains(flow.AudienceId))
                .Select(flow => catalog.Specifications.Get(flow.Specification.Id).Row)
                .Distinct()
                .Select(row => new SearchEntry(row.Names(), new("", "", ""), $"{FlowsFeature.Path}?specification={Uri.EscapeDataString(row.Key)}", Fictional: row.Fictional)),
        ]);
    }

    private static async Task<IReadOnlyList<SearchEntry>> HistoryAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var queries = services.GetRequiredService<LedgerQueries>();
        var entries = new List<SearchEntry>();
        foreach (var each in services.GetRequiredService<DistrictInForce>().Model?.History.Values ?? [])
        {
            if (each.Input.Audience.Contains(Catalog.Public) && await queries.FindKeyAsync(FlowsReader.HistoryPrefix + each.Key, cancellation) is { } position)
            {
                entries.Add(new SearchEntry(each.Title, each.Formula ?? new("", "", ""), FlowsFeature.EventPath(position), DateOf(each.Input, queries.Zone)));
            }
        }

        return entries;
    }

    // What took a while is of its year: the day on which it began would be more precise than its source.
    private static DistrictDate? DateOf(EventInput input, DateTimeZone zone) => (input.HasPointInTime ?? input.HasBeginning) is not { } begins ? null
        : DistrictDate.TryParse(begins.InZone(zone).Date is var day && input.HasEnd is null
            ? LocalDatePattern.Iso.Format(day)
            : day.Year.ToString(CultureInfo.InvariantCulture));
}

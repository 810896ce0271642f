using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Search;
using Kera.Base.Ui;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Partners;

/// <summary>Partners, and what they agreed and promised, as one finds them by their words.</summary>
internal static class PartnerSearch
{
    public static SearchSource Partners { get; } = new(20, "partner", "partners.search.partner", PartnersAsync, (services, cancellation) => Words(services).ProfilesStampAsync(cancellation));

    public static SearchSource Services { get; } = new(25, "service", "partners.search.service", ServicesAsync, (services, cancellation) => Words(services).ServicesStampAsync(cancellation));

    public static SearchSource Commitments { get; } = new(30, "commitment", "partners.search.commitment", (services, _) =>
        Task.FromResult<IReadOnlyList<SearchEntry>>([.. Agreements(services), .. Promises(services)]));

    private static PartnerWords Words(IServiceProvider services) => services.GetRequiredService<PartnerWords>();

    private static async Task<IReadOnlyList<SearchEntry>> PartnersAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var own = await Words(services).AllTextsAsync(cancellation);
        return
        [
            .. services.GetRequiredService<PartnerReader>().Rows(Reader.Public).Select(row => new SearchEntry(
                row.Names(),
                own.TryGetValue(row.Id, out var said) ? Texts.InAll((_, language) => string.Join(" · ", new[] { row.Roles().In(language.Code), Said.In(language, said).Text }.Where(text => text.Length > 0))) : row.Roles(),
                PartnersFeature.PartnerPath(row.Key))),
        ];
    }

    // On its partner's page, so of those that have one.
    private static async Task<IReadOnlyList<SearchEntry>> ServicesAsync(IServiceProvider services, CancellationToken cancellation)
    {
        var offered = await Words(services).AllServicesAsync(cancellation);
        return
        [
            .. from row in services.GetRequiredService<PartnerReader>().Rows(Reader.Public)
               from service in offered[row.Id]
               select new SearchEntry(
                   Texts.InAll((_, language) => Said.In(language, service.Name).Text),
                   Texts.InAll((_, language) => string.Join(" · ", new[] { row.Name(language), Said.In(language, service.Text).Text }.Where(text => text.Length > 0))),
                   $"{PartnersFeature.PartnerPath(row.Key)}#offers"),
        ];
    }

    private static IEnumerable<SearchEntry> Agreements(IServiceProvider services) =>
        services.GetRequiredService<DistrictInForce>().Model?.Agreements.Values.Select(agreement => new SearchEntry(
            agreement.Name,
            Texts.InAll((_, language) => string.Join(" · ", agreement.Goals.Select(goal => goal.Name.In(language.Code)))),
            $"{PartnersFeature.Path}#{PartnersFeature.AgreementId(agreement.Key)}",
            agreement.Date)) ?? [];

    // A promise is shown on its provider's page, and nowhere where that is no partner.
    private static IEnumerable<SearchEntry> Promises(IServiceProvider services)
    {
        var (reader, catalog, zone) = (services.GetRequiredService<PartnerReader>(), services.GetRequiredService<Catalog>(), services.GetRequiredService<DateTimeZone>());
        var partners = reader.Rows(Reader.Public).ToDictionary(row => row.Id);
        return
            from promise in reader.Promises(Reader.Public)
            let provider = partners.GetValueOrDefault(promise.ProviderId)
            where provider is not null
            let receiver = catalog.Agents.Get(promise.ReceiverId).Row
            select new SearchEntry(
                promise.Names(),
                Texts.InAll((_, language) => receiver.Kind == "person" ? provider.Name(language) : $"{provider.Name(language)} → {receiver.Name(language)}"),
                PartnersFeature.PartnerPath(provider.Key),
                promise.Due is { } due ? DistrictDate.TryParse(LocalDatePattern.Iso.Format((DistrictCalendar.ToInstant(due) - Duration.Epsilon).InZone(zone).Date)) : null);
    }
}

using Kera.Base;
using Kera.Base.Access;
using Kera.Base.Ui;
using Kera.Features.Partners.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kera.Features.Partners;

/// <summary>Who builds the district together: what each gives, promised and keeps.</summary>
public sealed class PartnersFeature : IFeature
{
    internal static string Path => "/partners";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NavigationEntry(60, "partners.navigation", Path, "handshake", Tab: false));
        services.AddSingleton<PartnerReader>();
        services.AddSingleton<PartnerWords>();
        services.AddSingleton(new MySection(800, (context, me) => Task.FromResult(PartnerDesk.Section(context, me))));
        services.AddSingleton(PartnerSearch.Partners);
        services.AddSingleton(PartnerSearch.Services);
        services.AddSingleton(PartnerSearch.Commitments);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, Everyone);
        pages.MapGet(Path + "/{key}", OneAsync);
        DeskEndpoints.Map(pages);
    }

    internal static string AgreementId(string key) => "agreement-" + key;

    internal static string PartnerPath(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    private static RazorComponentResult Everyone(PageContext page, HttpContext context, PartnerReader reader) =>
        new RazorComponentResult<PartnersPage>(new { Page = page, Overview = reader.Everyone(context.Reader(), page.Language) });

    private static async Task<IResult> OneAsync(PageContext page, string key, HttpContext context, PartnerReader reader, CancellationToken cancellation) =>
        await reader.OneAsync(key, context.Reader(), page.Language, cancellation) is { } partner
            ? new RazorComponentResult<PartnerPage>(new { Page = page, Partner = partner })
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
}

using Kera.Base;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Features.About.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Kera.Features.About;

/// <summary>What the district is and where its data are, how another begins, and how accessible the pages are.</summary>
public sealed class AboutFeature : IFeature
{
    internal static string AboutPath => "/about";

    internal static string AccessibilityPath => "/accessibility";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new FooterEntry(10, "about.footer", AboutPath));
        services.AddSingleton(new FooterEntry(20, "accessibility.footer", AccessibilityPath));
        StorySearch.Register(services);
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(AboutPath, About);
        pages.MapGet(AccessibilityPath, Accessibility);
    }

    internal static string EventId(string key) => "event-" + key;

    internal static string FactId(string key) => "fact-" + key;

    internal static string PilotId(string key) => "pilot-" + key;

    private static RazorComponentResult About(PageContext page, DistrictInForce district, IClock clock) => new RazorComponentResult<AboutPage>(new
    {
        Page = page,
        Name = district.Model?.Header.Name.In(page.Language.Code) ?? district.Key,
        District = district.Model,
        Today = clock.GetCurrentInstant().InZone(page.Formats.Zone).Date,
    });

    private static RazorComponentResult Accessibility(PageContext page, DistrictInForce district) => new RazorComponentResult<AccessibilityPage>(new
    {
        Page = page,
        Name = district.Model?.Header.Name.In(page.Language.Code) ?? district.Key,
        Feedback = district.Model?.Header.Feedback,
    });
}

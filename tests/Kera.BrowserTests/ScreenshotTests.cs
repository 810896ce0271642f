using Microsoft.Playwright;

namespace Kera.BrowserTests;

/// <summary>Pictures of the pages for the documentation and for looking at; only when KERA_SCREENSHOTS=1.</summary>
public sealed class ScreenshotTests(Site site)
{
    public static TheoryData<string, string, int, ColorScheme> Pictures => new()
    {
        { "today-en-1280-dark", "/en/today", 1280, ColorScheme.Dark },
        { "today-fi-390-light", "/fi/today", 390, ColorScheme.Light },
        { "why-en-1280-light", "/en/why/flows.power.hour", 1280, ColorScheme.Light },
        { "why-sv-320-dark", "/sv/why/flows.power.hour", 320, ColorScheme.Dark },
        { "carbon-en-1280-light", "/en/carbon", 1280, ColorScheme.Light },
        { "carbon-fi-1280-dark", "/fi/carbon", 1280, ColorScheme.Dark },
        { "carbon-fi-390-light", "/fi/carbon", 390, ColorScheme.Light },
        { "carbon-sv-320-dark", "/sv/carbon?at=2026-11", 320, ColorScheme.Dark },
        { "inventory-en-1280-light", "/en/carbon/inventory", 1280, ColorScheme.Light },
        { "inventory-fi-390-dark", "/fi/carbon/inventory", 390, ColorScheme.Dark },
        { "why-carbon-en-1280-dark", "/en/why/carbon.day", 1280, ColorScheme.Dark },
        { "why-carbon-fi-390-light", "/fi/why/carbon.per-resident", 390, ColorScheme.Light },
        { "road-map-en-1280-light", "/en/road-map", 1280, ColorScheme.Light },
        { "road-map-fi-390-dark", "/fi/road-map", 390, ColorScheme.Dark },
        { "road-map-sv-320-light", "/sv/road-map?show=cumulative", 320, ColorScheme.Light },
        { "road-map-measure-en-1280-dark", "/en/road-map/shared-cars-and-charging", 1280, ColorScheme.Dark },
        { "road-map-measure-fi-390-light", "/fi/road-map/low-temperature-network", 390, ColorScheme.Light },
        { "spaces-en-1280-light", "/en/spaces?day=2026-11-25&minutes=60", 1280, ColorScheme.Light },
        { "spaces-fi-390-dark", "/fi/spaces?day=2026-11-25&minutes=60", 390, ColorScheme.Dark },
        { "space-en-1280-dark", "/en/spaces/court-1?day=2026-11-25", 1280, ColorScheme.Dark },
        { "space-fi-390-light", "/fi/spaces/court-1?day=2026-11-25", 390, ColorScheme.Light },
        { "series-en-390-light", "/en/spaces/court-1/series?from=2026-12-01&to=2026-12-30&weekday=Tuesday&weeks=1&begin=18:00&minutes=60&people=4&group=", 390, ColorScheme.Light },
        { "round-fi-390-light", "/fi/rounds/spring-2027", 390, ColorScheme.Light },
        { "round-desk-en-1280-light", "/en/round-desk/demo-hall-association/spring-2027", 1280, ColorScheme.Light },
        { "space-full-sv-320-light", "/sv/spaces/workshop?day=2026-11-30&minutes=1440", 320, ColorScheme.Light },
        { "space-day-en-1280-light", "/en/space-desk/demo-hall-association/day", 1280, ColorScheme.Light },
        { "space-closures-fi-390-light", "/fi/space-desk/demo-hall-association/closures", 390, ColorScheme.Light },
        { "payment-desk-fi-390-light", "/fi/payment-desk/demo-hall-association", 390, ColorScheme.Light },
        { "premises-en-1280-light", "/en/premises", 1280, ColorScheme.Light },
        { "premises-hall-fi-390-dark", "/fi/premises/kutoja-brewery-hall", 390, ColorScheme.Dark },
        { "things-en-1280-light", "/en/things", 1280, ColorScheme.Light },
        { "things-fi-390-dark", "/fi/things", 390, ColorScheme.Dark },
        { "thing-sv-320-light", "/sv/things/drill", 320, ColorScheme.Light },
        { "flows-en-1280-light", "/en/flows", 1280, ColorScheme.Light },
        { "flows-fi-390-light", "/fi/flows", 390, ColorScheme.Light },
        { "flows-fi-320-dark", "/fi/flows?period=hour", 320, ColorScheme.Dark },
        { "flows-sv-1280-dark", "/sv/flows?period=month", 1280, ColorScheme.Dark },
        { "event-en-1280-light", "/en/flows/events/4", 1280, ColorScheme.Light },
        { "event-fi-390-dark", "/fi/flows/events/5", 390, ColorScheme.Dark },
        { "resource-fi-1280-light", "/fi/flows/resources/heat-network", 1280, ColorScheme.Light },
        { "resource-sv-320-light", "/sv/flows/resources/heat-network", 320, ColorScheme.Light },
        { "empty-fi-390-light", "/fi/flows?from=2001-01-01", 390, ColorScheme.Light },
        { "refused-en-1280-light", "/en/flows?from=yesterday&agent=nobody", 1280, ColorScheme.Light },
        { "resource-en-390-light", "/en/flows/resources/halls-crushed-concrete", 390, ColorScheme.Light },
        { "map-en-1280-light", "/en/map", 1280, ColorScheme.Light },
        { "map-en-1280-dark", "/en/map?year=2024", 1280, ColorScheme.Dark },
        { "map-fi-390-light", "/fi/map?year=2022", 390, ColorScheme.Light },
        { "map-sv-320-dark", "/sv/map?year=2033", 320, ColorScheme.Dark },
        { "place-en-1280-light", "/en/places/keran-hallit", 1280, ColorScheme.Light },
        { "place-fi-390-dark", "/fi/places/demo-energy-centre", 390, ColorScheme.Dark },
        { "partners-en-1280-light", "/en/partners", 1280, ColorScheme.Light },
        { "goals-en-1280-light", "/en/goals", 1280, ColorScheme.Light },
        { "goals-fi-390-dark", "/fi/goals", 390, ColorScheme.Dark },
        { "goal-en-1280-light", "/en/goals/concrete-reused", 1280, ColorScheme.Light },
        { "goal-fi-390-light", "/fi/goals/heat-per-resident", 390, ColorScheme.Light },
        { "partner-fi-390-dark", "/fi/partners/city-of-espoo", 390, ColorScheme.Dark },
        { "search-en-1280-light", "/en/search?q=hall", 1280, ColorScheme.Light },
        { "search-fi-390-light", "/fi/search?q=hallissa", 390, ColorScheme.Light },
        { "search-slip-en-1280-dark", "/en/search?q=karaplto", 1280, ColorScheme.Dark },
        { "search-none-fi-390-dark", "/fi/search?q=xyzzy", 390, ColorScheme.Dark },
        { "search-empty-sv-320-light", "/sv/search", 320, ColorScheme.Light },
        { "about-sv-1280-dark", "/sv/about", 1280, ColorScheme.Dark },
        { "about-fi-390-light", "/fi/about", 390, ColorScheme.Light },
        { "accessibility-fi-1280-light", "/fi/accessibility", 1280, ColorScheme.Light },
        { "sign-in-en-1280-light", "/en/sign-in", 1280, ColorScheme.Light },
        { "sign-in-fi-390-dark", "/fi/sign-in", 390, ColorScheme.Dark },
        { "join-refused-sv-320-light", "/sv/join?code=ABCD-EFGH-JKMN", 320, ColorScheme.Light },
        { "my-fi-390-light", "/fi/my", 390, ColorScheme.Light },
        { "my-data-en-1280-dark", "/en/my/data", 1280, ColorScheme.Dark },
        { "security-fi-390-light", "/fi/my/security", 390, ColorScheme.Light },
        { "people-en-1280-light", "/en/desk/people", 1280, ColorScheme.Light },
        { "invitations-fi-390-light", "/fi/desk/invitations", 390, ColorScheme.Light },
        { "audit-en-1280-light", "/en/desk/audit", 1280, ColorScheme.Light },
        { "partner-desk-fi-390-light", "/fi/partner-desk/demo-data-centre", 390, ColorScheme.Light },
        { "partner-desk-profile-en-1280-light", "/en/partner-desk/demo-data-centre/profile", 1280, ColorScheme.Light },
        { "partner-desk-service-fi-390-dark", "/fi/partner-desk/demo-data-centre/services/new", 390, ColorScheme.Dark },
        { "partner-desk-people-sv-320-light", "/sv/partner-desk/demo-data-centre/people", 320, ColorScheme.Light },
        { "partner-desk-tokens-en-1280-dark", "/en/partner-desk/demo-data-centre/tokens", 1280, ColorScheme.Dark },
        { "letter-en-1280-light", "/en/my/letter", 1280, ColorScheme.Light },
        { "feedback-en-1280-light", "/en/feedback?page=/map", 1280, ColorScheme.Light },
        { "feedback-fi-390-dark", "/fi/feedback", 390, ColorScheme.Dark },
        { "feedback-status-sv-320-light", "/sv/feedback/status?code=ABCD-EFGH-JKMN", 320, ColorScheme.Light },
        { "week-fi-1280-light", "/fi/week", 1280, ColorScheme.Light },
        { "week-sv-320-dark", "/sv/week", 320, ColorScheme.Dark },
        { "paper-fi-1280-light", "/fi/places/demo-kutoja-hall?notice=1", 1280, ColorScheme.Light },
        { "paper-en-390-dark", "/en/partners?notice=1", 390, ColorScheme.Dark },
        { "kutoja-en-1280-light", "/en/places/demo-kutoja-hall", 1280, ColorScheme.Light },
        { "inbox-en-1280-dark", "/en/my/inbox", 1280, ColorScheme.Dark },
        { "inbox-fi-390-light", "/fi/my/inbox", 390, ColorScheme.Light },
        { "requests-en-1280-light", "/en/desk/requests", 1280, ColorScheme.Light },
        { "requests-fi-390-dark", "/fi/desk/requests", 390, ColorScheme.Dark },
        { "forgotten-sv-320-light", "/sv/sign-in/forgotten", 320, ColorScheme.Light },
        { "energy-en-1280-light", "/en/energy", 1280, ColorScheme.Light },
        { "energy-fi-390-dark", "/fi/energy", 390, ColorScheme.Dark },
        { "energy-sv-320-light", "/sv/energy", 320, ColorScheme.Light },
        { "energy-what-if-en-1280-light", "/en/energy/what-if?holds.heat-tank=12000&carbonPrice=100", 1280, ColorScheme.Light },
        { "energy-what-if-fi-390-dark", "/fi/energy/what-if?capacity.heat-pump=paljon", 390, ColorScheme.Dark },
        { "energy-system-en-1280-light", "/en/energy/system", 1280, ColorScheme.Light },
        { "energy-system-fi-390-dark", "/fi/energy/system", 390, ColorScheme.Dark },
        { "energy-desk-en-1280-light", "/en/energy-desk/demo-utility", 1280, ColorScheme.Light },
        { "energy-desk-sv-320-light", "/sv/energy-desk/demo-utility", 320, ColorScheme.Light },
        { "community-en-1280-light", "/en/communities/sun-of-block-a", 1280, ColorScheme.Light },
        { "statement-fi-390-dark", "/fi/communities/sun-of-block-a/block-b", 390, ColorScheme.Dark },
        { "community-ask-fi-390-light", "/fi/my/communities/sun-of-block-a", 390, ColorScheme.Light },
        { "community-desk-en-1280-light", "/en/community-desk/demo-housing", 1280, ColorScheme.Light },
        { "my-home-en-1280-light", "/en/my/home", 1280, ColorScheme.Light },
        { "my-home-fi-390-dark", "/fi/my/home", 390, ColorScheme.Dark },
        { "my-home-day-sv-320-light", "/sv/my/home?at=2026-11-23", 320, ColorScheme.Light },
        { "keeper-desk-en-1280-light", "/en/keeper-desk/demo-housing", 1280, ColorScheme.Light },
        { "keeper-desk-sv-320-dark", "/sv/keeper-desk/demo-housing", 320, ColorScheme.Dark },
        { "building-en-1280-light", "/en/buildings/demo-block-a", 1280, ColorScheme.Light },
        { "building-fi-390-dark", "/fi/buildings/demo-block-a", 390, ColorScheme.Dark },
        { "missing-sv-390-light", "/sv/nowhere", 390, ColorScheme.Light },
    };

    [Theory]
    [MemberData(nameof(Pictures))]
    public async Task Takes_a_picture(string name, string address, int width, ColorScheme scheme)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("KERA_SCREENSHOTS") == "1", "Pictures are taken only with KERA_SCREENSHOTS=1.");
        await using var context = await site.ContextAsync(width, scheme, role: Addresses.RoleFor(address));
        var page = await context.NewPageAsync();

        await page.GotoAsync(address);
        await page.EvaluateAsync("() => document.fonts.ready");
        if (await page.Locator("kera-map").CountAsync() > 0)
        {
            await page.Locator(".map-disc").First.WaitForAsync();
        }

        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), name + ".png"), FullPage = true });
    }

    [Fact]
    public async Task Takes_the_picture_of_the_readme()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("KERA_SCREENSHOTS") == "1", "Pictures are taken only with KERA_SCREENSHOTS=1.");
        await using var context = await site.ContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync("/en/today");
        await page.EvaluateAsync("() => document.fonts.ready");

        await page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), "readme.png") });
    }

    internal static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Kera.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return Path.Combine(folder.FullName, "docs", "screenshots");
    }
}

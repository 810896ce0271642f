namespace Kera.BrowserTests;

/// <summary>The pages that every test of the frame walks through.</summary>
public static class Addresses
{
    /// <summary>One of each kind of page, after the language.</summary>
    public static IReadOnlyList<string> Pages { get; } =
    [
        "/today",
        "/why/flows.power.hour",
        "/why/flows.recycled",
        "/flows",
        "/flows?period=hour",
        "/flows?period=month",
        "/flows?specification=electricity&period=hour&bar=12",
        "/flows?from=2001-01-01",
        "/flows?from=yesterday",
        "/flows?action=transfer&period=month&from=2022-06-01",
        "/flows?action=consume&period=month&from=2022-06-01",
        "/flows/events/5",
        "/flows/resources/heat-network",
        "/flows/resources/halls-crushed-concrete",
        "/map",
        "/map?year=2022",
        "/map?year=2033&kind=street&kind=park",
        "/map?year=1800&kind=castle",
        "/places/keran-hallit",
        "/places/demo-energy-centre",
        "/partners",
        "/partners/nokia",
        "/road-map",
        "/road-map?show=cumulative",
        "/road-map?show=monthly",
        "/road-map/low-temperature-network",
        "/why/road-map.plan",
        "/energy",
        "/energy-desk/demo-utility",
        "/communities",
        "/communities/sun-of-block-a",
        "/communities/sun-of-block-a/block-b",
        "/buildings",
        "/buildings/demo-block-a",
        "/buildings/demo-kutoja-hall",
        "/my/home",
        "/my/home?at=2026-11-23",
        "/my/home?at=2026",
        "/my/home?at=2020-01",
        "/keeper-desk/demo-housing",
        "/keeper-desk/demo-housing?answered=true",
        "/why/energy.ahead.heat-network",
        "/carbon",
        "/carbon?at=2026-11",
        "/carbon?at=yesterday",
        "/carbon/inventory",
        "/why/carbon.day",
        "/why/carbon.intensity.heat-network",
        "/goals",
        "/goals?status=behind",
        "/goals?level=everything",
        "/goals/heat-per-resident",
        "/goals/modal-share",
        "/why/indicator.heat-losses",
        "/search",
        "/search?q=hallissa",
        "/search?q=karaplto+xyzzy",
        "/search?q=kera&kind=place",
        "/search?q=xyzzy",
        "/search?q=nokia&kind=castle&page=0",
        "/about",
        "/accessibility",
        "/sign-in",
        "/join",
        "/join?code=ABCD-EFGH-JKMN",
        "/my",
        "/my/data",
        "/my/security",
        "/desk/people",
        "/desk/invitations",
        "/desk/audit",
        "/partner-desk/demo-data-centre",
        "/partner-desk/demo-data-centre/profile",
        "/partner-desk/demo-data-centre/services",
        "/partner-desk/demo-data-centre/services/new",
        "/partner-desk/demo-data-centre/people",
        "/partner-desk/demo-data-centre/tokens",
        "/feedback?page=/map",
        "/feedback/status",
        "/feedback/status?code=ABCD-EFGH-JKMN",
        "/week",
        "/places/demo-kutoja-hall?notice=1",
        "/sign-in/forgotten",
        "/my/inbox",
        "/my/letter",
        "/desk/requests",
        "/desk/requests?answered=true",
        "/nowhere",
    ];

    /// <summary>The role of the demonstration that sees a page; null where anyone does.</summary>
    public static string? RoleFor(string address) => address[3..].Split('/', '?')[1..] switch
    {
        ["my", "home", ..] => "resident",
        ["my" or "desk", ..] => "operator",
        ["partner-desk" or "energy-desk" or "keeper-desk", ..] => "partner",
        _ => null,
    };

    /// <summary>Every page in Finnish, for what no language changes.</summary>
    public static TheoryData<string> InFinnish => [.. Pages.Select(page => "/fi" + page)];

    /// <summary>Every page in every language.</summary>
    public static TheoryData<string> All =>
    [
        .. from language in new[] { "fi", "sv", "en" } from page in Pages select $"/{language}{page}",
    ];
}

using Kera.Base.Accounts;
using Kera.Base.Groups;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Kera.Features.Spaces;

/// <summary>
/// Calendars for calendar programs. A person's secret stands in the query, of which neither logs nor traces keep the values, and the answer
/// is nobody else's.
/// </summary>
internal static class FeedEndpoints
{
    internal static string LinkPath => "/my/calendar";

    internal static string PathOf(string space) => SpaceEndpoints.PathOf(space) + ".ics";

    private static string PersonPath => "/calendar.ics";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(SpaceEndpoints.Path + "/{space}.ics", SpaceAsync);
        pages.MapGet(PersonPath, PersonAsync);
        var own = pages.MapGroup(LinkPath).RequireSignIn().NotStored();
        own.MapPost("", MakeAsync);
        own.MapPost("/revoke", RevokeAsync);
    }

    private static async Task<IResult> SpaceAsync(PageContext page, HttpContext context, BookingFeeds feeds, string space) =>
        feeds.OfSpace(space, page.Language) is { } kept ? Given(context, await kept, "public, max-age=60") : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> PersonAsync(PageContext page, HttpContext context, BookingFeeds feeds, string? key, string? group, CancellationToken cancellation)
    {
        if (await (group is null ? feeds.OfPersonAsync(key ?? "", page.Language, cancellation) : feeds.OfGroupAsync(key ?? "", group, page.Language, cancellation)) is { } kept)
        {
            return Given(context, kept, "private, no-cache");
        }

        // The same for a link that was taken back as for one that never was.
        context.Response.Headers.CacheControl = "no-store";
        return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
    }

    private static IResult Given(HttpContext context, KeptCalendar kept, string caching)
    {
        context.Response.Headers.CacheControl = caching;
        return Results.Bytes(kept.Content, "text/calendar; charset=utf-8", lastModified: kept.Modified.ToDateTimeOffset(), entityTag: new EntityTagHeaderValue($"\"{kept.Tag}\""));
    }

    private static async Task<IResult> MakeAsync(PageContext page, SignedIn me, BookingFeeds feeds, GroupBook groups, SiteAddress site, CancellationToken cancellation)
    {
        // A link that lasts is not for whoever acts for another at the desk.
        if (me.Desk is not null)
        {
            return UiExtensions.Problem(page, StatusCodes.Status403Forbidden);
        }

        var address = site.Url(page.Language, PersonPath) + "?key=" + await feeds.MakeLinkAsync(me, cancellation);
        IReadOnlyList<(string, string)> ofGroups = [.. (await groups.OfAsync(me.AgentId, cancellation)).Select(group => (group.Name, $"{address}&group={Uri.EscapeDataString(group.Key)}"))];
        return new RazorComponentResult<CalendarLinkPage>(new { Page = page, Address = address, Groups = ofGroups });
    }

    private static async Task<IResult> RevokeAsync(PageContext page, SignedIn me, BookingFeeds feeds, CancellationToken cancellation)
    {
        await feeds.RevokeLinkAsync(me, cancellation);
        return Results.LocalRedirect(page.Url(AccountExtensions.MyPath));
    }
}

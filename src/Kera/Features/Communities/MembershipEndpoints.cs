using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Features.Communities.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Communities;

/// <summary>What was sent with a form, and why it was refused.</summary>
/// <param name="Values">What was entered, by field.</param>
/// <param name="Errors">What is wrong, by field.</param>
public sealed record SentForm(IReadOnlyDictionary<string, string> Values, IReadOnlyDictionary<string, string> Errors)
{
    /// <summary>Nothing was sent.</summary>
    public static SentForm Nothing { get; } = new(new Dictionary<string, string>(), new Dictionary<string, string>());

    /// <summary>One field was wrong.</summary>
    public static SentForm Of(PageContext page, AccessException mistake, params ReadOnlySpan<(string Field, string? Value)> entered)
    {
        var values = new Dictionary<string, string>();
        foreach (var (field, value) in entered)
        {
            values[field] = value ?? "";
        }

        return new SentForm(values, new Dictionary<string, string> { [mistake.Field] = mistake.TextKey is { } key ? page.Texts[key] : mistake.Message });
    }
}

/// <summary>A point of who asks, and what it belongs to.</summary>
/// <param name="Point">The point.</param>
/// <param name="Memberships">The communities that it belongs to, today or later, by day.</param>
public sealed record OwnPoint(DistrictPoint Point, IReadOnlyList<CommunityMembership> Memberships);

/// <summary>What a page of asking shows.</summary>
/// <param name="Community">The community.</param>
/// <param name="Points">The points for which its reader may ask.</param>
/// <param name="Asks">What was asked, with what became of it.</param>
/// <param name="Lost">Accepted notices of those points that are not followed, for the files contradict them.</param>
/// <param name="Earliest">The first day on which what is asked now can take effect.</param>
/// <param name="Now">The present moment.</param>
public sealed record Asking(DistrictCommunity Community, IReadOnlyList<OwnPoint> Points, IReadOnlyList<HeldAsk> Asks, IReadOnlyList<NoticeConflict> Lost, LocalDate Earliest, Instant Now);

/// <summary>
/// Where members, and who wants to become one, ask a community: for points of their own or of whom they act for. Whoever is signed
/// in comes in; the desk, too, while it acts for a person on record.
/// </summary>
internal static class MembershipEndpoints
{
    internal static string PathOf(string community) => $"{AccountExtensions.MyPath}{CommunitiesFeature.Path}/{Uri.EscapeDataString(community)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup(AccountExtensions.MyPath + CommunitiesFeature.Path + "/{key}").RequireSignIn().NotStored();
        own.MapGet("", (PageContext page, HttpContext context, SignedIn me, string key, string? told, CancellationToken cancellation) => PageAsync(page, context, me, key, told is "asked", SentForm.Nothing, cancellation));
        own.MapPost("", AskAsync);
    }

    /// <summary>The section of a person's own page: the communities that their points belong to, or that they asked.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me)
    {
        var services = context.RequestServices;
        var (district, requests, page) = (services.GetRequiredService<DistrictInForce>(), services.GetRequiredService<CommunityRequests>(), PageContext.Of(context));
        if (district.Model?.Communities is not { Communities.Count: > 0 } declared)
        {
            return null;
        }

        var asker = Asker.Of(me, page.Language);
        var (points, asks) = (requests.PointsOf(asker).Select(point => point.Key).ToHashSet(StringComparer.Ordinal), await requests.OfAskerAsync(asker, context.RequestAborted));
        var inForce = await services.GetRequiredService<CommunityNotices>().ReadAsync(context.RequestAborted);
        var doors = declared.Communities.Values
            .Where(community => asks.Any(held => held.Community == community.Key) || inForce.Communities[community.Key].Notices.Any(notice => points.Contains(notice.Point)))
            .Select(community => (community.Name.In(page.Language.Code), PathOf(community.Key), page.Texts[asks.Any(held => held.Community == community.Key && held.Request.Answered is null) ? "communities.door.waits" : "communities.door"]))
            .ToList();
        return doors.Count == 0 ? null : new MySectionContent("my-communities", "communities.mine", typeof(CommunityDoors), new Dictionary<string, object> { ["Doors"] = doors });
    }

    private static async Task<IResult> AskAsync(
        PageContext page, HttpContext context, SignedIn me, CommunityBook book, CommunityRequests requests, string key,
        [FromForm] string? point, [FromForm] string? kind, [FromForm] string? share, [FromForm] string? day, [FromForm] string? words, CancellationToken cancellation)
    {
        if (book.Find(key) is not { } community)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        try
        {
            var asked = CommunityRequests.KindOf(kind) ?? throw new AccessException("kind", "Choose join, change or leave.", "communities.error.kind");
            var ask = new MembershipAsk(asked, point ?? "", asked == NoticeKind.Leave ? default : CommunityRequests.ShareOf(share), DayOf(day));
            await requests.AskAsync(community, ask, words ?? "", Asker.Of(me, page.Language), me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(key)) + "?told=asked#asks");
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, key, false, SentForm.Of(page, mistake, ("point", point), ("kind", kind), ("share", share), ("day", day), ("words", words)), cancellation);
        }
    }

    private static LocalDate? DayOf(string? text) =>
        string.IsNullOrWhiteSpace(text) ? null
        : LocalDatePattern.Iso.Parse(text.Trim()) is { Success: true, Value: var day } ? day
        : throw new AccessException("day", "Write the day as 2026-12-31, or leave it empty for the earliest.", "communities.error.day");

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, bool told, SentForm form, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (district, requests) = (services.GetRequiredService<DistrictInForce>(), services.GetRequiredService<CommunityRequests>());
        if (services.GetRequiredService<CommunityBook>().Find(key) is not { } community)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var asker = Asker.Of(me, page.Language);
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var inForce = await services.GetRequiredService<CommunityNotices>().ReadAsync(cancellation);
        var register = new CommunityRegister([.. inForce.Communities.Values], district.Zone);
        var today = now.InZone(district.Zone).Date;
        var memberships = register.Names.SelectMany(register.Memberships).Where(membership => !(membership.Until <= today)).ToLookup(membership => membership.Point, StringComparer.Ordinal);
        List<OwnPoint> points = [.. requests.PointsOf(asker).Where(point => point.Key != community.Rules.Property).Select(point => new OwnPoint(point, [.. memberships[point.Key].OrderBy(membership => membership.From)]))];
        var asks = (await requests.OfAskerAsync(asker, cancellation)).Where(held => held.Community == key).ToList();
        return new RazorComponentResult<AskPage>(new
        {
            Page = page,
            Asking = new Asking(
                community, points, asks,
                [.. inForce.Conflicts.Where(conflict => conflict.Stored is not null && conflict.Community == key && points.Any(own => own.Point.Key == conflict.Notice.Point))],
                community.Rules.EarliestDay(now, district.Zone), now),
            Told = told,
            Form = form,
            Keeper = services.GetRequiredService<Catalog>() is var catalog && catalog.Find(catalog.Agents, community.Keeper)?.Row is { } agent ? agent.Name(page.Language) : community.Keeper,
        })
        {
            StatusCode = form.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}

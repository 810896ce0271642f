using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Requests;
using Kera.Base.Ui;
using Kera.Features.Requests.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Requests;

/// <summary>Where an office answers what it was asked. The asker's name and address are not shown: the answer finds them.</summary>
internal static class RequestDeskEndpoints
{
    private const int RequestsOnAPage = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RequireOperation(Operation.AnswerRequests).NotStored();
        pages.MapGet(RequestBook.DeskPath, (PageContext page, SignedIn me, RequestBook requests, IClock clock, bool? answered, int? skip, CancellationToken cancellation) =>
            PageAsync(page, me, requests, clock, answered == true, skip is > 0 and < 100_000 ? skip.Value : 0, null, null, null, cancellation));
        pages.MapPost(RequestBook.DeskPath + "/take", (PageContext page, SignedIn me, RequestBook requests, IClock clock, [FromForm] int? request, CancellationToken cancellation) =>
            DoAsync(page, me, requests, clock, request, null, () => requests.TakeAsync(request ?? 0, OfficesOf(me), me.AgentId, me.Actor, cancellation: cancellation), cancellation));
        pages.MapPost(RequestBook.DeskPath + "/pass", (PageContext page, SignedIn me, RequestBook requests, IClock clock, [FromForm] int? request, [FromForm] string? to, CancellationToken cancellation) =>
            DoAsync(page, me, requests, clock, request, null, () => requests.PassOnAsync(request ?? 0, OfficesOf(me), RoleGrant.Parse(to ?? "").Role, me.Actor, cancellation), cancellation));
        pages.MapPost(RequestBook.DeskPath + "/answer", (PageContext page, SignedIn me, RequestBook requests, IClock clock, [FromForm] int? request, [FromForm] string? answer, CancellationToken cancellation) =>
            DoAsync(page, me, requests, clock, request, answer, () => requests.AnswerAsync(request ?? 0, OfficesOf(me), answer ?? "", me.Actor, cancellation), cancellation));
    }

    /// <summary>The offices whose requests someone answers: those that they are of; who runs the installation, all.</summary>
    internal static IReadOnlyCollection<RoleGrant> OfficesOf(SignedIn me) =>
        [.. Enum.GetValues<Role>().Where(role => Permissions.May([new RoleGrant(role)], Operation.AnswerRequests) && me.Roles.Any(grant => grant.Role == role || grant.Role == Role.Operator)).Select(role => new RoleGrant(role))];

    private static async Task<IResult> DoAsync(PageContext page, SignedIn me, RequestBook requests, IClock clock, int? request, string? entered, Func<Task> work, CancellationToken cancellation)
    {
        try
        {
            await work();
            return Results.LocalRedirect(page.Url(RequestBook.DeskPath));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, me, requests, clock, answered: false, skip: 0, request, entered, mistake.TextKey is { } key ? page.Texts[key] : mistake.Message, cancellation);
        }
    }

    private static async Task<IResult> PageAsync(PageContext page, SignedIn me, RequestBook requests, IClock clock, bool answered, int skip, int? request, string? entered, string? error, CancellationToken cancellation)
    {
        var found = await requests.OfOfficesAsync(OfficesOf(me), answered, RequestsOnAPage + 1, skip, cancellation: cancellation);
        return new RazorComponentResult<RequestsPage>(new
        {
            Page = page,
            Me = me,
            Requests = (IReadOnlyList<RequestView>)[.. found.Take(RequestsOnAPage)],
            Open = await requests.CountOpenAsync(OfficesOf(me), cancellation: cancellation),
            More = found.Count > RequestsOnAPage ? skip + RequestsOnAPage : (int?)null,
            ShowAnswered = answered,
            Now = clock.GetCurrentInstant(),
            Wrong = request,
            Entered = entered,
            Error = error,
        })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }
}

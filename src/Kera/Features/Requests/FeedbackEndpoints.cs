using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Requests;
using Kera.Base.Ui;
using Kera.Features.Requests.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Requests;

/// <summary>The form that is open to all, and the page that tells how a request stands.</summary>
internal static class FeedbackEndpoints
{
    private const int LongestPage = 500;

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(RequestBook.FormPath, Form);
        pages.MapPost(RequestBook.FormPath, AskAsync).AllowAnonymous();
        pages.MapGet(RequestBook.StatusPath, StatusAsync);
    }

    /// <summary>The page that a request is about: one of ours or none, for its link is followed by who answers.</summary>
    internal static string PageOf(string? about) =>
        about is { Length: <= LongestPage } and ['/', not ('/' or '\\'), ..] && !about.Any(letter => char.IsControl(letter) || letter == '\\') ? about : "";

    private static RazorComponentResult Form(PageContext page, SignedIn? me, RequestBook requests, [FromQuery(Name = "page")] string? about) =>
        new RazorComponentResult<FeedbackPage>(new { Page = page, requests.Kinds, About = PageOf(about), SignedIn = me is not null });

    private static async Task<IResult> AskAsync(
        PageContext page, HttpContext context, RequestBook requests, AskLimit limit,
        [FromForm] string? kind, [FromForm] string? text, [FromForm] string? email, [FromForm] string? about, CancellationToken cancellation)
    {
        var me = SignedIn.Of(context);
        var request = new NewRequest(kind ?? "", me?.AgentId, email ?? "", page.Language.Code, PageOf(about), text ?? "");
        var address = context.Connection.RemoteIpAddress;
        // The desk asks for many people from one address.
        if (me?.Desk is null && limit.TooManyFrom(address))
        {
            return Again(StatusCodes.Status429TooManyRequests, new AccessException("text", "", "ask.error.many"));
        }

        try
        {
            var issued = await requests.AskAsync(request, me?.Actor ?? new Actor("visitor", "page"), cancellation);
            limit.Count(address);
            context.Response.Headers.CacheControl = "no-store";
            return new RazorComponentResult<ReceiptPage>(new { Page = page, Issued = issued, Request = (await requests.FindAsync(issued.Code, cancellation))!, Mailed = request.Email.Trim().Length > 0, SignedIn = me is not null });
        }
        catch (AccessException mistake)
        {
            return Again(StatusCodes.Status400BadRequest, mistake);
        }

        RazorComponentResult Again(int status, AccessException mistake) => new RazorComponentResult<FeedbackPage>(new
        {
            Page = page,
            requests.Kinds,
            About = request.Page,
            SignedIn = me is not null,
            Entered = request,
            Errors = new Dictionary<string, string> { [mistake.Field] = mistake.TextKey is { } key ? page.Texts[key] : mistake.Message },
        })
        {
            StatusCode = status,
        };
    }

    private static async Task<IResult> StatusAsync(PageContext page, HttpContext context, RequestBook requests, SignInThrottle throttle, string? code, CancellationToken cancellation)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (string.IsNullOrWhiteSpace(code))
        {
            return new RazorComponentResult<StatusPage>(new { Page = page });
        }

        // A code opens what somebody wrote: whoever guesses waits, as at the sign-in.
        var address = context.Connection.RemoteIpAddress;
        if (!throttle.TooManyFrom(address) && await requests.FindAsync(code, cancellation) is { } found)
        {
            return new RazorComponentResult<StatusPage>(new { Page = page, Code = code, Request = found });
        }

        throttle.Count(address);
        return new RazorComponentResult<StatusPage>(new { Page = page, Code = code, Error = page.Texts["feedback.status.unknown"] }) { StatusCode = StatusCodes.Status400BadRequest };
    }
}

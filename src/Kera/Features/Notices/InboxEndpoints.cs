using Kera.Base.Accounts;
using Kera.Base.Letters;
using Kera.Base.Notices;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Notices.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Notices;

/// <summary>What I was told, and how I want to be told. One's own, so being signed in is all that is asked.</summary>
internal static class InboxEndpoints
{
    private const int NoticesOnAPage = 50;

    // Asked again after a year, so that nobody is written to for ever.
    private static readonly Period Lasts = Period.FromYears(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var own = routes.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(NoticeBoard.InboxPath, InboxAsync);
        own.MapPost(NoticeBoard.InboxPath + "/open", OpenAsync);
        own.MapPost(NoticeBoard.InboxPath + "/seen", SeenAsync);
        own.MapPost(NoticeBoard.InboxPath + "/ways", WaysAsync);
    }

    private static async Task<IResult> InboxAsync(PageContext page, SignedIn me, NoticeBoard board, PersonalData personal, KeraStore store, IClock clock, long? before, CancellationToken cancellation)
    {
        var notices = await board.ListAsync(me.AgentId, NoticesOnAPage + 1, before, cancellation);
        await using var db = store.OpenContext();
        return new RazorComponentResult<InboxPage>(new
        {
            Page = page,
            Notices = (IReadOnlyList<Notice>)[.. notices.Take(NoticesOnAPage)],
            Older = notices.Count > NoticesOnAPage ? notices[NoticesOnAPage - 1].Id : (long?)null,
            New = await board.CountNewAsync(me.AgentId, cancellation),
            Consents = (IReadOnlyList<Consent>)[.. (await personal.ConsentsAsync(me.AgentId, cancellation)).Where(consent => consent.Withdrawn is null && consent.Ends > clock.GetCurrentInstant())],
            HasAddress = await NoticeBoard.AddressAsync(db, me.AgentId, cancellation) is not null,
        });
    }

    /// <summary>Leads to what a notice is about; a form and not a link, for it changes what is new.</summary>
    private static async Task<IResult> OpenAsync(PageContext page, SignedIn me, NoticeBoard board, [FromForm] long? notice, CancellationToken cancellation) =>
        Results.LocalRedirect(page.Url(await board.SeeAsync(me.AgentId, notice ?? 0, cancellation) is { Length: > 0 } path ? path : NoticeBoard.InboxPath));

    private static async Task<IResult> SeenAsync(PageContext page, SignedIn me, NoticeBoard board, [FromForm(Name = "from")] string? _, CancellationToken cancellation)
    {
        await board.SeeAsync(me.AgentId, null, cancellation);
        return Results.LocalRedirect(page.Url(NoticeBoard.InboxPath));
    }

    private static async Task<IResult> WaysAsync(PageContext page, SignedIn me, HttpRequest request, PersonalData personal, IClock clock, [FromForm(Name = "from")] string? _, CancellationToken cancellation)
    {
        var ticked = request.Form["way"];
        var now = clock.GetCurrentInstant();
        var ends = now.InZone(page.Formats.Zone).LocalDateTime.Plus(Lasts).InZoneLeniently(page.Formats.Zone).ToInstant();
        var given = (await personal.ConsentsAsync(me.AgentId, cancellation)).Where(consent => consent.Withdrawn is null && consent.Ends > now).Select(consent => consent.Purpose).ToHashSet();
        foreach (var purpose in new[] { NoticeBoard.MailPurpose, WeekLetter.Purpose })
        {
            if (ticked.Contains(purpose) && !given.Contains(purpose))
            {
                await personal.ConsentAsync(me.AgentId, purpose, ends, me.Actor, cancellation);
            }
            else if (!ticked.Contains(purpose) && given.Contains(purpose))
            {
                await personal.WithdrawAsync(me.AgentId, purpose, me.Actor, cancellation);
            }
        }

        return Results.LocalRedirect(page.Url(NoticeBoard.InboxPath));
    }
}

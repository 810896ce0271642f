using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Groups;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing.Rounds;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces;

/// <summary>Rounds, for anybody to read; and what one's group applies for, for its people alone.</summary>
internal static class RoundEndpoints
{
    internal static string Path => "/rounds";

    internal static string PathOf(string round) => $"{Path}/{Uri.EscapeDataString(round)}";

    internal static string ApplicationPathOf(string round, string group) => $"{PathOf(round)}/{Uri.EscapeDataString(group)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet(Path, ListAsync);
        pages.MapGet(Path + "/{round}", OneAsync);
        var own = pages.MapGroup(Path + "/{round}/{group}").RequireSignIn().NotStored();
        own.MapGet("", (PageContext page, HttpContext context, SignedIn me, string round, string group, CancellationToken cancellation) => ApplicationAsync(page, context, me, round, group, Refused.Nothing, cancellation));
        own.MapPost("/wish", AddWishAsync);
        own.MapPost("/remove", (PageContext page, HttpContext context, SignedIn me, RoundRegister register, string round, string group, [FromForm] string? wish, CancellationToken cancellation) =>
            DoAsync(page, context, me, round, group, () => register.ChangeAsync(round, group, wishes => [.. wishes.Where(each => each.Key != wish)], me.AgentId, me.Actor, cancellation), cancellation));
        own.MapPost("/first", (PageContext page, HttpContext context, SignedIn me, RoundRegister register, string round, string group, [FromForm] string? wish, CancellationToken cancellation) =>
            DoAsync(page, context, me, round, group, () => register.ChangeAsync(round, group, wishes => [.. wishes.OrderByDescending(each => each.Key == wish)], me.AgentId, me.Actor, cancellation), cancellation));
        own.MapPost("/send", (PageContext page, HttpContext context, SignedIn me, RoundRegister register, string round, string group, CancellationToken cancellation) =>
            DoAsync(page, context, me, round, group, () => register.SendAsync(round, group, me.AgentId, me.Actor, cancellation), cancellation));
        own.MapPost("/cancel", (PageContext page, HttpContext context, SignedIn me, RoundRegister register, string round, string group, CancellationToken cancellation) =>
            DoAsync(page, context, me, round, group, () => register.CancelAsync(round, group, me.AgentId, me.Actor, cancellation), cancellation));
    }

    private static async Task<IResult> ListAsync(PageContext page, HttpContext context, RoundRegister register, SpaceCalendar calendar, CancellationToken cancellation)
    {
        NotKept(context);
        return calendar.Spaces is not { } spaces
            ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
            : new RazorComponentResult<RoundsPage>(new { Page = page, Spaces = spaces, Rounds = await register.ListAsync(cancellation) });
    }

    private static async Task<IResult> OneAsync(PageContext page, HttpContext context, RoundRegister register, SpaceCalendar calendar, GroupBook book, string round, CancellationToken cancellation)
    {
        if (await register.FindAsync(round, cancellation) is not { } found)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        NotKept(context);
        var me = SignedIn.Of(context);
        return new RazorComponentResult<RoundPage>(new
        {
            Page = page,
            Spaces = calendar.Spaces!,
            found.Round,
            found.State,
            Groups = me is null ? null : await book.OfAsync(me.AgentId, cancellation),
        });
    }

    private static async Task<IResult> AddWishAsync(PageContext page, HttpContext context, SignedIn me, RoundRegister register, string round, string group, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        try
        {
            if (await register.FindAsync(round, cancellation) is not { } found)
            {
                return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
            }

            await register.ChangeAsync(round, group, wishes => [.. wishes, WishForm.Read(form, found.Round, NextKey(wishes))], me.AgentId, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(ApplicationPathOf(round, group)));
        }
        catch (AccessException mistake)
        {
            return await ApplicationAsync(page, context, me, round, group, Refused.Of(page, mistake) with { Values = WishForm.ValuesOf(form) }, cancellation);
        }
    }

    private static string NextKey(IReadOnlyList<RoundWish> wishes)
    {
        var number = 1;
        while (wishes.Any(wish => wish.Key == KeyOf(number)))
        {
            number++;
        }

        return KeyOf(number);
    }

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"wish-{number}");

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string round, string group, Func<Task> change, CancellationToken cancellation)
    {
        try
        {
            await change();
            return Results.LocalRedirect(page.Url(ApplicationPathOf(round, group)));
        }
        catch (AccessException mistake)
        {
            return await ApplicationAsync(page, context, me, round, group, Refused.Of(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> ApplicationAsync(PageContext page, HttpContext context, SignedIn me, string key, string groupKey, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (register, spaces) = (services.GetRequiredService<RoundRegister>(), services.GetRequiredService<SpaceCalendar>().Spaces);
        if (await register.FindAsync(key, cancellation) is not { } found || await services.GetRequiredService<GroupBook>().FindAsync(groupKey, me.AgentId, cancellation) is not { } group)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<ApplicationPage>(new
        {
            Page = page,
            Spaces = spaces!,
            found.Round,
            found.State,
            Group = group,
            Application = (await register.OfGroupAsync(group.Id, cancellation)).FirstOrDefault(each => each.Round == key),
            Result = await register.ResultAsync(key, group, cancellation),
            Refused = refused,
        })
        {
            StatusCode = refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    // States follow the clock.
    private static void NotKept(HttpContext context) => context.Response.Headers.CacheControl = "no-store";
}

using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Kera.Features.Spaces;

/// <summary>One's groups: who is in them, what they have booked and applied for. Whoever is not in a group finds nothing.</summary>
internal static class GroupEndpoints
{
    internal static string Path => AccountExtensions.MyPath + "/groups";

    internal static string JoinPath => Path + "/join";

    internal static string PathOf(string group) => $"{Path}/{Uri.EscapeDataString(group)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(Path, (PageContext page, HttpContext context, SignedIn me, CancellationToken cancellation) => ListAsync(page, context, me, Refused.Nothing, cancellation));
        own.MapPost(Path, AddAsync);
        own.MapGet(JoinPath, OpenAsync);
        own.MapPost(JoinPath, JoinAsync);
        own.MapGet(Path + "/{group}", (PageContext page, HttpContext context, SignedIn me, string group, CancellationToken cancellation) => OneAsync(page, context, me, group, null, Refused.Nothing, cancellation));
        own.MapPost(Path + "/{group}/change", (PageContext page, HttpContext context, SignedIn me, GroupBook book, SpaceCalendar calendar, string group, [FromForm] string? name, [FromForm] string? kind, CancellationToken cancellation) =>
            DoAsync(page, context, me, group, () => book.ChangeAsync(group, name ?? "", kind ?? "", KindsOf(calendar), me, cancellation), cancellation, ("name", name), ("kind", kind)));
        own.MapPost(Path + "/{group}/invite", InviteAsync);
        own.MapPost(Path + "/{group}/revoke", (PageContext page, HttpContext context, SignedIn me, GroupBook book, string group, CancellationToken cancellation) =>
            DoAsync(page, context, me, group, () => book.RevokeAsync(group, me, cancellation), cancellation));
        own.MapPost(Path + "/{group}/remove", (PageContext page, HttpContext context, SignedIn me, GroupBook book, string group, [FromForm] int? member, CancellationToken cancellation) =>
            DoAsync(page, context, me, group, () => book.RemoveAsync(group, member ?? 0, me, cancellation), cancellation));
        own.MapPost(Path + "/{group}/role", (PageContext page, HttpContext context, SignedIn me, GroupBook book, string group, [FromForm] int? member, [FromForm] string? role, CancellationToken cancellation) =>
            DoAsync(page, context, me, group, () => book.SetRoleAsync(group, member ?? 0, role == nameof(GroupRole.Leader) ? GroupRole.Leader : GroupRole.Member, me, cancellation), cancellation));
        own.MapPost(Path + "/{group}/end", (PageContext page, HttpContext context, SignedIn me, GroupBook book, string group, CancellationToken cancellation) =>
            DoAsync(page, context, me, group, () => book.EndAsync(group, me, cancellation), cancellation));
    }

    /// <summary>The section of a person's own page.</summary>
    internal static async Task<MySectionContent?> SectionAsync(HttpContext context, SignedIn me) =>
        context.RequestServices.GetRequiredService<SpaceCalendar>().Spaces is not { GroupKinds.Count: > 0 } spaces ? null
        : new MySectionContent("my-groups", "groups.mine", typeof(MyGroups), new Dictionary<string, object>
        {
            ["Groups"] = await context.RequestServices.GetRequiredService<GroupBook>().OfAsync(me.AgentId, context.RequestAborted),
            ["Spaces"] = spaces,
        });

    private static IReadOnlyCollection<string> KindsOf(SpaceCalendar calendar) => [.. (calendar.Spaces?.GroupKinds ?? new Dictionary<string, LocalizedText>()).Keys];

    private static async Task<IResult> ListAsync(PageContext page, HttpContext context, SignedIn me, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        return services.GetRequiredService<SpaceCalendar>().Spaces is not { GroupKinds.Count: > 0 } spaces
            ? UiExtensions.Problem(page, StatusCodes.Status404NotFound)
            : new RazorComponentResult<GroupsPage>(new { Page = page, Spaces = spaces, Groups = await services.GetRequiredService<GroupBook>().OfAsync(me.AgentId, cancellation), Refused = refused })
            {
                StatusCode = StatusOf(refused),
            };
    }

    private static async Task<IResult> AddAsync(PageContext page, HttpContext context, SignedIn me, GroupBook book, SpaceCalendar calendar, [FromForm] string? name, [FromForm] string? kind, CancellationToken cancellation)
    {
        try
        {
            return Results.LocalRedirect(page.Url(PathOf(await book.AddAsync(name ?? "", kind ?? "", KindsOf(calendar), me, cancellation))));
        }
        catch (AccessException mistake)
        {
            return await ListAsync(page, context, me, Refused.Of(page, mistake, ("name", name), ("kind", kind)), cancellation);
        }
    }

    private static async Task<IResult> OpenAsync(PageContext page, HttpContext context, GroupBook book, SignInThrottle throttle, string? code, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(code))
        {
            return JoinPage(page, code, null, Refused.Nothing);
        }

        var address = context.Connection.RemoteIpAddress;
        if (throttle.TooManyFrom(address) || await book.NameOfAsync(code, cancellation) is not { } name)
        {
            throttle.Count(address);
            return JoinPage(page, code, null, Refused.Of(page, new AccessException("code", "", "groups.error.code")));
        }

        return JoinPage(page, code, name, Refused.Nothing);
    }

    private static async Task<IResult> JoinAsync(PageContext page, HttpContext context, SignedIn me, GroupBook book, SignInThrottle throttle, [FromForm] string? code, CancellationToken cancellation)
    {
        var address = context.Connection.RemoteIpAddress;
        try
        {
            return throttle.TooManyFrom(address)
                ? throw new AccessException("code", "", "groups.error.code")
                : Results.LocalRedirect(page.Url(PathOf(await book.JoinAsync(code ?? "", me, cancellation))));
        }
        catch (AccessException mistake)
        {
            throttle.Count(address);
            return JoinPage(page, code, null, Refused.Of(page, mistake));
        }
    }

    private static RazorComponentResult<GroupJoinPage> JoinPage(PageContext page, string? code, string? name, Refused refused) =>
        new(new { Page = page, Code = code, Name = name, Refused = refused }) { StatusCode = StatusOf(refused) };

    private static async Task<IResult> InviteAsync(PageContext page, HttpContext context, SignedIn me, GroupBook book, string group, CancellationToken cancellation)
    {
        try
        {
            // Shown once, on the answer itself: the code is kept nowhere.
            return await OneAsync(page, context, me, group, await book.InviteAsync(group, me, cancellation), Refused.Nothing, cancellation);
        }
        catch (AccessException mistake)
        {
            return await OneAsync(page, context, me, group, null, Refused.Of(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> DoAsync(PageContext page, HttpContext context, SignedIn me, string group, Func<Task> change, CancellationToken cancellation, params (string, string?)[] entered)
    {
        try
        {
            await change();
            return Results.LocalRedirect(page.Url(await context.RequestServices.GetRequiredService<GroupBook>().FindAsync(group, me.AgentId, cancellation) is null ? Path : PathOf(group)));
        }
        catch (AccessException mistake)
        {
            return await OneAsync(page, context, me, group, null, Refused.Of(page, mistake, entered), cancellation);
        }
    }

    private static async Task<IResult> OneAsync(PageContext page, HttpContext context, SignedIn me, string key, GroupCode? code, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var book = services.GetRequiredService<GroupBook>();
        if (services.GetRequiredService<SpaceCalendar>() is not { Spaces: { } spaces } calendar || await book.FindAsync(key, me.AgentId, cancellation) is not { } group)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        await using var db = services.GetRequiredService<KeraStore>().OpenContext();
        return new RazorComponentResult<GroupPage>(new
        {
            Page = page,
            Spaces = spaces,
            Group = group,
            Me = me.AgentId,
            Members = await book.MembersAsync(group.Id, cancellation),
            Bookings = await SpaceGroups.ComingAsync(db, group.Id, calendar.Now, cancellation),
            Applications = await services.GetRequiredService<RoundRegister>().OfGroupAsync(group.Id, cancellation),
            Code = code,
            Refused = refused,
        })
        {
            StatusCode = StatusOf(refused),
        };
    }

    private static int StatusOf(Refused refused) => refused.Errors.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
}

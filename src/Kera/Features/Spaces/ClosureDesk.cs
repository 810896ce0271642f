using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A closure as a keeper writes it.</summary>
public sealed record TypedClosure
{
    [FromForm(Name = "space")] public string? Space { get; init; }

    [FromForm(Name = "beginDay")] public string? BeginDay { get; init; }

    [FromForm(Name = "beginTime")] public string? BeginTime { get; init; }

    [FromForm(Name = "endDay")] public string? EndDay { get; init; }

    [FromForm(Name = "endTime")] public string? EndTime { get; init; }

    [FromForm(Name = "reason")] public string? Reason { get; init; }

    [FromForm(Name = "words")] public string? Words { get; init; }

    /// <summary>The number of the report that it comes of; empty for none.</summary>
    [FromForm(Name = "fault")] public string? Fault { get; init; }

    /// <summary>Whether the bookings that it meets were looked at.</summary>
    [FromForm(Name = "seen")] public string? Seen { get; init; }
}

/// <summary>Closing spaces: which bookings it meets is shown before it is done. And what people report as broken.</summary>
internal static class ClosureDesk
{
    internal static string PathOf(string agent) => SpaceDesk.PathOf(agent) + "/closures";

    public static void Map(RouteGroupBuilder desk)
    {
        desk.MapGet("/closures", (PageContext page, HttpContext context, string agent, string? space, CancellationToken cancellation) => PageAsync(page, context, agent, new TypedClosure { Space = space }, null, Refused.Nothing, cancellation));
        desk.MapPost("/closures", CloseAsync);
        desk.MapPost("/reopen", ReopenAsync);
        desk.MapPost("/answer", AnswerAsync);
    }

    private static async Task<IResult> CloseAsync(PageContext page, HttpContext context, SignedIn me, string agent, [AsParameters] TypedClosure typed, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (register, faults) = (services.GetRequiredService<BookingRegister>(), services.GetRequiredService<SpaceFaults>());
        try
        {
            var closure = ClosureOf(page, services.GetRequiredService<SpaceCalendar>(), typed);
            var met = await register.MetByAsync(closure, agent, cancellation);
            if (met.Count > 0 && typed.Seen != "true")
            {
                return await PageAsync(page, context, agent, typed, met, Refused.Nothing, cancellation);
            }

            if (int.TryParse(typed.Fault, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && (await faults.OpenAsync(agent, cancellation)).FirstOrDefault(each => each.Request.Id == number) is { } fault)
            {
                await faults.CloseAsync(fault, closure, agent, me.Actor, cancellation);
                return Results.LocalRedirect(page.Url(SpaceDesk.PathOf(agent)));
            }

            await register.CloseAsync(closure, agent, me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(PathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, agent, typed, null, Refused.Of(page, mistake), cancellation);
        }
    }

    private static async Task<IResult> ReopenAsync(PageContext page, SignedIn me, BookingRegister register, string agent, [FromForm] string? closure, CancellationToken cancellation)
    {
        // One that ended, or was lifted by another, is in the list no more.
        await register.ReopenAsync(closure ?? "", agent, me.Actor, cancellation);
        return Results.LocalRedirect(page.Url(PathOf(agent)));
    }

    private static async Task<IResult> AnswerAsync(PageContext page, HttpContext context, SignedIn me, SpaceFaults faults, string agent, [FromForm] int? request, [FromForm] string? answer, CancellationToken cancellation)
    {
        try
        {
            await faults.AnswerAsync(request ?? 0, agent, answer ?? "", me.Actor, cancellation);
            return Results.LocalRedirect(page.Url(SpaceDesk.PathOf(agent)));
        }
        catch (AccessException mistake)
        {
            return await SpaceDesk.PageAsync(page, context, me, agent, request?.ToString(CultureInfo.InvariantCulture), Refused.Of(page, mistake, ("answer", answer)), cancellation);
        }
    }

    private static ClosureRequest ClosureOf(PageContext page, SpaceCalendar calendar, TypedClosure typed)
    {
        // Without a beginning it is from now on.
        var begin = string.IsNullOrEmpty(typed.BeginDay) ? calendar.Now : DeskTime.Read(typed.BeginDay, typed.BeginTime, page.Formats.Zone) ?? throw new AccessException("begin", "Write a day and a time.", "spaces.error.begin");
        var end = DeskTime.Read(typed.EndDay, typed.EndTime, page.Formats.Zone) ?? throw new AccessException("end", "Write a day and a time.", "spaces.error.end");
        if (end <= begin)
        {
            throw new AccessException("end", "A closure ends after it begins, later than now, and within a year.", "spaces.error.closure");
        }

        return new ClosureRequest(typed.Space ?? "", new Interval(begin, end), Enum.TryParse<ClosureReason>(typed.Reason, out var reason) && Enum.IsDefined(reason) ? reason : ClosureReason.None, typed.Words ?? "");
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, string agent, TypedClosure typed, IReadOnlyList<BookingView>? met, Refused refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (calendar, register) = (services.GetRequiredService<SpaceCalendar>(), services.GetRequiredService<BookingRegister>());
        if (!SpaceDesk.Keeps(calendar, agent))
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        return new RazorComponentResult<ClosuresPage>(new
        {
            Page = page,
            Agent = agent,
            Spaces = calendar.Spaces!,
            Closures = await register.ClosuresAsync(agent, cancellation),
            Typed = typed,
            Met = met,
            Refused = refused,
            calendar.Today,
        })
        {
            StatusCode = refused.Errors.Count > 0 ? StatusCodes.Status400BadRequest : met is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }
}

using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>Choosing another time for one's own booking.</summary>
internal static class MoveEndpoints
{
    internal static string PathOf(string key) => BookingEndpoints.PathOf(key) + "/move";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapGet(BookingEndpoints.Path + "/{key}/move", (PageContext page, HttpContext context, SignedIn me, string key, string? day, CancellationToken cancellation) =>
            PageAsync(page, context, me, key, day, null, cancellation));
        own.MapPost(BookingEndpoints.Path + "/{key}/move", MoveAsync);
    }

    private static async Task<IResult> MoveAsync(PageContext page, HttpContext context, SignedIn me, BookingRegister register, string key, [FromForm] string? start, CancellationToken cancellation)
    {
        if (InstantPattern.General.Parse(start ?? "") is not { Success: true, Value: var begin } || await register.FindAsync(key, me, cancellation) is not { } booking)
        {
            return UiExtensions.Problem(page, start is null ? StatusCodes.Status400BadRequest : StatusCodes.Status404NotFound);
        }

        var time = new Interval(begin, begin + booking.Booking.Time.Duration);
        return await register.MoveAsync(key, time, me, cancellation) switch
        {
            null => UiExtensions.Problem(page, StatusCodes.Status404NotFound),
            { Booking: not null } => Results.LocalRedirect(page.Url(BookingEndpoints.PathOf(key)) + "?told=moved"),
            var outcome => await PageAsync(page, context, me, key, LocalDatePattern.Iso.Format(begin.InZone(page.Formats.Zone).Date), (time, outcome), cancellation),
        };
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, string? day, (Interval Time, MoveOutcome Outcome)? refused, CancellationToken cancellation)
    {
        var services = context.RequestServices;
        var (register, calendar) = (services.GetRequiredService<BookingRegister>(), services.GetRequiredService<SpaceCalendar>());
        if (await register.FindAsync(key, me, cancellation) is not { Booking.State: BookingState.Confirmed } booking || calendar.Spaces?.Spaces.GetValueOrDefault(booking.Booking.Space) is not { } space)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        if (SpaceEndpoints.Wish(calendar, day ?? LocalDatePattern.Iso.Format(booking.Booking.Time.Start.InZone(page.Formats.Zone).Date), null, null, null, null) is not { } wish)
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var free = await register.OtherTimesAsync(booking, wish.Day, me, cancellation);
        return new RazorComponentResult<MovePage>(new { Page = page, calendar.Spaces, Space = space, Booking = booking, wish.Day, Free = free, Moving = register.MovingOf(booking, booking.Booking.Time, me), Refused = refused, calendar.Today })
        {
            StatusCode = refused is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }
}

using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Figures;
using Kera.Base.Groups;
using Kera.Base.Outbox;
using Kera.Base.Payments;
using Kera.Base.Ui;
using Kera.Features.Spaces.Pages;
using Kera.Sharing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A time that could not be booked.</summary>
/// <param name="Time">The time.</param>
/// <param name="Decision">The rules that say no; null where something else does.</param>
/// <param name="Nearest">What may be booked instead; null where nobody looked.</param>
/// <param name="Sentence">What else is in the way; null where the rules are.</param>
public sealed record RefusedTime(Interval Time, BookingDecision? Decision, NearestTimes? Nearest, string? Sentence);

/// <summary>A booking on its way, and one's own bookings: whoever is not its booker finds nothing.</summary>
internal static class BookingEndpoints
{
    private const int LongestEmail = 200;
    private const string EquipmentField = "equipment.";
    private static readonly string?[] s_told = ["booked", "cancelled", "moved", "paid", "repaid", "pending", "unpaid", "away"];

    internal static string Path => "/bookings";

    internal static string PathOf(string key) => $"{Path}/{Uri.EscapeDataString(key)}";

    public static void Map(IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("").RequireSignIn().NotStored();
        own.MapPost(SpaceEndpoints.Path + "/{space}/hold", HoldAsync);
        own.MapGet(Path + "/{key}", (PageContext page, HttpContext context, SignedIn me, string key, string? told, CancellationToken cancellation) =>
            PageAsync(page, context, me, key, new BookingPageState(s_told.Contains(told) ? told : null, Refused.Nothing, null, null), cancellation));
        own.MapPost(Path + "/{key}/confirm", ConfirmAsync);
        own.MapPost(Path + "/{key}/pay", PayAsync);
        own.MapPost(Path + "/{key}/cancel", CancelAsync);
        own.MapGet(Path + "/{key}.ics", CalendarAsync);
    }

    private static async Task<IResult> HoldAsync(
        PageContext page, HttpContext context, SignedIn me, SpaceCalendar calendar, BookingRegister register, string space, [FromForm] string? start, [FromForm] string? minutes, [FromForm] string? people, CancellationToken cancellation)
    {
        if (SpaceEndpoints.Wish(calendar, null, minutes, people, null, null) is not { Minutes: { } length } wish || InstantPattern.General.Parse(start ?? "") is not { Success: true, Value: var begin })
        {
            return UiExtensions.Problem(page, StatusCodes.Status400BadRequest);
        }

        var time = new Interval(begin, begin + Duration.FromMinutes(length));
        RefusedTime refused;
        try
        {
            var outcome = await register.HoldAsync(new BookingRequest(space, time) { People = wish.People }, me, cancellation);
            if (outcome.Booking is { } held)
            {
                return Results.LocalRedirect(page.Url(PathOf(held.Key)));
            }

            refused = new RefusedTime(time, outcome.Decision, outcome.Nearest, null);
        }
        catch (AccessException mistake)
        {
            refused = new RefusedTime(time, null, null, mistake.TextKey is { } key ? page.Texts[key] : mistake.Message);
        }

        var day = begin.InZone(page.Formats.Zone).Date;
        return await SpaceEndpoints.SpaceAsync(page, context, calendar, await FigureReader.BindAsync(context), space, wish with { Day = LocalDate.Max(day, calendar.Today) }, refused, cancellation);
    }

    private static async Task<IResult> ConfirmAsync(
        PageContext page, HttpContext context, SignedIn me, BookingRegister register, string key, [FromForm] string? people, [FromForm] string? purpose, [FromForm] string? freeReason, [FromForm] string? group, [FromForm] string? email, CancellationToken cancellation)
    {
        email = (email ?? "").Trim();
        var details = new BookingDetails(Number(people), purpose ?? "", freeReason ?? "") { Equipment = EquipmentOf(context), Group = group ?? "" };
        try
        {
            if (string.IsNullOrWhiteSpace(freeReason) && await register.FindAsync(key, me, cancellation) is { Booking.State: BookingState.Held, Online: > 0 })
            {
                CheckEmail(email);
            }

            return await register.ConfirmAsync(key, details, me, cancellation) switch
            {
                { Booking: { Booking.State: BookingState.AwaitingPayment } } => await ToPaymentAsync(page, context, me, key, email, cancellation),
                { Booking: { } booked } => Results.LocalRedirect(page.Url(PathOf(booked.Key)) + "?told=booked"),
                { } outcome => await PageAsync(page, context, me, key, new BookingPageState(null, Refused.Nothing, outcome, null), cancellation),
                // It ran out, or it was confirmed already: the page says which.
                null => await PageAsync(page, context, me, key, BookingPageState.Plain, cancellation),
            };
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, key, new BookingPageState(null, Refused.Of(page, mistake, ("people", people), ("purpose", purpose), ("freeReason", freeReason), ("group", group), ("email", email)), null, null), cancellation);
        }
    }

    private static async Task<IResult> PayAsync(PageContext page, HttpContext context, SignedIn me, string key, [FromForm] string? email, CancellationToken cancellation)
    {
        email = (email ?? "").Trim();
        try
        {
            CheckEmail(email);
            return await ToPaymentAsync(page, context, me, key, email, cancellation);
        }
        catch (AccessException mistake)
        {
            return await PageAsync(page, context, me, key, new BookingPageState(null, Refused.Of(page, mistake, ("email", email)), null, null), cancellation);
        }
    }

    // To the provider's page; to the booking's own where the provider is away, or there is nothing to pay any more.
    private static async Task<IResult> ToPaymentAsync(PageContext page, HttpContext context, SignedIn me, string key, string email, CancellationToken cancellation)
    {
        if (await context.RequestServices.GetRequiredService<BookingRegister>().PaymentOfAsync(key, me, cancellation) is not { } payment)
        {
            return await PageAsync(page, context, me, key, BookingPageState.Plain, cancellation);
        }

        if (!Message.IsAddress(email) || await context.RequestServices.GetRequiredService<PaymentBook>().StartAsync(payment, email, page.Language, me.Actor, cancellation) is not { } href)
        {
            return Results.LocalRedirect(page.Url(PathOf(key)) + "?told=away");
        }

        context.Response.Headers.Location = href.AbsoluteUri;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static void CheckEmail(string email)
    {
        if (!Message.IsAddress(email) || email.Length > LongestEmail)
        {
            throw new AccessException("email", "The payment provider needs an address, as name@example.org.", "spaces.error.email");
        }
    }

    // What is typed beside each thing; nothing where the page has no such fields.
    internal static IReadOnlyList<EquipmentUse>? EquipmentOf(HttpContext context)
    {
        var fields = context.Request.Form.Where(field => field.Key.StartsWith(EquipmentField, StringComparison.Ordinal)).ToList();
        return fields.Count == 0 ? null : [.. fields.Where(field => field.Value.ToString() is not ("" or "0")).Select(field => new EquipmentUse(field.Key[EquipmentField.Length..], Number(field.Value)))];
    }

    /// <summary>The name of the field for pieces of a thing.</summary>
    internal static string FieldOf(string equipment) => EquipmentField + equipment;

    // Nought where it is no number, which is refused.
    private static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static async Task<IResult> CancelAsync(PageContext page, HttpContext context, SignedIn me, BookingRegister register, string key, CancellationToken cancellation)
    {
        var held = await register.FindAsync(key, me, cancellation);
        return await register.CancelAsync(key, me, cancellation) switch
        {
            null => UiExtensions.Problem(page, StatusCodes.Status404NotFound),
            { Allowed: true } => held!.Booking.State == BookingState.Held
                ? Results.LocalRedirect(page.Url(SpaceEndpoints.PathOf(held.Booking.Space)))
                : Results.LocalRedirect(page.Url(PathOf(key)) + "?told=cancelled"),
            var change => await PageAsync(page, context, me, key, new BookingPageState(null, Refused.Nothing, null, change), cancellation),
        };
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, SignedIn me, string key, BookingPageState state, CancellationToken cancellation)
    {
        var calendar = context.RequestServices.GetRequiredService<SpaceCalendar>();
        var register = context.RequestServices.GetRequiredService<BookingRegister>();
        if (await register.FindAsync(key, me, cancellation) is not { } booking || calendar.Spaces?.Spaces.GetValueOrDefault(booking.Booking.Space) is not { } space)
        {
            return UiExtensions.Problem(page, StatusCodes.Status404NotFound);
        }

        var figures = await FigureReader.BindAsync(context);
        var groups = await context.RequestServices.GetRequiredService<GroupBook>().OfAsync(me.AgentId, cancellation);
        var group = groups.FirstOrDefault(each => each.Id == booking.GroupId);
        var paying = booking.AgentId == me.AgentId && booking.Online > 0 && (booking.Booking.State is BookingState.Held or BookingState.AwaitingPayment) && booking.Booking.Occupies(calendar.Now);
        return new RazorComponentResult<BookingPage>(new
        {
            Page = page,
            calendar.Spaces,
            Space = space,
            Kernel = calendar.Spaces.Tree.Space(space.Key),
            Booking = booking,
            Footprint = await figures.ValueAsync(SpaceEndpoints.FootprintOf(space), cancellation),
            State = state,
            Groups = groups.Where(each => each.Leads).ToList(),
            GroupName = group?.Name,
            MayChange = booking.AgentId == me.AgentId || group?.Leads == true,
            calendar.Now,
            Code = register.ShowsCode(booking) ? booking.Code : "",
            Refund = register.RefundOf(booking),
            Cancelling = register.CancellingOf(booking),
            Moving = register.MovingOf(booking, booking.Booking.Time, me),
            Email = paying ? await context.RequestServices.GetRequiredService<PaymentBook>().AddressOfAsync(me.AgentId, cancellation) : null,
            LacksProvider = register.LacksProvider(booking),
            // Not for others of a group: what somebody paid is theirs.
            Payments = booking.Online > 0 && booking.AgentId == me.AgentId ? [.. (await context.RequestServices.GetRequiredService<PaymentList>().OfSourceAsync(BookingRegister.SourceOf(key), cancellation)).Where(payment => payment.Payment.Paid is not null)] : Array.Empty<PaymentView>(),
            Nearest = booking.DisplacedBy is null ? null : await register.NearestAsync(booking, me, cancellation),
            Closure = booking.DisplacedBy is { } closure ? await register.ClosureAsync(closure, cancellation) : null,
        })
        {
            StatusCode = state.Refused.Errors.Count > 0 ? StatusCodes.Status400BadRequest : state.Outcome is null && state.Change is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict,
        };
    }

    private static async Task<IResult> CalendarAsync(PageContext page, SignedIn me, BookingRegister register, string key, CancellationToken cancellation) =>
        await register.CalendarFileAsync(key, me, page.Language, cancellation) is { } file
            ? Results.File(Encoding.UTF8.GetBytes(file), "text/calendar; charset=utf-8", $"kera-{key}.ics")
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
}

/// <summary>What the page of a booking has to say beside the booking.</summary>
/// <param name="Told">What was just done; null for nothing.</param>
/// <param name="Refused">What was entered and refused.</param>
/// <param name="Outcome">What the rules said when it was to be confirmed; null where nobody asked.</param>
/// <param name="Change">What the rules said when it was to be cancelled; null where nobody asked.</param>
public sealed record BookingPageState(string? Told, Refused Refused, BookingOutcome? Outcome, StateChange? Change)
{
    /// <summary>Nothing.</summary>
    public static BookingPageState Plain { get; } = new(null, Refused.Nothing, null, null);
}

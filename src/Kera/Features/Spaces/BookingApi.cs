using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A time to hold.</summary>
public record BookingFields
{
    /// <summary>The key of the space.</summary>
    public string? Space { get; init; }

    /// <summary>When it begins.</summary>
    public Instant? HasBeginning { get; init; }

    /// <summary>When it ends.</summary>
    public Instant? HasEnd { get; init; }

    /// <summary>How many come; left out, one.</summary>
    public int? People { get; init; }

    /// <summary>What equipment it takes, as <c>projector:1</c>.</summary>
    public IReadOnlyList<string>? Equipment { get; init; }
}

/// <summary>What is said with a booking when it is confirmed.</summary>
public sealed record BookingConfirmFields
{
    /// <summary>How many come.</summary>
    public int? People { get; init; }

    /// <summary>What for; the keeper reads it.</summary>
    public string? Purpose { get; init; }

    /// <summary>Why it is to cost nothing; then its keeper decides.</summary>
    public string? FreeReason { get; init; }

    /// <summary>The key of the group that it is for, which the token's person leads.</summary>
    public string? Group { get; init; }
}

/// <summary>Where a booking is moved.</summary>
public sealed record BookingMoveFields
{
    /// <summary>When it begins then; it stays as long as it was.</summary>
    public Instant? HasBeginning { get; init; }
}

/// <summary>A booking of the token's agent.</summary>
public sealed record BookingDocument : BookingFields
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary><c>held</c>, <c>awaitingPayment</c>, which its booker pays on its page, <c>awaitingHandling</c>, <c>confirmed</c>, <c>cancelled</c> or <c>denied</c>.</summary>
    public required string State { get; init; }

    /// <summary>How often it changed.</summary>
    public required int Sequence { get; init; }

    /// <summary>Until when a hold, or what is to be paid, keeps its time; left out for others.</summary>
    public Instant? HeldUntil { get; init; }

    /// <summary>The price in euros with tax.</summary>
    public required decimal Price { get; init; }

    /// <summary>What of it is not owed, or paid back.</summary>
    public required decimal Refund { get; init; }

    /// <summary>The door's code, while it is shown; left out where it is not.</summary>
    public string? Code { get; init; }

    /// <summary>Whether a closure takes its time, so that another is to be chosen.</summary>
    public required bool Displaced { get; init; }

    /// <summary>The keeper's words; left out where there are none.</summary>
    public string? Answer { get; init; }
}

/// <summary>Bookings for programs: those of the token's agent, by the same rules as on pages, and nobody else's.</summary>
internal static class BookingApi
{
    private const string Path = "/bookings";
    private const int MostPieces = 100;

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiExample("bookings", """{ "space": "court-1", "hasBeginning": "2026-11-25T16:00:00Z", "hasEnd": "2026-11-25T17:00:00Z", "people": 4, "equipment": ["padel-rackets:4"] }"""));
        services.AddSingleton(new ApiExample("bookings/{id}/confirm", """{ "people": 4, "purpose": "Padel" }"""));
        services.AddSingleton(new ApiExample("bookings/{id}/move", """{ "hasBeginning": "2026-11-26T16:00:00Z" }"""));
    }

    public static void MapBookings(this RouteGroupBuilder api)
    {
        api.MapGet(Path, ListAsync).RequireScope(Scopes.WriteBookings).Describes<IReadOnlyList<BookingDocument>>("Spaces", "Lists the bookings of the token's agent that have not ended, the next first");
        api.MapGet(Path + "/{id}", OneAsync).RequireScope(Scopes.WriteBookings).Describes<BookingDocument>("Spaces", "Gives a booking of the token's agent");
        api.MapPost(Path, HoldAsync).RequireScope(Scopes.WriteBookings).Accepts<BookingFields>("application/json").DescribesWriting<BookingDocument>("Spaces", "Holds a time for ten minutes; the same again while it holds gives the same");
        api.MapPut(Path + "/{id}/confirm", ConfirmAsync).RequireScope(Scopes.WriteBookings).Accepts<BookingConfirmFields>("application/json").DescribesWriting<BookingDocument>("Spaces", "Books what is held");
        api.MapPut(Path + "/{id}/move", MoveAsync).RequireScope(Scopes.WriteBookings).Accepts<BookingMoveFields>("application/json").DescribesWriting<BookingDocument>("Spaces", "Moves a booking to another time of its space");
        api.MapDelete(Path + "/{id}", CancelAsync).RequireScope(Scopes.WriteBookings).DescribesWriting<BookingDocument>("Spaces", "Cancels a booking, or gives a hold back");
    }

    /// <summary>The agent of a token: a person with what they are here, or an organisation for itself.</summary>
    internal static async Task<Booker> BookerAsync(HttpContext context)
    {
        var agent = await TokenAgent.OfAsync(context);
        return new Booker(agent.AgentId, agent.Actor, agent.Roles) { PaysOnline = agent.IsPerson };
    }

    private static async Task<IResult> ListAsync(HttpContext context, BookingRegister register, CancellationToken cancellation) =>
        new Answer((await register.ComingAsync((await BookerAsync(context)).AgentId, cancellation)).Select(booking => Document(register, booking)).ToList());

    private static async Task<IResult> OneAsync(string id, HttpContext context, BookingRegister register, CancellationToken cancellation) =>
        await register.FindAsync(id, await BookerAsync(context), cancellation) is { } booking ? new Answer(Document(register, booking)) : Problems.NotFound("booking", id);

    private static async Task<IResult> HoldAsync(HttpContext context, BookingRegister register, CancellationToken cancellation)
    {
        var (request, problem) = await RequestBody.ReadAsync(context, ["space", "hasBeginning", "hasEnd", "people", "equipment"], ["id", "state", "sequence", "price", "refund"], Request);
        if (problem is not null)
        {
            return problem;
        }

        var booker = await BookerAsync(context);
        if (await register.HeldAsync(request!, booker, cancellation) is { } held)
        {
            return new Answer(Document(register, held));
        }

        return await TryAsync(async () => await register.HoldAsync(request!, booker, cancellation) switch
        {
            { Booking: { } booking } => new Answer(Document(register, booking)) { Status = StatusCodes.Status201Created, Location = $"/api/v1/bookings/{booking.Key}" },
            var outcome => Refusal(outcome.Decision, outcome.Nearest),
        });
    }

    private static async Task<IResult> ConfirmAsync(string id, HttpContext context, BookingRegister register, CancellationToken cancellation)
    {
        var (details, problem) = await RequestBody.ReadAsync(context, ["people", "purpose", "freeReason", "group"], [], fields => new BookingDetails(People(fields) ?? 1, fields.Text("purpose") ?? "", fields.Text("freeReason") ?? "") { Group = fields.Text("group") ?? "" });
        if (problem is not null)
        {
            return problem;
        }

        var booker = await BookerAsync(context);
        return await TryAsync(async () => await register.ConfirmAsync(id, details!, booker, cancellation) switch
        {
            { Booking: { } booking } => new Answer(Document(register, booking)),
            { } outcome => Refusal(outcome.Decision, outcome.Nearest),
            // Sent again, it is booked once.
            null => await register.FindAsync(id, booker, cancellation) is { Booking.State: not (BookingState.Held or BookingState.Cancelled or BookingState.Denied) } booked ? new Answer(Document(register, booked)) : Problems.NotFound("hold", id),
        });
    }

    private static async Task<IResult> MoveAsync(string id, HttpContext context, BookingRegister register, CancellationToken cancellation)
    {
        var (moved, problem) = await RequestBody.ReadAsync(context, ["hasBeginning"], [], fields =>
        {
            var begin = fields.Moment("hasBeginning");
            fields.Refuse(begin is null ? new MissingField("hasBeginning") : null);
            return new BookingMoveFields { HasBeginning = begin };
        });
        if (problem is not null)
        {
            return problem;
        }

        var (booker, begin) = (await BookerAsync(context), moved!.HasBeginning!.Value);
        if (await register.FindAsync(id, booker, cancellation) is not { } booking)
        {
            return Problems.NotFound("booking", id);
        }

        if (booking.Booking.Time.Start == begin && booking.DisplacedBy is null)
        {
            return new Answer(Document(register, booking));
        }

        return await register.MoveAsync(id, new Interval(begin, begin + booking.Booking.Time.Duration), booker, cancellation) switch
        {
            { Booking: { } changed } => new Answer(Document(register, changed)),
            { Change.Allowed: false, Change: var change } => Refusal(change),
            { Decision: { } decision, Nearest: var nearest } => Refusal(decision, nearest),
            _ => Problems.NotFound("booking", id),
        };
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, BookingRegister register, CancellationToken cancellation)
    {
        var booker = await BookerAsync(context);
        if (await register.FindAsync(id, booker, cancellation) is { Booking.State: BookingState.Cancelled } gone)
        {
            return new Answer(Document(register, gone));
        }

        return await register.CancelAsync(id, booker, cancellation) switch
        {
            null => Problems.NotFound("booking", id),
            { Allowed: true } => new Answer(Document(register, (await register.FindAsync(id, booker, cancellation))!)),
            var change => Refusal(change),
        };
    }

    /// <summary>What a mistake in what was said is to a program.</summary>
    internal static async Task<IResult> TryAsync(Func<Task<IResult>> work)
    {
        try
        {
            return await work();
        }
        catch (AccessException mistake)
        {
            return Problems.Of(new WrongText(mistake.Field, mistake.Message));
        }
    }

    /// <summary>Each rule that says no, with what may be booked instead.</summary>
    private static IResult Refusal(BookingDecision decision, NearestTimes? nearest) => TypedResults.Problem(
        $"The time may not be booked: {string.Join(", ", decision.Refusals.Select(refusal => BookingWords.Of(refusal.Code)))}.",
        statusCode: StatusCodes.Status409Conflict,
        title: Problems.Title("NotBookable"),
        type: Problems.TypePrefix + "NotBookable",
        extensions:
        [
            new("code", "NotBookable"),
            new("rules", decision.Refusals.Select(refusal => BookingWords.Of(refusal.Code)).ToList()),
            new("nearest", Times(nearest).Select(time => new { HasBeginning = time.Start.ToString(), HasEnd = time.End.ToString() }).ToList()),
        ]);

    /// <summary>What is nearest, the earlier first.</summary>
    internal static IEnumerable<Interval> Times(NearestTimes? nearest) => new[] { nearest?.Before, nearest?.After, nearest?.OtherDuration }.OfType<Interval>();

    private static IResult Refusal(StateChange change) => TypedResults.Problem(
        $"The booking stays as it is: {string.Join(", ", change.Refusals.Select(refusal => BookingWords.Of(refusal.Code)))}.",
        statusCode: StatusCodes.Status409Conflict,
        title: Problems.Title("BookingStays"),
        type: Problems.TypePrefix + "BookingStays",
        extensions: [new("code", "BookingStays"), new("rules", change.Refusals.Select(refusal => BookingWords.Of(refusal.Code)).ToList())]);

    private static BookingRequest Request(JsonFields fields)
    {
        var space = fields.RequiredText("space");
        var (begin, end) = (fields.Moment("hasBeginning"), fields.Moment("hasEnd"));
        fields.Refuse(begin is null ? new MissingField("hasBeginning") : end is null ? new MissingField("hasEnd") : end <= begin ? new WrongText("hasEnd", "'hasEnd' is not after 'hasBeginning'.") : null);
        var equipment = Equipment(fields);
        var people = People(fields) ?? 1;
        return fields.Refusal is not null
            ? new BookingRequest(space, new Interval(Instant.FromUnixTimeSeconds(0), Instant.FromUnixTimeSeconds(1)))
            : new BookingRequest(space, new Interval(begin!.Value, end!.Value)) { People = people, Equipment = equipment };
    }

    /// <summary>What equipment is wished; nothing where it is left out or refused.</summary>
    internal static IReadOnlyList<EquipmentUse> Equipment(JsonFields fields)
    {
        var uses = fields.Texts("equipment", MostPieces).Select(text => text.Split(':')).ToList();
        var fits = uses.TrueForAll(parts => parts is [{ Length: > 0 }, var pieces] && int.TryParse(pieces, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0);
        fields.Refuse(fits ? null : new WrongShape(fields.PathOf("equipment"), "a list of keys with pieces, as [\"projector:1\"]"));
        return fits ? [.. uses.Select(parts => new EquipmentUse(parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture)))] : [];
    }

    /// <summary>How many come; null where it is left out.</summary>
    internal static int? People(JsonFields fields)
    {
        if (!fields.Has("people"))
        {
            return null;
        }

        var people = fields.Amount("people")?.ToDecimal();
        fields.Refuse(people is null || (people >= 1 && people <= 100_000 && decimal.IsInteger(people.Value)) ? null : new WrongShape("people", "a whole number from 1"));
        return fields.Refusal is null ? (int)people!.Value : null;
    }

    /// <summary>A booking as programs read it.</summary>
    internal static BookingDocument Document(BookingRegister register, BookingView booking) => new()
    {
        Id = booking.Key,
        Space = booking.Booking.Space,
        HasBeginning = booking.Booking.Time.Start,
        HasEnd = booking.Booking.Time.End,
        People = booking.People,
        Equipment = booking.Booking.Equipment.Count == 0 ? null : [.. booking.Booking.Equipment.Select(use => string.Create(CultureInfo.InvariantCulture, $"{use.Equipment}:{use.Pieces}"))],
        State = BookingWords.Of(booking.Booking.State),
        Sequence = booking.Sequence,
        HeldUntil = booking.Booking.State is BookingState.Held or BookingState.AwaitingPayment ? booking.Booking.HeldUntil : null,
        Price = booking.Gross,
        Refund = booking.Refund,
        Code = register.ShowsCode(booking) ? booking.Code : null,
        Displaced = booking.DisplacedBy is not null,
        Answer = booking.Answer.Length == 0 ? null : booking.Answer,
    };
}

using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A name in each language.</summary>
public sealed record SpaceNameDocument(string Fi, string Sv, string En);

/// <summary>A space that can be booked.</summary>
public sealed record SpaceDocument
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Its name by language.</summary>
    public required SpaceNameDocument Name { get; init; }

    /// <summary>The key of its place.</summary>
    public required string Place { get; init; }

    /// <summary>The agent that keeps it.</summary>
    public required string Keeper { get; init; }

    /// <summary>The space that it is a part of; left out for none.</summary>
    public string? Parent { get; init; }

    /// <summary>Whether it is booked itself, and not only its parts.</summary>
    public required bool Bookable { get; init; }

    /// <summary>How many people it holds; left out where nobody says.</summary>
    public int? Capacity { get; init; }

    /// <summary>Whether it is reached without a step; left out where nobody says.</summary>
    public bool? StepFree { get; init; }

    /// <summary>Keys of what it has.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>Keys of equipment that can be booked with it.</summary>
    public required IReadOnlyList<string> Equipment { get; init; }
}

/// <summary>A free time of a space.</summary>
/// <param name="Space">The space.</param>
/// <param name="HasBeginning">When it begins.</param>
/// <param name="HasEnd">When it ends.</param>
/// <param name="Price">What it costs in euros with tax, for whoever asks.</param>
public sealed record FreeTimeDocument(string Space, Instant HasBeginning, Instant HasEnd, decimal Price);

/// <summary>A time of a space that is taken, for a display at its door; by whom is not told.</summary>
/// <param name="HasBeginning">When it begins.</param>
/// <param name="HasEnd">When it ends.</param>
/// <param name="State"><c>confirmed</c>, <c>awaitingHandling</c>, or <c>closed</c>.</param>
/// <param name="Reason">Why it is closed; left out where it is not.</param>
public sealed record TakenTimeDocument(Instant HasBeginning, Instant HasEnd, string State, string? Reason = null);

/// <summary>Spaces for programs: what there is and what is free, for everyone.</summary>
internal static class SpaceApi
{
    private const int WeeksAhead = 4;
    private static readonly string[] WishNames = ["day", "minutes", "people", "feature", "stepFree"];

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("day", "The day, as 2026-11-25; left out, today.", "2026-11-25"));
        services.AddSingleton(new ApiParameter("minutes", "How long; left out, as long as the space is booked for at least.", 60));
        services.AddSingleton(new ApiParameter("people", "How many come; left out, one.", 4));
        services.AddSingleton(new ApiParameter("feature", "The key of what the space has.", "ramps"));
        services.AddSingleton(new ApiParameter("stepFree", "true for what is reached without a step.", "true"));
    }

    public static void MapSpaces(this RouteGroupBuilder api)
    {
        api.MapGet("/spaces", (SpaceCalendar calendar) => new Answer(Published(calendar).Select(space => Document(calendar, space)).ToList()))
            .Describes<IReadOnlyList<SpaceDocument>>("Spaces", "Lists the spaces");
        api.MapGet("/spaces/free", SearchAsync).Takes(WishNames).Describes<IReadOnlyList<FreeTimeDocument>>("Spaces", "Finds the first free time of each space from a day on, within four weeks, the soonest first");
        api.MapGet("/spaces/{id}/free", FreeAsync).Takes("day", "minutes", "people").Describes<IReadOnlyList<FreeTimeDocument>>("Spaces", "Lists the free times of a space on a day");
        api.MapGet("/spaces/{id}/taken", TakenAsync).Takes("day").Describes<IReadOnlyList<TakenTimeDocument>>("Spaces", "Lists what of a space is taken on a day, for a display at its door; not by whom");
    }

    // What is free and what it costs depends on who asks; without a token, as for anybody whom the rules know.
    private static async Task<Booker?> BookerOf(HttpContext context) =>
        context.User.Identity is { IsAuthenticated: true } ? await BookingApi.BookerAsync(context) : null;

    private static async Task<IResult> SearchAsync(HttpContext context, SpaceCalendar calendar, BookingRegister register, CancellationToken cancellation)
    {
        if (WishOf(context, calendar) is not { } wish)
        {
            return Unread;
        }

        var found = await register.FirstFreeAsync(wish, WeeksAhead, await BookerOf(context), null, cancellation);
        return new Answer(found.Where(each => each.First is not null).Select(each => new FreeTimeDocument(each.Space.Key, each.First!.Value.Start, each.First.Value.End, each.Price!.Gross)).ToList());
    }

    private static async Task<IResult> FreeAsync(string id, HttpContext context, SpaceCalendar calendar, BookingRegister register, CancellationToken cancellation)
    {
        if (Find(calendar, id) is not { Bookable: true } space)
        {
            return Problems.NotFound("space to book", id);
        }

        if (WishOf(context, calendar) is not { } wish)
        {
            return Unread;
        }

        var booker = await BookerOf(context);
        var length = SpaceEndpoints.LengthOf(calendar.Spaces!.Tree.Space(id), wish);
        var book = await calendar.ReadAsync([id], wish.Day, wish.Day, booker?.AgentId, cancellation);
        var asker = calendar.AskerOf(booker, space);
        var starts = OfferedStarts.Of(book, id, new StartWish(wish.Day, wish.Day) { Duration = length, People = wish.People }, asker, calendar.Now).Starts;
        return new Answer(starts.Select(start => new FreeTimeDocument(id, start, start + length, register.PriceOf(new BookingRequest(id, new Interval(start, start + length)), asker).Gross)).ToList());
    }

    private static async Task<IResult> TakenAsync(string id, HttpContext context, SpaceCalendar calendar, CancellationToken cancellation)
    {
        if (Find(calendar, id) is null)
        {
            return Problems.NotFound("space", id);
        }

        return WishOf(context, calendar) is not { } wish ? Unread
            : new Answer((await calendar.TakenAsync(id, wish.Day, cancellation)).Select(booking => new TakenTimeDocument(
                booking.Booking.Time.Start,
                booking.Booking.Time.End,
                booking.Booking.Kind == BookingKind.Block ? "closed" : BookingWords.Of(booking.Booking.State),
                booking.Booking.Kind == BookingKind.Block ? BookingWords.Of(booking.Reason) : null)).ToList());
    }

    private static IResult Unread => Problems.OfQuery(new WrongParameter("day", "is a day as 2026-11-25; 'minutes' and 'people' are whole numbers from 1."));

    private static SpaceWish? WishOf(HttpContext context, SpaceCalendar calendar)
    {
        var query = context.Request.Query;
        return SpaceEndpoints.Wish(calendar, query["day"], query["minutes"], query["people"], query["stepFree"], query["feature"]);
    }

    private static IEnumerable<DistrictSpace> Published(SpaceCalendar calendar) => (calendar.Spaces?.Spaces.Values ?? []).Where(calendar.IsPublished);

    private static DistrictSpace? Find(SpaceCalendar calendar, string id) => calendar.Spaces?.Spaces.GetValueOrDefault(id) is { } space && calendar.IsPublished(space) ? space : null;

    private static SpaceDocument Document(SpaceCalendar calendar, DistrictSpace space) => new()
    {
        Id = space.Key,
        Name = new SpaceNameDocument(Texts.WithoutSoftHyphens(space.Name.Fi), Texts.WithoutSoftHyphens(space.Name.Sv), Texts.WithoutSoftHyphens(space.Name.En)),
        Place = space.Place,
        Keeper = space.Keeper,
        Parent = calendar.Spaces!.Tree.Ancestors(space.Key) is [var parent, ..] ? parent.Key : null,
        Bookable = space.Bookable,
        Capacity = calendar.Spaces.Tree.Space(space.Key).Capacity,
        StepFree = space.StepFree,
        Features = space.Features,
        Equipment = space.Equipment,
    };
}

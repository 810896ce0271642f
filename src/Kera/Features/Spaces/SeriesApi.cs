using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A wish to book each week.</summary>
public record SeriesFields
{
    /// <summary>The key of the space.</summary>
    public required string Space { get; init; }

    /// <summary>The first day.</summary>
    public required string FirstDay { get; init; }

    /// <summary>The last day, two years after it at most.</summary>
    public required string LastDay { get; init; }

    /// <summary>The days of the week, 1 for Monday to 7 for Sunday.</summary>
    public required IReadOnlyList<int> Days { get; init; }

    /// <summary>Every how many weeks; left out, each.</summary>
    public int? Weeks { get; init; }

    /// <summary>When it begins, in the district's time, as 18:00.</summary>
    public required string Begin { get; init; }

    /// <summary>How long it lasts.</summary>
    public required int Minutes { get; init; }

    /// <summary>How many come; left out, one.</summary>
    public int? People { get; init; }

    /// <summary>What for; the keeper reads it.</summary>
    public string? Purpose { get; init; }

    /// <summary>The key of the group that it is for, which the token's person leads.</summary>
    public string? Group { get; init; }

    /// <summary>The seal of the offer that is booked; left out to ask for an offer.</summary>
    public string? Seal { get; init; }
}

/// <summary>A date of an offer.</summary>
public sealed record SeriesDateDocument
{
    /// <summary>When it would begin.</summary>
    public required Instant HasBeginning { get; init; }

    /// <summary>When it would end.</summary>
    public required Instant HasEnd { get; init; }

    /// <summary>The state that its booking would have; left out where it is refused.</summary>
    public string? State { get; init; }

    /// <summary>Its price in euros with tax.</summary>
    public required decimal Price { get; init; }

    /// <summary>The rules that say no; left out where it may be booked.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>What may be booked near it instead; left out where it may be booked, or where nothing near would help.</summary>
    public IReadOnlyList<SeriesTimeDocument>? Nearest { get; init; }
}

/// <summary>A time.</summary>
/// <param name="HasBeginning">When it begins.</param>
/// <param name="HasEnd">When it ends.</param>
public sealed record SeriesTimeDocument(Instant HasBeginning, Instant HasEnd);

/// <summary>What would come of a series.</summary>
/// <param name="Seal">Sent back, it books just these dates at these prices, or nothing.</param>
/// <param name="Price">What the accepted dates cost together.</param>
/// <param name="Dates">Each date.</param>
public sealed record SeriesOfferDocument(string Seal, decimal Price, IReadOnlyList<SeriesDateDocument> Dates);

/// <summary>A series that was booked.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Space">The key of its space.</param>
/// <param name="Bookings">Its bookings, in the order of time.</param>
public sealed record SeriesDocument(string Id, string Space, IReadOnlyList<BookingDocument> Bookings);

/// <summary>What became of cancelling.</summary>
/// <param name="Cancelled">The keys of the bookings that are cancelled.</param>
/// <param name="Kept">The keys of those that a rule keeps.</param>
public sealed record SeriesCancellationDocument(IReadOnlyList<string> Cancelled, IReadOnlyList<string> Kept);

/// <summary>Series of bookings for programs: an offer date by date, booked whole by its seal, cancelled one, following or all.</summary>
internal static class SeriesApi
{
    private const string Path = "/bookings/series";
    private const int MostDays = 7;
    private static readonly string[] s_fields = ["space", "firstDay", "lastDay", "days", "weeks", "begin", "minutes", "people", "purpose", "group", "seal"];
    private static readonly LocalTimePattern s_time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("booking", "The key of a booking of the series.", "k7qm2fhx9tbd4wzr"));
        services.AddSingleton(new ApiParameter("scope", "What is cancelled: one, following (it and all after it) or all.", "following"));
        foreach (var (path, seal) in new[] { (Path, """, "seal": "5f2a90c1d3e4b6a7" """), (Path + "/offers", "") })
        {
            services.AddSingleton(new ApiExample(path[1..], $$"""{ "space": "court-1", "firstDay": "2026-12-01", "lastDay": "2027-02-28", "days": [2], "begin": "18:00", "minutes": 60, "people": 4{{seal}}}"""));
        }
    }

    public static void MapSeries(this RouteGroupBuilder api)
    {
        api.MapPost(Path + "/offers", OfferAsync).RequireScope(Scopes.WriteBookings).Accepts<SeriesFields>("application/json").DescribesWriting<SeriesOfferDocument>("Spaces", "Tells date by date what would come of booking each week; books nothing");
        api.MapPost(Path, BookAsync).RequireScope(Scopes.WriteBookings).Accepts<SeriesFields>("application/json").DescribesWriting<SeriesDocument>("Spaces", "Books the dates of an offer by its seal: all of them at its prices, or nothing");
        api.MapGet(Path + "/{id}", OneAsync).RequireScope(Scopes.WriteBookings).Describes<SeriesDocument>("Spaces", "Gives a series of the token's agent, or of one of their groups");
        api.MapDelete(Path + "/{id}", CancelAsync).RequireScope(Scopes.WriteBookings).Takes("booking", "scope").DescribesWriting<SeriesCancellationDocument>("Spaces", "Cancels one booking of a series, it and the following, or all");
    }

    private static async Task<IResult> OfferAsync(HttpContext context, SeriesRegister register, CancellationToken cancellation)
    {
        var (wish, problem) = await ReadAsync(context);
        return problem ?? await BookingApi.TryAsync(async () => new Answer(Document(await register.OfferAsync(wish!.Wish, await BookingApi.BookerAsync(context), cancellation))));
    }

    private static async Task<IResult> BookAsync(HttpContext context, SeriesRegister register, CancellationToken cancellation)
    {
        var (wish, problem) = await ReadAsync(context);
        if (problem is not null)
        {
            return problem;
        }

        var booker = await BookingApi.BookerAsync(context);
        return await BookingApi.TryAsync(async () => await register.BookAsync(wish!.Wish, wish.Seal, booker, cancellation) switch
        {
            { Key: { } key } => new Answer((await DocumentAsync(context, register, key, booker, cancellation))!) { Status = StatusCodes.Status201Created, Location = $"/api/v1{Path}/{key}" },
            _ => Problems.Of(StatusCodes.Status409Conflict, "OfferChanged", "What may be booked is not what the seal stands for, or nothing may be. Ask for an offer again and send its seal."),
        });
    }

    private static async Task<IResult> OneAsync(string id, HttpContext context, SeriesRegister register, CancellationToken cancellation) =>
        await DocumentAsync(context, register, id, await BookingApi.BookerAsync(context), cancellation) is { } series ? new Answer(series) : Problems.NotFound("series", id);

    private static async Task<IResult> CancelAsync(string id, HttpContext context, SeriesRegister register, CancellationToken cancellation)
    {
        if (!Enum.TryParse<SeriesScope>(context.Request.Query["scope"], ignoreCase: true, out var scope) || !Enum.IsDefined(scope))
        {
            return Problems.OfQuery(new WrongParameter("scope", "is one, following or all."));
        }

        var booking = context.Request.Query["booking"].ToString();
        return await register.CancelAsync(id, booking, scope, await BookingApi.BookerAsync(context), cancellation) is { } change
            ? new Answer(new SeriesCancellationDocument([.. change.Cancelled.Select(each => each.Id)], [.. change.Kept.Select(each => each.Booking.Id)]))
            : Problems.NotFound("booking of the series", booking);
    }

    private static Task<(SealedWish? Value, IResult? Problem)> ReadAsync(HttpContext context) =>
        RequestBody.ReadAsync(context, s_fields, [], fields => new SealedWish(WishOf(fields), fields.Text("seal") ?? ""));

    // Of what is left out or no number the register says what would be right.
    private static SeriesWish WishOf(JsonFields fields) => new(
        fields.RequiredText("space"),
        Day(fields, "firstDay"),
        Day(fields, "lastDay"),
        Days(fields),
        fields.Has("weeks") ? RoundApi.Whole(fields, "weeks") : 1,
        Begin(fields),
        RoundApi.Whole(fields, "minutes"),
        BookingKind.Normal,
        new BookingDetails(BookingApi.People(fields) ?? 1, fields.Text("purpose") ?? "", "") { Group = fields.Text("group") ?? "" });

    private static LocalDate Day(JsonFields fields, string name)
    {
        var parsed = LocalDatePattern.Iso.Parse(fields.RequiredText(name));
        fields.Refuse(parsed is { Success: true, Value.Year: >= 2000 and <= 2200 } ? null : new WrongShape(name, "a day, as \"2026-12-01\""));
        return parsed.Success ? parsed.Value : default;
    }

    private static LocalTime Begin(JsonFields fields)
    {
        var parsed = s_time.Parse(fields.RequiredText("begin"));
        fields.Refuse(parsed.Success ? null : new WrongShape("begin", "a time of the day, as \"18:00\""));
        return parsed.Success ? parsed.Value : default;
    }

    private static Weekdays Days(JsonFields fields)
    {
        var days = fields.Raw("days") is { ValueKind: System.Text.Json.JsonValueKind.Array } list
            ? list.EnumerateArray().Take(MostDays).Select(each => each.ValueKind == System.Text.Json.JsonValueKind.Number && each.TryGetInt32(out var number) ? number : 0).ToList()
            : [0];
        var fits = days.TrueForAll(day => day is >= 1 and <= MostDays);
        fields.Refuse(fits ? null : new WrongShape("days", "a list of weekdays from 1 for Monday to 7 for Sunday, as [2, 4]"));
        return fits ? days.Aggregate(Weekdays.None, (all, day) => all | WeekdaySets.Of((IsoDayOfWeek)day)) : Weekdays.None;
    }

    private static async Task<SeriesDocument?> DocumentAsync(HttpContext context, SeriesRegister register, string key, Booker booker, CancellationToken cancellation)
    {
        var bookings = context.RequestServices.GetRequiredService<BookingRegister>();
        return await register.FindAsync(key, booker, cancellation) is { } series
            ? new SeriesDocument(series.Key, series.Space, [.. series.Bookings.Select(booking => BookingApi.Document(bookings, booking))])
            : null;
    }

    private static SeriesOfferDocument Document(SeriesOffer offer) => new(offer.Seal, offer.Gross, [.. offer.Dates.Select(date => new SeriesDateDocument
    {
        HasBeginning = date.Occurrence.Time.Start,
        HasEnd = date.Occurrence.Time.End,
        State = date.State is { } state ? BookingWords.Of(state) : null,
        Price = date.Gross,
        Rules = date.State is not null ? null : [.. date.Occurrence.Decision.Refusals.Select(refusal => BookingWords.Of(refusal.Code))],
        Nearest = date.Nearest is null ? null : [.. BookingApi.Times(date.Nearest).Select(time => new SeriesTimeDocument(time.Start, time.End))],
    })]);

    private sealed record SealedWish(SeriesWish Wish, string Seal);
}

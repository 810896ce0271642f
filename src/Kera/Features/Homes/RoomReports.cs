using System.Text.Json;
using System.Text.Json.Serialization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Requests;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>How a room is.</summary>
public enum RoomFeeling
{
    TooCold,
    TooWarm,
}

/// <summary>What the reporter's thermometer said when they reported, in °C.</summary>
/// <param name="At">When it said the newest.</param>
/// <param name="Newest">The newest.</param>
/// <param name="Lowest">The lowest since the day that the report names.</param>
/// <param name="Highest">The highest.</param>
public sealed record MeasuredRoom(string At, decimal Newest, decimal Lowest, decimal Highest);

/// <summary>What a report says beside its words.</summary>
/// <param name="Place">The key of the building's place.</param>
/// <param name="Door">Which home of it; empty where unsaid.</param>
/// <param name="Room">The room.</param>
/// <param name="Since">Since when, as a day.</param>
/// <param name="Measured">What was measured there; null where nothing is.</param>
public sealed record RoomReport(string Place, string Door, HomeRoom Room, string Since, MeasuredRoom? Measured);

/// <summary>A report with what became of it.</summary>
public sealed record HeldReport(RequestView Request, RoomReport Report);

/// <summary>
/// Reports of rooms that are too cold or too warm. They are requests whose holder is who keeps the building, so that the reporter
/// sees who has it and by when it is answered, and nobody but the two reads it.
/// </summary>
public sealed class RoomReports(RequestBook requests, DistrictInForce district, IClock clock)
{
    // More than anybody has rooms; who writes without end is told to wait for an answer.
    private const int MostOpen = 10;
    private const int LongestDoor = 40;
    private const int OldestDays = 366;

    private static readonly JsonSerializerOptions Written = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>The kinds of request that reports are, as the store names them.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Enum.GetValues<RoomFeeling>().Select(WordOf)];

    /// <summary>The word of a feeling in the store and in forms.</summary>
    public static string WordOf(RoomFeeling feeling) => JsonNamingPolicy.CamelCase.ConvertName(feeling.ToString());

    /// <summary>The buildings that an agent keeps.</summary>
    public IReadOnlyList<DistrictBuilding> KeptBy(string agent) => [.. (district.Model?.Buildings?.Buildings.Values ?? []).Where(building => building.Keeper == agent)];

    /// <summary>Reports a room.</summary>
    /// <param name="feeling">How it is.</param>
    /// <param name="report">What is reported.</param>
    /// <param name="words">In the reporter's own words; empty for none.</param>
    /// <param name="otherwise">What stands where there are no words.</param>
    /// <param name="agentId">Who reports; null for somebody on paper.</param>
    /// <param name="language">Of the reporter.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">The building has no keeper, the day is none, or something is too long or too much.</exception>
    public async Task<IssuedRequest> ReportAsync(RoomFeeling feeling, RoomReport report, string words, string otherwise, int? agentId, string language, Actor actor, CancellationToken cancellation)
    {
        if (district.Model?.Buildings?.Buildings.GetValueOrDefault(report.Place) is not { } building)
        {
            throw new AccessException("place", "Choose the building.", "homes.error.place");
        }

        if (report.Door.Length > LongestDoor || report.Door.Any(char.IsControl))
        {
            throw new AccessException("door", "Write at most 40 characters.", "homes.error.door");
        }

        if (agentId is { } person && (await OfPersonAsync(person, cancellation)).Count(held => held.Request.Answered is null) >= MostOpen)
        {
            throw new AccessException("room", "Ten of your reports wait for an answer.", "homes.error.many");
        }

        return await requests.AskAsync(
            new HeldRequest(WordOf(feeling), HolderOf(building.Keeper), building.AnswersWithin, agentId, language, string.IsNullOrWhiteSpace(words) ? otherwise : words, JsonSerializer.Serialize(report, Written)),
            actor,
            cancellation);
    }

    /// <summary>Reads a day since when a room is as it is: not in the future, and not more than a year ago.</summary>
    /// <exception cref="AccessException">It is no such day.</exception>
    public LocalDate Since(string? text)
    {
        var today = clock.GetCurrentInstant().InZone(district.Zone).Date;
        return LocalDatePattern.Iso.Parse(text ?? "") is { Success: true, Value: var day } && day <= today && day >= today.PlusDays(-OldestDays)
            ? day
            : throw new AccessException("since", "Choose a day of the last year, today at the latest.", "homes.error.since");
    }

    /// <summary>A person's own reports, the newest first.</summary>
    public async Task<IReadOnlyList<HeldReport>> OfPersonAsync(int agentId, CancellationToken cancellation) => Reports(await requests.OfPersonAsync(agentId, cancellation));

    /// <summary>What a keeper has to answer, the most urgent first, or has answered, the newest first.</summary>
    public async Task<IReadOnlyList<HeldReport>> OfKeeperAsync(string agent, bool answered, int limit, int skip, CancellationToken cancellation) =>
        Reports(await requests.OfOfficesAsync([HolderOf(agent)], answered, limit, skip, Kinds, cancellation));

    /// <summary>How many a keeper has to answer.</summary>
    public Task<int> CountOpenAsync(string agent, CancellationToken cancellation) => requests.CountOpenAsync([HolderOf(agent)], Kinds, cancellation);

    /// <summary>Somebody of the keeper takes it on.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or answered.</exception>
    public Task TakeAsync(int request, string agent, int byId, Actor actor, CancellationToken cancellation) => requests.TakeAsync(request, [HolderOf(agent)], byId, actor, Kinds, cancellation);

    /// <summary>Answers, which closes it; the reporter is told.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or answered, or the answer is missing or too long.</exception>
    public Task AnswerAsync(int request, string agent, string answer, Actor actor, CancellationToken cancellation) => requests.AnswerAsync(request, [HolderOf(agent)], answer, actor, null, Kinds, cancellation);

    private static RoleGrant HolderOf(string agent) => new(Role.Partner, agent);

    private static List<HeldReport> Reports(IReadOnlyList<RequestView> views) =>
        [.. views.Where(view => Kinds.Contains(view.Kind)).Select(view => new HeldReport(view, JsonSerializer.Deserialize<RoomReport>(view.Details, Written)!))];
}

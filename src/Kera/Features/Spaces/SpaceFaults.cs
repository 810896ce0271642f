using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Requests;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A report that something is broken, with what became of it.</summary>
/// <param name="Request">The request that it is.</param>
/// <param name="Space">The key of the space.</param>
public sealed record SpaceFault(RequestView Request, string Space);

/// <summary>
/// Reports that something of a space is broken. They are requests whose holder is who keeps the space, so that whoever reports sees who has it
/// and by when it is answered.
/// </summary>
public sealed class SpaceFaults(RequestBook requests, BookingRegister register, SpaceCalendar calendar, DateTimeZone zone)
{
    private const int AnswerDays = 3;
    private const int MostOpen = 5;
    private const int MostListed = 100;

    /// <summary>The word of the kind in the store.</summary>
    public static string Kind => "spaceFault";

    /// <summary>Reports something.</summary>
    /// <exception cref="AccessException">There is no such space, or it says nothing, or too many wait already.</exception>
    public async Task<IssuedRequest> ReportAsync(string space, string words, SignedIn me, Language language, CancellationToken cancellation)
    {
        if (calendar.Spaces?.Spaces.GetValueOrDefault(space) is not { } found)
        {
            throw new AccessException("space", $"There is no space '{space}'.", "spaces.error.space");
        }

        if ((await requests.OfPersonAsync(me.AgentId, cancellation)).Count(request => request.Kind == Kind && request.Answered is null) >= MostOpen)
        {
            throw new AccessException("words", "Five of your reports wait for an answer.", "spaces.error.faults");
        }

        return await requests.AskAsync(new HeldRequest(Kind, HolderOf(found.Keeper), AnswerDays, me.AgentId, language.Code, words, JsonSerializer.Serialize(new Details(space), JsonSerializerOptions.Web)), me.Actor, cancellation);
    }

    /// <summary>What a keeper has to answer, the most urgent first.</summary>
    public async Task<IReadOnlyList<SpaceFault>> OpenAsync(string keeper, CancellationToken cancellation) =>
        [.. (await requests.OfOfficesAsync([HolderOf(keeper)], answered: false, MostListed, only: [Kind], cancellation: cancellation)).Select(request => new SpaceFault(request, JsonSerializer.Deserialize<Details>(request.Details, JsonSerializerOptions.Web)!.Space))];

    /// <summary>How many a keeper has to answer.</summary>
    public Task<int> CountOpenAsync(string keeper, CancellationToken cancellation) => requests.CountOpenAsync([HolderOf(keeper)], [Kind], cancellation);

    /// <summary>Answers a report.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or answered, or the answer is missing or too long.</exception>
    public Task AnswerAsync(int request, string keeper, string answer, Actor actor, CancellationToken cancellation) => requests.AnswerAsync(request, [HolderOf(keeper)], answer, actor, null, [Kind], cancellation);

    /// <summary>Closes the space of a report until the end of a day, and says so to whoever reported.</summary>
    /// <exception cref="AccessException">It is not with the keeper, or the day is none.</exception>
    public async Task CloseAsync(SpaceFault fault, ClosureRequest closure, string keeper, Actor actor, CancellationToken cancellation)
    {
        await register.CloseAsync(closure, keeper, actor, cancellation);
        var language = Language.TryFind(fault.Request.Language, out var found) ? found : Language.Finnish;
        await AnswerAsync(fault.Request.Id, keeper, Texts.WithoutSoftHyphens(Texts.For(language).Format("spaces.fault.closed", ("until", new Formats(language, zone).Moment(closure.Time.End)))), actor, cancellation);
    }

    private static RoleGrant HolderOf(string keeper) => new(Role.Partner, keeper);

    private sealed record Details(string Space);
}

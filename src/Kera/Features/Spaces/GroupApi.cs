using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Groups;

namespace Kera.Features.Spaces;

/// <summary>A group to be made.</summary>
public record GroupFields
{
    /// <summary>What its people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The key of its kind.</summary>
    public required string Kind { get; init; }
}

/// <summary>A group of the token's person.</summary>
public sealed record GroupDocument : GroupFields
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the person leads it.</summary>
    public required bool Leads { get; init; }

    /// <summary>How many people are in it.</summary>
    public required int People { get; init; }
}

/// <summary>Into which group somebody is invited.</summary>
public sealed record GroupCodeFields
{
    /// <summary>The key of the group, which the token's person leads.</summary>
    public required string Group { get; init; }
}

/// <summary>A code by which one person joins.</summary>
/// <param name="Code">The code; told this once.</param>
/// <param name="Expires">Until when it can be used.</param>
public sealed record GroupCodeDocument(string Code, NodaTime.Instant Expires);

/// <summary>A code to join by.</summary>
public sealed record GroupJoinFields
{
    /// <summary>The code, as <c>K7QM-2FHX-9TBD</c>.</summary>
    public required string Code { get; init; }
}

/// <summary>The groups of the token's person, for programs. Nobody's name is told.</summary>
internal static class GroupApi
{
    private const string Path = "/groups";

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiExample("groups", """{ "name": "Thursday players", "kind": "friends" }"""));
        services.AddSingleton(new ApiExample("groups/codes", """{ "group": "k7qm2fhx9tbd" }"""));
        services.AddSingleton(new ApiExample("groups/join", """{ "code": "K7QM-2FHX-9TBD" }"""));
    }

    public static void MapGroups(this RouteGroupBuilder api)
    {
        api.MapGet(Path, ListAsync).RequireScope(Scopes.WriteBookings).Describes<IReadOnlyList<GroupDocument>>("Spaces", "Lists the groups of the token's person");
        api.MapPost(Path, AddAsync).RequireScope(Scopes.WriteBookings).Accepts<GroupFields>("application/json").DescribesWriting<GroupDocument>("Spaces", "Makes a group, which the token's person leads");
        api.MapPost(Path + "/codes", InviteAsync).RequireScope(Scopes.WriteBookings).Accepts<GroupCodeFields>("application/json").DescribesWriting<GroupCodeDocument>("Spaces", "Makes a code by which one person joins a group within 14 days");
        api.MapPost(Path + "/join", JoinAsync).RequireScope(Scopes.WriteBookings).Accepts<GroupJoinFields>("application/json").DescribesWriting<GroupDocument>("Spaces", "Joins a group by a code, which is used up");
    }

    private static async Task<IResult> ListAsync(HttpContext context, GroupBook book, CancellationToken cancellation)
    {
        List<GroupDocument> documents = [];
        foreach (var group in await ActorAsync(context) is { } me ? await book.OfAsync(me.AgentId, cancellation) : [])
        {
            documents.Add(await DocumentAsync(book, group, cancellation));
        }

        return new Answer(documents);
    }

    private static async Task<IResult> AddAsync(HttpContext context, GroupBook book, SpaceCalendar calendar, CancellationToken cancellation)
    {
        var (fields, problem) = await RequestBody.ReadAsync(context, ["name", "kind"], ["id", "leads", "people"], fields => new GroupFields { Name = fields.RequiredText("name"), Kind = fields.RequiredText("kind") });
        if (problem is not null)
        {
            return problem;
        }

        if (await ActorAsync(context) is not { } me)
        {
            return PeopleOnly;
        }

        return await BookingApi.TryAsync(async () => await GivenAsync(book, await book.AddAsync(fields!.Name, fields.Kind, [.. calendar.Spaces?.GroupKinds.Keys ?? []], me, cancellation), me, StatusCodes.Status201Created, cancellation));
    }

    private static async Task<IResult> InviteAsync(HttpContext context, GroupBook book, CancellationToken cancellation)
    {
        var (group, problem) = await RequestBody.ReadAsync(context, ["group"], [], fields => fields.RequiredText("group"));
        if (problem is not null)
        {
            return problem;
        }

        if (await ActorAsync(context) is not { } me)
        {
            return PeopleOnly;
        }

        return await book.FindAsync(group!, me.AgentId, cancellation) is null ? Problems.NotFound("group", group!) : await BookingApi.TryAsync(async () =>
        {
            var code = await book.InviteAsync(group!, me, cancellation);
            return new Answer(new GroupCodeDocument(code.Code, code.Expires)) { Status = StatusCodes.Status201Created };
        });
    }

    private static async Task<IResult> JoinAsync(HttpContext context, GroupBook book, SignInThrottle throttle, CancellationToken cancellation)
    {
        var (code, problem) = await RequestBody.ReadAsync(context, ["code"], [], fields => fields.RequiredText("code"));
        if (problem is not null)
        {
            return problem;
        }

        if (await ActorAsync(context) is not { } me)
        {
            return PeopleOnly;
        }

        // Codes are not to be guessed here any more than on the page.
        var address = context.Connection.RemoteIpAddress;
        if (throttle.TooManyFrom(address))
        {
            return Problems.Of(StatusCodes.Status429TooManyRequests, "TooManyCodes", "Too many codes were wrong. Wait a while.");
        }

        return await BookingApi.TryAsync(async () =>
        {
            try
            {
                return await GivenAsync(book, await book.JoinAsync(code!, me, cancellation), me, StatusCodes.Status200OK, cancellation);
            }
            catch (AccessException)
            {
                throttle.Count(address);
                throw;
            }
        });
    }

    // An organisation is in no group.
    private static async Task<GroupActor?> ActorAsync(HttpContext context) =>
        await TokenAgent.OfAsync(context) is { IsPerson: true } person ? new GroupActor(person.AgentId, person.Actor) : null;

    private static IResult PeopleOnly => Problems.Of(StatusCodes.Status403Forbidden, "PeopleOnly", "Groups are of people. Use the token of a person.");

    private static async Task<IResult> GivenAsync(GroupBook book, string key, GroupActor me, int status, CancellationToken cancellation) =>
        new Answer(await DocumentAsync(book, (await book.FindAsync(key, me.AgentId, cancellation))!, cancellation)) { Status = status };

    private static async Task<GroupDocument> DocumentAsync(GroupBook book, GroupView group, CancellationToken cancellation) =>
        new() { Id = group.Key, Name = group.Name, Kind = group.Kind, Leads = group.Leads, People = (await book.MembersAsync(group.Id, cancellation)).Count };
}

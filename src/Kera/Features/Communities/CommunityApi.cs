using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Energy;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Communities;

/// <summary>An energy community.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name by language.</param>
/// <param name="Keeper">The agent who manages it.</param>
/// <param name="Property">The producing property's metering point.</param>
/// <param name="Type"><c>local</c> or <c>acrossConnections</c>.</param>
/// <param name="Model">Where unused shares go: <c>sma</c> or <c>smb</c>.</param>
/// <param name="NoticeDays">How many days ahead changes are told.</param>
/// <param name="EarliestDay">The first day on which what is asked now can take effect.</param>
public sealed record CommunityDocument(string Id, CommunityNameDocument Name, string Keeper, string Property, CommunityType Type, SettlementModel Model, int NoticeDays, string EarliestDay);

/// <summary>A name in each language.</summary>
public sealed record CommunityNameDocument(string Fi, string Sv, string En);

/// <summary>What is asked of a community for a point.</summary>
public record MembershipFields
{
    /// <summary><c>join</c>, <c>change</c> or <c>leave</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>The share from then on in per cent, with four decimals at most; left out of a leave.</summary>
    public decimal? SharePercent { get; init; }

    /// <summary>The day from which; left out for the earliest.</summary>
    public string? Day { get; init; }

    /// <summary>In the asker's own words.</summary>
    public string? Words { get; init; }
}

/// <summary>What was asked, who has it, and by when it is answered.</summary>
public sealed record MembershipDocument : MembershipFields
{
    /// <summary>The number of the request.</summary>
    public required int Number { get; init; }

    /// <summary>The point that it is for.</summary>
    public required string Point { get; init; }

    /// <summary>The agent who has it.</summary>
    public required string Holder { get; init; }

    /// <summary>When it was asked.</summary>
    public required Instant Created { get; init; }

    /// <summary>By when it is answered.</summary>
    public required Instant Due { get; init; }

    /// <summary>From which day it would hold if it were accepted now; left out where that cannot be.</summary>
    public string? HoldsFrom { get; init; }
}

/// <summary>An answer to what was asked.</summary>
public sealed record MembershipAnswerFields
{
    /// <summary>Whether it is accepted.</summary>
    public bool? Accepted { get; init; }

    /// <summary>The reason, needed of a refusal; of an acceptance a note.</summary>
    public string? Reason { get; init; }
}

/// <summary>What became of it.</summary>
/// <param name="Number">The number of the request.</param>
/// <param name="Point">The point that it is for.</param>
/// <param name="Created">Whether it is new.</param>
/// <param name="Accepted">Whether it was accepted; left out while it waits.</param>
public sealed record MembershipReceipt(int Number, string Point, bool Created, bool? Accepted = null);

/// <summary>Energy communities for programs: what there is, for everyone; requests for who has the point or manages the community, and nobody else.</summary>
internal static class CommunityApi
{
    private const string Path = "/communities/{id}/requests";
    private const int MostListed = 500;
    private static readonly string[] Fields = ["kind", "sharePercent", "day", "words"];

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("point", "The key of a metering point in communities.yaml: to ask, one whose owner is the token's agent; to answer, any.", "school"));
        services.AddSingleton(new ApiExample(Path[1..] + "/{point}", """{ "kind": "change", "sharePercent": 12.5, "day": "2027-01-01" }"""));
        services.AddSingleton(new ApiExample(Path[1..] + "/{point}/answer", """{ "accepted": false, "reason": "The shares are given away until summer." }"""));
    }

    public static void MapCommunities(this RouteGroupBuilder api)
    {
        api.MapGet("/communities", (CommunityBook book, DistrictInForce district, IClock clock) => new Answer(book.Communities.Select(community => Document(community, clock.GetCurrentInstant(), district.Zone)).ToList()))
            .Describes<IReadOnlyList<CommunityDocument>>("Energy communities", "Lists the energy communities");
        api.MapGet(Path, ListAsync).RequireScope(Scopes.WriteCommunities).Describes<IReadOnlyList<MembershipDocument>>("Energy communities", "Lists what waits for an answer: for the keeper all of it, for others what was asked for their points");
        api.MapPut(Path + "/{point}", AskAsync).RequireScope(Scopes.WriteCommunities).Accepts<MembershipFields>("application/json")
            .DescribesWriting<MembershipReceipt>("Energy communities", "Asks to join, to change a share or to leave; the same again while it waits adds nothing");
        api.MapPut(Path + "/{point}/answer", AnswerAsync).RequireScope(Scopes.WriteCommunities).Accepts<MembershipAnswerFields>("application/json")
            .DescribesWriting<MembershipReceipt>("Energy communities", "Accepts or refuses what waits for a point, as the community's keeper");
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, CommunityBook book, CommunityRequests requests, CancellationToken cancellation) =>
        book.Find(id) is not { } community ? Problems.NotFound("community", id)
        : new Answer((await WaitingAsync(context, community, requests, cancellation)).Select(held => Document(held, requests)).ToList());

    private static async Task<IResult> AskAsync(string id, string point, HttpContext context, CommunityBook book, CommunityRequests requests, CancellationToken cancellation)
    {
        if (book.Find(id) is not { } community)
        {
            return Problems.NotFound("community", id);
        }

        var (sent, problem) = await RequestBody.ReadAsync(context, Fields, ["number", "point", "holder", "created", "due", "holdsFrom"], fields => Sent(point, fields));
        if (problem is not null)
        {
            return problem;
        }

        var waiting = (await WaitingAsync(context, community, requests, cancellation)).FirstOrDefault(held => held.Ask.Point == point && community.Keeper != context.Actor().Key);
        if (waiting?.Ask == sent!.Ask)
        {
            return new Answer(new MembershipReceipt(waiting.Request.Id, point, false));
        }

        return await TryAsync(async () =>
        {
            var issued = await requests.AskAsync(community, sent.Ask, sent.Words, AskerOf(context), context.Actor(), cancellation);
            return new Answer(new MembershipReceipt(issued.Id, point, true)) { Status = StatusCodes.Status201Created, Location = $"/api/v1/communities/{id}/requests" };
        });
    }

    private static async Task<IResult> AnswerAsync(string id, string point, HttpContext context, CommunityBook book, CommunityRequests requests, CancellationToken cancellation)
    {
        // One that another manages looks as if it were not there.
        if (book.Find(id) is not { } community || community.Keeper != context.Actor().Key)
        {
            return Problems.NotFound("community", id);
        }

        var (sent, problem) = await RequestBody.ReadAsync(context, ["accepted", "reason"], ["number", "point", "created"], fields =>
        {
            fields.Refuse(fields.Flag("accepted") is null ? new WrongShape("accepted", "true or false") : null);
            return new MembershipAnswerFields { Accepted = fields.Flag("accepted"), Reason = fields.Text("reason") };
        });
        if (problem is not null)
        {
            return problem;
        }

        if ((await WaitingAsync(context, community, requests, cancellation)).FirstOrDefault(held => held.Ask.Point == point) is not { } held)
        {
            return Problems.NotFound("request", point);
        }

        return await TryAsync(async () =>
        {
            await (sent!.Accepted == true
                ? requests.AcceptAsync(held.Request.Id, community.Keeper, sent.Reason ?? "", context.Actor(), cancellation)
                : requests.RefuseAsync(held.Request.Id, community.Keeper, sent.Reason ?? "", context.Actor(), cancellation));
            return new Answer(new MembershipReceipt(held.Request.Id, point, false, sent.Accepted));
        });
    }

    private static async Task<IResult> TryAsync(Func<Task<Answer>> work)
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

    private static async Task<IEnumerable<HeldAsk>> WaitingAsync(HttpContext context, DistrictCommunity community, CommunityRequests requests, CancellationToken cancellation)
    {
        var waiting = community.Keeper == context.Actor().Key
            ? await requests.OfKeeperAsync(community.Keeper, answered: false, MostListed, 0, cancellation)
            : (await requests.OfAskerAsync(AskerOf(context), cancellation)).Where(held => held.Request.Answered is null);
        return waiting.Where(held => held.Community == community.Key);
    }

    // The agent of the token: a person's own program asks for the person.
    private static Asker AskerOf(HttpContext context)
    {
        var (key, catalog) = (context.Actor().Key, context.RequestServices.GetRequiredService<Catalog>());
        return new Asker([key], catalog.Find(catalog.Agents, key) is { Row.Kind: "person", Noun.Id: var person } ? person : null, Language.English);
    }

    private static SentAsk Sent(string point, JsonFields fields)
    {
        var kind = CommunityRequests.KindOf(fields.RequiredText("kind"));
        fields.Refuse(kind is null ? new WrongShape("kind", "one of: join, change, leave") : null);
        var share = CommunityShare.OfPartsPerMillion(0);
        if (kind is NoticeKind.Join or NoticeKind.ChangeShare)
        {
            var percent = fields.Amount("sharePercent")?.ToDecimal();
            var fits = percent is > 0 and <= 100 && decimal.IsInteger(percent.Value * 10_000);
            fields.Refuse(fits ? null : new WrongShape("sharePercent", "a number above 0 and at most 100, with four decimals at most"));
            share = fits ? CommunityShare.OfPercent(percent!.Value) : share;
        }

        var day = fields.Text("day") is { } text ? LocalDatePattern.Iso.Parse(text) : null;
        fields.Refuse(day is { Success: false } ? new WrongShape("day", "a day as 2027-01-01") : null);
        return new SentAsk(new MembershipAsk(kind ?? default, point, share, day is { Success: true } ? day.Value : null), fields.Text("words") ?? "");
    }

    private static CommunityDocument Document(DistrictCommunity community, Instant now, DateTimeZone zone) => new(
        community.Key,
        new CommunityNameDocument(Texts.WithoutSoftHyphens(community.Name.Fi), Texts.WithoutSoftHyphens(community.Name.Sv), Texts.WithoutSoftHyphens(community.Name.En)),
        community.Keeper,
        community.Rules.Property,
        community.Rules.Type,
        community.Rules.Model,
        community.Rules.NoticeDays,
        LocalDatePattern.Iso.Format(community.Rules.EarliestDay(now, zone)));

    private static MembershipDocument Document(HeldAsk held, CommunityRequests requests) => new()
    {
        Number = held.Request.Id,
        Point = held.Ask.Point,
        Holder = held.Request.Holder.Agent!,
        Created = held.Request.Created,
        Due = held.Request.Due,
        HoldsFrom = Word(requests.DayOf(held)),
        Kind = CommunityRequests.WordOf(held.Ask.Kind),
        SharePercent = held.Ask.Kind == NoticeKind.Leave ? null : held.Ask.Share.Percent,
        Day = Word(held.Ask.Day),
    };

    private static string? Word(LocalDate? day) => day is { } known ? LocalDatePattern.Iso.Format(known) : null;

    private sealed record SentAsk(MembershipAsk Ask, string Words);
}

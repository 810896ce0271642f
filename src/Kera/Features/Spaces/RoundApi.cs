using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Sharing.Rounds;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>Rounds for programs: what there is and how it was shared out, for everyone; applications for a group's people and the keeper.</summary>
internal static class RoundApi
{
    private const string Tag = "Application rounds";
    private const string Path = "/rounds/{id}";
    private const int MinutesInHour = 60;
    private const int Most = 50;

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("group", "The key of a group that the token's person leads, as its page says.", "k7qm2fhx9tbd"));
        services.AddSingleton(new ApiExample(Path[1..] + "/applications/{group}", """
            { "send": true, "wishes": [{ "key": "training", "spaces": ["skate-hall"], "leastTimes": 1, "mostTimes": 2, "leastMinutes": 60, "mostMinutes": 90, "people": 15, "suitable": [{ "day": 2, "fromHour": 17, "toHour": 20, "primary": true }] }] }
            """));
    }

    public static void MapRounds(this RouteGroupBuilder api)
    {
        api.MapGet("/rounds", async (RoundRegister register, CancellationToken cancellation) => new Answer((await register.ListAsync(cancellation)).Select(each => Document(each.Round, each.State)).ToList()))
            .Describes<IReadOnlyList<RoundDocument>>(Tag, "Lists the application rounds");
        api.MapGet(Path, async (string id, RoundRegister register, CancellationToken cancellation) =>
            await register.FindAsync(id, cancellation) is { } found ? new Answer(Document(found.Round, found.State)) : Problems.NotFound("round", id)).Describes<RoundDocument>(Tag, "Reads an application round");
        api.MapGet(Path + "/applications", ListAsync).Describes<IReadOnlyList<ApplicationDocument>>(Tag, "Lists the applications that the reader may read, with their results once these are sent");
        api.MapPut(Path + "/applications/{group}", WriteAsync).RequireScope(Scopes.WriteApplications).Accepts<ApplicationFields>("application/json")
            .DescribesWriting<ApplicationDocument>(Tag, "Writes what a group wishes, and sends it if so said");
        api.MapGet(Path + "/results", ResultsAsync).Describes<RoundResultsDocument>(Tag, "Tells how a round was shared out, once its results are sent");
    }

    private static async Task<IResult> ListAsync(string id, HttpContext context, RoundRegister register, GroupBook book, Catalog catalog, CancellationToken cancellation)
    {
        if (await register.FindAsync(id, cancellation) is not { } found)
        {
            return Problems.NotFound("round", id);
        }

        var (reader, mine) = (context.Reader(), new Dictionary<int, GroupView>());
        foreach (var group in reader.AgentId is { } person ? await book.OfAsync(person, cancellation) : [])
        {
            mine[group.Id] = group;
        }

        var keeps = catalog.Find(catalog.Agents, found.Round.Keeper) is { } keeper && reader.Is(keeper.Noun.Id);
        List<ApplicationView> seen = [.. (await register.OfRoundAsync(id, cancellation)).Where(each => mine.ContainsKey(each.GroupId) || (keeps && each.State is not (ApplicationState.Draft or ApplicationState.Expired)))];
        var names = await book.NamesAsync([.. seen.Select(each => each.GroupId)], cancellation);
        List<ApplicationDocument> documents = [];
        foreach (var application in seen.Where(each => names.ContainsKey(each.GroupId)))
        {
            var group = mine.GetValueOrDefault(application.GroupId) ?? new GroupView(application.GroupId, names[application.GroupId].Key, "", application.Kind, default);
            documents.Add(Document(application, group.Key, await register.ResultAsync(id, group, cancellation)));
        }

        return new Answer(documents);
    }

    private static async Task<IResult> WriteAsync(string id, string group, HttpContext context, RoundRegister register, GroupBook book, Catalog catalog, CancellationToken cancellation)
    {
        if (catalog.Find(catalog.Agents, context.Actor().Key) is not { Noun.Id: var person } || await book.FindAsync(group, person, cancellation) is not { } found || await register.FindAsync(id, cancellation) is null)
        {
            return Problems.NotFound("group or round", group);
        }

        var (sent, problem) = await RequestBody.ReadAsync(context, ["wishes", "send"], ["group", "kind", "state", "granted", "reasons"], fields => new Sent(
            [.. fields.Objects("wishes", Most, ["key", "spaces", "leastTimes", "mostTimes", "leastMinutes", "mostMinutes", "people", "features", "equipment", "suitable"]).Select(WishOf)], fields.Flag("send") ?? false));
        if (problem is not null)
        {
            return problem;
        }

        try
        {
            await register.WriteAsync(id, group, sent!.Wishes, sent.Send, person, context.Actor(), cancellation);
        }
        catch (AccessException mistake)
        {
            return Problems.Of(new WrongText(mistake.Field, mistake.Message));
        }

        return new Answer(Document((await register.OfGroupAsync(found.Id, cancellation)).Single(each => each.Round == id), group, null));
    }

    private static async Task<IResult> ResultsAsync(string id, RoundRegister register, CancellationToken cancellation)
    {
        if (await register.FiguresAsync(id, cancellation) is not { } figures)
        {
            return Problems.NotFound("result of a round", id);
        }

        return new Answer(new RoundResultsDocument(
            Math.Round(figures.MeanShare, 4),
            Math.Round(figures.LeastShare, 4),
            Math.Round(figures.Gini, 4),
            [.. figures.Categories.Select(share => new CategoryShareDocument(share.Key, share.Wished, share.Granted))],
            [.. figures.Spaces.Select(use => new SpaceUseDocument(use.Space, use.Free, use.Granted))]));
    }

    private static RoundWish WishOf(JsonFields fields) => new(
        fields.RequiredText("key"),
        fields.Texts("spaces", Most),
        [.. fields.Objects("suitable", Most, ["day", "fromHour", "toHour", "primary"]).Select(time =>
            new SuitableTime((IsoDayOfWeek)Whole(time, "day"), Whole(time, "fromHour") * MinutesInHour, Whole(time, "toHour") * MinutesInHour, time.Flag("primary") ?? true))])
    {
        MinimumTimes = Whole(fields, "leastTimes"),
        MaximumTimes = Whole(fields, "mostTimes"),
        MinimumMinutes = Whole(fields, "leastMinutes"),
        MaximumMinutes = Whole(fields, "mostMinutes"),
        People = Whole(fields, "people"),
        Features = fields.Texts("features", Most),
        Equipment = [.. BookingApi.Equipment(fields).Select(use => new EquipmentNeed(use.Equipment, use.Pieces))],
    };

    /// <summary>A whole number; 0 where it is left out or refused. None is larger than a day or a crowd.</summary>
    internal static int Whole(JsonFields fields, string name)
    {
        var number = fields.Amount(name)?.ToDecimal() ?? 0;
        var fits = decimal.IsInteger(number) && number is >= 0 and <= 100_000;
        fields.Refuse(fits ? null : new WrongShape(fields.PathOf(name), "a whole number"));
        return fits ? (int)number : 0;
    }

    private static RoundDocument Document(DistrictRound round, RoundState state) => new(
        round.Key,
        new RoundNameDocument(Texts.WithoutSoftHyphens(round.Name.Fi), Texts.WithoutSoftHyphens(round.Name.Sv), Texts.WithoutSoftHyphens(round.Name.En)),
        round.Keeper,
        state,
        LocalDatePattern.Iso.Format(round.First),
        LocalDatePattern.Iso.Format(round.Last),
        round.Opens,
        round.Closes,
        round.GridMinutes,
        [.. round.Spaces.Select(space => new RoundSpaceDocument(space.Space, [.. space.Open.Select(time => new WeeklyTimeDocument((int)time.Day, time.Begin, time.End))]))],
        [.. round.Categories.Select(category => new RoundCategoryDocument(category.Kind, category.Weight, category.LeastMinutes))]);

    private static ApplicationDocument Document(ApplicationView application, string group, GroupResult? result) => new()
    {
        Group = group,
        Kind = application.Kind,
        State = application.State,
        Wishes = [.. application.Wishes.Select(wish => new WishFields
        {
            Key = wish.Key,
            Spaces = wish.Options,
            LeastTimes = wish.MinimumTimes,
            MostTimes = wish.MaximumTimes,
            LeastMinutes = wish.MinimumMinutes,
            MostMinutes = wish.MaximumMinutes,
            People = wish.People,
            Features = wish.Features.Count == 0 ? null : wish.Features,
            Equipment = wish.Equipment.Count == 0 ? null : [.. wish.Equipment.Select(need => string.Create(CultureInfo.InvariantCulture, $"{need.Equipment}:{need.Pieces}"))],
            Suitable = [.. wish.Suitable.Select(time => new SuitableFields { Day = (int)time.Day, FromHour = time.Begin / MinutesInHour, ToHour = time.End / MinutesInHour, Primary = time.Primary })],
        })],
        Granted = result is null ? null : [.. result.Allocations.Select(time => new GrantedDocument(time.Wish, time.Space, new WeeklyTimeDocument((int)time.Day, time.Begin, time.End)))],
        Reasons = result is null ? null : [.. result.Outcome.Wishes.SelectMany(wish => wish.Reasons.Select(reason => new ReasonDocument(wish.Wish, reason.Code, reason.Count, reason.Category)))],
    };

    private sealed record Sent(IReadOnlyList<RoundWish> Wishes, bool Send);
}

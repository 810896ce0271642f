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

/// <summary>A round.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name by language.</param>
/// <param name="Keeper">The agent who decides.</param>
/// <param name="State">How far it has come.</param>
/// <param name="FirstDay">The first day of its season.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="Opens">From when groups apply.</param>
/// <param name="Closes">Until when.</param>
/// <param name="GridMinutes">On what grid times begin and end.</param>
/// <param name="Spaces">What it gives out, and when in the week.</param>
/// <param name="Categories">Who applies, and what they weigh.</param>
public sealed record RoundDocument(
    string Id, RoundNameDocument Name, string Keeper, RoundState State, string FirstDay, string LastDay, Instant Opens, Instant Closes, int GridMinutes,
    IReadOnlyList<RoundSpaceDocument> Spaces, IReadOnlyList<RoundCategoryDocument> Categories);

/// <summary>A name in each language.</summary>
public sealed record RoundNameDocument(string Fi, string Sv, string En);

/// <summary>A space of a round.</summary>
/// <param name="Space">Its key.</param>
/// <param name="Open">When in the week the round gives it out.</param>
public sealed record RoundSpaceDocument(string Space, IReadOnlyList<WeeklyTimeDocument> Open);

/// <summary>A time of the week.</summary>
/// <param name="Day">The weekday, 1 for Monday to 7 for Sunday.</param>
/// <param name="Begin">Its begin in minutes since midnight.</param>
/// <param name="End">Its end.</param>
public sealed record WeeklyTimeDocument(int Day, int Begin, int End);

/// <summary>A kind of group in a round.</summary>
/// <param name="Kind">Its key.</param>
/// <param name="Weight">What an hour of theirs weighs.</param>
/// <param name="LeastMinutes">How many minutes a week they are to have in all.</param>
public sealed record RoundCategoryDocument(string Kind, int Weight, int LeastMinutes);

/// <summary>What is sent to write an application.</summary>
public record ApplicationFields
{
    /// <summary>The wishes, the most important first.</summary>
    public required IReadOnlyList<WishFields> Wishes { get; init; }

    /// <summary>Whether to send it; else it stays as it was, a draft or sent already.</summary>
    public bool? Send { get; init; }
}

/// <summary>A wish.</summary>
public sealed record WishFields
{
    /// <summary>Its key, one of a kind in the application.</summary>
    public required string Key { get; init; }

    /// <summary>The keys of the spaces, the best first.</summary>
    public required IReadOnlyList<string> Spaces { get; init; }

    /// <summary>The least times a week, 1 to 7.</summary>
    public int LeastTimes { get; init; }

    /// <summary>The most times a week, 1 to 7.</summary>
    public int MostTimes { get; init; }

    /// <summary>How long a time is at least, in minutes.</summary>
    public int LeastMinutes { get; init; }

    /// <summary>How long a time is at most.</summary>
    public int MostMinutes { get; init; }

    /// <summary>How many people come.</summary>
    public int People { get; init; }

    /// <summary>What a space must have.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Suitable hours.</summary>
    public required IReadOnlyList<SuitableFields> Suitable { get; init; }
}

/// <summary>When a wish suits.</summary>
public sealed record SuitableFields
{
    /// <summary>The weekday, 1 for Monday to 7 for Sunday.</summary>
    public int Day { get; init; }

    /// <summary>The hour of its begin.</summary>
    public int FromHour { get; init; }

    /// <summary>The hour of its end, at most 24.</summary>
    public int ToHour { get; init; }

    /// <summary>Whether it suits well; else if need be.</summary>
    public bool? Primary { get; init; }
}

/// <summary>An application, to who may read it: its group's people, and the keeper once it is sent.</summary>
public sealed record ApplicationDocument
{
    /// <summary>The key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>The kind of group that it is weighed as.</summary>
    public required string Kind { get; init; }

    /// <summary>How far it has come.</summary>
    public required ApplicationState State { get; init; }

    /// <summary>The wishes, the most important first.</summary>
    public required IReadOnlyList<WishFields> Wishes { get; init; }

    /// <summary>What was granted; left out until the results are sent.</summary>
    public IReadOnlyList<GrantedDocument>? Granted { get; init; }

    /// <summary>Why, by wish; left out until the results are sent.</summary>
    public IReadOnlyList<ReasonDocument>? Reasons { get; init; }
}

/// <summary>A weekly time that was granted.</summary>
/// <param name="Wish">The key of the wish.</param>
/// <param name="Space">The key of the space.</param>
/// <param name="Time">When.</param>
public sealed record GrantedDocument(string Wish, string Space, WeeklyTimeDocument Time);

/// <summary>Why a wish got what it got.</summary>
/// <param name="Wish">The key of the wish.</param>
/// <param name="Code">The reason, as docs/concepts/rounds.md lists them.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Category">Of which kind of group; left out where it is of none.</param>
public sealed record ReasonDocument(string Wish, RoundReasonCode Code, int Count, string? Category);

/// <summary>How a round was shared out, without anybody's name.</summary>
/// <param name="MeanShare">The mean share of their wishes that groups got, 0 to 1.</param>
/// <param name="LeastShare">The least.</param>
/// <param name="Gini">The Gini coefficient of the shares.</param>
/// <param name="Categories">Minutes a week by kind of group.</param>
/// <param name="Spaces">Minutes a week by space.</param>
public sealed record RoundResultsDocument(double MeanShare, double LeastShare, double Gini, IReadOnlyList<CategoryShareDocument> Categories, IReadOnlyList<SpaceUseDocument> Spaces);

/// <summary>What a kind of group wished and got.</summary>
public sealed record CategoryShareDocument(string Kind, int WishedMinutes, int GrantedMinutes);

/// <summary>How a space is used.</summary>
public sealed record SpaceUseDocument(string Space, int FreeMinutes, int GrantedMinutes);

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
            [.. fields.Objects("wishes", Most, ["key", "spaces", "leastTimes", "mostTimes", "leastMinutes", "mostMinutes", "people", "features", "suitable"]).Select(WishOf)], fields.Flag("send") ?? false));
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
    };

    // No number of a wish is larger than a day or a crowd.
    private static int Whole(JsonFields fields, string name)
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
            Suitable = [.. wish.Suitable.Select(time => new SuitableFields { Day = (int)time.Day, FromHour = time.Begin / MinutesInHour, ToHour = time.End / MinutesInHour, Primary = time.Primary })],
        })],
        Granted = result is null ? null : [.. result.Allocations.Select(time => new GrantedDocument(time.Wish, time.Space, new WeeklyTimeDocument((int)time.Day, time.Begin, time.End)))],
        Reasons = result is null ? null : [.. result.Outcome.Wishes.SelectMany(wish => wish.Reasons.Select(reason => new ReasonDocument(wish.Wish, reason.Code, reason.Count, reason.Category)))],
    };

    private sealed record Sent(IReadOnlyList<RoundWish> Wishes, bool Send);
}

using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Base.Store;

namespace Kera.Features.Things;

/// <summary>The keeper's counter for programs, as a scanner's: by the code of an item. The same sent twice is done once.</summary>
internal static class CounterApi
{
    private const string Path = "/things/items/{id}";
    private const int MostPlaces = 100;
    private const int MostPieces = 1_000;
    private const int MostLines = 10_000;

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiExample(Path[1..] + "/out", """{ "loan": "k7qm2fhx9tbdaz", "condition": "good", "depositTaken": true }"""));
        services.AddSingleton(new ApiExample(Path[1..] + "/back", """{ "loan": "k7qm2fhx9tbdaz", "condition": "worn", "missing": ["1"], "consumed": ["0:2"], "words": "" }"""));
        services.AddSingleton(new ApiExample("things/hours", """{ "keeper": "demo-machine-pool", "lines": ["excavator-1;2026-11-24;6.5"] }"""));
    }

    public static void MapCounter(this RouteGroupBuilder api)
    {
        var counter = api.MapGroup("").RequireScope(Scopes.WriteLoans);
        counter.MapPut(Path + "/out", OutAsync).Accepts<HandOutFields>("application/json").DescribesWriting<LoanDocument>("Things", "Hands an item out for a reservation, for its keeper");
        counter.MapPut(Path + "/back", BackAsync).Accepts<TakeBackFields>("application/json").DescribesWriting<LoanDocument>("Things", "Takes an item back, for its keeper");
        counter.MapPost("/things/hours", HoursAsync).Accepts<RunHoursFields>("application/json").DescribesWriting<RunHoursDocument>("Things", "Takes in hours of running, for the items' keeper: the same line counts once, another number replaces it");
    }

    private static async Task<IResult> OutAsync(string id, HttpContext context, LoanCounter counter, ItemRegister items, CancellationToken cancellation)
    {
        var (fields, problem) = await RequestBody.ReadAsync(context, ["loan", "condition", "depositTaken"], [], fields => new HandOutFields { Loan = fields.RequiredText("loan"), Condition = Condition(fields, "good", "worn"), DepositTaken = fields.Flag("depositTaken") });
        return problem ?? await DoAsync(id, context, items, async (keeper, actor) =>
        {
            await counter.HandOutAsync(fields!.Loan!, id, ConditionOf(fields.Condition), fields.DepositTaken == true, keeper, actor, cancellation);
            return fields.Loan!;
        }, cancellation);
    }

    private static async Task<IResult> BackAsync(string id, HttpContext context, LoanCounter counter, ItemRegister items, CancellationToken cancellation)
    {
        ThingReturn back = new(ThingCondition.Good, [], [], "");
        var (fields, problem) = await RequestBody.ReadAsync(context, ["loan", "condition", "missing", "consumed", "words"], [], fields =>
        {
            var (condition, missing, consumed) = (Condition(fields, "good", "worn", "broken"), Places(fields), Pieces(fields));
            back = new ThingReturn(ConditionOf(condition), missing, consumed, fields.Text("words") ?? "");
            return new TakeBackFields { Loan = fields.Text("loan") };
        });
        return problem ?? await DoAsync(id, context, items, async (keeper, actor) =>
        {
            var loan = fields!.Loan ?? await counter.LastOfAsync(id, cancellation) ?? throw new AccessException("loan", "This thing is not lent.", "things.error.notout");
            await counter.TakeBackAsync(loan, back, keeper, actor, cancellation);
            return loan;
        }, cancellation);
    }

    private static async Task<IResult> HoursAsync(HttpContext context, ItemRegister items, ThingShelf shelf, CancellationToken cancellation)
    {
        var (fields, problem) = await RequestBody.ReadAsync(context, ["keeper", "lines"], ["changed"], fields => new RunHoursFields { Keeper = fields.RequiredText("keeper"), Lines = fields.Texts("lines", MostLines) });
        if (problem is not null)
        {
            return problem;
        }

        var me = await LoanApi.BorrowerAsync(context);
        if (!shelf.Keeps(fields!.Keeper!) || !me.ActsFor(fields.Keeper!))
        {
            return Problems.NotFound("keeper", fields.Keeper!);
        }

        try
        {
            return new Answer(new RunHoursDocument(await items.ImportHoursAsync(string.Join('\n', fields.Lines!), fields.Keeper!, me.Actor, cancellation)));
        }
        catch (AccessException mistake)
        {
            return Problems.Of(new WrongText("lines", mistake.Message));
        }
    }

    // Only its keeper finds an item here.
    private static async Task<IResult> DoAsync(string id, HttpContext context, ItemRegister items, Func<string, Actor, Task<string>> work, CancellationToken cancellation)
    {
        var me = await LoanApi.BorrowerAsync(context);
        if (await items.FindAsync(id, cancellation) is not { Kind: { } kind } || !me.ActsFor(kind.Keeper))
        {
            return Problems.NotFound("item of yours", id);
        }

        try
        {
            var loan = await work(kind.Keeper, me.Actor);
            return new Answer(new LoanDocument((await context.RequestServices.GetRequiredService<LoanCounter>().FindAsync(loan, kind.Keeper, cancellation))!));
        }
        catch (AccessException mistake)
        {
            var rule = mistake.TextKey!.Split('.')[^1];
            return TypedResults.Problem(mistake.Message, statusCode: StatusCodes.Status409Conflict, title: Problems.Title("CounterRefuses"), type: Problems.TypePrefix + "CounterRefuses", extensions: [new("code", "CounterRefuses"), new("field", mistake.Field), new("rules", new[] { rule })]);
        }
    }

    private static string? Condition(JsonFields fields, params string[] words)
    {
        var condition = fields.Text("condition");
        fields.Refuse(condition is null || words.Contains(condition) ? null : new WrongShape("condition", string.Join(" or ", words)));
        return condition;
    }

    private static ThingCondition ConditionOf(string? word) => Enum.TryParse<ThingCondition>(word, ignoreCase: true, out var condition) ? condition : ThingCondition.Good;

    private static List<int> Places(JsonFields fields)
    {
        var places = fields.Texts("missing", MostPlaces).Select(Whole).ToList();
        fields.Refuse(places.TrueForAll(place => place is >= 0 and < MostPlaces) ? null : new WrongShape("missing", "a list of places from 0, as [\"1\"]"));
        return places;
    }

    private static List<int> Pieces(JsonFields fields)
    {
        var given = fields.Texts("consumed", MostPlaces).Select(text => text.Split(':') is [var place, var pieces] ? (Place: Whole(place), Pieces: Whole(pieces)) : (Place: -1, Pieces: -1)).ToList();
        fields.Refuse(given.TrueForAll(each => each.Place is >= 0 and < MostPlaces && each.Pieces is >= 0 and <= MostPieces) ? null : new WrongShape("consumed", "a list of places from 0 with pieces, as [\"0:2\"]"));
        return fields.Refusal is not null || given.Count == 0 ? [] : [.. Enumerable.Range(0, given.Max(each => each.Place) + 1).Select(place => given.Where(each => each.Place == place).Sum(each => each.Pieces))];
    }

    private static int Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
}

using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Store;

namespace Kera.Features.Things;

/// <summary>Loans for programs: those of the token's agent and of the sites it acts for, by the same rules as on pages.</summary>
internal static class LoanApi
{
    private const string Path = "/loans";
    private const int LongestKey = 80;

    public static void Describe(IServiceCollection services)
    {
        services.AddSingleton(new ApiParameter("site", "The key of a site: its orders, for who acts for its company.", "demo-site-north"));
        services.AddSingleton(new ApiParameter("keeper", "The key of an agent that keeps things: what it has to hand out, has lent, or has a deposit of.", "demo-hall-association"));
        services.AddSingleton(new ApiExample("loans", """{ "thing": "drill", "first": "2026-12-01", "days": 3, "signs": true, "idempotencyKey": "weekend-49" }"""));
        services.AddSingleton(new ApiExample("loans/{id}", """{ "change": "extend", "due": "2026-12-03" }"""));
    }

    public static void MapLoans(this RouteGroupBuilder api)
    {
        var loans = api.MapGroup("").RequireScope(Scopes.WriteLoans);
        loans.MapGet(Path, ListAsync).Takes("site", "keeper").Describes<IReadOnlyList<LoanDocument>>("Things", "Lists the open loans and wishes of the token's agent, the orders of a site, or what a keeper has to do with");
        loans.MapGet(Path + "/{id}", async (string id, HttpContext context, LoanRegister register, CancellationToken cancellation) => await OneAsync(id, await BorrowerAsync(context), register, cancellation)).Describes<LoanDocument>("Things", "Gives a loan of the token's agent, or of a site that it acts for");
        loans.MapPost(Path, AddAsync).Accepts<LoanFields>("application/json").DescribesWriting<IReadOnlyList<LoanDocument>>("Things", "Reserves a thing or a kit, or waits for a thing");
        loans.MapPut(Path + "/{id}", ChangeAsync).Accepts<LoanChangeFields>("application/json").DescribesWriting<LoanDocument>("Things", "Takes what came free for who waited, extends a loan by as many days as it had, or says that a site needs no more what it hired");
        loans.MapDelete(Path + "/{id}", (string id, HttpContext context, LoanRegister register, CancellationToken cancellation) => CancelAsync(id, context, register, cancellation)).DescribesWriting<LoanDocument>("Things", "Gives up what is not lent yet");
    }

    /// <summary>Who borrows or keeps by a token.</summary>
    internal static async Task<Borrower> BorrowerAsync(HttpContext context)
    {
        var agent = await TokenAgent.OfAsync(context);
        return new Borrower(agent.AgentId, agent.Actor, agent.Roles);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LoanRegister register, LoanCounter counter, ThingShelf shelf, CancellationToken cancellation)
    {
        var (me, site, keeper) = (await BorrowerAsync(context), context.Request.Query["site"].ToString(), context.Request.Query["keeper"].ToString());
        if (site.Length > 0)
        {
            return shelf.Things?.Sites.GetValueOrDefault(site) is { } known && me.ActsFor(known.Company) ? List(await register.OfSiteAsync(site, cancellation)) : Problems.NotFound("site", site);
        }

        if (keeper.Length > 0)
        {
            return shelf.Keeps(keeper) && me.ActsFor(keeper) ? List(await counter.OfKeeperAsync(keeper, cancellation)) : Problems.NotFound("keeper", keeper);
        }

        return List(await register.OpenAsync(me.AgentId, cancellation));

        static IResult List(IReadOnlyList<LoanView> loans) => new Answer(loans.Select(loan => new LoanDocument(loan)).ToList());
    }

    private static async Task<IResult> OneAsync(string id, Borrower me, LoanRegister register, CancellationToken cancellation) =>
        await register.FindAsync(id, me, cancellation) is { } loan ? new Answer(new LoanDocument(loan)) : Problems.NotFound("loan", id);

    private static async Task<IResult> AddAsync(HttpContext context, LoanRegister register, ThingShelf shelf, CancellationToken cancellation)
    {
        var (fields, problem) = await RequestBody.ReadAsync(context, ["thing", "kit", "first", "days", "latest", "site", "delivered", "signs", "idempotencyKey"], ["id", "item", "state", "due", "price", "deposit"], Read);
        if (problem is not null)
        {
            return problem;
        }

        List<ThingKind>? kinds = fields!.Kit is { } kit
            ? shelf.Things?.Kits.GetValueOrDefault(kit)?.Kinds.Select(kind => shelf.Things.Kinds[kind]).ToList()
            : shelf.Things?.Kinds.GetValueOrDefault(fields.Thing!) is { } kind ? [kind] : null;
        if (kinds is null)
        {
            return Problems.NotFound(fields.Kit is null ? "thing" : "kit", fields.Kit ?? fields.Thing!);
        }

        var me = await BorrowerAsync(context);
        var wish = new LoanWish(ThingApi.Day(fields.First)!.Value, fields.Days!.Value, fields.Site, fields.Delivered == true, fields.Signs == true, fields.IdempotencyKey);
        var outcome = fields.Latest is null ? await register.ReserveAsync(kinds, wish, me, cancellation) : await register.WaitAsync(kinds[0], wish, ThingApi.Day(fields.Latest)!.Value, me, cancellation);
        if (outcome.Keys.Count == 0)
        {
            return Refusal(outcome.Refusals, wish);
        }

        List<LoanDocument> documents = [];
        foreach (var key in outcome.Keys)
        {
            documents.Add(new LoanDocument((await register.FindAsync(key, me, cancellation))!));
        }

        return new Answer(documents) { Status = StatusCodes.Status201Created, Location = $"/api/v1{Path}/{outcome.Keys[0]}" };
    }

    // Sent again, each is done once.
    private static async Task<IResult> ChangeAsync(string id, HttpContext context, LoanRegister register, CancellationToken cancellation)
    {
        var (fields, problem) = await RequestBody.ReadAsync(context, ["change", "due"], [], fields =>
        {
            var (change, due) = (fields.RequiredText("change"), fields.Text("due"));
            fields.Refuse(change is "accept" or "extend" or "offHire" ? null : new WrongShape("change", "accept, extend or offHire"));
            fields.Refuse(change == "extend" && ThingApi.Day(due) is null ? new WrongShape("due", "the last day as it is now, as 2026-12-03") : null);
            return new LoanChangeFields { Change = change, Due = due };
        });
        if (problem is not null)
        {
            return problem;
        }

        var me = await BorrowerAsync(context);
        if (await register.FindAsync(id, me, cancellation) is not { } loan)
        {
            return Problems.NotFound("loan", id);
        }

        var stays = fields!.Change switch
        {
            "accept" => await register.AcceptAsync(id, me, cancellation) || loan.Row.State == LoanState.Reserved ? null : ThingWords.Word(loan.Row.State.ToString()),
            "offHire" => await register.OffHireAsync(id, me, cancellation) || loan.Row.OffHire is not null ? null : "notOut",
            _ when loan.Row.State != LoanState.Out || loan.Row.OffHire is not null => "notOut",
            _ when loan.Due != ThingApi.Day(fields.Due) => null,
            _ => await register.ExtendAsync(id, me, cancellation) is { } refusal ? ThingWords.Word(refusal.ToString()) : null,
        };
        return stays is null ? await OneAsync(id, me, register, cancellation) : Stays(stays);
    }

    private static async Task<IResult> CancelAsync(string id, HttpContext context, LoanRegister register, CancellationToken cancellation)
    {
        var me = await BorrowerAsync(context);
        await register.CancelAsync(id, me, cancellation);
        return await register.FindAsync(id, me, cancellation) is not { } loan ? Problems.NotFound("loan", id)
            : loan.Row.State != LoanState.Cancelled ? Stays(ThingWords.Word(loan.Row.State.ToString()))
            : new Answer(new LoanDocument(loan));
    }

    // Each rule that says no, with what may be reserved instead.
    private static IResult Refusal(IReadOnlyList<ThingRefusal> refusals, LoanWish wish) => refusals[0].Code == "KeyUsedBefore"
        ? Problems.Of(StatusCodes.Status409Conflict, "KeyUsedBefore", "Something else was reserved with this 'idempotencyKey'. Use another, or send what was sent with it.")
        : TypedResults.Problem(
            $"It is not lent so: {string.Join(", ", refusals.Select(refusal => $"{refusal.Kind.Key} {ThingWords.Word(refusal.Code)}"))}.",
            statusCode: StatusCodes.Status409Conflict,
            title: Problems.Title("NotLent"),
            type: Problems.TypePrefix + "NotLent",
            extensions:
            [
                new("code", "NotLent"),
                new("rules", refusals.Select(refusal => ThingWords.Word(refusal.Code)).Distinct().ToList()),
                new("nearest", refusals.Where(refusal => refusal.Day is not null || refusal.Code == "TooLong").Select(refusal => new
                {
                    Thing = refusal.Kind.Key,
                    First = ThingApi.Text(refusal.Day ?? wish.First),
                    Days = refusal.Code == "TooLong" ? refusal.Number!.Value : wish.Days,
                }).ToList()),
                new("left", refusals.Where(refusal => refusal.Euros is not null).Select(refusal => new { Rule = ThingWords.Word(refusal.Code), refusal.Euros }).ToList()),
            ]);

    private static IResult Stays(string rule) => TypedResults.Problem(
        $"The loan stays as it is: {rule}.",
        statusCode: StatusCodes.Status409Conflict,
        title: Problems.Title("LoanStays"),
        type: Problems.TypePrefix + "LoanStays",
        extensions: [new("code", "LoanStays"), new("rules", new[] { rule })]);

    private static LoanFields Read(JsonFields fields)
    {
        var (thing, kit, first, latest, key) = (fields.Text("thing"), fields.Text("kit"), fields.RequiredText("first"), fields.Text("latest"), fields.Text("idempotencyKey"));
        fields.Refuse(thing is null == kit is null ? new WrongShape("thing", "the key of a kind, or 'kit' the key of a kit: one of the two") : null);
        fields.Refuse(kit is not null && latest is not null ? new WrongText("latest", "One waits for a thing, not for a kit.") : null);
        fields.Refuse(ThingApi.Day(first) is null ? new WrongShape("first", "a day as 2026-12-01") : latest is not null && ThingApi.Day(latest) is null ? new WrongShape("latest", "a day as 2026-12-01") : null);
        fields.Refuse(key is { Length: 0 or > LongestKey } ? new WrongShape("idempotencyKey", string.Create(CultureInfo.InvariantCulture, $"a text of 1 to {LongestKey} characters")) : null);
        var days = fields.Has("days") ? fields.Amount("days")?.ToDecimal() : null;
        fields.Refuse(days is >= 1 and <= 3_660 && decimal.IsInteger(days.Value) ? null : new WrongShape("days", "a whole number from 1"));
        return new LoanFields
        {
            Thing = thing,
            Kit = kit,
            First = first,
            Days = fields.Refusal is null ? (int)days!.Value : null,
            Latest = latest,
            Site = fields.Text("site"),
            Delivered = fields.Flag("delivered"),
            Signs = fields.Flag("signs"),
            IdempotencyKey = key,
        };
    }
}

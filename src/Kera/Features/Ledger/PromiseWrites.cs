using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;

namespace Kera.Features.Ledger;

/// <summary>Agreements and commitments put by key: each change is a new version in the chain.</summary>
internal static class PromiseWrites
{
    private const int MostAgents = 100;

    private static readonly string[] Given = ["id", "version", "fulfilled"];

    public static void MapPromiseWrites(this RouteGroupBuilder api)
    {
        api.MapPut("/agreements/{id}", PutAgreementAsync).RequireScope(Scopes.WriteMaster).Accepts<AgreementFields>("application/json")
            .DescribesWriting<PromiseReceipt>("Nouns", "Makes an agreement, or a new version of it");
        api.MapPut("/commitments/{id}", PutCommitmentAsync).RequireScope(Scopes.WriteMaster).Accepts<CommitmentFields>("application/json")
            .DescribesWriting<PromiseReceipt>("Nouns", "Makes a commitment, or a new version of it");
    }

    private static async Task<IResult> PutAgreementAsync(string id, HttpContext context, Catalog catalog, LedgerWriter writer, CancellationToken cancellation)
    {
        var (input, problem) = await RequestBody.ReadAsync(context, ["name", "audience"], Given, fields =>
        {
            fields.Refuse(MasterData.IsKey(id) ? null : new WrongKey(id));
            var (name, audience) = (fields.Name(), fields.Audience(catalog));
            fields.Refuse(audience.Count == 0 ? new MissingField("audience") : null);
            return new AgreementInput(id, name.Fi, name.Sv, name.En, audience);
        });
        return problem ?? Answered("agreements", id, catalog.Find(catalog.Agreements, id) is null, await writer.PutAgreementAsync(input!, context.Actor(), cancellation));
    }

    private static async Task<IResult> PutCommitmentAsync(string id, HttpContext context, Catalog catalog, LedgerWriter writer, CancellationToken cancellation)
    {
        string[] known =
        [
            "name", "action", "provider", "receiver", "resourceConformsTo", "resourceInventoriedAs", "resourceQuantity", "effortQuantity", "due", "clauseOf", "reciprocalClauseOf",
            "finished", "audience",
        ];
        var (input, problem) = await RequestBody.ReadAsync(context, known, Given, fields => Commitment(id, fields, catalog));
        return problem ?? Answered("commitments", id, catalog.Find(catalog.Commitments, id) is null, await writer.PutCommitmentAsync(input!, context.Actor(), cancellation));
    }

    private static CommitmentInput Commitment(string id, JsonFields fields, Catalog catalog)
    {
        fields.Refuse(MasterData.IsKey(id) ? null : new WrongKey(id));
        var name = fields.Name();
        var (clause, reciprocal) = (fields.Text("clauseOf"), fields.Text("reciprocalClauseOf"));
        fields.Refuse(clause is not null && reciprocal is not null ? new WrongShape("reciprocalClauseOf", "left out where clauseOf is given: a commitment is one side's clause") : null);
        return new CommitmentInput
        {
            Key = id,
            NameFi = name.Fi,
            NameSv = name.Sv,
            NameEn = name.En,
            Action = fields.RequiredText("action"),
            Provider = fields.RequiredText("provider"),
            Receiver = fields.RequiredText("receiver"),
            ResourceConformsTo = fields.Text("resourceConformsTo"),
            ResourceInventoriedAs = fields.Text("resourceInventoriedAs"),
            ResourceQuantity = fields.Measure("resourceQuantity"),
            EffortQuantity = fields.Measure("effortQuantity"),
            Due = fields.Moment("due"),
            ClauseOf = clause ?? reciprocal,
            Reciprocal = reciprocal is not null,
            Finished = fields.Flag("finished") ?? false,
            Audience = fields.Audience(catalog),
        };
    }

    /// <summary>The agents of an audience, every one known.</summary>
    private static IReadOnlyList<string> Audience(this JsonFields fields, Catalog catalog)
    {
        var audience = fields.Texts("audience", MostAgents);
        foreach (var key in audience.Where(key => key != Catalog.Public && catalog.Find(catalog.Agents, key) is null))
        {
            fields.Refuse(new UnknownNoun("audience", "agent", key, Nearest.To(key, catalog.Agents.All.Select(agent => agent.Row.Key))));
        }

        return audience;
    }

    private static IResult Answered(string path, string id, bool created, AppendOutcome outcome) =>
        outcome.Refusal is not null
            ? Problems.Of(outcome.Refusal)
            : new Answer(new PromiseReceipt(id, created, outcome.Events[0].WasThere ? null : EventDocuments.Id(outcome.Events[0].Position)))
            {
                Status = created ? StatusCodes.Status201Created : StatusCodes.Status200OK,
                Location = $"/api/v1/{path}/{id}",
            };
}

/// <summary>What became of a promise that was put.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Created">Whether it is new.</param>
/// <param name="Entry">The place in the chain of the new version; missing where nothing of it changed.</param>
public sealed record PromiseReceipt(string Id, bool Created, string? Entry);

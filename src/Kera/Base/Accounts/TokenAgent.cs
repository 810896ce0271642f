using Kera.Base.Access;
using Kera.Base.Ledger;

namespace Kera.Base.Accounts;

/// <summary>The agent of a program's token: a person with what they are here, or an organisation for itself.</summary>
/// <param name="AgentId">The agent.</param>
/// <param name="Actor">Who writes, for the audit.</param>
/// <param name="Roles">What it may do.</param>
/// <param name="IsPerson">Whether it is a person.</param>
public sealed record TokenAgent(int AgentId, Actor Actor, IReadOnlyList<RoleGrant> Roles, bool IsPerson)
{
    /// <summary>Reads whose token a request has; its endpoint requires a scope.</summary>
    public static async Task<TokenAgent> OfAsync(HttpContext context)
    {
        var (actor, catalog) = (context.Actor(), context.RequestServices.GetRequiredService<Catalog>());
        var agent = catalog.Find(catalog.Agents, actor.Key)!;
        var isPerson = agent.Row.Kind == "person";
        IReadOnlyList<RoleGrant> roles = isPerson
            ? (await context.RequestServices.GetRequiredService<Accounts>().OfPersonAsync(actor.Key, context.RequestAborted))?.Roles ?? []
            : [new RoleGrant(Role.Partner, actor.Key)];
        return new TokenAgent(agent.Noun.Id, actor, roles, isPerson);
    }
}

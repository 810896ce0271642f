using Kera.Base.Accounts;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;

namespace Kera.Features.Partners;

/// <summary>The desk that the address names, and who is at it. An endpoint behind its door takes it as a parameter.</summary>
/// <param name="Me">Who is at it.</param>
/// <param name="Agent">The agent whose desk it is.</param>
public sealed record PartnerDesk(SignedIn Me, AgentRow Agent)
{
    internal static string Root => "/partner-desk";

    /// <summary>The role of whoever is at this desk.</summary>
    public RoleGrant Grant => new(Role.Partner, Agent.Key);

    /// <summary>Its address, or that of one of its pages, after the language.</summary>
    public string Path(string page = "") => PathOf(Agent.Key) + page;

    /// <summary>Reads whose desk it is; called by the framework for an endpoint's parameter, when the door has let somebody in.</summary>
    public static ValueTask<PartnerDesk?> BindAsync(HttpContext context)
    {
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        return ValueTask.FromResult(
            SignedIn.Of(context) is { } me && catalog.Find(catalog.Agents, context.GetRouteValue("agent") as string ?? "") is { Row: var agent } ? new PartnerDesk(me, agent) : null);
    }

    /// <summary>The section of a person's own page: the desks of the agents that they act for.</summary>
    internal static MySectionContent? Section(HttpContext context, SignedIn me)
    {
        var catalog = context.RequestServices.GetRequiredService<Catalog>();
        var agents = me.Roles.Where(grant => grant.Role == Role.Partner)
            .Select(grant => catalog.Find(catalog.Agents, grant.Agent!)?.Row).OfType<AgentRow>()
            .Where(agent => !agent.Retired)
            .ToList();
        return agents.Count == 0 ? null : new MySectionContent("partner-desks", "partner.desks", typeof(Pages.DesksSection), new Dictionary<string, object> { ["Agents"] = agents });
    }

    internal static string PathOf(string agent) => $"{Root}/{Uri.EscapeDataString(agent)}";
}

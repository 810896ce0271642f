using System.Collections.Frozen;
using System.Globalization;

namespace Kera.Base.Accounts;

/// <summary>What a person is in the district. One may be several.</summary>
public enum Role
{
    /// <summary>Lives in the district.</summary>
    Resident,

    /// <summary>Works in the district.</summary>
    Employee,

    /// <summary>Acts for an agent: a company, an association.</summary>
    Partner,

    /// <summary>Of the City's project team.</summary>
    City,

    /// <summary>Serves people face to face, and acts for them when they ask, on record.</summary>
    Desk,

    /// <summary>Runs the installation.</summary>
    Operator,
}

/// <summary>What is done behind a sign-in that not everyone may do. What is not named here needs no more than being signed in, and is one's own.</summary>
public enum Operation
{
    /// <summary>Hand out invitations.</summary>
    Invite,

    /// <summary>Look for persons and open what is known of one; each look is on record.</summary>
    SeePeople,

    /// <summary>Act for a person who stands at the desk.</summary>
    ActForPerson,

    /// <summary>Give and take roles, close accounts.</summary>
    GrantRoles,

    /// <summary>Read who did what, and who read whose data.</summary>
    ReadAudit,

    /// <summary>Use the desk of the agent that one acts for.</summary>
    PartnerDesk,

    /// <summary>Answer what people ask of one's office.</summary>
    AnswerRequests,

    /// <summary>Have plans of the district's energy solved for other sizes and prices: each costs the server a second or more.</summary>
    TryPlans,
}

/// <summary>A role of an account.</summary>
/// <param name="Role">The role.</param>
/// <param name="Agent">The key of the agent it is for; set for a partner and for nobody else.</param>
public sealed record RoleGrant(Role Role, string? Agent = null)
{
    /// <summary>As it is stored and given on the command line: <c>resident</c>, <c>partner:nokia</c>.</summary>
    public override string ToString() => Agent is null ? WordOf(Role) : $"{WordOf(Role)}:{Agent}";

    /// <summary>The word of a role, as it stands in addresses and in the store.</summary>
    public static string WordOf(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads <c>resident</c> or <c>partner:nokia</c>.</summary>
    /// <exception cref="Access.AccessException">It is no role, or an agent is missing or one too many.</exception>
    public static RoleGrant Parse(string text)
    {
        var parts = text.Split(':', 2);
        if (!Enum.GetValues<Role>().Any(role => WordOf(role) == parts[0]))
        {
            throw new Access.AccessException("role", string.Create(CultureInfo.InvariantCulture, $"There is no role '{text}'. Use one of: {string.Join(", ", Enum.GetValues<Role>().Select(WordOf))}; a partner with its agent, as partner:nokia."));
        }

        var role = Enum.Parse<Role>(parts[0], ignoreCase: true);
        var agent = parts.Length == 2 && parts[1].Length > 0 ? parts[1] : null;
        if (role == Role.Partner != agent is not null)
        {
            throw new Access.AccessException("role", role == Role.Partner ? "A partner acts for an agent: write partner:nokia." : $"'{parts[0]}' is for no agent; write '{parts[0]}' alone.");
        }

        return new RoleGrant(role, agent);
    }
}

/// <summary>Who may do what: the one table of it. What is not in it is denied.</summary>
public static class Permissions
{
    private static readonly FrozenDictionary<Operation, FrozenSet<Role>> Allowed = new Dictionary<Operation, FrozenSet<Role>>
    {
        [Operation.Invite] = [Role.Partner, Role.City, Role.Desk, Role.Operator],
        [Operation.SeePeople] = [Role.Desk, Role.Operator],
        [Operation.ActForPerson] = [Role.Desk],
        [Operation.GrantRoles] = [Role.Operator],
        [Operation.ReadAudit] = [Role.Operator],
        [Operation.PartnerDesk] = [Role.Partner],
        [Operation.AnswerRequests] = [Role.City, Role.Desk, Role.Operator],
        [Operation.TryPlans] = [Role.City, Role.Operator],
    }.ToFrozenDictionary();

    // A partner brings in colleagues, and only for its own agent (see MayInvite).
    private static readonly FrozenDictionary<Role, FrozenSet<Role>> Invites = new Dictionary<Role, FrozenSet<Role>>
    {
        [Role.Partner] = [Role.Partner, Role.Employee],
        [Role.City] = [Role.Resident, Role.Employee, Role.Partner],
        [Role.Desk] = [Role.Resident, Role.Employee],
        [Role.Operator] = [.. Enum.GetValues<Role>()],
    }.ToFrozenDictionary();

    /// <summary>Whether someone with these roles may do it.</summary>
    public static bool May(IEnumerable<RoleGrant> roles, Operation operation) => roles.Any(grant => Allowed[operation].Contains(grant.Role));

    /// <summary>Whether someone with these roles may do it for an agent: a partner only for the one that it acts for.</summary>
    public static bool MayFor(IEnumerable<RoleGrant> roles, Operation operation, string? agent) =>
        May(roles.Where(grant => grant.Agent is null || grant.Agent == agent), operation);

    /// <summary>Whether someone with these roles may hand out an invitation to a role.</summary>
    public static bool MayInvite(IEnumerable<RoleGrant> roles, RoleGrant invited) => roles.Any(grant =>
        Invites.TryGetValue(grant.Role, out var to) && to.Contains(invited.Role)
        && (grant.Role != Role.Partner || invited.Agent is null || invited.Agent == grant.Agent));
}

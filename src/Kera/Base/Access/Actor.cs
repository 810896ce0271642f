namespace Kera.Base.Access;

/// <summary>Who writes: stands in the audit of every transaction.</summary>
/// <param name="Key">The agent's key, or <c>operator:&lt;name&gt;</c> for the local operator of the command line.</param>
/// <param name="Via">By which way: <c>api</c>, <c>command</c>, <c>start</c> or <c>job</c>.</param>
public sealed record Actor(string Key, string Via)
{
    /// <summary>The person at the command line, by the name the system knows them.</summary>
    public static Actor Operator() => new($"operator:{Environment.UserName}", "command");

    /// <summary>The program itself, reading the district's files at start.</summary>
    public static Actor Start() => new("kera", "start");

    /// <summary>The program itself, doing what recurs.</summary>
    public static Actor Job() => new("kera", "job");
}

/// <summary>Who reads: nobody signed in, an agent, or the operator of the machine, who sees everything.</summary>
/// <param name="AgentId">The agent's number; null for the public.</param>
/// <param name="SeesAll">Whether audiences do not apply: the command line on the machine itself.</param>
public sealed record Reader(int? AgentId, bool SeesAll = false)
{
    /// <summary>The numbers of the agents that the person acts for as a partner; what these may read, they may.</summary>
    public IReadOnlyList<int> ActsFor { get; init; } = [];

    /// <summary>Whether an agent is the reader, or one that the reader acts for.</summary>
    public bool Is(int? agentId) => agentId is { } id && (id == AgentId || ActsFor.Contains(id));

    /// <summary>The numbers of the agents that the reader is.</summary>
    public IEnumerable<int> Agents => AgentId is { } own ? [own, .. ActsFor] : ActsFor;

    /// <summary>Anyone: sees what is public.</summary>
    public static readonly Reader Public = new(AgentId: null);

    /// <summary>The operator on the machine.</summary>
    public static readonly Reader Everything = new(AgentId: null, SeesAll: true);
}

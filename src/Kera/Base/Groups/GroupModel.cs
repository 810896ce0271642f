using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Groups;

/// <summary>Who does something with a group: a person on a page, or the person of a program's token.</summary>
/// <param name="AgentId">Who.</param>
/// <param name="Actor">For the audit.</param>
public sealed record GroupActor(int AgentId, Actor Actor)
{
    /// <summary>Whoever is signed in.</summary>
    public static implicit operator GroupActor(SignedIn me) => Of(me);

    /// <summary>Whoever is signed in.</summary>
    public static GroupActor Of(SignedIn me) => new(me.AgentId, me.Actor);
}

/// <summary>A group, as one of its people sees it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Key">Its key, as addresses have it.</param>
/// <param name="Name">What its people call it.</param>
/// <param name="Kind">The key of its kind.</param>
/// <param name="Role">What the one who asks is in it.</param>
public sealed record GroupView(int Id, string Key, string Name, string Kind, GroupRole Role)
{
    /// <summary>Whether the one who asks books for it.</summary>
    public bool Leads => Role == GroupRole.Leader;
}

/// <summary>Somebody in a group, as its people see each other: a name, and no address.</summary>
/// <param name="Id">The number of the membership.</param>
/// <param name="AgentId">Who.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">What they are in it.</param>
public sealed record GroupMember(int Id, int AgentId, string Name, GroupRole Role);

/// <summary>A code to a group, shown this once.</summary>
/// <param name="Code">The code, as <c>K7QM-2FHX-9TBD</c>.</param>
/// <param name="Expires">When it ends.</param>
public sealed record GroupCode(string Code, Instant Expires);

/// <summary>What a feature does when a group ends, in the same transaction. A feature registers its own in the service collection.</summary>
/// <param name="EndAsync">Does it for the group of a number.</param>
public sealed record GroupEndRule(Func<KeraDb, int, CancellationToken, Task> EndAsync);

namespace Kera.Base.Store;

/// <summary>A group of people, as a club or a company of neighbours.</summary>
public sealed class PeopleGroupRow
{
    public int Id { get; set; }
    /// <summary>By which addresses know it; random.</summary>
    public string Key { get; set; } = "";
    /// <summary>What its people call it; empty once it has ended.</summary>
    public string Name { get; set; } = "";
    /// <summary>The key of its kind, of the district's files.</summary>
    public string Kind { get; set; } = "";
    public long Created { get; set; }
    public long? Ended { get; set; }
}

/// <summary>What somebody is in a group.</summary>
public enum GroupRole
{
    /// <summary>Belongs to it.</summary>
    Member,

    /// <summary>Books and applies for it, and says who belongs to it.</summary>
    Leader,
}

/// <summary>Somebody in a group.</summary>
public sealed class GroupMemberRow
{
    public int Id { get; set; }
    public int GroupId { get; set; }
    public int AgentId { get; set; }
    public GroupRole Role { get; set; }
    public long Joined { get; set; }
}

/// <summary>A code by which one person joins a group, once.</summary>
public sealed class GroupInvitationRow
{
    public int Id { get; set; }
    public int GroupId { get; set; }
    public byte[] Hash { get; set; } = [];
    public long Created { get; set; }
    public long Expires { get; set; }
}

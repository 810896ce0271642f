using Microsoft.AspNetCore.Identity;

namespace Kera.Base.Store;

/// <summary>How a person signs in. Like the person it stands beside the ledger and goes when the person is erased.</summary>
public sealed class AccountRow : IdentityUser<int>
{
    /// <summary>The person's agent.</summary>
    public int AgentId { get; set; }

    /// <summary>The language of letters to them: <c>fi</c>, <c>sv</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "fi";

    /// <summary>Name, user name and address in capitals, by which the desk looks for the person: databases fold no letter beyond ASCII.</summary>
    public string Sought { get; set; } = "";
}

/// <summary>A sign-in by another provider: its name and the person's number there.</summary>
public sealed class AccountLoginRow : IdentityUserLogin<int>;

/// <summary>Needed by Identity's store; Kera writes none.</summary>
public sealed class AccountClaimRow : IdentityUserClaim<int>;

/// <summary>Needed by Identity's store; Kera writes none.</summary>
public sealed class AccountTokenRow : IdentityUserToken<int>;

/// <summary>A passkey: the public key only.</summary>
public sealed class AccountPasskeyRow : IdentityUserPasskey<int>;

/// <summary>What an account may do, and for whom.</summary>
public sealed class AccountRoleRow
{
    public int Id { get; set; }
    public int AccountId { get; set; }
    /// <summary>A word of <see cref="Kera.Base.Accounts.Role"/>.</summary>
    public string Role { get; set; } = "";
    /// <summary>For whom; set where the role is a partner's.</summary>
    public int? AgentId { get; set; }
    public long Granted { get; set; }
    /// <summary>The key of who granted it.</summary>
    public string GrantedBy { get; set; } = "";
}

/// <summary>A browser that is signed in. The cookie holds a random number, the row its hash.</summary>
public sealed class SessionRow
{
    public int Id { get; set; }
    public byte[] Hash { get; set; } = [];
    public int AccountId { get; set; }
    public long Begun { get; set; }
    /// <summary>When it was last used, to five minutes.</summary>
    public long Seen { get; set; }
    public long Expires { get; set; }
    /// <summary>What browser on what system, in a few words.</summary>
    public string Device { get; set; } = "";
    /// <summary>The person that someone at the desk acts for.</summary>
    public int? ActsForId { get; set; }
    /// <summary>When acting for that person ends by itself.</summary>
    public long? ActsUntil { get; set; }
}

/// <summary>A way in that was handed out: for a new account, or (with an account) for a new password.</summary>
public sealed class InvitationRow
{
    public int Id { get; set; }
    public byte[] Hash { get; set; } = [];
    /// <summary>What the new account may do, as <c>resident</c> or <c>partner:nokia</c>, separated by spaces.</summary>
    public string Roles { get; set; } = "";
    /// <summary>The account that gets a new password; null for a new account.</summary>
    public int? AccountId { get; set; }
    public string Language { get; set; } = "fi";
    public long Created { get; set; }
    public long Expires { get; set; }
    /// <summary>The key of who made it.</summary>
    public string CreatedBy { get; set; } = "";
    public long? Used { get; set; }
    public long? Revoked { get; set; }
}

/// <summary>What a person agreed to, and until when.</summary>
public sealed class ConsentRow
{
    public int Id { get; set; }
    public int AgentId { get; set; }
    /// <summary>A registered purpose, as <c>letter.week</c>.</summary>
    public string Purpose { get; set; } = "";
    public long Given { get; set; }
    public long Ends { get; set; }
    public long? Withdrawn { get; set; }
}

/// <summary>Somebody else looked at what is a person's own.</summary>
public sealed class PersonalReadRow
{
    public long Id { get; set; }
    public long At { get; set; }
    /// <summary>Whose it was.</summary>
    public int AgentId { get; set; }
    /// <summary>The key of who looked.</summary>
    public string Reader { get; set; } = "";
    /// <summary>At what, as <c>person.name</c>.</summary>
    public string What { get; set; } = "";
    /// <summary>Why, in the reader's words.</summary>
    public string Reason { get; set; } = "";
}

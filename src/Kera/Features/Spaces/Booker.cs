using System.Diagnostics.CodeAnalysis;
using Kera.Base.Access;
using Kera.Base.Accounts;

namespace Kera.Features.Spaces;

/// <summary>Who books: a person on a page, or the agent of a program's token.</summary>
/// <param name="AgentId">Whose the booking is.</param>
/// <param name="Actor">Who writes, for the audit.</param>
/// <param name="Roles">What they are here, which says which audiences they belong to and which spaces they keep.</param>
public sealed record Booker(int AgentId, Actor Actor, IReadOnlyList<RoleGrant> Roles)
{
    /// <summary>Whether they can be led to a page on which they pay; an organisation's program is sent an invoice.</summary>
    public bool PaysOnline { get; init; } = true;

    /// <summary>Whoever is signed in books for themself; null for nobody.</summary>
    [return: NotNullIfNotNull(nameof(me))]
    public static implicit operator Booker?(SignedIn? me) => Of(me);

    /// <summary>Whoever is signed in books for themself; null for nobody.</summary>
    [return: NotNullIfNotNull(nameof(me))]
    public static Booker? Of(SignedIn? me) => me is null ? null : new Booker(me.AgentId, me.Actor, me.Roles);
}

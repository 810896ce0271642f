using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>Who borrows or orders: whoever is signed in, or the agent of a program's token.</summary>
/// <param name="AgentId">Their agent.</param>
/// <param name="Actor">Who writes, for the audit.</param>
/// <param name="Roles">What they are here.</param>
/// <param name="AtDesk">Whether the desk acts for them, and knows who they are.</param>
public sealed record Borrower(int AgentId, Actor Actor, IReadOnlyList<RoleGrant> Roles, bool AtDesk = false)
{
    /// <summary>Whoever is signed in borrows for themself.</summary>
    [return: NotNullIfNotNull(nameof(me))]
    public static implicit operator Borrower?(SignedIn? me) => Of(me);

    /// <summary>Whoever is signed in borrows for themself; null for nobody.</summary>
    [return: NotNullIfNotNull(nameof(me))]
    public static Borrower? Of(SignedIn? me) => me is null ? null : new Borrower(me.AgentId, me.Actor, me.Roles, me.Desk is not null);

    /// <summary>Whether they act for an agent.</summary>
    public bool ActsFor(string agent) => Roles.Contains(new RoleGrant(Role.Partner, agent));
}

/// <summary>What somebody wants to borrow.</summary>
/// <param name="First">The first day.</param>
/// <param name="Days">For how many days.</param>
/// <param name="Site">The site that it is ordered to; null for oneself.</param>
/// <param name="Delivered">Whether it is to be brought there.</param>
/// <param name="Signs">Whether what has to be signed is signed now.</param>
/// <param name="Once">By which a program's wish that is sent again is the same; null where each is another.</param>
public sealed record LoanWish(LocalDate First, int Days, string? Site = null, bool Delivered = false, bool Signs = false, string? Once = null)
{
    /// <summary>The key of the loan of one of the kinds: by what the wish is sent again with, else random.</summary>
    internal string KeyFor(int agentId, int number) =>
        Once is null ? RandomKey.New() : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{agentId} {number} {Once}"))))[..KeyLength];

    private const int KeyLength = 24;
}

/// <summary>Why something is not lent.</summary>
/// <param name="Code">The rule, as a word of the text <c>things.refusal.{Code}</c>.</param>
/// <param name="Kind">The kind that it is about.</param>
/// <param name="Number">A number that the rule has, as its most days.</param>
/// <param name="Day">The first day that would do.</param>
/// <param name="Euros">An amount that the rule has.</param>
public sealed record ThingRefusal(string Code, ThingKind Kind, int? Number = null, LocalDate? Day = null, decimal? Euros = null);

/// <summary>What became of a wish.</summary>
/// <param name="Keys">The loans, in the order of the kinds; empty where it is refused.</param>
/// <param name="Refusals">Why it is.</param>
public sealed record ReserveOutcome(IReadOnlyList<string> Keys, IReadOnlyList<ThingRefusal> Refusals);

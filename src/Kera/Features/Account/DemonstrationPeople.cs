using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Ui;

namespace Kera.Features.Account;

/// <summary>
/// One made-up person for each role, for whoever tries the demonstration: made when first asked for, shared by all who try, and
/// without a password, so that nobody can take them over or erase them.
/// </summary>
public sealed class DemonstrationPeople(Base.Accounts.Accounts accounts, Catalog catalog, DistrictInForce district)
{
    private static readonly SemaphoreSlim Making = new(1, 1);

    /// <summary>The account of the person with a role.</summary>
    public async Task<int> AccountAsync(Role role, PageContext page, CancellationToken cancellation)
    {
        var userName = $"demonstration.{RoleGrant.WordOf(role)}";
        // Two who ask at once would both make the person.
        await Making.WaitAsync(cancellation);
        try
        {
            return await accounts.FindIdAsync(userName)
                ?? await accounts.AddAsync(new NewAccount(Texts.WithoutSoftHyphens(page.Texts.Of("role", RoleGrant.WordOf(role))), userName, "", page.Language.Code), null, [.. GrantsOf(role)], Actor.Start(), cancellation);
        }
        finally
        {
            Making.Release();
        }
    }

    /// <summary>
    /// The partner acts for made-up organisations, so that nobody who tries writes in a real one's name: for the first by key, and for
    /// those that hold plants, keep buildings, spaces or things, build or manage energy communities, so that all desks can be tried.
    /// </summary>
    private IEnumerable<RoleGrant> GrantsOf(Role role)
    {
        if (role != Role.Partner)
        {
            return [new RoleGrant(role)];
        }

        var agents = catalog.Agents.All.Where(entry => entry.Row is { Kind: "organization", Retired: false, Outside: false })
            .OrderByDescending(entry => entry.Row.Fictional).ThenBy(entry => entry.Noun.Key, StringComparer.Ordinal).ToList();
        var holders = (district.Model?.Energy?.Plants.Values ?? []).Select(plant => plant.Holder)
            .Concat((district.Model?.Buildings?.Buildings.Values ?? []).Select(building => building.Keeper))
            .Concat((district.Model?.Spaces?.Spaces.Values ?? []).Select(space => space.Keeper))
            .Concat((district.Model?.Things?.Kinds.Values ?? []).Select(kind => kind.Keeper))
            .Concat((district.Model?.Things?.Sites.Values ?? []).Select(site => site.Company))
            .Concat((district.Model?.Communities?.Communities.Values ?? []).Select(community => community.Keeper))
            .ToHashSet(StringComparer.Ordinal);
        return agents.Take(1).Concat(agents.Where(entry => entry.Row.Fictional && holders.Contains(entry.Noun.Key))).DistinctBy(entry => entry.Noun.Key).Select(entry => new RoleGrant(role, entry.Noun.Key));
    }
}

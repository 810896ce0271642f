using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Ui;

namespace Kera.Features.Desk;

/// <summary>The boxes of roles in a form: one for each role, and the agent beside the partner's.</summary>
internal static class RoleForm
{
    /// <summary>Reads the boxes that are ticked.</summary>
    /// <exception cref="AccessException">A role is unknown, or a partner is without its agent.</exception>
    public static IReadOnlyList<RoleGrant> Read(IFormCollection form, string? agent) =>
        [.. form["role"].OfType<string>().Select(word => RoleGrant.Parse(word == RoleGrant.WordOf(Role.Partner) ? $"{word}:{agent}" : word))];

    /// <summary>What is wrong, in the page's language.</summary>
    public static string Error(PageContext page, AccessException mistake) => mistake.TextKey is { } key ? page.Texts[key] : mistake.Message;

    /// <summary>The agents that a partner can act for, by key and name.</summary>
    public static List<KeyValuePair<string, string>> Agents(Base.Ledger.Catalog catalog, Language language) =>
    [
        .. catalog.Agents.All.Where(entry => entry.Row is { Retired: false, Kind: "organization" })
            .Select(entry => KeyValuePair.Create(entry.Noun.Key, entry.Row.Name(language)))
            .OrderBy(pair => pair.Value, StringComparer.CurrentCultureIgnoreCase),
    ];
}

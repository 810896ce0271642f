using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>Who may order to a site.</summary>
/// <param name="AgentId">The person, or the company for its programs.</param>
/// <param name="Key">By which a form names them.</param>
/// <param name="Name">Their name; null for the company's programs.</param>
/// <param name="Limit">Up to how many cents a month.</param>
/// <param name="OfFile">Whether the file says so and nobody else.</param>
public sealed record SiteOrderer(int AgentId, string Key, string? Name, int Limit, bool OfFile);

/// <summary>A company says for each of its sites up to what is ordered in a month, all together and by whom. What it does not say is as the file has it.</summary>
public sealed class SiteLimitBook(KeraStore store, ThingShelf shelf)
{
    private const decimal MostEuros = 10_000_000;

    /// <summary>A person's limits in their export and in their erasure.</summary>
    public static ErasureRule Erasure { get; } = new("site_limit", static (db, person, cancellation) => db.SiteLimits.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation));

    /// <summary>The limits of a site, and who may order up to which.</summary>
    public async Task<(SiteLimits Limits, IReadOnlyList<SiteOrderer> Orderers)> OfAsync(BuildingSite site, int company, IReadOnlyList<AccountDescription> people, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var limits = await SiteLimits.OfAsync(db, site, cancellation);
        return (limits, [
            .. people.Select(person => new SiteOrderer(person.AgentId, person.PersonKey, person.Name, limits.Of(person.AgentId), !limits.Persons.ContainsKey(person.AgentId))),
            new SiteOrderer(company, site.Company, null, limits.Of(company), !limits.Persons.ContainsKey(company)),
        ]);
    }

    /// <summary>Says up to what is ordered to a site in a month.</summary>
    /// <param name="site">The site.</param>
    /// <param name="agentId">The orderer; null for all together.</param>
    /// <param name="euros">Up to how much; null to leave it to the file, 0 for nothing.</param>
    /// <param name="me">Who says so: nobody for themself.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AccessException">It is one's own limit, or no amount.</exception>
    public async Task SetAsync(BuildingSite site, int? agentId, decimal? euros, SignedIn me, CancellationToken cancellation)
    {
        if (agentId == me.AgentId)
        {
            throw new AccessException("limit", "A colleague says up to what you may order.", "things.error.ownlimit");
        }

        if (euros is < 0 or > MostEuros)
        {
            throw Wrong();
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        // In turn with the orders to it, which were within the limit or were not.
        await StoreTurns.TakeAsync(db, ["thing-site:" + site.Key], cancellation);
        var row = await db.SiteLimits.SingleOrDefaultAsync(row => row.Site == site.Key && row.AgentId == agentId, cancellation);
        if (euros is null)
        {
            db.SiteLimits.RemoveRange(row is null ? [] : [row]);
        }
        else
        {
            if (row is null)
            {
                db.SiteLimits.Add(row = new SiteLimitRow { Site = site.Key, AgentId = agentId });
            }

            (row.Cents, row.Changed) = (LoanPrices.Cents(euros.Value), shelf.NowMicroseconds);
        }

        var who = agentId is null ? "all" : await db.Agents.Where(agent => agent.Id == agentId).Select(agent => agent.Key).SingleAsync(cancellation);
        Audit.Add(db, me.Actor, shelf.Now, "site.limit", string.Create(CultureInfo.InvariantCulture, $"{site.Key} {who}: {(euros is null ? "as the file" : euros)}"));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>A limit as it was typed: nothing for what the file says.</summary>
    /// <exception cref="AccessException">It is no amount.</exception>
    public static decimal? Read(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : SettlingDesk.Euros(typed) ?? throw Wrong();

    private static AccessException Wrong() => new("limit", "Write an amount in euros, 0 for nothing, or leave it empty.", "things.error.limit");
}

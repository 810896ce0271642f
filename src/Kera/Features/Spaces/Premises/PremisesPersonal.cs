using System.Text.Json.Nodes;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces.Premises;

/// <summary>What applications and agreements hold of persons: shown to them, and gone with them.</summary>
internal sealed class PremisesPersonal(IClock clock)
{
    /// <summary>What is held of them. While an agreement of their own goes on they cannot go: it is ended first.</summary>
    public PersonalDataPart Part => new("letting", ExportAsync, ObjectionAsync);

    /// <summary>Two years after a call was decided or taken back, what was not chosen in it is forgotten.</summary>
    public static RetentionRule Retention { get; } = new("applications", Days: 730, static (db, before, cancellation) =>
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        var over = db.PremisesCalls.Where(call => call.Decided < end || call.Cancelled < end);
        return db.PremisesApplications.Where(row => row.State != PremisesApplicationState.Chosen && over.Any(call => call.Id == row.CallId)).ExecuteDeleteAsync(cancellation);
    });

    /// <summary>
    /// The words of an application are its writer's and go; what an organisation applied for stays the organisation's, without who wrote it.
    /// </summary>
    public static ErasureRule OfApplications { get; } = new("premises_application", async (db, person, cancellation) =>
    {
        var own = db.PremisesApplications.Where(row => row.AgentId == person.AgentId);
        var gone = await own.Where(row => row.State == PremisesApplicationState.Draft).ExecuteDeleteAsync(cancellation);
        gone += await own.Where(row => row.Organisation == "").ExecuteUpdateAsync(
            row => row.SetProperty(each => each.Plan, "").SetProperty(each => each.Sharing, "").SetProperty(each => each.Answers, "[]").SetProperty(each => each.Reason, "").SetProperty(each => each.ShowName, false), cancellation);
        await own.ExecuteUpdateAsync(row => row.SetProperty(each => each.AgentId, (int?)null), cancellation);
        return gone;
    });

    /// <summary>An agreement stays, with a random key; the words of a person's own go.</summary>
    public static ErasureRule OfAgreements { get; } = new("tenancy", async (db, person, cancellation) =>
    {
        var own = db.Tenancies.Where(row => row.AgentId == person.AgentId);
        var key = await db.Agents.Where(row => row.Id == person.AgentId).Select(row => row.Key).SingleAsync(cancellation);
        await own.Where(row => row.State != TenancyState.Agreed).ExecuteUpdateAsync(row => row.SetProperty(each => each.State, TenancyState.Declined), cancellation);
        await own.Where(row => row.Tenant == key).ExecuteUpdateAsync(row => row.SetProperty(each => each.Terms, "").SetProperty(each => each.EndReason, ""), cancellation);
        return await own.ExecuteUpdateAsync(row => row.SetProperty(each => each.AgentId, (int?)null), cancellation);
    });

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var applications = await db.PremisesApplications.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var tenancies = await db.Tenancies.AsNoTracking().Where(row => row.AgentId == agentId && row.State != TenancyState.Draft).OrderBy(row => row.Id).ToListAsync(cancellation);
        return applications.Count + tenancies.Count == 0 ? null : new JsonObject
        {
            ["applications"] = new JsonArray([.. applications.Select(Json)]),
            ["agreements"] = new JsonArray([.. tenancies.Select(Json)]),
        };
    }

    private async Task<string?> ObjectionAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var today = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());
        var rows = await db.Tenancies.AsNoTracking().Where(row => row.AgentId == agentId && row.State == TenancyState.Agreed).ToListAsync(cancellation);
        // The agreement of an organisation goes on with whoever acts for it.
        var keys = await db.Agents.AsNoTracking().Where(row => row.Id == agentId).Select(row => row.Key).ToListAsync(cancellation);
        return rows.Exists(row => keys.Contains(row.Tenant) && (row.LastDay + 1L) * NodaConstants.TicksPerDay / 10 > today) ? "premises.erasure" : null;
    }

    private static JsonObject Json(PremisesApplicationRow row)
    {
        var application = PremisesApplication.Of(row);
        var decided = row.State is PremisesApplicationState.Chosen or PremisesApplicationState.NotChosen;
        return new JsonObject
        {
            ["key"] = row.Key,
            ["organisation"] = row.Organisation,
            ["state"] = row.State.ToString(),
            ["plan"] = row.Plan,
            ["area"] = application.Wish.Area.ToDecimal(),
            ["from"] = LocalDatePattern.Iso.Format(application.Wish.FirstDay),
            ["until"] = LocalDatePattern.Iso.Format(application.Wish.LastDay),
            ["sharing"] = row.Sharing,
            ["answers"] = JsonNode.Parse(row.Answers),
            ["points"] = decided && row.Scores.Length > 0 ? JsonNode.Parse(row.Scores) : null,
            ["reason"] = decided ? row.Reason : null,
        };
    }

    private static JsonObject Json(TenancyRow row)
    {
        var terms = Tenancy.Of(row).Terms;
        return new JsonObject
        {
            ["key"] = row.Key,
            ["premises"] = row.Premises,
            ["state"] = row.State.ToString(),
            ["from"] = LocalDatePattern.Iso.Format(terms.FirstDay),
            ["until"] = LocalDatePattern.Iso.Format(terms.LastDay),
            ["area"] = terms.Area.ToDecimal(),
            ["centsAMonth"] = row.Rent,
            ["terms"] = row.Terms,
        };
    }
}

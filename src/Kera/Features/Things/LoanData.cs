using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Features.Things;

/// <summary>What is kept of borrowers: taken along by them, and erased with them.</summary>
internal static class LoanData
{
    /// <summary>A person's loans and waivers in their export. Who has a thing is not erased until it is back.</summary>
    public static PersonalDataPart Part { get; } = new("loans", ExportAsync, static async (db, agentId, cancellation) =>
        await db.Loans.AnyAsync(row => row.AgentId == agentId && row.State == LoanState.Out, cancellation) ? "things.objection" : null);

    /// <summary>What was lent stays as hours and carbon; that it was theirs, and the words to them, go.</summary>
    public static ErasureRule Loans { get; } = new("loan", static async (db, person, cancellation) =>
    {
        await db.Loans.Where(row => row.AgentId == person.AgentId && row.State < LoanState.Out).ExecuteUpdateAsync(row => row.SetProperty(loan => loan.State, LoanState.Cancelled), cancellation);
        return await db.Loans.Where(row => row.AgentId == person.AgentId).ExecuteUpdateAsync(row => row.SetProperty(loan => loan.AgentId, (int?)null).SetProperty(loan => loan.Words, ""), cancellation);
    });

    /// <summary>What was signed goes.</summary>
    public static ErasureRule Waivers { get; } = new("thing_waiver", static (db, person, cancellation) => db.ThingWaivers.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation));

    private static async Task<JsonNode?> ExportAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var loans = await db.Loans.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var ids = loans.ConvertAll(row => row.Id);
        var photos = (await db.LoanPhotos.AsNoTracking().Where(row => ids.Contains(row.LoanId)).OrderBy(row => row.Id).Select(row => new { row.LoanId, row.Key, row.Taken }).ToListAsync(cancellation)).ToLookup(row => row.LoanId);
        var waivers = await db.ThingWaivers.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        var limits = await db.SiteLimits.AsNoTracking().Where(row => row.AgentId == agentId).OrderBy(row => row.Id).ToListAsync(cancellation);
        return loans.Count + waivers.Count + limits.Count == 0 ? null : new JsonObject
        {
            ["loans"] = new JsonArray([.. loans.Select(row => Json(row, [.. photos[row.Id].Select(photo => (photo.Key, photo.Taken))]))]),
            ["limits"] = new JsonArray([.. limits.Select(row => new JsonObject { ["site"] = row.Site, ["cents"] = row.Cents })]),
            ["waivers"] = new JsonArray([.. waivers.Select(row => new JsonObject { ["waiver"] = row.Waiver, ["signed"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(row.SignedAt)) })]),
        };
    }

    private static JsonObject Json(LoanRow row, IReadOnlyList<(string Key, long Taken)> photos) => new()
    {
        ["key"] = row.Key,
        ["kind"] = row.Kind,
        ["item"] = row.Item,
        ["site"] = row.Site,
        ["state"] = row.State.ToString(),
        ["first"] = LocalDatePattern.Iso.Format(DistrictCalendar.DateOf(row.First)),
        ["due"] = LocalDatePattern.Iso.Format(DistrictCalendar.DateOf(row.Due)),
        ["out"] = row.OutAt is { } outAt ? InstantPattern.General.Format(DistrictCalendar.ToInstant(outAt)) : null,
        ["back"] = row.BackAt is { } back ? InstantPattern.General.Format(DistrictCalendar.ToInstant(back)) : null,
        ["cents"] = row.Gross,
        ["vat"] = row.Vat,
        ["deposit"] = row.Deposit,
        ["depositKept"] = row.DepositKept,
        ["conditionOut"] = row.ConditionOut.ToString(),
        ["conditionBack"] = row.BackAt is null ? null : row.ConditionBack.ToString(),
        ["missing"] = row.Missing,
        ["consumed"] = row.Consumed,
        ["words"] = row.Words,
        // The pictures themselves are behind their addresses, for as long as they are kept.
        ["photos"] = new JsonArray([.. photos.Select(photo => new JsonObject { ["taken"] = InstantPattern.General.Format(DistrictCalendar.ToInstant(photo.Taken)), ["address"] = $"{LoanEndpoints.PathOf(row.Key)}/photos/{photo.Key}" })]),
    };
}

using System.Text.Json.Nodes;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime.Text;

namespace Kera.Base.People;

/// <summary>What Base itself holds of persons.</summary>
internal static class OwnData
{
    /// <summary>The parts: the person, their account, their consents and looks, their tokens, their private Series, their events.</summary>
    public static IEnumerable<PersonalDataPart> Parts(Catalog catalog, FlowTable flows)
    {
        yield return Part("contact", PersonAsync);
        yield return Part("account", AccountAsync);
        yield return Part("consents", ConsentsAsync);
        yield return Part("reads", ReadsAsync);
        yield return Part("tokens", TokensAsync);
        yield return Part("series", SeriesAsync);
        yield return Part("events", (db, agentId, cancellation) => EventsAsync(db, catalog, flows, agentId, cancellation));
    }

    // Nothing of Base objects, and PersonStore erases it all together with the person.
    private static PersonalDataPart Part(string key, Func<KeraDb, int, CancellationToken, Task<JsonNode?>> export) =>
        new(key, export, (_, _, _) => Task.FromResult<string?>(null));

    private static async Task<JsonNode?> PersonAsync(KeraDb db, int agentId, CancellationToken cancellation) =>
        await db.Persons.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } person
            ? new JsonObject { ["name"] = person.Name, ["email"] = person.Email, ["note"] = person.Note, ["created"] = Moment(person.Created) }
            : null;

    private static async Task<JsonNode?> AccountAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is not { } account)
        {
            return null;
        }

        var roles = await db.AccountRoles.AsNoTracking().Where(row => row.AccountId == account.Id).ToListAsync(cancellation);
        var sessions = await db.Sessions.AsNoTracking().Where(row => row.AccountId == account.Id).ToListAsync(cancellation);
        var passkeys = await db.Set<AccountPasskeyRow>().AsNoTracking().Where(row => row.UserId == account.Id).ToListAsync(cancellation);
        return new JsonObject
        {
            ["userName"] = account.UserName,
            ["email"] = account.Email,
            ["language"] = account.Language,
            ["roles"] = new JsonArray([.. roles.Select(row => new JsonObject { ["role"] = row.Role, ["granted"] = Moment(row.Granted), ["grantedBy"] = row.GrantedBy })]),
            ["passkeys"] = new JsonArray([.. passkeys.Select(row => new JsonObject { ["name"] = row.Data.Name, ["created"] = InstantPattern.General.Format(NodaTime.Instant.FromDateTimeOffset(row.Data.CreatedAt)) })]),
            ["sessions"] = new JsonArray([.. sessions.Select(row => new JsonObject { ["device"] = row.Device, ["begun"] = Moment(row.Begun), ["lastUsed"] = Moment(row.Seen) })]),
        };
    }

    private static async Task<JsonNode?> ConsentsAsync(KeraDb db, int agentId, CancellationToken cancellation) =>
        List(await db.Consents.AsNoTracking().Where(row => row.AgentId == agentId).ToListAsync(cancellation), row => new JsonObject
        {
            ["purpose"] = row.Purpose,
            ["given"] = Moment(row.Given),
            ["ends"] = Moment(row.Ends),
            ["withdrawn"] = row.Withdrawn is { } withdrawn ? Moment(withdrawn) : null,
        });

    private static async Task<JsonNode?> ReadsAsync(KeraDb db, int agentId, CancellationToken cancellation) =>
        List(await db.PersonalReads.AsNoTracking().Where(row => row.AgentId == agentId).ToListAsync(cancellation), row => new JsonObject
        {
            ["at"] = Moment(row.At),
            ["reader"] = row.Reader,
            ["what"] = row.What,
            ["reason"] = row.Reason,
        });

    private static async Task<JsonNode?> TokensAsync(KeraDb db, int agentId, CancellationToken cancellation) =>
        List(await db.Tokens.AsNoTracking().Where(row => row.AgentId == agentId).ToListAsync(cancellation), row => new JsonObject
        {
            ["name"] = row.Name,
            ["scopes"] = row.Scopes,
            ["created"] = Moment(row.Created),
        });

    private static async Task<JsonNode?> SeriesAsync(KeraDb db, int agentId, CancellationToken cancellation)
    {
        var series = new JsonArray();
        foreach (var row in await db.Series.AsNoTracking().Where(row => row.OwnerId == agentId).ToListAsync(cancellation))
        {
            var values = await db.SeriesValues.AsNoTracking().Where(value => value.SeriesId == row.Id).OrderBy(value => value.Start).ToListAsync(cancellation);
            series.Add(new JsonObject
            {
                ["key"] = row.Key,
                ["unit"] = row.Unit,
                ["values"] = new JsonArray([.. values.Select(value => new JsonArray(Moment(value.Start), new Flows.Quantity(value.Value).ToDecimal()))]),
            });
        }

        return series.Count == 0 ? null : series;
    }

    private static async Task<JsonNode?> EventsAsync(KeraDb db, Catalog catalog, FlowTable flows, int agentId, CancellationToken cancellation)
    {
        var own = flows.All().Where(flow => flow.Provider.Id == agentId || flow.Receiver.Id == agentId).ToDictionary(flow => flow.Id);
        var ids = own.Keys.ToList();
        var rows = await db.Events.AsNoTracking().Where(row => ids.Contains(row.FlowId))
            .GroupJoin(db.EventTexts, row => row.Position, text => text.Position, (row, texts) => new { row, texts })
            .SelectMany(pair => pair.texts.DefaultIfEmpty(), (pair, text) => new { pair.row, text })
            .OrderBy(pair => pair.row.Position).ToListAsync(cancellation);
        return List(rows, pair =>
        {
            var flow = own[pair.row.FlowId];
            return new JsonObject
            {
                ["position"] = pair.row.Position,
                ["action"] = flow.Action.Name,
                ["provider"] = flow.Provider.Key,
                ["receiver"] = flow.Receiver.Key,
                ["of"] = (flow.Resource ?? flow.ToResource)?.Key ?? flow.Specification.Key,
                ["at"] = Moment(pair.row.EffectTime),
                ["quantity"] = pair.row.Quantity is { } quantity ? new Flows.Quantity(quantity).ToDecimal() : null,
                ["unit"] = flow.Specification.Unit.Code,
                ["note"] = pair.text?.Note,
                ["reason"] = pair.text?.Reason,
                ["audience"] = catalog.AudienceKey(flow.AudienceId),
            };
        });
    }

    private static JsonArray? List<TRow>(List<TRow> rows, Func<TRow, JsonNode> write) => rows.Count == 0 ? null : new JsonArray([.. rows.Select(write)]);

    private static string Moment(long microseconds) => InstantPattern.General.Format(DistrictCalendar.ToInstant(microseconds));
}

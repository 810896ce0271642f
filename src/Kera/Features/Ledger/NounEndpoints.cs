using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Ledger;

/// <summary>The nouns that events refer to: listed by key, and one. Read from the store, so that every node answers alike.</summary>
internal static class NounEndpoints
{
    private const int MostListed = 500;

    public static void MapNouns(this RouteGroupBuilder api)
    {
        api.MapNoun<AgentRow, AgentDocument>("/agents", "agent", "agents", Agents);
        api.MapNoun<PlaceRow, PlaceDocument>("/places", "place", "places", (_, _) => new(rows => rows, (documents, row) => documents.Of(row)));
        api.MapNoun<SpecificationRow, SpecificationDocument>("/resource-specifications", "specification", "kinds of things", (_, _) => new(rows => rows, (_, row) => NounDocuments.Of(row)));
        api.MapNoun<ProcessSpecificationRow, ProcessSpecificationDocument>("/process-specifications", "process specification", "kinds of processes", (_, _) => new(rows => rows, (_, row) => NounDocuments.Of(row)));
        api.MapNoun<ProcessRow, ProcessDocument>("/processes", "process", "processes", (_, _) => new(rows => rows, (documents, row) => documents.Of(row)));
        api.MapNoun<DeclaredFlowRow, DeclaredFlowDocument>("/flows", "declared flow", "declared flows that you may read", DeclaredFlows);
        api.MapNoun<AgreementRow, AgreementDocument>("/agreements", "agreement", "agreements that you may read", Agreements);
        api.MapNoun<CommitmentRow, CommitmentDocument>("/commitments", "commitment", "commitments that you may read", Commitments);
        api.MapGet("/resources", ListResourcesAsync).Takes("after", "limit").Describes<IReadOnlyList<ResourceDocument>>("Nouns", "Lists resources, each with what it amounts to");
        api.MapGet("/resources/{id}", OneResourceAsync).Describes<ResourceDocument>("Nouns", "Gives one resource with what it amounts to");
    }

    /// <summary>A kind of noun for one reader: which rows, and how they are written.</summary>
    private sealed record Selection<TRow, TDocument>(Func<IQueryable<TRow>, IQueryable<TRow>> Visible, Func<NounDocuments, TRow, TDocument> Write);

    private static void MapNoun<TRow, TDocument>(this RouteGroupBuilder api, string path, string kind, string all, Func<Reader, Catalog, Selection<TRow, TDocument>> select)
        where TRow : NounRow
        where TDocument : class, INounDocument
    {
        api.MapGet(path, async (HttpContext context, KeraStore store, Catalog catalog, CancellationToken cancellation) =>
        {
            var query = new RequestQuery(context, catalog);
            var (after, limit) = (query.Text("after"), query.Limit(usual: 100, MostListed));
            if (query.Refusal is { } refusal)
            {
                return Problems.OfQuery(refusal);
            }

            var selection = select(context.Reader(), catalog);
            await using var db = store.OpenContext();
            var rows = await PageAsync(selection.Visible(db.Set<TRow>().AsNoTracking()), after, limit, cancellation);
            var documents = new NounDocuments(catalog);
            var page = rows.Take(limit).Select(row => selection.Write(documents, row)).ToList();
            var next = rows.Count > limit ? query.With("after", page[^1].Id) : null;
            return page is List<PlaceDocument> places && AsksForGeoJson(context)
                ? new Answer(GeoJson(places)) { ContentType = "application/geo+json", Next = next }
                : new Answer(page) { Next = next };
        }).Takes("after", "limit").Describes<IReadOnlyList<TDocument>>("Nouns", $"Lists {all}, by key" + (typeof(TRow) == typeof(PlaceRow) ? "; as GeoJSON where Accept names application/geo+json" : ""));
        api.MapGet(path + "/{id}", async (string id, HttpContext context, KeraStore store, Catalog catalog, CancellationToken cancellation) =>
        {
            var selection = select(context.Reader(), catalog);
            await using var db = store.OpenContext();
            return MasterData.IsKey(id) && await selection.Visible(db.Set<TRow>().AsNoTracking()).SingleOrDefaultAsync(row => row.Key == id, cancellation) is { } row
                ? new Answer(selection.Write(new NounDocuments(catalog), row))
                : Problems.NotFound(kind, id);
        }).Describes<TDocument>("Nouns", $"Gives one {kind}");
    }

    /// <summary>Persons are seen by themselves only.</summary>
    private static Selection<AgentRow, AgentDocument> Agents(Reader reader, Catalog catalog) =>
        new(rows => rows.Where(row => row.Kind != "person" || row.Id == reader.AgentId), (_, row) => NounDocuments.Of(row));

    /// <summary>A flow into a series without an audience is its owner's.</summary>
    private static Selection<DeclaredFlowRow, DeclaredFlowDocument> DeclaredFlows(Reader reader, Catalog catalog)
    {
        var readable = catalog.AudiencesOf(reader);
        var owners = reader.Agents.ToList();
        return new(
            rows => rows.Where(row => (row.AudienceId != null && readable.Contains(row.AudienceId.Value)) || (row.OwnerId != null && owners.Contains(row.OwnerId.Value))),
            (documents, row) => documents.Of(row));
    }

    private static Selection<AgreementRow, AgreementDocument> Agreements(Reader reader, Catalog catalog)
    {
        var readable = catalog.AudiencesOf(reader);
        return new(rows => rows.Where(row => readable.Contains(row.AudienceId)), (documents, row) => documents.Of(row));
    }

    private static Selection<CommitmentRow, CommitmentDocument> Commitments(Reader reader, Catalog catalog)
    {
        var readable = catalog.AudiencesOf(reader);
        return new(rows => rows.Where(row => readable.Contains(row.AudienceId)), (documents, row) => documents.Of(row));
    }

    private static async Task<IResult> ListResourcesAsync(HttpContext context, KeraStore store, Catalog catalog, LedgerQueries queries, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var (after, limit) = (query.Text("after"), query.Limit(usual: 100, MostListed));
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        await using var db = store.OpenContext();
        var rows = await PageAsync(db.Resources.AsNoTracking(), after, limit, cancellation);
        var states = await StatesAsync(context, queries, cancellation);
        var documents = new NounDocuments(catalog);
        var page = rows.Take(limit).Select(row => documents.Of(row, states.TryGetValue(row.Key, out var state) ? state : null)).ToList();
        return new Answer(page) { Next = rows.Count > limit ? query.With("after", page[^1].Id) : null };
    }

    private static async Task<IResult> OneResourceAsync(string id, HttpContext context, KeraStore store, Catalog catalog, LedgerQueries queries, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (!MasterData.IsKey(id) || await db.Resources.AsNoTracking().SingleOrDefaultAsync(row => row.Key == id, cancellation) is not { } row)
        {
            return Problems.NotFound("resource", id);
        }

        var states = await StatesAsync(context, queries, cancellation);
        return new Answer(new NounDocuments(catalog).Of(row, states.TryGetValue(id, out var state) ? state : null));
    }

    private static async Task<Dictionary<string, ResourceState>> StatesAsync(HttpContext context, LedgerQueries queries, CancellationToken cancellation) =>
        (await queries.BalancesAsync(context.Reader(), cancellation: cancellation)).ToDictionary(balance => balance.Resource.Key, balance => balance.State, StringComparer.Ordinal);

    /// <summary>One row more than asked for, which tells whether there is a next page.</summary>
    private static Task<List<TRow>> PageAsync<TRow>(IQueryable<TRow> rows, string? after, int limit, CancellationToken cancellation)
        where TRow : NounRow
    {
#pragma warning disable CA1309 // Becomes SQL, which compares by the database's collation as ORDER BY does.
        var following = after is null ? rows : rows.Where(row => string.Compare(row.Key, after) > 0);
#pragma warning restore CA1309
        return following.OrderBy(row => row.Key).Take(limit + 1).ToListAsync(cancellation);
    }

    private static bool AsksForGeoJson(HttpContext context) =>
        context.Request.GetTypedHeaders().Accept.Any(accept => accept.MediaType == "application/geo+json");

    private static object GeoJson(IEnumerable<PlaceDocument> places) => new
    {
        type = "FeatureCollection",
        features = places.Select(place => new
        {
            type = "Feature",
            id = place.Id,
            // GeoJSON wants the member there, also where nobody has drawn the place.
            geometry = place.Geometry ?? JsonElement.Parse("null"),
            properties = new { name = place.Name, kind = place.Kind, partOf = place.PartOf, schematic = place.Schematic, phases = place.Phases, retired = place.Retired },
        }),
    };
}

using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Ledger;

/// <summary>Writes events as documents, with what is kept beside them and only what the reader may read.</summary>
internal sealed class EventDocuments(KeraStore store, Catalog catalog, FlowTable flows)
{
    private static readonly Unit Hour = Unit.Find("h");

    /// <summary>Events with their texts, links and corrections.</summary>
    public async Task<IReadOnlyList<EventDocument>> OfAsync(IReadOnlyList<StoredEvent> events, Reader reader, CancellationToken cancellation)
    {
        var positions = events.Select(each => each.Event.Position).ToList();
        var readable = catalog.AudiencesOf(reader).ToHashSet();
        await using var db = store.OpenContext();
        var texts = await db.EventTexts.AsNoTracking().Where(row => positions.Contains(row.Position)).ToDictionaryAsync(row => row.Position, cancellation);
        var links = (await db.Fulfilments.AsNoTracking().Where(row => positions.Contains(row.Position)).OrderBy(row => row.CommitmentId).ToListAsync(cancellation)).ToLookup(row => row.Position);
        var corrections = (await db.Events.AsNoTracking()
            .Where(row => row.Corrects != null && positions.Contains(row.Corrects.Value))
            .OrderBy(row => row.Position)
            .Select(row => new { row.Position, Corrects = row.Corrects!.Value, row.FlowId })
            .ToListAsync(cancellation)).ToLookup(row => row.Corrects);
        return [.. events.Select(stored =>
        {
            var position = stored.Event.Position;
            var text = texts.GetValueOrDefault(position);
            return Of(stored.Event) with
            {
                IdempotencyKey = stored.IdempotencyKey,
                Note = Said(text?.Note),
                Reason = Said(text?.Reason),
                Fulfills = Listed(links[position].Select(Link).Where(link => readable.Contains(link.AudienceId)).Select(link => link.Document)),
                Audience = catalog.AudienceKey(stored.Flow.AudienceId).Split(' '),
                Flow = stored.Flow.DeclaredId is { } declared ? catalog.Get(catalog.DeclaredFlows, declared).Key : null,
                Hash = Convert.ToHexStringLower(stored.Hash),
                Erased = stored.TextDigest is not null && text is null ? true : null,
                CorrectedBy = Listed(corrections[position].Where(row => readable.Contains(flows.Get(row.FlowId).AudienceId)).Select(row => Id(row.Position))),
            };
        })];
    }

    /// <summary>An event alone.</summary>
    public static EventDocument Of(EconomicEvent e) => new()
    {
        Id = Id(e.Position),
        Action = e.Action.Name,
        Provider = e.Provider.Key,
        Receiver = e.Receiver.Key,
        InputOf = e.InputOf?.Key,
        OutputOf = e.OutputOf?.Key,
        ResourceInventoriedAs = e.Resource?.Key,
        ToResourceInventoriedAs = e.ToResource?.Key,
        ResourceConformsTo = e.Specification!.Key,
        ResourceQuantity = Measure(e.ResourceQuantity, e.Specification.Unit),
        EffortQuantity = Measure(e.EffortQuantity, e.Specification.EffortUnit ?? Hour),
        HasPointInTime = Moment(e.PointInTime),
        HasBeginning = Moment(e.Beginning),
        HasEnd = Moment(e.End),
        ToLocation = e.ToLocation?.Key,
        State = e.State,
        Corrects = e.Corrects is { } corrected ? Id(corrected) : null,
        RealizationOf = e.RealizationOf?.Key,
        Created = Moment(e.Created),
    };

    public static string Id(long position) => position.ToString(CultureInfo.InvariantCulture);

    public static MeasureDocument? Measure(Quantity? quantity, Unit unit) => quantity is { } known ? new MeasureDocument(known.ToDecimal(), unit.Code) : null;

    public static string? Moment(long? microseconds) => microseconds is { } known ? Moments.Write(known) : null;

    private (int AudienceId, FulfilmentDocument Document) Link(FulfilmentRow row)
    {
        var commitment = catalog.Get(catalog.Commitments, row.CommitmentId);
        var (quantity, specification) = (new Quantity(row.Quantity), commitment.ConformsTo);
        return (catalog.Commitments.Get(row.CommitmentId).Row.AudienceId, new FulfilmentDocument
        {
            Commitment = commitment.Key,
            ResourceQuantity = commitment.ResourceQuantity is null ? null : Measure(quantity, specification.Unit),
            EffortQuantity = commitment.ResourceQuantity is null ? Measure(quantity, specification.EffortUnit ?? Hour) : null,
        });
    }

    private static string? Said(string? words) => string.IsNullOrEmpty(words) ? null : words;

    private static List<T>? Listed<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
}

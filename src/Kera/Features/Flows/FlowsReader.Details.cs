using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Flows;

/// <summary>One event, one resource, and the way between.</summary>
public sealed partial class FlowsReader
{
    private const int StepsOfAWalk = 24;

    /// <summary>One event; null where there is none or the reader may not read it.</summary>
    public async Task<EventView?> EventAsync(long position, CancellationToken cancellation)
    {
        if (await _queries.EventAsync(_reader, position, cancellation) is not { } detail)
        {
            return null;
        }

        var e = detail.Stored.Event;
        var quality = QualityOf(detail.Stored);
        var history = HistoryOf(detail.Stored.IdempotencyKey);
        var before = position > 1 ? await _queries.EventAsync(_reader, position - 1, cancellation) : null;
        return new EventView(Line(e, quality))
        {
            Title = history?.Title.In(_language.Code),
            Formula = history?.Formula?.In(_language.Code),
            Uncertain = history is { Uncertain: true },
            Sources = history is null ? [] : [.. history.Sources.Select(source => _district!.Sources[source])],
            InputOf = e.InputOf is null ? null : _names.Of(e.InputOf),
            OutputOf = e.OutputOf is null ? null : _names.Of(e.OutputOf),
            ResourceInventoriedAs = e.Resource is null ? null : _names.Of(e.Resource),
            ConformsTo = e.Specification is null ? null : _names.Of(e.Specification),
            End = e.End is { } end ? DistrictCalendar.ToInstant(end) : null,
            ToLocation = e.ToLocation is null ? null : _names.Of(e.ToLocation),
            State = e.State,
            Note = detail.Note,
            Reason = detail.Reason,
            Erased = detail.Erased,
            Corrects = e.Corrects,
            CorrectedBy = [.. detail.Corrections.OrderBy(correction => correction.Position).Select(correction => Line(correction, quality))],
            RealizationOf = e.RealizationOf is null ? null : _names.Of(e.RealizationOf),
            Fulfills = [.. e.Fulfills.Select(Fulfilled)],
            DeclaredFlow = detail.Stored.Flow.DeclaredId is { } declared ? _names.Of(_catalog.DeclaredFlows.Get(declared).Row) : null,
            IdempotencyKey = detail.Stored.IdempotencyKey,
            Created = DistrictCalendar.ToInstant(e.Created),
            Hash = Convert.ToHexStringLower(detail.Stored.Hash),
            HashBefore = before is null ? null : Convert.ToHexStringLower(before.Stored.Hash),
        };
    }

    /// <summary>One resource and the way to and from it; null where there is none or the reader may not read it.</summary>
    public async Task<ResourceDetail?> ResourceAsync(string key, CancellationToken cancellation)
    {
        if (_catalog.Find(_catalog.Resources, key)?.Noun is not { } resource
            || (await _queries.BalancesAsync(_reader, cancellation: cancellation)).FirstOrDefault(each => each.Resource == resource) is not { } balance)
        {
            return null;
        }

        var state = balance.State;
        return new ResourceDetail(_names.Of(resource), _names.Of(resource.ConformsTo), resource.ConformsTo.Unit.Code, resource.Throughput)
        {
            Lot = resource.Lot,
            Accounting = state.Accounting,
            OnHand = state.Onhand,
            Accountable = Named(state.Accountable),
            Custodian = Named(state.Custodian),
            Location = state.Location is null ? null : _names.Of(state.Location),
            ContainedIn = state.Container is null ? null : _names.Of(state.Container),
            Stage = state.Stage is null ? null : _names.Of(state.Stage),
            State = state.State,
            CameFrom = await WalkAsync(resource, TraceDirection.Trace, cancellation),
            WentTo = await WalkAsync(resource, TraceDirection.Track, cancellation),
        };
    }

    // Of a network the sums of its flows say more than single hours, and a walk would begin with years of them.
    private async Task<TraceWalk> WalkAsync(EconomicResource resource, TraceDirection direction, CancellationToken cancellation)
    {
        if (resource.Throughput)
        {
            return new TraceWalk([], false);
        }

        var steps = await _trace.WalkAsync(_reader, resource, direction, StepsOfAWalk + 1, cancellation);
        return new TraceWalk([.. steps.Take(StepsOfAWalk).Select(step => new TraceLine(Line(step.Event, null), step.Distance + 1, Through(step)))], steps.Count > StepsOfAWalk);
    }

    private Noun? Through(TraceStep step) => step.Via switch
    {
        TraceVia.Process when step.Event.Process is { } process => _names.Of(process),
        TraceVia.Container when step.Event.ToResource is { } container => _names.Of(container),
        _ => null,
    };

    private Fulfilled Fulfilled(Fulfilment link)
    {
        var specification = link.Commitment.ConformsTo;
        var unit = link.Commitment.ResourceQuantity is null ? specification.EffortUnit?.Code ?? "h" : specification.Unit.Code;
        return new Fulfilled(_names.Of(link.Commitment), new Measure(link.Quantity, unit));
    }
}

using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ui;

/// <summary>Something by its key, as the reader's language calls it.</summary>
public sealed record Named(string Key, string Name);

/// <summary>What a flow amounted to in a month.</summary>
public sealed record FlowLine(string Action, string Subject, Named Provider, Named Receiver, Quantity Quantity, string Unit, Quality? Quality);

/// <summary>A month of flows.</summary>
/// <param name="First">Its first day; null where nothing was ever recorded.</param>
/// <param name="Lines">What moved, by action and unit, the largest first.</param>
public sealed record FlowMonth(LocalDate? First, IReadOnlyList<FlowLine> Lines);

/// <summary>Reads what moved lately, from the kept sums, for pages about something else than flows.</summary>
public sealed class FlowMonths(Catalog catalog, LedgerQueries queries)
{
    /// <summary>The last full month of some flows; where nothing was recorded in it, the newest month that has something.</summary>
    /// <param name="reader">Who asks.</param>
    /// <param name="filter">Which flows; its times do not matter.</param>
    /// <param name="today">The day on which it is asked.</param>
    /// <param name="language">Whose names.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<FlowMonth> NewestAsync(Reader reader, LedgerFilter filter, LocalDate today, Language language, CancellationToken cancellation)
    {
        var month = new LocalDate(today.Year, today.Month, 1).PlusMonths(-1);
        var totals = await TotalsAsync(month);
        if (totals.Count == 0)
        {
            if (await queries.EventsAsync(reader, filter with { From = null, Until = null }, null, 1, cancellation) is not [var newest, ..])
            {
                return new FlowMonth(null, []);
            }

            var date = DistrictCalendar.ToInstant(newest.Event.EffectTime).InZone(queries.Zone).Date;
            month = new LocalDate(date.Year, date.Month, 1);
            totals = await TotalsAsync(month);
        }

        return new FlowMonth(
            month,
            [
                .. totals.SelectMany(total => LinesOf(total, language))
                    .OrderBy(line => line.Action, StringComparer.Ordinal)
                    .ThenBy(line => line.Unit, StringComparer.Ordinal)
                    .ThenByDescending(line => line.Quantity),
            ]);

        Task<IReadOnlyList<FlowTotal>> TotalsAsync(LocalDate first) =>
            queries.TotalsAsync(reader, filter with { From = Micros(first), Until = Micros(first.PlusMonths(1)) }, Granularity.Month, cancellation);
        long Micros(LocalDate date) => DistrictCalendar.ToMicroseconds(queries.Zone.AtStartOfDay(date).ToInstant());
    }

    private IEnumerable<FlowLine> LinesOf(FlowTotal total, Language language)
    {
        var flow = total.Flow;
        var declared = flow.DeclaredId is { } id ? catalog.DeclaredFlows.Get(id).Row : null;
        var quality = Enum.TryParse<Quality>(declared?.Quality, ignoreCase: true, out var known) ? known : (Quality?)null;
        var subject = declared?.Name(language)
            ?? ((flow.Resource ?? flow.ToResource) is { } resource
                ? catalog.Resources.Get(resource.Id).Row.Name(language)
                : catalog.Specifications.Get(flow.Specification.Id).Row.Name(language));
        if (flow.Action.EventQuantity == EventQuantity.Resource || total.Quantity != Quantity.Zero)
        {
            yield return Line(total.Quantity, flow.Specification.Unit.Code);
        }

        if (total.Effort != Quantity.Zero)
        {
            yield return Line(total.Effort, flow.Specification.EffortUnit?.Code ?? "h");
        }

        FlowLine Line(Quantity quantity, string unit) => new(flow.Action.Name, subject, NameOf(flow.Provider), NameOf(flow.Receiver), quantity, unit, quality);
        Named NameOf(Agent agent) => new(agent.Key, catalog.Agents.Get(agent.Id).Row.Name(language));
    }
}

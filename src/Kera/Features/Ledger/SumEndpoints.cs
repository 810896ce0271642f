using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>A resource with what it amounts to, now or as of an instant.</summary>
/// <param name="Resource">Its key.</param>
/// <param name="ResourceConformsTo">The kind of thing.</param>
/// <param name="State">What it amounts to.</param>
public sealed record BalanceDocument(string Resource, string ResourceConformsTo, StateDocument State);

/// <summary>The sum of a flow over an hour, day or month of the district's zone.</summary>
public sealed record TotalDocument
{
    /// <summary>The beginning of the period.</summary>
    public required string HasBeginning { get; init; }

    /// <summary>What was done.</summary>
    public required string Action { get; init; }

    /// <summary>By whom.</summary>
    public required string Provider { get; init; }

    /// <summary>For whom.</summary>
    public required string Receiver { get; init; }

    /// <summary>The process it went into.</summary>
    public string? InputOf { get; init; }

    /// <summary>The process it came out of.</summary>
    public string? OutputOf { get; init; }

    /// <summary>The resource.</summary>
    public string? ResourceInventoriedAs { get; init; }

    /// <summary>The to-resource.</summary>
    public string? ToResourceInventoriedAs { get; init; }

    /// <summary>The kind of thing.</summary>
    public required string ResourceConformsTo { get; init; }

    /// <summary>The declared flow.</summary>
    public string? Flow { get; init; }

    /// <summary>How much, with all corrections.</summary>
    public MeasureDocument? ResourceQuantity { get; init; }

    /// <summary>How long, with all corrections.</summary>
    public MeasureDocument? EffortQuantity { get; init; }

    /// <summary>How many events, corrections not counted.</summary>
    public required long Events { get; init; }
}

/// <summary>Balances and totals, read from kept sums.</summary>
internal static class SumEndpoints
{
    private const int MostBalances = 5_000;
    private const long Day = 24 * 3_600_000_000L;

    private static readonly Unit Hour = Unit.Find("h");

    public static void MapSums(this RouteGroupBuilder api)
    {
        api.MapGet("/balances", BalancesAsync).Takes("at", "after", "limit").TagByHead()
            .Describes<IReadOnlyList<BalanceDocument>>("Sums", "Lists what every resource amounts to that you may know of, now or as of an instant of effect time, by key");
        api.MapGet("/totals", TotalsAsync).Takes([.. RequestQuery.FilterNames, "granularity"]).TagByHead()
            .Describes<IReadOnlyList<TotalDocument>>("Sums", "Lists the sums of flows by hour (up to 31 days), day (up to 366) or month of the district's zone, in order of time; whole periods, those included in which 'from' and 'until' lie");
    }

    private static async Task<IResult> BalancesAsync(HttpContext context, LedgerQueries queries, Catalog catalog, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var (at, after, limit) = (query.Moment("at"), query.Text("after"), query.Limit(usual: MostBalances, MostBalances));
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        var balances = (await queries.BalancesAsync(context.Reader(), at, cancellation))
            .Where(balance => after is null || string.CompareOrdinal(balance.Resource.Key, after) > 0)
            .Take(limit + 1)
            .ToList();
        var page = balances.Take(limit).Select(balance => new BalanceDocument(
            balance.Resource.Key, balance.Resource.ConformsTo.Key, NounDocuments.Of(balance.State, balance.Resource.ConformsTo.Unit))).ToList();
        return new Answer(page) { Next = balances.Count > limit ? query.With("after", page[^1].Resource) : null };
    }

    private static async Task<IResult> TotalsAsync(HttpContext context, LedgerQueries queries, Catalog catalog, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var filter = query.Filter();
        var granularity = query.Choice("granularity", ["hour", "day", "month"]) switch
        {
            "hour" => Granularity.Hour,
            "day" => Granularity.Day,
            "month" => Granularity.Month,
            _ => (Granularity?)null,
        };
        if (granularity is null)
        {
            query.Refuse(new WrongParameter("granularity", "says how long a period is, and is needed: hour, day or month."));
        }

        query.Refuse(granularity switch
        {
            Granularity.Hour => TooLong(filter, 31),
            Granularity.Day => TooLong(filter, 366),
            _ => null,
        });
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        var totals = await queries.TotalsAsync(context.Reader(), filter, granularity!.Value, cancellation);
        // Who may read a flow is no part of it: one that was recorded for several audiences is one.
        return new Answer(totals
            .GroupBy(total => (total.Start, total.Flow with { Id = 0, AudienceId = 0 }))
            .Select(group => Document(group.Key.Start, group.Key.Item2, [.. group], catalog))
            .ToList());
    }

    private static WrongParameter? TooLong(LedgerFilter filter, int days) =>
        filter.From is { } from && filter.Until is { } until
            ? until - from <= days * Day ? null : new WrongParameter("until", string.Create(CultureInfo.InvariantCulture, $"lies more than {days} days after 'from'. Ask for a shorter span, or a longer granularity."))
            : new WrongParameter(filter.From is null ? "from" : "until", string.Create(CultureInfo.InvariantCulture, $"is needed with this granularity: ask for at most {days} days."));

    private static TotalDocument Document(long start, FlowNouns flow, List<FlowTotal> totals, Catalog catalog)
    {
        var quantity = totals.Aggregate(Quantity.Zero, (sum, total) => sum + total.Quantity);
        var effort = totals.Aggregate(Quantity.Zero, (sum, total) => sum + total.Effort);
        return new TotalDocument
        {
            HasBeginning = Moments.Write(start),
            Action = flow.Action.Name,
            Provider = flow.Provider.Key,
            Receiver = flow.Receiver.Key,
            InputOf = flow.InputOf?.Key,
            OutputOf = flow.OutputOf?.Key,
            ResourceInventoriedAs = flow.Resource?.Key,
            ToResourceInventoriedAs = flow.ToResource?.Key,
            ResourceConformsTo = flow.Specification.Key,
            Flow = flow.DeclaredId is { } declared ? catalog.Get(catalog.DeclaredFlows, declared).Key : null,
            ResourceQuantity = flow.Action.EventQuantity == EventQuantity.Effort ? null : EventDocuments.Measure(quantity, flow.Specification.Unit),
            EffortQuantity = flow.Action.EventQuantity == EventQuantity.Resource ? null : EventDocuments.Measure(effort, flow.Specification.EffortUnit ?? Hour),
            Events = totals.Sum(total => total.Events),
        };
    }
}

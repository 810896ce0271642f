using Kera.Base.Access;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>Puts together what the carbon page shows.</summary>
public sealed class CarbonViewer(CarbonBook book, SeriesStore series, Catalog catalog)
{
    // Of what a network gave: less is rounding.
    private const double Least = 1e-9;
    private static readonly Duration Day = Duration.FromHours(24);

    /// <summary>What is shown of a period; null where nothing was traced of it, or nothing was used in it.</summary>
    public async Task<CarbonView?> ViewAsync(CarbonTime time, FigureContext context, CancellationToken cancellation)
    {
        if (CarbonReckoner.Of(context) is not { } reckoner || book.Rules is not { } rules
            || await book.PeriodAsync(time, context.Reader, cancellation) is not { IsEmpty: false } period)
        {
            return null;
        }

        var names = new CarbonNames(catalog, rules, context.Language);
        var whole = time.Span == CarbonSpan.Hour ? CarbonTime.Of(CarbonSpan.Day, time.Start, book.Zone) : time;
        // A period that runs is not compared with a whole one.
        var before = time.End > context.Now ? null : await book.PeriodAsync(time.Before(book.Zone), context.Reader, cancellation);
        return new CarbonView(
            time,
            period,
            await reckoner.TotalAsync(period, cancellation),
            before,
            await book.PeriodsAsync(time.Parts, whole.Start, whole.End, context.Reader, cancellation),
            Bands(period, names),
            [
                .. period.Uses.GroupBy(flow => flow.Use?.Key).Select(group => new UseLine(
                        group.First().Use,
                        names.Use(group.First()),
                        group.Sum(flow => flow.Carbon.Carried[FootprintLayout.Location]),
                        group.Sum(flow => flow.Carbon.Carried[FootprintLayout.Market]),
                        group.Any(flow => flow.Quality is null) ? null : group.Max(flow => flow.Quality)))
                    .OrderByDescending(line => line.Location),
            ],
            before is null ? [] : Changes(period, before, names),
            await reckoner.AvoidedAsync(null, period, cancellation),
            await NetworksAsync(rules, names, context, cancellation),
            [.. Gaps(period, names)],
            names,
            rules.Carbon.Sources.ToDictionary(source => source.Key, source => source.Value.Category));
    }

    // What entered or was given off without a factor, and what networks gave that nobody had metered.
    private IEnumerable<(string, double, string)> Gaps(TracedPeriod period, CarbonNames names)
    {
        foreach (var gap in period.Gaps.GroupBy(gap => gap.Flow.Nouns))
        {
            yield return (names.Flow(gap.Key), gap.Sum(each => each.Amount), gap.Key.Specification.Unit.Code);
        }

        foreach (var hours in period.Content.Untraced.GroupBy(members => members))
        {
            // What stood in the way may be nobody else's business.
            yield return (period.Hidden.Count == 0 ? names.Untraced(hours.Key) : names.Untraced("–"), hours.Count(), "h");
        }

        foreach (var node in period.Content.Nodes.Where(node => node.Lost < -Least * node.Given))
        {
            var resource = catalog.Get(catalog.Resources, node.Resource);
            if (resource.Throughput && !period.Hidden.Contains(resource.Id) && period.Flows.Any(flow => flow.Nouns.Resource == resource))
            {
                yield return (names.Unmetered(resource), -node.Lost, resource.ConformsTo.Unit.Code);
            }
        }
    }

    private static List<CarbonBand> Bands(TracedPeriod period, CarbonNames names) =>
    [
        .. from flow in period.Uses
           from source in period.Layout.Sources
           let carried = period.OfSource([flow], source)
           where carried > 0
           group carried by (Source: source, Through: names.Through(flow), Use: flow.Use?.Key ?? "", Name: names.Use(flow)) into band
           select new CarbonBand(band.Key.Source, band.Key.Through, band.Key.Use, band.Key.Name, band.Sum()),
    ];

    // Each flow's change is split where both are known: the change of its amount at the mean intensity, and of its intensity at the
    // mean amount, which add up exactly.
    private static List<CarbonChange> Changes(TracedPeriod period, TracedPeriod before, CarbonNames names)
    {
        var old = before.Uses.ToLookup(flow => (flow.Nouns.Id, flow.Carbon.End));
        var seen = period.Uses.Select(flow => (flow.Nouns.Id, flow.Carbon.End)).ToHashSet();
        var changes = new Dictionary<string, (double Amount, double Intensity)>(StringComparer.Ordinal);
        foreach (var flow in period.Uses)
        {
            var was = old[(flow.Nouns.Id, flow.Carbon.End)].FirstOrDefault();
            var (q1, c1, q0, c0) = (flow.Carbon.Quantity, flow.Carbon.Carried[0], was?.Carbon.Quantity ?? 0, was?.Carbon.Carried[0] ?? 0);
            var split = q0 > 0 && q1 > 0;
            Add(names.Through(flow), split ? ((c1 / q1) + (c0 / q0)) / 2 * (q1 - q0) : c1 - c0, split ? (q1 + q0) / 2 * ((c1 / q1) - (c0 / q0)) : 0);
        }

        foreach (var gone in before.Uses.Where(flow => !seen.Contains((flow.Nouns.Id, flow.Carbon.End))))
        {
            Add(names.Through(gone), -gone.Carbon.Carried[0], 0);
        }

        return [.. changes.Where(each => each.Value != default).Select(each => new CarbonChange(each.Key, each.Value.Amount, each.Value.Intensity)).OrderByDescending(each => Math.Abs(each.ByAmount) + Math.Abs(each.ByIntensity))];

        void Add(string name, double amount, double intensity)
        {
            var sum = changes.GetValueOrDefault(name);
            changes[name] = (sum.Amount + amount, sum.Intensity + intensity);
        }
    }

    private async Task<IReadOnlyList<NetworkIntensity>> NetworksAsync(CarbonRules rules, CarbonNames names, FigureContext context, CancellationToken cancellation)
    {
        if (await CarbonFigures.NewestAsync(book, CarbonSpan.Hour, context.Now, cancellation) is not { } newest
            || await book.PeriodAsync(newest, context.Reader, cancellation) is not { } period)
        {
            return [];
        }

        var networks = new List<NetworkIntensity>();
        var factors = new Lazy<Task<SourceFactors>>(async () => new SourceFactors(
            context.Services.GetRequiredService<Base.Hosting.DistrictInForce>().Model!.Factors,
            rules.Carbon,
            await MixHours.ReadAsync(series, rules.Carbon.Mixes.Values, newest.Start - Day, newest.End + Day, cancellation),
            book.Zone));
        foreach (var node in period.Content.Nodes.Where(node => node.Given > 0 && node.Carried[FootprintLayout.Location] > 0).OrderByDescending(node => node.Carried[FootprintLayout.Location]))
        {
            var resource = catalog.Get(catalog.Resources, node.Resource);
            if (!resource.Throughput || resource.ConformsTo.Unit.Dimension != "energy" || !period.Flows.Any(flow => flow.Nouns.Resource == resource)
                || await series.ReadAsync($"carbon.intensity.{resource.Key}", Reader.Everything, newest.Start - Day, newest.End, cancellation: cancellation) is not { } page)
            {
                continue;
            }

            var known = page.Values.ToDictionary(value => value.Start, value => value.Value);
            var mix = rules.Carbon.Sources.Values.FirstOrDefault(source => source.Mix is not null && OfSource(node, period.Layout, source.Key) > 0)?.Mix;
            var byMix = false;
            var hours = new List<(Instant, Quantity?, bool)>();
            for (var hour = newest.Start - Day + Hours.Length; hour <= newest.Start + Day; hour += Hours.Length)
            {
                if (hour <= newest.Start)
                {
                    hours.Add((hour, known.TryGetValue(hour, out var value) ? value : null, false));
                }
                else
                {
                    // As a day before, and where the grid's generation is foreseen, as much more or less as the grid's hour is.
                    var like = known.TryGetValue(hour - Day, out var yesterday) ? yesterday : (Quantity?)null;
                    var scale = mix is null || like is null ? null : Scale(await factors.Value, mix, hour);
                    byMix |= scale is not null;
                    hours.Add((hour, like is { } same ? new Quantity((long)(same.Millionths * (scale ?? 1))) : null, true));
                }
            }

            networks.Add(new NetworkIntensity(resource.Key, names.Resource(resource)!, $"g{{CO2e}}/{resource.ConformsTo.Unit.Code}", newest.Start, hours, byMix));
        }

        return networks;
    }

    private static double? Scale(SourceFactors factors, string mix, Instant hour) =>
        factors.OfMix(mix, hour) is { } then && factors.OfMix(mix, hour - Day) is { LifeCycle: > 0 } now ? then.LifeCycle / now.LifeCycle : null;

    private static double OfSource(NodeCarbon node, FootprintLayout layout, string source) =>
        layout.Sources.Contains(source) ? node.Carried[FootprintLayout.OfSource(layout.IndexOfSource(source))] : 0;
}

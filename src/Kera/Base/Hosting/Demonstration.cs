using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Hosting;

/// <summary>
/// Plays the district's demonstration into the ledger: the days before now once the server listens, then each hour when it is
/// over. Loads are functions of seed and hour, so that an hour that is there already is the same and adds nothing.
/// </summary>
internal sealed class Demonstration(DistrictInForce district, LedgerWriter ledger, MixImport mixes, SeriesStore series, Catalog catalog, IClock clock, IHostApplicationLifetime lifetime, ILogger<Demonstration> logger) : BackgroundService
{
    private const int Batch = 1_000;
    private static readonly Duration Ahead = Duration.FromHours(24);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        if (!district.Demonstration || district.Model?.Demo is not { } demo)
        {
            return;
        }

        var next = Hours.Of(clock.GetCurrentInstant()) - Duration.FromDays(demo.Days);
        while (true)
        {
            var until = Hours.Of(clock.GetCurrentInstant());
            await GenerateAsync(demo, next, until, stoppingToken);
            if (!await RecordAsync(demo, next, until, stoppingToken))
            {
                return;
            }

            next = until;
            await Task.Delay((until + Hours.Length - clock.GetCurrentInstant()).ToTimeSpan(), stoppingToken);
        }
    }

    // A day ahead, as a grid's forecast would be. Before the hours' events, so that they are reckoned with it at once.
    private async Task GenerateAsync(DistrictDemo demo, Instant from, Instant until, CancellationToken cancellation)
    {
        foreach (var kind in demo.Mixes)
        {
            var values = new List<SeriesValue>();
            for (var hour = from; hour < until + Ahead; hour += Hours.Length)
            {
                values.Add(new SeriesValue(hour, DemoLoad.Quantity(kind, demo.Seed, hour), SeriesQuality.Synthetic));
            }

            await mixes.AppendAsync(district.Model!.Carbon!.Mixes[kind.Mix], kind.Kind, values, Hours.Length, Actor.Start(), cancellation);
        }

        foreach (var each in demo.Series)
        {
            var values = new List<SeriesValue>();
            // Prices of the market are quarters of an hour, whichever way they come.
            var step = each.Ahead == DemoAhead.DayAheadMarket ? PriceImport.Step : Hours.Length;
            for (var start = from; start < KnownUntil(each, until); start += step)
            {
                values.Add(new SeriesValue(start, DemoLoad.Quantity(each, demo.Seed, Hours.Of(start)), SeriesQuality.Synthetic));
            }

            var declared = await series.OpenAsync(new SeriesDeclaration(each.Key, "energy", each.Unit.Code, step, catalog.AudienceId([Catalog.Public]), null), Actor.Start(), cancellation);
            await series.AppendAsync(declared, values, Actor.Start(), cancellation);
        }
    }

    private static Instant KnownUntil(DemoSeries series, Instant now)
    {
        const int Published = 14;
        var local = now.InZone(series.Load.Zone);
        return series.Ahead switch
        {
            DemoAhead.Now => now,
            DemoAhead.TwoDays => now + Duration.FromDays(2),
            _ => series.Load.Zone.AtStartOfDay(local.Date.PlusDays(local.Hour >= Published ? 2 : 1)).ToInstant(),
        };
    }

    private async Task<bool> RecordAsync(DistrictDemo demo, Instant from, Instant until, CancellationToken cancellation)
    {
        foreach (var batch in Events(demo, from, until).Chunk(Batch))
        {
            try
            {
                var outcome = await ledger.AppendAsync(batch, Actor.Start(), cancellation);
                if (outcome.Refusal is { } refusal)
                {
                    logger.LogError("The demonstration stopped at '{Key}': {Sentence} Where demo.yaml was changed, begin anew in an empty folder of data.", batch[outcome.RefusedIndex].IdempotencyKey, refusal.Sentence);
                    return false;
                }
            }
            catch (LedgerUnavailableException failure)
            {
                logger.LogError(failure, "The demonstration stopped: the ledger could not be written.");
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<EventInput> Events(DistrictDemo demo, Instant from, Instant until)
    {
        for (var hour = from; hour < until; hour += Hours.Length)
        {
            foreach (var flow in demo.Flows)
            {
                yield return new EventInput
                {
                    IdempotencyKey = Hours.Key(flow.Flow.Key, hour, revision: 0),
                    Flow = flow.Flow.Key,
                    ResourceQuantity = new MeasureInput(DemoLoad.Quantity(flow, demo.Seed, hour), flow.Flow.Unit.Code),
                    HasBeginning = hour,
                    HasEnd = hour + Hours.Length,
                };
            }
        }
    }
}

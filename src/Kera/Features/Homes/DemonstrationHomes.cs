using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Base.Ui;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>
/// The demonstration's made-up homes: neighbours to be compared with, who have half days of readings and cannot sign in, and the home
/// of the resident who can be tried, by the hour. All go on with the clock.
/// </summary>
public sealed class DemonstrationHomes(
    KeraStore store, PersonStore persons, HomeRegister register, RoomReports reports, SeriesStore series, Catalog catalog, DistrictInForce district, IClock clock, IHostApplicationLifetime lifetime, ILogger<DemonstrationHomes> logger) : BackgroundService
{
    private static readonly Duration HalfDay = Duration.FromHours(12);
    private static readonly SemaphoreSlim Furnishing = new(1, 1);

    private DemoHomes? Demo => district.Demonstration ? district.Model?.Demo?.Homes : null;

    /// <summary>Gives the resident who can be tried a home, at their first look; whoever has one keeps it.</summary>
    public async Task FurnishAsync(int agentId, string person, CancellationToken cancellation)
    {
        if (Demo is not { } demo)
        {
            return;
        }

        // Two who look at once would both write.
        await Furnishing.WaitAsync(cancellation);
        try
        {
            if (await register.FindAsync(agentId, cancellation) is null)
            {
                var now = Hours.Of(clock.GetCurrentInstant());
                await RecordAsync(demo, agentId, person, Hours.Length, now - Duration.FromDays(demo.Days), now, cancellation);
                await register.SetAsync(agentId, HomeOf(demo, demo.Count + 1), Actor.Start(), cancellation);
            }
        }
        finally
        {
            Furnishing.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Demo is not { } demo)
        {
            return;
        }

        await lifetime.StartedAsync(stoppingToken);
        try
        {
            await SettleAsync(demo, stoppingToken);
            for (var from = clock.GetCurrentInstant() - Duration.FromDays(demo.Days); ;)
            {
                var now = clock.GetCurrentInstant();
                await GoOnAsync(demo, from, now, stoppingToken);
                from = now - HalfDay;
                await Task.Delay((Hours.Of(now) + Hours.Length - now).ToTimeSpan(), stoppingToken);
            }
        }
        catch (System.Data.Common.DbException failure)
        {
            logger.LogError(failure, "The demonstration's homes were not all written; they are with the next start.");
        }
    }

    // The neighbours, and what two of them report.
    private async Task SettleAsync(DemoHomes demo, CancellationToken cancellation)
    {
        int there;
        await using (var db = store.OpenContext())
        {
            there = await db.Homes.CountAsync(cancellation);
        }

        var texts = Texts.For(Language.Finnish);
        for (var number = there + 1; number <= demo.Count; number++)
        {
            var person = await persons.AddAsync(texts.Format("homes.demonstration.name", ("number", number.ToString(CultureInfo.InvariantCulture))), "", "", Actor.Start(), cancellation);
            var agentId = catalog.Find(catalog.Agents, person)!.Row.Id;
            var now = clock.GetCurrentInstant();
            await RecordAsync(demo, agentId, person, HalfDay, now - Duration.FromDays(demo.Days), now, cancellation);
            await register.SetAsync(agentId, HomeOf(demo, number), Actor.Start(), cancellation);
            if (number <= 2)
            {
                var since = clock.GetCurrentInstant().InZone(district.Zone).Date.PlusDays(-number);
                var report = new RoomReport(demo.Building, HomeOf(demo, number).Door, HomeRoom.Bedroom, NodaTime.Text.LocalDatePattern.Iso.Format(since), number == 1 ? new MeasuredRoom(NodaTime.Text.InstantPattern.General.Format(Hours.Of(clock.GetCurrentInstant())), 18.4m, 17.9m, 19.2m) : null);
                await reports.ReportAsync(RoomFeeling.TooCold, report, texts.Plain(number == 1 ? "homes.demonstration.window" : "homes.demonstration.radiator"), "", agentId, Language.Finnish.Code, Actor.Start(), cancellation);
            }
        }
    }

    private async Task GoOnAsync(DemoHomes demo, Instant from, Instant until, CancellationToken cancellation)
    {
        List<(int Id, string Key)> people;
        await using (var db = store.OpenContext())
        {
            people = [.. (await db.Homes.Join(db.Agents, home => home.AgentId, agent => agent.Id, (_, agent) => new { agent.Id, agent.Key }).ToListAsync(cancellation)).Select(each => (each.Id, each.Key))];
        }

        foreach (var (id, key) in people)
        {
            // Whoever said only where they live has no readings, and gets none made up.
            if (await series.FindAsync($"{demo.Readings[0].Key}:{key}", Reader.Everything, cancellation) is { } there)
            {
                await RecordAsync(demo, id, key, there.Step, from, until, cancellation);
            }
        }
    }

    private async Task RecordAsync(DemoHomes demo, int agentId, string person, Duration step, Instant from, Instant until, CancellationToken cancellation)
    {
        var seconds = (long)step.TotalSeconds;
        Instant Floor(Instant instant) => Instant.FromUnixTimeSeconds(instant.ToUnixTimeSeconds() / seconds * seconds);
        foreach (var reading in demo.Readings)
        {
            var declared = district.Model!.Buildings!.Readings.First(each => each.Flow == reading.Key);
            var isTemperature = declared.Measure == HomeMeasure.Temperature;
            if (isTemperature && step > Hours.Length)
            {
                continue;
            }

            var load = reading with { Key = string.Create(CultureInfo.InvariantCulture, $"{reading.Key}:{agentId}"), Load = isTemperature ? reading.Load : reading.Load with { Base = reading.Load.Base * Size(agentId) } };
            var values = new List<SeriesValue>();
            for (var start = Floor(from); start + step <= until; start += step)
            {
                var sum = Kera.Flows.Quantity.Zero;
                for (var hour = start; hour < start + step; hour += Hours.Length)
                {
                    sum += DemoLoad.Quantity(load, district.Model.Demo!.Seed, hour);
                }

                values.Add(new SeriesValue(start, sum, SeriesQuality.Synthetic));
            }

            var opened = await series.OpenAsync(new SeriesDeclaration(declared.SeriesOf(person), "readings", reading.Unit.Code, step, catalog.AudienceId([person]), agentId), Actor.Start(), cancellation);
            await series.AppendAsync(opened, values, Actor.Start(), cancellation);
        }
    }

    private static Home HomeOf(DemoHomes demo, int number) => new(demo.Building, string.Create(CultureInfo.InvariantCulture, $"A {number}"), HomeKind.Flat, HomeSize.From60);

    // Some use half as much again as others.
    private static decimal Size(int agentId) => 0.75m + (agentId * 37 % 100 / 160m);
}

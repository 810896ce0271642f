using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Series;
using Kera.Base.Store;
using Kera.Features.Carbon;
using Kera.Flows;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Carbon;

/// <summary>The carbon of flows as the ledger has them, by conventions B.</summary>
public sealed class CarbonTracingTests(PostgresServer server)
{
    internal const string Factors = """
        test.hundred,100,g,CO2e,kWh,lifeCycle,location,,global,2014-01-01,,printed,unstated,made up for a test
        test.ten,10,g,CO2e,kWh,lifeCycle,location,,global,2014-01-01,,printed,unstated,made up for a test
        test.burn,80,g,CO2e,kWh,direct,location,,global,2014-01-01,,printed,unstated,made up for a test

        """;

    internal const string Rules = """
        regions: [global]
        sources:
          - key: grid
            name: { fi: Verkko, sv: Nät, en: Grid }
            flows: [{ action: transfer, provider: demo-grid }]
            factors: [{ factor: test.hundred, unit: kWh, stage: lifeCycle }]
          - key: ten
            name: { fi: Kymmenen, sv: Tio, en: Ten }
            flows: [{ action: transfer, provider: demo-waterworks, specification: electricity }]
            factors: [{ factor: test.ten, unit: kWh, stage: lifeCycle }]
          - key: sun
            name: { fi: Aurinko, sv: Sol, en: Sun }
            flows: [{ processKind: solar-power, action: produce }]
            factors: [{ factor: test.ten, unit: kWh, stage: lifeCycle }]
          - key: waste-heat
            name: { fi: Hukkalämpö, sv: Spillvärme, en: Waste heat }
            flows: [{ specification: waste-heat, action: produce }]
            cutOff: true
        uses:
          - key: homes
            name: { fi: Asuminen, sv: Boende, en: Homes }
            flows: [{ receiver: demo-housing }]
            inventory: I.1
        """;

    public static TheoryData<string> Providers => ["sqlite", "postgres"];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task A_network_mixes_what_comes_in_and_losses_concentrate_it(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        await using var town = await StartAsync(postgres: database?.ConnectionString);
        // 60 from the grid at 100 g and 40 from the sun at 10 g; of 100 only 80 arrive.
        await town.ReadingAsync("demo-grid-import", 0, 60);
        await town.ReadingAsync("demo-solar-a", 0, 40);
        await town.ReadingAsync("demo-power-a", 0, 50);
        await town.ReadingAsync("demo-power-school", 0, 30);

        var hour = await town.HourAsync(0);

        Near(6_400 * 50 / 80d, town.GramsOf(hour, "demo-power-a"));
        Near(6_400 * 30 / 80d, town.GramsOf(hour, "demo-power-school"));
        var node = Assert.Single(hour.Content.Nodes);
        Near(20, node.Lost);
        // (80 − 64) g × 80 kWh.
        Near(1.280, node.LossCarbon);
        Near(6.400, hour.Used);
    }

    [Fact]
    public async Task Waste_heat_enters_at_nothing_and_what_lifts_it_counts()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 0, 100);
        await town.ReadingAsync("demo-data-centre-power", 0, 70);
        await town.ReadingAsync("demo-data-centre-heat", 0, 65);
        await town.ReadingAsync("demo-heat-pump-waste-heat", 0, 65);
        await town.ReadingAsync("demo-heat-pump-power", 0, 30);
        await town.ReadingAsync("demo-heat-pump-heat", 0, 95);
        await town.ReadingAsync("demo-heat-a", 0, 95);

        var hour = await town.HourAsync(0);

        Near(7_000, town.GramsOf(hour, "demo-data-centre-power"));
        Near(3_000, town.GramsOf(hour, "demo-heat-a"));
        Near(10, hour.Used);
        // All that entered has a factor, the heat's being nothing.
        Assert.Empty(hour.Gaps);
    }

    [Fact]
    public async Task A_store_carries_its_intensity_through_time()
    {
        await using var town = await StartAsync(files => files.Append("resources.yaml", """
              - key: battery
                specification: electricity
                kind: stock
                name: { fi: Akku, sv: Batteri, en: Battery }
                fictional: true

            """));
        await ChargeAsync(town, "demo-grid", 0, 1);
        // The check value of the conventions: 1 kWh at 100 g/kWh, charge 9 at 10, discharge 9: intensity 19, closing stock 19 g.
        await ChargeAsync(town, "demo-waterworks", 3, 9);
        await town.RecordAsync(Event("consume", "demo-utility", "demo-housing", "battery", 9, 3) with { InputOf = "demo-power-use-a" });

        var hour = await town.HourAsync(3);

        var used = Assert.Single(hour.Uses);
        Near(9 * 19, used.Carbon.Carried[0] * 1_000);
        var day = await town.PeriodAsync(town.Time(CarbonSpan.Day));
        var battery = town.Services.GetRequiredService<Catalog>().Resources.Find("battery")!.Noun.Id;
        var stock = Assert.Single(day.Content.Stocks, stock => stock.Key == battery);
        Near(1, stock.Quantity);
        Near(19, stock.Carried[0] * 1_000);
    }

    [Fact]
    public async Task What_was_given_and_had_not_come_in_is_a_gap()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 0, 60);
        await town.ReadingAsync("demo-power-a", 0, 100);

        var hour = await town.HourAsync(0);

        Near(6_000, town.GramsOf(hour, "demo-power-a"));
        var (_, entered, covered) = Assert.Single(hour.Coverage(hour.Uses));
        Near(100, entered);
        Near(60, covered);
    }

    [Fact]
    public async Task Coverage_falls_exactly_by_what_a_removed_factor_covered()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 0, 60);
        await town.ReadingAsync("demo-solar-a", 0, 40);
        await town.ReadingAsync("demo-power-a", 0, 100);
        var before = Assert.Single((await town.HourAsync(0)) is var full ? full.Coverage(full.Uses) : []);

        town.Pass(Duration.FromHours(2));
        await town.RestartAsync(files => files.Replace("carbon.yaml", "processKind: solar-power", "factors: [{ factor: test.ten, unit: kWh, stage: lifeCycle }]", ""));
        var hour = await town.HourAsync(0);
        var after = Assert.Single(hour.Coverage(hour.Uses));

        Near(100, before.Covered);
        Near(60, after.Covered);
        Near(100, after.Entered);
        Assert.Equal("demo-solar-a", Assert.Single(hour.Gaps).Flow.Nouns.OutputOf!.Key);
        // What it had been said to be is kept, and why it changed.
        var former = Assert.Single(await town.Book.FormersAsync(town.Time(CarbonSpan.Day), Reader.Everything, CancellationToken.None));
        Near(6.4, former.Used);
        Assert.True(former.OtherFactors);
    }

    [Fact]
    public async Task A_late_reading_is_traced_from_its_hour_on_and_what_was_said_is_kept()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 5, 100);
        await town.ReadingAsync("demo-power-a", 5, 60);
        await town.ReadingAsync("demo-grid-import", 30, 10);
        await town.ReadingAsync("demo-power-a", 30, 10);
        var first = await town.PeriodAsync(town.Time(CarbonSpan.Day));
        var next = await town.PeriodAsync(town.Time(CarbonSpan.Day).Shifted(1, town.Book.Zone));

        town.Pass(Duration.FromHours(3));
        await town.ReadingAsync("demo-power-school", 5, 40);
        var day = await town.PeriodAsync(town.Time(CarbonSpan.Day));

        Near(10_000 * 60 / 60d, town.GramsOf(first, "demo-power-a"));
        Near(10_000 * 60 / 100d, town.GramsOf(day, "demo-power-a"));
        Near(10, day.Used);
        Assert.True(day.Position > first.Position);
        // The total of the day is what it was; the flows' shares are not. Nothing else was reckoned again.
        Assert.Equal(next.Position, (await town.PeriodAsync(town.Time(CarbonSpan.Day).Shifted(1, town.Book.Zone))).Position);

        await town.ReadingAsync("demo-grid-import", 6, 50);
        await town.ReadingAsync("demo-power-a", 6, 50);
        await town.PeriodAsync(town.Time(CarbonSpan.Day));
        var formers = await town.Book.FormersAsync(town.Time(CarbonSpan.Day), Reader.Everything, CancellationToken.None);
        Assert.All(formers, former => Assert.False(former.OtherFactors));
    }

    [Fact]
    public async Task A_corrected_hour_keeps_what_it_was_said_to_be()
    {
        await using var town = await StartAsync();
        var import = await town.ReadingAsync("demo-grid-import", 5, 100);
        await town.ReadingAsync("demo-power-a", 5, 60);
        await town.PeriodAsync(town.Time(CarbonSpan.Day));

        town.Pass(Duration.FromHours(2));
        await town.RecordAsync(new EventInput { Corrects = import, ResourceQuantity = CarbonTown.Measure(-40, "kWh"), Reason = "The meter was read wrong.", Action = "transfer", Provider = "demo-grid", Receiver = "demo-utility", ToResourceInventoriedAs = "power-network", HasBeginning = CarbonTown.Hour(5), HasEnd = CarbonTown.Hour(6), Audience = ["public"] });
        var day = await town.PeriodAsync(town.Time(CarbonSpan.Day));

        Near(6, day.Used);
        var former = Assert.Single(await town.Book.FormersAsync(town.Time(CarbonSpan.Day), Reader.Everything, CancellationToken.None));
        Near(10, former.Used);
        Assert.False(former.OtherFactors);
        Assert.True(former.Position < day.Position);
    }

    [Fact]
    public async Task A_process_of_several_products_shares_by_the_declared_rule()
    {
        const string sharing = """

            sharing:
              - process: demo-electric-boiler
                rule: benefitSharing
                weights:
                  - { specification: heat, weight: 1.111111 }
                  - { specification: electricity, weight: 2.5 }
            """;
        await using var town = await StartAsync(files => files.Append("carbon.yaml", sharing));
        await town.ReadingAsync("demo-grid-import", 0, 100);
        await town.ReadingAsync("demo-boiler-power", 0, 100);
        await town.ReadingAsync("demo-boiler-heat", 0, 45);
        await town.RecordAsync(Event("produce", "demo-utility", "demo-utility", "power-network", 40, 0) with { OutputOf = "demo-electric-boiler" });
        await town.ReadingAsync("demo-heat-a", 0, 45);
        await town.ReadingAsync("demo-power-a", 0, 40);

        var hour = await town.HourAsync(0);

        // Q/ηh = 50, P/ηe = 100: the heat carries a third. The power goes round: what it carries is in the boiler's input again.
        var (heat, power) = (town.GramsOf(hour, "demo-heat-a"), town.GramsOf(hour, "demo-power-a"));
        Near(10_000, heat + power);
        // x·140 = 10 000 + ⅔·100·x, with x the power's intensity.
        var x = 10_000 / (140 - (200 / 3d));
        Near(x * 40, power, 1e-5);
        Near(x * 100 / 3, heat, 1e-5);
    }

    [Fact]
    public async Task Several_products_without_a_rule_of_another_kind_are_a_gap_and_not_a_guess()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 0, 100);
        await town.ReadingAsync("demo-farm-power", 0, 100);
        await town.ReadingAsync("demo-leaves", 0, 8, "kg");
        await town.RecordAsync(Event("produce", "demo-farm", "demo-utility", "heat-network", 40, 0) with { OutputOf = "demo-indoor-farming" });

        var hour = await town.HourAsync(0);

        Assert.Empty(hour.Flows);
        Assert.Equal(["demo-indoor-farming"], hour.Content.Untraced);
        Assert.Contains("Hours that could not be traced (The LED farm (demonstration)): 1", (await town.PageAsync("/en/carbon?at=2026-11-10")).Replace("\u00A0", " ", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CO2", 1, 13_000)]
    [InlineData("CH4", 28, 102_000)]
    public async Task A_measured_emission_stands_in_the_place_of_the_factor_for_its_gas(string gas, int potential, double expected)
    {
        const string burning = """

              - key: burning
                name: { fi: Poltto, sv: Förbränning, en: Burning }
                flows: [{ action: consume, process: demo-electric-boiler }]
                factors: [{ factor: test.burn, unit: kWh, stage: direct }]
            """;
        await using var town = await StartAsync(files =>
        {
            files.Replace("specifications.yaml", "resourceSpecifications:", "resourceSpecifications:", """
                resourceSpecifications:
                  - key: carbon-dioxide
                    name: { fi: Hiilidioksidi, sv: Koldioxid, en: Carbon dioxide }
                    unit: kg
                    classification: emission
                """);
            files.Append("resources.yaml", """
                  - key: air
                    specification: carbon-dioxide
                    kind: stock
                    name: { fi: Ilma, sv: Luften, en: Air }
                    fictional: true

                """);
            files.Replace("carbon.yaml", "uses:", "uses:", burning.TrimStart('\n') + "\nuses:");
            files.Append("carbon.yaml", """

                gases:
                  - { specification: carbon-dioxide, gas: GAS, potential: POTENTIAL, set: AR6, source: espoo-commitment }
                """.Replace("GAS", gas, StringComparison.Ordinal).Replace("POTENTIAL", $"{potential}", StringComparison.Ordinal));
        });
        foreach (var hour in new[] { 0, 1 })
        {
            await town.ReadingAsync("demo-grid-import", hour, 100);
            await town.ReadingAsync("demo-boiler-power", hour, 100);
            await town.ReadingAsync("demo-boiler-heat", hour, 95);
            await town.ReadingAsync("demo-heat-a", hour, 95);
        }

        await town.RecordAsync(new EventInput
        {
            Action = "produce",
            Provider = "demo-utility",
            Receiver = "atmosphere",
            OutputOf = "demo-electric-boiler",
            ResourceInventoriedAs = "air",
            ResourceQuantity = CarbonTown.Measure(3, "kg"),
            HasBeginning = CarbonTown.Hour(1),
            Audience = ["public"],
        });

        // By the factor 8 kg, measured 3 kg of the gas; beside, 10 kg came with the power.
        Near(18_000, town.GramsOf(await town.HourAsync(0), "demo-heat-a"));
        Near(expected, town.GramsOf(await town.HourAsync(1), "demo-heat-a"));
    }

    [Fact]
    public async Task A_batch_is_walked_wholly()
    {
        await using var town = await StartAsync();
        // Crushing takes power in two hours; the crushed concrete comes out later and is used in two lots.
        await town.ReadingAsync("demo-grid-import", 0, 100);
        await town.RecordAsync(Event("consume", "demo-utility", "sok", "power-network", 100, 0) with { InputOf = "first-street-contract" });
        await town.ReadingAsync("demo-grid-import", 2, 50);
        await town.RecordAsync(Event("consume", "demo-utility", "sok", "power-network", 50, 2) with { InputOf = "first-street-contract" });
        await town.RecordAsync(Concrete("produce", 3, 6) with { OutputOf = "first-street-contract" });
        await town.RecordAsync(Concrete("produce", 1, 30) with { OutputOf = "first-street-contract" });

        var hour = await town.HourAsync(6);
        var carried = hour.Flows.Single(flow => flow.Nouns.OutputOf is not null).Carbon;

        Near(15_000 * 3 / 4d, carried.Carried[0] * 1_000);
        var late = await town.HourAsync(30);
        Near(15_000 / 4d, late.Flows.Single(flow => flow.Nouns.OutputOf is not null).Carbon.Carried[0] * 1_000);
    }

    [Fact]
    public async Task The_hours_mix_gives_the_intensity_and_where_it_is_not_known_the_mean_of_the_year_says_so()
    {
        const string mix = """
            mixes:
              - key: test
                name: { fi: Koe, sv: Prov, en: Test }
                kinds:
                  - { key: wind, factor: test.ten }
                  - { key: gas, factor: test.hundred }
            """;
        await using var town = await StartAsync(files =>
        {
            files.Append("carbon.yaml", "\n" + mix);
            files.Replace("carbon.yaml", "provider: demo-grid }]", "provider: demo-grid }]", "provider: demo-grid }]\n    mix: test");
        });
        await town.ReadingAsync("demo-grid-import", 0, 10);
        await town.ReadingAsync("demo-power-a", 0, 10);
        await town.ReadingAsync("demo-grid-import", 1, 10);
        await town.ReadingAsync("demo-power-a", 1, 10);
        Near(1_000, town.GramsOf(await town.HourAsync(0), "demo-power-a"));

        var declared = town.Book.Rules!.Carbon.Mixes["test"];
        var mixes = town.Services.GetRequiredService<MixImport>();
        foreach (var (kind, amount) in new[] { ("wind", 3L), ("gas", 1L) })
        {
            // Of the next hour only the wind is known, which is not all of it.
            List<SeriesValue> values = [.. Enumerable.Range(0, kind == "wind" ? 2 : 1).Select(hour => new SeriesValue(CarbonTown.Hour(hour), new Quantity(amount * Quantity.One), SeriesQuality.Measured))];
            await mixes.AppendAsync(declared, declared.Kinds[kind], values, Hours.Length, new Actor("tester", "command"), CancellationToken.None);
        }

        // ¾ · 10 + ¼ · 100 = 32.5 g.
        var known = await town.HourAsync(0);
        Near(325, town.GramsOf(known, "demo-power-a"));
        Assert.Equal(0, known.OfSource(known.Uses, "grid.mean"));
        var unknown = await town.HourAsync(1);
        Near(1_000, town.GramsOf(unknown, "demo-power-a"));
        Near(1, unknown.OfSource(unknown.Uses, "grid.mean"));
    }

    [Fact]
    public async Task What_one_may_not_read_is_in_no_sum()
    {
        await using var town = await StartAsync();
        await town.ReadingAsync("demo-grid-import", 0, 100);
        await town.ReadingAsync("demo-power-a", 0, 60);
        await town.RecordAsync(Event("consume", "demo-utility", "nokia", "power-network", 40, 0) with { InputOf = "demo-power-use-b", Audience = ["nokia"] });

        Near(10, (await town.HourAsync(0)).Used);
        Near(6, (await town.HourAsync(0, Reader.Public)).Used);
        // The network's intensity is everyone's; how much it gave would tell what the other used.
        var figure = System.Text.Json.JsonDocument.Parse(await town.PageAsync("/api/v1/figures/carbon.resource.power-network.2026-11-09t22z")).RootElement;
        Assert.Equal(100, figure.GetProperty("hasNumericalValue").GetDouble(), 1e-3);
        Assert.Equal(0, figure.GetProperty("parts").GetArrayLength());
        Assert.False(figure.TryGetProperty("divisor", out _));
        // Nor does what was said before.
        town.Pass(Duration.FromHours(2));
        await town.ReadingAsync("demo-grid-import", 1, 10);
        await town.ReadingAsync("demo-power-a", 1, 10);
        var day = System.Text.Json.JsonDocument.Parse(await town.PageAsync("/api/v1/figures/carbon.total.2026-11-10")).RootElement;
        Assert.Equal(7, day.GetProperty("hasNumericalValue").GetDouble(), 1e-3);
        Assert.Equal(6, Assert.Single(day.GetProperty("earlier").EnumerateArray()).GetProperty("hasNumericalValue").GetDouble(), 1e-3);
    }

    [Fact]
    public async Task Nothing_appears_and_nothing_vanishes_over_a_day()
    {
        await using var town = await StartAsync();
        var dice = new Random(20261126);
        string[] uses = ["demo-power-a", "demo-power-b", "demo-heat-pump-power", "demo-boiler-power", "demo-data-centre-power"];
        for (var hour = 0; hour < 24; hour++)
        {
            await town.ReadingAsync("demo-grid-import", hour, dice.Next(50, 200));
            await town.ReadingAsync("demo-solar-a", hour, dice.Next(1, 60));
            foreach (var use in uses)
            {
                await town.ReadingAsync(use, hour, dice.Next(1, 30));
            }

            await town.ReadingAsync("demo-data-centre-heat", hour, dice.Next(1, 30));
            await town.ReadingAsync("demo-heat-pump-waste-heat", hour, dice.Next(1, 30));
            await town.ReadingAsync("demo-heat-pump-heat", hour, dice.Next(1, 60));
            await town.ReadingAsync("demo-boiler-heat", hour, dice.Next(1, 30));
            await town.ReadingAsync("demo-heat-a", hour, dice.Next(1, 40));
            await town.ReadingAsync("demo-grid-export", hour, dice.Next(1, 5));
        }

        var day = await town.PeriodAsync(town.Time(CarbonSpan.Day));
        var entered = day.Flows.Where(flow => flow.Carbon.End == FlowEnd.Entered).Sum(flow => flow.Carbon.Carried[0]);

        Near(entered, day.Used + day.Exported + day.Content.Nodes.Sum(node => node.Residual) + day.Content.Stocks.Sum(stock => stock.Carried[0]));
        // By sources it is the same.
        Near(day.Used, day.Layout.Sources.Sum(source => day.OfSource(day.Uses, source)));
        var month = await town.PeriodAsync(town.Time(CarbonSpan.Month));
        Near(day.Used, month.Used);
    }

    private static Task<CarbonTown> StartAsync(Action<District.EditedKera>? edit = null, string? postgres = null) => CarbonTown.StartAsync(
        Rules + "\n",
        files =>
        {
            files.Append("factors.csv", Factors);
            edit?.Invoke(files);
        },
        postgres);

    // What the waterworks gives carries ten grams here.
    private static Task<long> ChargeAsync(CarbonTown town, string provider, int hour, decimal amount) => town.RecordAsync(new EventInput
    {
        Action = "transfer",
        Provider = provider,
        Receiver = "demo-utility",
        ToResourceInventoriedAs = "battery",
        ResourceQuantity = CarbonTown.Measure(amount, "kWh"),
        HasBeginning = CarbonTown.Hour(hour),
        Audience = ["public"],
    });

    private static EventInput Event(string action, string provider, string receiver, string resource, decimal amount, int hour) => new()
    {
        Action = action,
        Provider = provider,
        Receiver = receiver,
        ResourceInventoriedAs = resource,
        ResourceQuantity = CarbonTown.Measure(amount, "kWh"),
        HasBeginning = CarbonTown.Hour(hour),
        Audience = ["public"],
    };

    private static EventInput Concrete(string action, decimal tonnes, int hour) => new()
    {
        Action = action,
        Provider = "sok",
        Receiver = "sok",
        ResourceInventoriedAs = "halls-crushed-concrete",
        ResourceQuantity = CarbonTown.Measure(tonnes, "t"),
        HasBeginning = CarbonTown.Hour(hour),
        Audience = ["public"],
    };

    private static void Near(double expected, double actual, double part = 1e-9) =>
        Assert.True(Math.Abs(expected - actual) <= part * Math.Max(1, Math.Abs(expected)), $"Expected {expected}, found {actual}.");
}

using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>Reckons figures of carbon for a reader, with all that they are made of.</summary>
public sealed partial class CarbonReckoner
{
    internal static string Kilogram => "kg{CO2e}";
    private const string Gram = "g{CO2e}";
    private const string FlowsPath = "/flows";
    private readonly DistrictModel _model;
    private readonly CarbonRules _rules;
    private readonly Catalog _catalog;
    private readonly LedgerQueries _queries;
    private readonly Reader _reader;
    private readonly Language _language;
    private readonly CarbonNames _names;
    private readonly SourceFactors _factors;
    private readonly Lazy<HashSet<string>> _mixSeries;

    private CarbonReckoner(IServiceProvider services, Reader reader, Language language, DistrictModel model, CarbonRules rules)
    {
        Book = services.GetRequiredService<CarbonBook>();
        (_model, _rules, _reader, _language) = (model, rules, reader, language);
        _catalog = services.GetRequiredService<Catalog>();
        _queries = services.GetRequiredService<LedgerQueries>();
        _names = new CarbonNames(_catalog, rules, language);
        _mixSeries = new Lazy<HashSet<string>>(() => [.. Book.MixSeries()]);
        _factors = new SourceFactors(model.Factors, rules.Carbon, MixHours.None, Book.Zone);
    }

    /// <summary>Where traced periods are.</summary>
    public CarbonBook Book { get; }

    private Texts T => Texts.For(_language);

    /// <summary>For whoever asks for a figure; null where the district says nothing of carbon.</summary>
    public static CarbonReckoner? Of(FigureContext context) =>
        context.Services.GetRequiredService<DistrictInForce>().Model is { } model && context.Services.GetRequiredService<CarbonTracing>().Rules is { } rules
            ? new CarbonReckoner(context.Services, context.Reader, context.Language, model, rules)
            : null;

    /// <summary>All that was used and given off in a period; null where nothing was.</summary>
    public async Task<FigureValue?> TotalAsync(CarbonTime time, CancellationToken cancellation) =>
        await Book.PeriodAsync(time, _reader, cancellation) is { IsEmpty: false } period ? await TotalAsync(period, cancellation) : null;

    /// <summary>All that was used and given off in a period that the same reader has read.</summary>
    public async Task<FigureValue> TotalAsync(TracedPeriod period, CancellationToken cancellation)
    {
        var time = period.Time;
        var formers = await Book.FormersAsync(time, _reader, cancellation);
        var (from, until) = await Book.TracedAsync(time, cancellation);
        var before = time.Span == CarbonSpan.Hour ? await Book.PeriodAsync(time.Before(Book.Zone), _reader, cancellation) : null;
        return await SumAsync(period, [.. period.Uses], T["carbon.formula.total"], cancellation) with
        {
            From = from,
            Until = until,
            IsPartial = IsPartial(time, from, until),
            LeftOut = [.. LeftOut(period)],
            Before = before is null ? null : new FigureComparison(Rounded(before.Used), "carbon.more", "carbon.less", "carbon.same"),
            Earlier = [.. formers.Select(former => new FigureEarlier(Rounded(former.Used), Kilogram, former.Position, former.Computed, T[former.OtherFactors ? "carbon.earlier.factors" : "carbon.earlier.events"]))],
        };
    }

    /// <summary>What a group of uses carried in a period.</summary>
    public async Task<FigureValue?> UseAsync(CarbonUse use, CarbonTime time, CancellationToken cancellation) =>
        await Book.PeriodAsync(time, _reader, cancellation) is { } period
            ? await ByFlowAsync(period, [.. period.Uses.Where(flow => flow.Use?.Key == use.Key)], T["carbon.formula.use"], cancellation)
            : null;

    /// <summary>What of a source was used in a period.</summary>
    public async Task<FigureValue?> SourceAsync(CarbonSource source, CarbonTime time, CancellationToken cancellation)
    {
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period)
        {
            return null;
        }

        string[] keys = [source.Key, FootprintLayout.Mean(source.Key)];
        var parts = period.Uses.GroupBy(_names.Use).Select(group => Part(group.Key, keys.Sum(key => period.OfSource(group, key)), QualityOf(group), null));
        return Value(period, parts, T["carbon.formula.source"]) with
        {
            Factors = [.. FactorsOf(source, period)],
            Events = await EventsAsync(period.Time, cancellation),
            EventsLink = FlowsLink(period.Time, null),
        };
    }

    /// <summary>What a unit of a network or a stock carried in a period, in g CO2e; null where it gave nothing.</summary>
    public async Task<FigureValue?> IntensityAsync(EconomicResource resource, CarbonTime time, CancellationToken cancellation)
    {
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period
            || period.Content.Nodes.FirstOrDefault(node => node.Resource == resource.Id) is not { Given: > 0 } node
            || !period.Flows.Any(flow => flow.Nouns.Resource == resource || flow.Nouns.ToResource == resource))
        {
            return null;
        }

        var unit = resource.ConformsTo.Unit.Code;
        if (period.Hidden.Contains(resource.Id))
        {
            // Its sums would tell what others used: of a network the intensity alone, which is everyone's; of a stock nothing.
            return !resource.Throughput ? null : Value(period, [], T.Format("carbon.formula.intensity", ("resource", _names.Resource(resource)!))) with
            {
                Quantity = Rounded(node.Carried[FootprintLayout.Location] / node.Given * 1_000),
                Unit = $"{Gram}/{unit}",
                EventsLink = FlowsLink(period.Time, new("resource", resource.Key)),
            };
        }

        var quality = QualityOf(period.Flows);
        var parts = period.Layout.Sources.Select((key, at) => Part(_names.Source(key), node.Carried[FootprintLayout.OfSource(at)], quality, null));
        var value = Value(period, parts, T.Format("carbon.formula.intensity", ("resource", _names.Resource(resource)!)));
        var entered = Enumerable.Range(0, period.Layout.Units.Count).Select(at => (Unit: period.Layout.Units[at], Entered: node.Carried[period.Layout.Entered(at)], Covered: node.Carried[period.Layout.Covered(at)])).Where(each => each.Entered > 0).ToList();
        return value with
        {
            Quantity = Rounded(node.Carried[FootprintLayout.Location] / node.Given * 1_000),
            Unit = $"{Gram}/{unit}",
            PartUnit = Kilogram,
            Divisor = new FigurePart(T.Format("carbon.given", ("resource", _names.Resource(resource)!)), Rounded(node.Given), unit, null, ResourceLink(resource)),
            Coverage = entered is [var only] ? new FigureCoverage(Rounded(only.Covered), Rounded(only.Entered), only.Unit, []) : null,
            Factors = [.. _rules.Carbon.Sources.Values.Where(source => period.Layout.Sources.Contains(source.Key) && OfEither(node.Carried, period.Layout, source.Key) > 0).SelectMany(source => FactorsOf(source, period))],
            Events = await EventsAsync(period.Time, cancellation),
            EventsLink = FlowsLink(period.Time, new("resource", resource.Key)),
        };
    }

    /// <summary>What a single event's flow carried; null where the reader may not read it, or nothing was traced of its hour.</summary>
    public async Task<FigureValue?> EventAsync(long position, CancellationToken cancellation)
    {
        if (await _queries.EventAsync(_reader, position, cancellation) is not { Stored: { } stored } || stored.Event.ResourceQuantity is not { } amount)
        {
            return null;
        }

        var time = CarbonTime.Of(CarbonSpan.Hour, DistrictCalendar.ToInstant(stored.Event.EffectTime), Book.Zone);
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period || period.Flows.Where(flow => flow.Nouns.Id == stored.Flow.Id).ToList() is not { Count: > 0 } flows)
        {
            return null;
        }

        // The event is its part of what flowed in the hour, corrections included.
        var share = (double)amount.ToDecimal() / flows.Max(flow => flow.Carbon.Quantity);
        var parts = period.Layout.Sources.Select(key => Part(_names.Source(key), period.OfSource(flows, key) * share, QualityOf(flows), null));
        return Value(period, parts, T.Format("carbon.formula.event", ("flow", _names.Flow(stored.Flow)))) with
        {
            Factors = [.. FactorsOf(period, flows)],
            Coverage = CoverageOf(period, flows),
            Events = 1,
            EventsLink = new FigureLink(string.Create(CultureInfo.InvariantCulture, $"{FlowsPath}/events/{position}"), []),
        };
    }

    /// <summary>What residents or jobs used in a period, by head; null where they used nothing, or it is not said how many there are.</summary>
    public async Task<FigureValue?> PerPersonAsync(CarbonUser user, CarbonTime time, CancellationToken cancellation)
    {
        var key = user == CarbonUser.Resident ? _rules.Carbon.Residents : _rules.Carbon.Jobs;
        if (_model.Header.Facts.FirstOrDefault(fact => fact.Key == key) is not { } people || people.Value <= Quantity.Zero || await Book.PeriodAsync(time, _reader, cancellation) is not { } period)
        {
            return null;
        }

        List<TracedFlow> flows = [.. period.Uses.Where(flow => flow.Use?.Of == user)];
        if (flows.Count == 0)
        {
            return null;
        }

        var parts = flows.GroupBy(_names.Use).Select(group => Part(group.Key, Location(group), QualityOf(group), WhyLink("use", group.First().Use!.Key, time)));
        var value = Value(period, parts, T["carbon.formula.person"]);
        var (from, until) = await Book.TracedAsync(time, cancellation);
        return value with
        {
            From = from,
            Until = until,
            IsPartial = IsPartial(time, from, until),
            Quantity = Rounded((double)value.Quantity.ToDecimal() / (double)people.Value.ToDecimal()),
            PartUnit = Kilogram,
            Divisor = new FigurePart(people.Name.In(_language.Code), people.Value, people.Unit.Code, null, null),
            Coverage = CoverageOf(period, flows),
            Factors = [.. FactorsOf(period, flows)],
            Events = await EventsAsync(time, cancellation),
            EventsLink = FlowsLink(time, null),
        };
    }

    /// <summary>Which share of the energy that entered has a factor, in per cent; null where none entered.</summary>
    public async Task<FigureValue?> CoverageAsync(CarbonTime time, CancellationToken cancellation)
    {
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period || period.Coverage(period.Uses).Where(unit => unit.Unit == "kWh").ToList() is not [var energy])
        {
            return null;
        }

        return new FigureValue
        {
            Quantity = Rounded(energy.Covered / energy.Entered * 100),
            Unit = "%",
            From = period.Time.Start,
            Until = period.Time.End,
            Formula = T["carbon.formula.coverage"],
            Parts = [new FigurePart(T["carbon.covered"], Rounded(energy.Covered), energy.Unit, QualityOf(period.Uses), null)],
            PartUnit = energy.Unit,
            Divisor = new FigurePart(T["carbon.entered"], Rounded(energy.Entered), energy.Unit, null, null),
            LeftOut = [.. LeftOut(period)],
            Position = period.Position,
            Events = await EventsAsync(time, cancellation),
            EventsLink = FlowsLink(time, null),
        };
    }

    /// <summary>What a year comes to at the pace of the last twelve months: of the hours in which something was used.</summary>
    public async Task<FigureValue?> PaceAsync(Instant now, CancellationToken cancellation)
    {
        const int CommonYear = 365;
        var first = CarbonTime.Of(CarbonSpan.Month, now, Book.Zone).Shifted(-11, Book.Zone).Start;
        List<TracedPeriod> months = [.. (await Book.PeriodsAsync(CarbonSpan.Month, first, now, _reader, cancellation)).Where(month => !month.IsEmpty)];
        var days = await Book.HoursAsync(first, now, cancellation) / 24.0;
        if (months.Count == 0 || days <= 0)
        {
            return null;
        }

        List<FigurePart> parts = [.. months.Select(month => Part(new Formats(_language, Book.Zone).Month(month.Time.Start.InZone(Book.Zone).Date), month.Used, QualityOf(month.Uses), WhyLink(month.Time)))];
        var newest = months[^1];
        return new FigureValue
        {
            Quantity = Rounded((double)Total(parts).ToDecimal() / days * CommonYear),
            Unit = Kilogram,
            From = months[0].Time.Start,
            Until = now,
            Formula = T.Format("carbon.formula.pace", ("days", new Formats(_language, Book.Zone).Number(Rounded(Math.Round(days, 1))))),
            Parts = parts,
            PartUnit = Kilogram,
            Divisor = new FigurePart(T["carbon.pace.years"], RoundedQuantity.Of(days / CommonYear, 6), "1", null, null),
            Factors = [.. FactorsOf(newest, [.. newest.Uses])],
            Position = newest.Position,
            Events = (await _queries.TotalsAsync(_reader, new LedgerFilter { From = DistrictCalendar.ToMicroseconds(first), Until = DistrictCalendar.ToMicroseconds(now) }, Granularity.Month, cancellation)).Sum(total => total.Events),
            EventsLink = FlowsLink(newest.Time, null),
        };
    }

    /// <summary>A row of the inventory: what is given off where the unit is made.</summary>
    public async Task<FigureValue?> InventoryAsync(string subsector, int scope, CarbonTime time, CancellationToken cancellation)
    {
        if (await Book.PeriodAsync(time, _reader, cancellation) is not { } period)
        {
            return null;
        }

        var parts = new Inventory(period, _rules.Carbon).PartsOf(subsector, scope);
        var direct = Kera.Carbon.FactorStage.Direct;
        List<TracedFlow> flows = [.. parts.Select(part => part.Flow)];
        return parts.Count == 0 ? null : await WithProvenanceAsync(
            Value(period, parts.GroupBy(part => part.Flow.Nouns).Select(group => Part(_names.Flow(group.Key), group.Sum(part => part.Kilograms), QualityOf(group.Select(part => part.Flow)), null)), T["carbon.formula.inventory"]),
            period,
            flows,
            cancellation,
            direct);
    }
}

using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Carbon;
using NodaTime;

namespace Kera.Features.RoadMap;

/// <summary>What of the road map other pages ask for by name.</summary>
internal static class RoadMapFigures
{
    private const string Tonne = "t{CO2e}";

    public static string Plan => "road-map.plan";

    public static string Baseline => "road-map.baseline";

    public static string Reduction => "road-map.reduction";

    public static void Register(IServiceCollection services)
    {
        Add(Plan, "roadmap.figure.plan", context => OfYear(context, outcome => outcome.Plan, path => path.Plan, "roadmap.figure.plan.sentence", "roadmap.figure.plan.formula"));
        Add(Baseline, "roadmap.figure.baseline", context => OfYear(context, outcome => outcome.Baseline, path => path.Baseline, "roadmap.figure.baseline.sentence", "roadmap.figure.baseline.formula"));
        Add(Reduction, "roadmap.figure.reduction", OfAllYears);

        void Add(string key, string text, Func<FigureContext, FigureValue?> compute) => services.AddSingleton(new Figure(key, text, (context, _) => Task.FromResult(compute(context)))
        {
            Awaits = Texts.InAll((texts, _) => texts["roadmap.figure.awaits"]),
        });
    }

    private static FigureValue? OfYear(FigureContext context, Func<RoadMapOutcome, RoadMapPath> path, Func<RoadMapDriverPath, IReadOnlyList<double>> values, string sentence, string formula)
    {
        var district = context.Services.GetRequiredService<DistrictInForce>();
        if (district.Model?.RoadMap is not { } roadMap || context.Now.InZone(district.Zone).Year is var year && (year < roadMap.Map.FirstYear || year > roadMap.Map.LastYear))
        {
            return null;
        }

        var at = year - roadMap.Map.FirstYear;
        var parts = roadMap.Map.Activities.Index()
            .Select(each => new FigurePart(
                In(context, roadMap.Activities[each.Item.Key]),
                RoadMapNumbers.Activity(path(roadMap.Outcome), each.Index)[at],
                Tonne,
                each.Item.Drivers.Max(driver => RoadMapView.QualityOf(roadMap.Drivers[driver].Label)),
                new FigureLink(RoadMapFeature.Path, [])))
            .OrderByDescending(part => part.Quantity)
            .ToList();
        return new FigureValue
        {
            Quantity = RoadMapNumbers.Sum(parts.Select(part => part.Quantity)),
            Unit = Tonne,
            From = StartOf(district.Zone, year),
            Until = StartOf(district.Zone, year + 1),
            SentenceKey = sentence,
            FormulaKey = formula,
            Parts = parts,
            Factors = [.. roadMap.Drivers.Values.Select(driver => FactorOf(context, district.Model, roadMap, driver, year, values(roadMap.Outcome.Drivers[driver.Key])[at]))],
        };
    }

    private static FigureValue? OfAllYears(FigureContext context)
    {
        var district = context.Services.GetRequiredService<DistrictInForce>();
        if (district.Model?.RoadMap is not { Measures.Count: > 0 } roadMap)
        {
            return null;
        }

        var numbers = new RoadMapNumbers(roadMap);
        return new FigureValue
        {
            Quantity = numbers.Saved,
            Unit = Tonne,
            From = StartOf(district.Zone, roadMap.Map.FirstYear),
            Until = StartOf(district.Zone, roadMap.Map.LastYear + 1),
            SentenceKey = "roadmap.figure.reduction.sentence",
            FormulaKey = "roadmap.figure.reduction.formula",
            Parts =
            [
                .. roadMap.Measures.Values.Select((measure, at) => new FigurePart(
                    In(context, measure.Name),
                    RoadMapNumbers.Sum(numbers.Wedge(at)),
                    Tonne,
                    RoadMapView.QualityOf(measure.Label),
                    new FigureLink(RoadMapFeature.MeasurePath(measure.Key), []))).OrderByDescending(part => part.Quantity),
            ],
            Factors = [.. roadMap.Drivers.Values.Select(driver => FactorOf(context, district.Model, roadMap, driver, roadMap.Map.FirstYear, roadMap.Outcome.Drivers[driver.Key].Baseline[0]))],
        };
    }

    private static FigureFactor FactorOf(FigureContext context, DistrictModel model, DistrictRoadMap roadMap, DistrictDriver driver, int year, double value)
    {
        var (texts, formats) = (Texts.For(context.Language), new Formats(context.Language, model.Header.Zone));
        var sources = driver.Sources.Select(key => model.Sources[key].Citation).ToList();
        if (driver.Factor is { } factor)
        {
            sources.Add(factor.Source);
        }

        string?[] detail = [texts.Of("roadmap.label", NameOf(driver.Label)), driver.Note is null ? null : In(context, driver.Note)];
        return new FigureFactor(
            texts.Format("roadmap.figure.driver", ("driver", In(context, driver.Name)), ("amount", $"{formats.Rounded(RoadMapNumbers.Value(value))}\u00A0{In(context, driver.Unit)}"), ("year", RoadMapView.Year(year))),
            string.Join(" · ", detail.Where(each => each is not null)),
            sources.Count == 0 ? texts["roadmap.source.none"] : string.Join("; ", sources),
            driver.Label == DistrictAssumption.Illustrative);
    }

    /// <summary>The member of the family of texts that names an assumption.</summary>
    internal static string NameOf(DistrictAssumption label) => label.ToString().ToLowerInvariant();

    private static Instant StartOf(DateTimeZone zone, int year) => zone.AtStartOfDay(new LocalDate(year, 1, 1)).ToInstant();

    private static string In(FigureContext context, LocalizedText text) => text.In(context.Language.Code);
}

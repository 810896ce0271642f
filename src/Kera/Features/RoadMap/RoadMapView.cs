using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Carbon;
using Kera.Flows;

namespace Kera.Features.RoadMap;

/// <summary>What the pages of the road map say, in one language.</summary>
/// <param name="Page">The page.</param>
/// <param name="Model">The district.</param>
/// <param name="RoadMap">Its road map.</param>
/// <param name="Agents">What agents are called, by key.</param>
public sealed record RoadMapView(PageContext Page, DistrictModel Model, DistrictRoadMap RoadMap, IReadOnlyDictionary<string, AgentRow> Agents)
{
    /// <summary>Its numbers, rounded so that they add up.</summary>
    public RoadMapNumbers Numbers { get; } = new(RoadMap);

    private Texts T => Page.Texts;

    /// <summary>The first sentence.</summary>
    public string Sentence => T.Format(
        Numbers.Saved < Quantity.Zero ? "roadmap.sentence.more" : "roadmap.sentence.less",
        ("district", In(Model.Header.Name)),
        ("year", Year(RoadMap.Map.LastYear)),
        ("share", Page.Formats.Percent(Numbers.Saved < Quantity.Zero ? -Numbers.Saved : Numbers.Saved, RoadMapNumbers.Sum(Numbers.Baseline))));

    /// <summary>The first and the last year.</summary>
    public string Span => $"{Year(RoadMap.Map.FirstYear)}–{Year(RoadMap.Map.LastYear)}";

    /// <summary>The years whose values stand in a table for the rest: the first, the middle and the last.</summary>
    public IReadOnlyList<int> Marks { get; } = [.. new[] { 0, (RoadMap.Map.Years - 1) / 2, RoadMap.Map.Years - 1 }.Distinct()];

    /// <summary>What a text of the files says here.</summary>
    public string In(LocalizedText text) => text.In(Page.Language.Code);

    /// <summary>A calendar year in figures.</summary>
    public static string Year(int year) => year.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Who answers for a measure.</summary>
    public string Responsible(DistrictMeasure measure) =>
        string.Join(", ", measure.Responsible.Select(key => Agents.TryGetValue(key, out var agent) ? agent.Name(Page.Language) : key));

    /// <summary>When a measure comes into force: <c>2028</c>, or <c>2028–2033</c>.</summary>
    public static string Force(RoadMapMeasure measure) => measure.Ramp == 1 ? Year(measure.Start) : $"{Year(measure.Start)}–{Year(measure.Start + measure.Ramp - 1)}";

    /// <summary>What an assumption rests on.</summary>
    public static Quality QualityOf(DistrictAssumption label) => label switch
    {
        DistrictAssumption.Printed => Quality.Printed,
        DistrictAssumption.Estimated => Quality.Estimated,
        _ => Quality.Synthetic,
    };

    /// <summary>Where something comes from.</summary>
    public IReadOnlyList<DistrictSource> Sources(IReadOnlyList<string> keys) => [.. keys.Select(key => Model.Sources[key])];

    /// <summary>What a measure does to a driver once it is in full force.</summary>
    public string Effect(RoadMapEffect effect)
    {
        var driver = RoadMap.Drivers[effect.Driver];
        var said = T.Format(
            (effect.Change, effect.Amount < 0) switch
            {
                (RoadMapChange.To, _) => "roadmap.effect.to",
                (RoadMapChange.Add, false) => "roadmap.effect.more",
                (RoadMapChange.Add, true) => "roadmap.effect.less",
                (_, false) => "roadmap.effect.moreShare",
                (_, true) => "roadmap.effect.lessShare",
            },
            ("driver", In(driver.Name)),
            ("amount", Amount(effect.Amount)));
        return effect.Low is null && effect.High is null ? said : $"{said} {T.Format("roadmap.effect.range", ("low", Amount(effect.Low ?? effect.Amount)), ("high", Amount(effect.High ?? effect.Amount)))}";

        string Amount(double amount)
        {
            var size = effect.Change == RoadMapChange.To ? amount : Math.Abs(amount);
            return effect.Change == RoadMapChange.By
                ? Page.Formats.Percent(RoadMapNumbers.Value(size), Quantity.Whole(1))
                : $"{Page.Formats.Rounded(RoadMapNumbers.Value(size))}\u00A0{In(driver.Unit)}";
        }
    }

    /// <summary>How an activity's tonnes come about: <c>Heat = Floor area × Heat demand × Emissions of heat × 0.000001</c>.</summary>
    public string Formula(RoadMapActivity activity) =>
        $"{In(RoadMap.Activities[activity.Key])} = {string.Join(" × ", activity.Drivers.Select(driver => In(RoadMap.Drivers[driver].Name)))} × {Page.Formats.Number(RoundedQuantity.Of(activity.Tonnes, 6))}";

    /// <summary>A published result as people read it.</summary>
    public string Amount(DistrictPublished published) => In(published.Unit) == "%"
        ? Page.Formats.Percent(published.Value, Quantity.Whole(100))
        : $"{Page.Formats.Rounded(published.Value)}\u00A0{In(published.Unit)}";

    /// <summary>The published result beside this road map's own number; null where none can be compared with it.</summary>
    public string? Beside(DistrictPublished published)
    {
        var baseline = RoadMapNumbers.Sum(Numbers.Baseline);
        return published.Beside switch
        {
            DistrictBeside.Reduction => Page.Formats.Percent(Numbers.Saved, baseline),
            DistrictBeside.SectorShare => Page.Formats.Percent(Numbers.Sector(RoadMap.Outcome.Baseline, published.Sector!), baseline),
            _ => null,
        };
    }
}

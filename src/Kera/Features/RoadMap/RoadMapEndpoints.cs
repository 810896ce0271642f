using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Carbon;
using Kera.Flows;

namespace Kera.Features.RoadMap;

/// <summary>A measure, and what it does and costs.</summary>
public sealed record RoadMapMeasureDocument
{
    public required string Key { get; init; }

    public required LocalizedText Name { get; init; }

    /// <summary>The agents who answer for it.</summary>
    public required IReadOnlyList<string> Responsible { get; init; }

    /// <summary>The first year of its effect.</summary>
    public required int Start { get; init; }

    /// <summary>In how many years it comes into full force.</summary>
    public required int Ramp { get; init; }

    /// <summary>What its numbers rest on: printed, estimated or illustrative.</summary>
    public required DistrictAssumption Label { get; init; }

    /// <summary>What it saves on top of the measures before it, in tonnes of CO2e a year.</summary>
    public required IReadOnlyList<double> Wedge { get; init; }

    /// <summary>What would be lost without it alone, in tonnes of CO2e a year.</summary>
    public required IReadOnlyList<double> Own { get; init; }

    /// <summary>The present value of its costs less its savings, in euros of the first year; left out where nobody has said.</summary>
    public double? PresentCost { get; init; }

    /// <summary>Euros for a tonne of its own effect.</summary>
    public double? AbatementCost { get; init; }
}

/// <summary>An uncertain input, and the plan's emissions over all years with either of its values.</summary>
public sealed record RoadMapSwingDocument
{
    /// <summary>The key of the driver or the measure.</summary>
    public required string Input { get; init; }

    public required double AtLow { get; init; }

    public required double AtHigh { get; init; }
}

/// <summary>The road map, reckoned: tonnes of CO2e for each year from the first.</summary>
public sealed record RoadMapDocument
{
    public required int FirstYear { get; init; }

    public required int Years { get; init; }

    /// <summary>The real rate of interest a year by which costs are discounted.</summary>
    public required double RealRate { get; init; }

    /// <summary>Without any measure.</summary>
    public required IReadOnlyList<double> Baseline { get; init; }

    /// <summary>With all.</summary>
    public required IReadOnlyList<double> Plan { get; init; }

    /// <summary>In the order in which wedges are cut.</summary>
    public required IReadOnlyList<RoadMapMeasureDocument> Measures { get; init; }

    /// <summary>What all measures save together beyond the sum of their own effects, over all years.</summary>
    public required double Remainder { get; init; }

    /// <summary>The widest first.</summary>
    public required IReadOnlyList<RoadMapSwingDocument> Sensitivity { get; init; }
}

/// <summary>The road map for programs.</summary>
internal static class RoadMapEndpoints
{
    public static void MapRoadMap(this RouteGroupBuilder api) =>
        api.MapGet("/road-map", Read).Describes<RoadMapDocument>("Road map", "The district's road map, reckoned to a tenth of a tonne: its assumptions are in the district's files");

    private static IResult Read(DistrictInForce district) =>
        district.Model?.RoadMap is { } roadMap ? new Answer(DocumentOf(roadMap)) : Results.Problem("The district has no road map.", statusCode: StatusCodes.Status404NotFound);

    private static RoadMapDocument DocumentOf(DistrictRoadMap roadMap)
    {
        var (outcome, numbers) = (roadMap.Outcome, new RoadMapNumbers(roadMap));
        return new RoadMapDocument
        {
            FirstYear = roadMap.Map.FirstYear,
            Years = roadMap.Map.Years,
            RealRate = roadMap.Map.RealRate,
            Baseline = Told(numbers.Baseline),
            Plan = Told(numbers.Plan),
            Measures = [.. outcome.Measures.Index().Select(each => DocumentOf(roadMap.Measures[each.Item.Measure.Key], each.Item, numbers.Wedge(each.Index), numbers.Own(each.Index)))],
            Remainder = Told(numbers.Remainder),
            Sensitivity = [.. outcome.Swings.Select(swing => new RoadMapSwingDocument { Input = swing.Key, AtLow = Told(RoadMapNumbers.Rounded(swing.AtLow)), AtHigh = Told(RoadMapNumbers.Rounded(swing.AtHigh)) })],
        };
    }

    private static RoadMapMeasureDocument DocumentOf(DistrictMeasure said, RoadMapMeasureOutcome outcome, IReadOnlyList<Quantity> wedge, IReadOnlyList<Quantity> own) => new()
    {
        Key = said.Key,
        Name = said.Name,
        Responsible = said.Responsible,
        Start = outcome.Measure.Start,
        Ramp = outcome.Measure.Ramp,
        Label = said.Label,
        Wedge = Told(wedge),
        Own = Told(own),
        PresentCost = outcome.PresentCost is { } cost ? Math.Round(cost) : null,
        AbatementCost = outcome.AbatementCost is { } price ? Math.Round(price, 2) : null,
    };

    // As the page tells them.
    private static double[] Told(IReadOnlyList<Quantity> tonnes) => [.. tonnes.Select(Told)];

    private static double Told(Quantity tonnes) => (double)tonnes.ToDecimal();
}

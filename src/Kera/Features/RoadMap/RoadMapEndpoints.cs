using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Carbon;

namespace Kera.Features.RoadMap;

/// <summary>A name in the three languages.</summary>
public sealed record RoadMapNameDocument
{
    public required string Fi { get; init; }

    public required string Sv { get; init; }

    public required string En { get; init; }
}

/// <summary>A measure, and what it does and costs.</summary>
public sealed record RoadMapMeasureDocument
{
    public required string Key { get; init; }

    public required RoadMapNameDocument Name { get; init; }

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
        var outcome = roadMap.Outcome;
        return new RoadMapDocument
        {
            FirstYear = roadMap.Map.FirstYear,
            Years = roadMap.Map.Years,
            RealRate = roadMap.Map.RealRate,
            Baseline = Tenths(outcome.Baseline.Annual),
            Plan = Tenths(outcome.Plan.Annual),
            Measures = [.. outcome.Measures.Select(measure => DocumentOf(roadMap.Measures[measure.Measure.Key], measure))],
            Remainder = Tenth(outcome.Remainder),
            Sensitivity = [.. outcome.Swings.Select(swing => new RoadMapSwingDocument { Input = swing.Key, AtLow = Tenth(swing.AtLow), AtHigh = Tenth(swing.AtHigh) })],
        };
    }

    private static RoadMapMeasureDocument DocumentOf(DistrictMeasure said, RoadMapMeasureOutcome outcome) => new()
    {
        Key = said.Key,
        Name = new RoadMapNameDocument { Fi = said.Name.Fi, Sv = said.Name.Sv, En = said.Name.En },
        Responsible = said.Responsible,
        Start = outcome.Measure.Start,
        Ramp = outcome.Measure.Ramp,
        Label = said.Label,
        Wedge = Tenths(outcome.Wedge),
        Own = Tenths(outcome.Own),
        PresentCost = outcome.PresentCost is { } cost ? Math.Round(cost) : null,
        AbatementCost = outcome.AbatementCost is { } price ? Math.Round(price, 2) : null,
    };

    private static double[] Tenths(IReadOnlyList<double> tonnes) => [.. tonnes.Select(Tenth)];

    private static double Tenth(double tonnes) => Math.Round(tonnes, 1);
}

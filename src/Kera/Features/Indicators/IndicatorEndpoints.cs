using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Ui;

namespace Kera.Features.Indicators;

/// <summary>An indicator with where it stands now.</summary>
public sealed record IndicatorDocument
{
    /// <summary>Its key.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, in three languages.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it tells, in three languages.</summary>
    public required LocalizedText About { get; init; }

    /// <summary>strategic, tactical or operational.</summary>
    public required IndicatorLevel Level { get; init; }

    /// <summary>day, month (30 days), year (365 days) or allTime.</summary>
    public required IndicatorPeriod Period { get; init; }

    /// <summary>The unit of every number here: UCUM codes with a stroke between.</summary>
    public required string Unit { get; init; }

    /// <summary>The formula; left out where nothing can be reckoned yet.</summary>
    public string? Formula { get; init; }

    /// <summary>Which data it waits for, in three languages.</summary>
    public LocalizedText? Awaits { get; init; }

    /// <summary>more or less: which way is better.</summary>
    public required IndicatorDirection Direction { get; init; }

    /// <summary>What it amounts to; left out without data.</summary>
    public decimal? Value { get; init; }

    /// <summary>The beginning of what is recorded of its period.</summary>
    public string? HasBeginning { get; init; }

    /// <summary>The end of its period.</summary>
    public string? HasEnd { get; init; }

    /// <summary>From how many days of its period it was reckoned.</summary>
    public int? RecordedDays { get; init; }

    /// <summary>measured, printed, estimated or synthetic: the least sure of what it rests on.</summary>
    public Quality? Quality { get; init; }

    /// <summary>ahead, onPath, behind or noData.</summary>
    public required GoalStatus Status { get; init; }

    /// <summary>What the path says of today.</summary>
    public required decimal Expected { get; init; }

    /// <summary>The baseline and the path, by year.</summary>
    public required IReadOnlyList<IndicatorPointDocument> Path { get; init; }

    /// <summary>What it is measured against.</summary>
    public decimal? Benchmark { get; init; }

    /// <summary>The points of U4SSC, 1 to 4.</summary>
    public int? U4sscPoints { get; init; }

    /// <summary>Targets of the United Nations' goals.</summary>
    public required IReadOnlyList<string> Sdg { get; init; }

    /// <summary>Its codes in standards.</summary>
    public required IReadOnlyList<IndicatorCode> Codes { get; init; }

    /// <summary>The key of the agent that answers for it.</summary>
    public string? Responsible { get; init; }
}

/// <summary>What an indicator was or is to be by the end of a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Value">How much.</param>
/// <param name="Illustrative">Whether it is made up.</param>
/// <param name="Source">The keys of its sources in the district's files.</param>
public sealed record IndicatorPointDocument(int Year, decimal Value, bool Illustrative, IReadOnlyList<string> Source);

/// <summary>Indicators for programs.</summary>
internal static class IndicatorEndpoints
{
    /// <summary>Maps the addresses.</summary>
    public static void MapIndicators(this RouteGroupBuilder api)
    {
        api.MapGet("/indicators", ListAsync).Describes<IReadOnlyList<IndicatorDocument>>("Indicators", "Lists the district's indicators with what they amount to now and where that stands against their path, in the order of its files");
        api.MapGet("/indicators/{id}", OneAsync).Describes<IndicatorDocument>("Indicators", "Gives one indicator with what it amounts to now");
    }

    private static async Task<IResult> ListAsync(GoalReader reader, CancellationToken cancellation) =>
        new Answer((await reader.AllAsync(cancellation)).Select(Of).ToList());

    private static async Task<IResult> OneAsync(string id, GoalReader reader, CancellationToken cancellation) =>
        await reader.FindAsync(id, cancellation) is { } goal ? new Answer(Of(goal)) : Problems.NotFound("indicator", id);

    private static IndicatorDocument Of(Goal goal)
    {
        var indicator = goal.Indicator;
        var points = indicator.Baseline is { } baseline ? indicator.Path.Prepend(baseline) : indicator.Path;
        return new IndicatorDocument
        {
            Id = indicator.Key,
            Name = indicator.Name,
            About = indicator.About,
            Level = indicator.Level,
            Period = indicator.Period,
            Unit = indicator.Unit.Code,
            Formula = indicator.FormulaText.Length > 0 ? indicator.FormulaText : null,
            Awaits = indicator.Awaits,
            Direction = indicator.Direction,
            Value = goal.Value?.Quantity.ToDecimal(),
            HasBeginning = goal.Value?.From.ToString(),
            HasEnd = goal.Value?.Until.ToString(),
            RecordedDays = goal.Days?.Recorded,
            Quality = goal.Quality,
            Status = goal.Standing.Status,
            Expected = IndicatorBill.ToQuantity(goal.Standing.Expected).ToDecimal(),
            Path = [.. points.Select(point => new IndicatorPointDocument(point.Year, point.Number.Value.ToDecimal(), point.Number.Illustrative, point.Number.Sources))],
            Benchmark = indicator.Benchmark?.Value.ToDecimal(),
            U4sscPoints = goal.Points,
            Sdg = indicator.Sdg,
            Codes = indicator.Codes,
            Responsible = indicator.Responsible,
        };
    }
}

using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Today;

/// <summary>A figure's name, for programs.</summary>
/// <param name="Key">The name to ask for it by.</param>
/// <param name="Name">What it is called.</param>
public sealed record FigureNameDocument(string Key, string Name);

/// <summary>An amount, for programs.</summary>
/// <param name="Label">What it is.</param>
/// <param name="HasNumericalValue">How much, with a point.</param>
/// <param name="HasUnit">The UCUM code of the unit.</param>
/// <param name="Quality">measured, printed, estimated or synthetic; left out where unsaid.</param>
public sealed record FigurePartDocument(string Label, decimal HasNumericalValue, string HasUnit, Quality? Quality);

/// <summary>How much of a figure could be counted, for programs.</summary>
/// <param name="Covered">So much has what is needed.</param>
/// <param name="Whole">Of so much.</param>
/// <param name="HasUnit">The unit of both.</param>
/// <param name="Gaps">What is missing.</param>
public sealed record FigureCoverageDocument(decimal Covered, decimal Whole, string HasUnit, IReadOnlyList<FigurePartDocument> Gaps);

/// <summary>A figure of before, for programs.</summary>
/// <param name="HasNumericalValue">How much it was.</param>
/// <param name="Position">The entry of the ledger up to which it knew.</param>
/// <param name="At">When it was reckoned.</param>
/// <param name="Cause">Why it changed.</param>
public sealed record FigureEarlierDocument(decimal HasNumericalValue, long Position, string At, string Cause);

/// <summary>A figure with all that it is made of, for programs.</summary>
public sealed record FigureDocument
{
    /// <summary>Its name.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>How much.</summary>
    public required decimal HasNumericalValue { get; init; }

    /// <summary>The UCUM code of the unit.</summary>
    public required string HasUnit { get; init; }

    /// <summary>The beginning of the time that it is of.</summary>
    public required string HasBeginning { get; init; }

    /// <summary>The end of it.</summary>
    public required string HasEnd { get; init; }

    /// <summary>How it is counted.</summary>
    public required string Formula { get; init; }

    /// <summary>What is added up.</summary>
    public required IReadOnlyList<FigurePartDocument> Parts { get; init; }

    /// <summary>What the sum is divided by.</summary>
    public FigurePartDocument? Divisor { get; init; }

    /// <summary>What one might think is in it and is not.</summary>
    public required IReadOnlyList<FigurePartDocument> LeftOut { get; init; }

    /// <summary>How much of it could be counted.</summary>
    public FigureCoverageDocument? Coverage { get; init; }

    /// <summary>The numbers from sources that it rests on.</summary>
    public required IReadOnlyList<FigureFactor> Factors { get; init; }

    /// <summary>What it was before.</summary>
    public required IReadOnlyList<FigureEarlierDocument> Earlier { get; init; }

    /// <summary>How many events it is the sum of.</summary>
    public required long Events { get; init; }

    /// <summary>The entry of the ledger up to which it knows.</summary>
    public long? Position { get; init; }

    /// <summary>What it rests on.</summary>
    public Quality? Quality { get; init; }

    /// <summary>The page that tells the same.</summary>
    public required string Href { get; init; }
}

/// <summary>Figures for programs, by the same names as on pages.</summary>
internal static class FigureEndpoints
{
    public static void MapFigures(this RouteGroupBuilder api)
    {
        api.MapGet("/figures", ListAsync).Takes("language").Describes<IReadOnlyList<FigureNameDocument>>("Figures", "Lists the figures that have a name of their own; others are asked for by a name that says what and when, as carbon.use.homes.2026-11");
        api.MapGet("/figures/{id}", FigureAsync).Takes("id", "language").Describes<FigureDocument>("Figures", "Gives a figure with all that it is made of: parts, factors with their sources, coverage, earlier values");
    }

    private static Task<IResult> ListAsync(HttpContext context, Catalog catalog)
    {
        var query = new RequestQuery(context, catalog);
        var language = LanguageOf(query);
        return Task.FromResult<IResult>(query.Refusal is { } refusal
            ? Problems.OfQuery(refusal)
            : new Answer(FigureReader.All(context.RequestServices).Select(figure => new FigureNameDocument(figure.Key, Texts.WithoutSoftHyphens(figure.NameIn(language)))).OrderBy(figure => figure.Key, StringComparer.Ordinal).ToList()));
    }

    private static async Task<IResult> FigureAsync(HttpContext context, string id, Catalog catalog, IClock clock, CancellationToken cancellation)
    {
        var query = new RequestQuery(context, catalog);
        var language = LanguageOf(query);
        if (query.Refusal is { } refusal)
        {
            return Problems.OfQuery(refusal);
        }

        var figures = new FigureReader(new FigureContext(context.RequestServices, context.Reader(), language, clock.GetCurrentInstant()));
        return figures.Find(id) is { } figure && await figures.ValueAsync(id, cancellation) is { } value
            ? new Answer(Document(figure, value, language))
            : Problems.NotFound("figure that anything is recorded for", id);
    }

    private static FigureDocument Document(Figure figure, FigureValue value, Language language) => new()
    {
        Key = figure.Key,
        Name = Texts.WithoutSoftHyphens(figure.NameIn(language)),
        HasNumericalValue = value.Quantity.ToDecimal(),
        HasUnit = value.Unit,
        HasBeginning = value.From.ToString(),
        HasEnd = value.Until.ToString(),
        Formula = Texts.WithoutSoftHyphens(value.Formula ?? Texts.For(language)[value.FormulaKey]),
        Parts = [.. value.Parts.Select(Part)],
        Divisor = value.Divisor is { } divisor ? Part(divisor) : null,
        LeftOut = [.. value.LeftOut.Select(Part)],
        Coverage = value.Coverage is { } coverage ? new FigureCoverageDocument(coverage.Covered.ToDecimal(), coverage.Whole.ToDecimal(), coverage.Unit, [.. coverage.Gaps.Select(Part)]) : null,
        Factors = value.Factors,
        Earlier = [.. value.Earlier.Select(earlier => new FigureEarlierDocument(earlier.Quantity.ToDecimal(), earlier.Position, earlier.At.ToString(), earlier.Cause))],
        Events = value.Events,
        Position = value.Position,
        Quality = value.Quality,
        Href = $"/{language.Code}{FigureReader.WhyPath(figure.Key)}",
    };

    private static FigurePartDocument Part(FigurePart part) => new(Texts.WithoutSoftHyphens(part.Label), part.Quantity.ToDecimal(), part.Unit, part.Quality);

    private static Language LanguageOf(RequestQuery query) =>
        Language.TryFind(query.Choice("language", [.. Language.All.Select(each => each.Code)]) ?? Language.Finnish.Code, out var language) ? language : Language.Finnish;
}

using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Figures;

/// <summary>What a figure amounts to, of when it is, and where it comes from.</summary>
public sealed record FigureValue
{
    /// <summary>How much: what the parts make together.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>The UCUM code of the unit.</summary>
    public required string Unit { get; init; }

    /// <summary>The beginning of the time that it is of.</summary>
    public required Instant From { get; init; }

    /// <summary>The end of it: the figure is as old as this.</summary>
    public required Instant Until { get; init; }

    /// <summary>Whether it lacks a part of the time that it is to be of, as a day until noon does: it is then not to be judged by a goal.</summary>
    public bool IsPartial { get; init; }

    /// <summary>The key of it as a sentence, with places for <c>{name}</c>, <c>{district}</c>, <c>{amount}</c> and <c>{when}</c>; <c>figure.sentence</c> says any.</summary>
    public string SentenceKey { get; init; } = "figure.sentence";

    /// <summary>The key of what is counted and what is not.</summary>
    public string FormulaKey { get; init; } = "figure.formula";

    /// <summary>The formula in the reader's language where it is not a text of the program; it stands for <see cref="FormulaKey"/>.</summary>
    public string? Formula { get; init; }

    /// <summary>What was added up, the largest first.</summary>
    public IReadOnlyList<FigurePart> Parts { get; init; } = [];

    /// <summary>What the sum of the parts is divided by, as residents or kilowatt-hours; null where the sum is the figure.</summary>
    public FigurePart? Divisor { get; init; }

    /// <summary>The unit of the parts and their sum, where a divisor makes it another than the figure's.</summary>
    public string? PartUnit { get; init; }

    /// <summary>How much of what should be counted could be; null where nothing can be missing.</summary>
    public FigureCoverage? Coverage { get; init; }

    /// <summary>The factors and other numbers that it takes from sources, each once.</summary>
    public IReadOnlyList<FigureFactor> Factors { get; init; } = [];

    /// <summary>What it was before, the newest first: values that late or corrected events, or another factor, changed.</summary>
    public IReadOnlyList<FigureEarlier> Earlier { get; init; } = [];

    /// <summary>The position in the chain up to which it knows; null where it is no sum of events.</summary>
    public long? Position { get; init; }

    /// <summary>What one might think is in it and is not.</summary>
    public IReadOnlyList<FigurePart> LeftOut { get; init; } = [];

    /// <summary>How many events it is the sum of.</summary>
    public long Events { get; init; }

    /// <summary>Where the events are shown; null where nowhere.</summary>
    public FigureLink? EventsLink { get; init; }

    /// <summary>The figure a day earlier; null where there is none that can be compared with.</summary>
    public FigureComparison? Before { get; init; }

    /// <summary>How it went over its day, hour by hour; empty where it is no figure of an hour.</summary>
    public IReadOnlyList<FigureHour> Course { get; init; } = [];

    /// <summary>What it rests on: its least sure part, the divisor too where it says; null where a part does not say.</summary>
    public Quality? Quality => Parts.Any(part => part.Quality is null) ? null : Parts.Append(Divisor).Max(part => part?.Quality);
}

/// <summary>One amount that a figure is made of.</summary>
/// <param name="Label">What it is, in the reader's language.</param>
/// <param name="Quantity">How much.</param>
/// <param name="Unit">The UCUM code of the unit.</param>
/// <param name="Quality">What it rests on; null where unsaid.</param>
/// <param name="Link">Where more of it is shown; null where nowhere.</param>
public sealed record FigurePart(string Label, Quantity Quantity, string Unit, Quality? Quality, FigureLink? Link);

/// <summary>A page of the feature that registered the figure.</summary>
/// <param name="Path">After the language, as <c>/flows</c>.</param>
/// <param name="Query">What it is asked for.</param>
public sealed record FigureLink(string Path, IReadOnlyList<KeyValuePair<string, string?>> Query);

/// <summary>A figure of before, and how to say what became of it.</summary>
/// <param name="Quantity">How much it was.</param>
/// <param name="MoreKey">The key of a sentence for more, with places for <c>{district}</c> and <c>{share}</c>.</param>
/// <param name="LessKey">The key of a sentence for less, with the same places.</param>
/// <param name="SameKey">The key of a sentence for about as much, with a place for <c>{district}</c>.</param>
public sealed record FigureComparison(Quantity Quantity, string MoreKey, string LessKey, string SameKey);

/// <summary>An hour of a figure's course.</summary>
/// <param name="Start">Its beginning.</param>
/// <param name="Quantity">How much; null where nothing is recorded, or not yet.</param>
public sealed record FigureHour(Instant Start, Quantity? Quantity);

/// <summary>How much of what should be counted has what is needed to count it. What has not is a gap and never a zero.</summary>
/// <param name="Covered">So much could be counted.</param>
/// <param name="Whole">So much should.</param>
/// <param name="Unit">The UCUM code of both.</param>
/// <param name="Gaps">What is missing, in the reader's language, each with its size.</param>
public sealed record FigureCoverage(Quantity Covered, Quantity Whole, string Unit, IReadOnlyList<FigurePart> Gaps);

/// <summary>A number from a source that a figure rests on.</summary>
/// <param name="Label">The number with its unit, in the reader's language.</param>
/// <param name="Detail">Of what, where and when it holds, in the reader's language.</param>
/// <param name="Source">Where it is from: a citation or an address.</param>
/// <param name="Placeholder">Whether it only stands in until a better one is found.</param>
public sealed record FigureFactor(string Label, string Detail, string Source, bool Placeholder = false);

/// <summary>What a figure was before.</summary>
/// <param name="Quantity">How much it was.</param>
/// <param name="Unit">The UCUM code of the unit.</param>
/// <param name="Position">The position in the chain up to which it knew.</param>
/// <param name="At">When it was reckoned.</param>
/// <param name="Cause">Why it changed afterwards, in the reader's language.</param>
public sealed record FigureEarlier(Quantity Quantity, string Unit, long Position, Instant At, string Cause);

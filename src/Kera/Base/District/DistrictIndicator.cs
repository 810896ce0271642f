using Kera.Base.District.Formulas;
using Kera.Flows;

namespace Kera.Base.District;

/// <summary>Whose decisions an indicator is for.</summary>
public enum IndicatorLevel
{
    /// <summary>The district's direction, over years.</summary>
    Strategic,

    /// <summary>How the year's work goes.</summary>
    Tactical,

    /// <summary>How the day runs.</summary>
    Operational,
}

/// <summary>Of how long a time an indicator is.</summary>
public enum IndicatorPeriod
{
    /// <summary>The last full day.</summary>
    Day,

    /// <summary>The 30 days to the end of the last full day.</summary>
    Month,

    /// <summary>The 365 days to the end of the last full day.</summary>
    Year,

    /// <summary>All that is recorded.</summary>
    AllTime,
}

/// <summary>Which way is better.</summary>
public enum IndicatorDirection
{
    /// <summary>More is better.</summary>
    More,

    /// <summary>Less is better.</summary>
    Less,
}

/// <summary>A number of the files that either has sources or is illustrative.</summary>
/// <param name="Value">In the indicator's unit.</param>
/// <param name="Illustrative">Whether it is made up.</param>
/// <param name="Sources">Where it is from; empty where it is illustrative.</param>
public sealed record IndicatorNumber(Quantity Value, bool Illustrative, IReadOnlyList<string> Sources);

/// <summary>What an indicator was, or is to be, by the end of a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Number">How much.</param>
public sealed record IndicatorPoint(int Year, IndicatorNumber Number);

/// <summary>The code of an indicator in a standard.</summary>
/// <param name="Standard"><c>U4SSC</c> or <c>ISO 37120</c>.</param>
/// <param name="Edition">The edition of the standard; null where the source does not state it.</param>
/// <param name="Code">The code in that edition.</param>
public sealed record IndicatorCode(string Standard, string? Edition, string Code);

/// <summary>What the district measures itself by.</summary>
public sealed record DistrictIndicator
{
    /// <summary>The stable key.</summary>
    public required string Key { get; init; }

    /// <summary>The name.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it tells.</summary>
    public required LocalizedText About { get; init; }

    /// <summary>Whose decisions it is for.</summary>
    public required IndicatorLevel Level { get; init; }

    /// <summary>The unit of its values.</summary>
    public required FormulaUnit Unit { get; init; }

    /// <summary>Of how long a time it is.</summary>
    public required IndicatorPeriod Period { get; init; }

    /// <summary>Whether a shorter record stands for the whole period, in proportion.</summary>
    public required bool Rate { get; init; }

    /// <summary>What it is reckoned from; null where nothing can be yet.</summary>
    public Formula? Formula { get; init; }

    /// <summary>The formula as it is written; empty where there is none.</summary>
    public required string FormulaText { get; init; }

    /// <summary>Which data it waits for; null where it waits for none.</summary>
    public LocalizedText? Awaits { get; init; }

    /// <summary>Targets of the United Nations' goals, as <c>11.6</c>.</summary>
    public required IReadOnlyList<string> Sdg { get; init; }

    /// <summary>Its codes in standards.</summary>
    public required IReadOnlyList<IndicatorCode> Codes { get; init; }

    /// <summary>Whether U4SSC has it, so that points are given for reaching the benchmark.</summary>
    public bool IsOfU4ssc => Codes.Any(code => code.Standard == "U4SSC");

    /// <summary>Which way is better.</summary>
    public required IndicatorDirection Direction { get; init; }

    /// <summary>What it is measured against; null where nothing is.</summary>
    public IndicatorNumber? Benchmark { get; init; }

    /// <summary>Where the path begins; null where it has no beginning.</summary>
    public IndicatorPoint? Baseline { get; init; }

    /// <summary>What it is to be, by year; one at least, the earliest first.</summary>
    public required IReadOnlyList<IndicatorPoint> Path { get; init; }

    /// <summary>The agent that answers for it; null where nobody does yet.</summary>
    public string? Responsible { get; init; }

    /// <summary>Where the indicator itself is from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
}

/// <summary>How a target compares.</summary>
public enum TargetComparator
{
    /// <summary>The value or less.</summary>
    AtMost,

    /// <summary>The value or more.</summary>
    AtLeast,

    /// <summary>Exactly the value.</summary>
    Equals,
}

/// <summary>A promise that is no flow: a clause of an agreement about an indicator. Kera's own, beside the standard's Commitment.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Name">The promise in words.</param>
/// <param name="Indicator">The key of the indicator.</param>
/// <param name="Comparator">How its value compares.</param>
/// <param name="Value">With what.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="By">By the end of which year; null where it holds always.</param>
/// <param name="Sources">Where this comes from.</param>
public sealed record Target(
    string Key,
    LocalizedText Name,
    string Indicator,
    TargetComparator Comparator,
    Quantity Value,
    FormulaUnit Unit,
    int? By,
    IReadOnlyList<string> Sources);

using System.Globalization;

namespace Kera.Base.District;

/// <summary>One mistake in a district's files: where it is, what is wrong and what to do about it.</summary>
/// <param name="File">The file's name within the district's folder, or the folder itself where no file is to blame.</param>
/// <param name="Line">The line, from 1; null where the whole file is meant.</param>
/// <param name="Column">The column, from 1; null where unknown.</param>
/// <param name="Problem">What is wrong, as a clause: <c>unknown kind 'persn'</c>.</param>
/// <param name="Remedy">What to do, as a clause: <c>use organization or ecological</c>.</param>
public sealed record DistrictMistake(string File, int? Line, int? Column, string Problem, string Remedy)
{
    /// <summary>The mistake as one line: <c>agents.yaml:14:11: unknown kind 'persn'; use organization or ecological</c>.</summary>
    public override string ToString()
    {
        var place = string.Create(CultureInfo.InvariantCulture, $"{File}{(Line is { } line ? $":{line}" : "")}{(Column is { } column ? $":{column}" : "")}");
        return $"{place}: {Problem}; {Remedy}";
    }
}

/// <summary>What reading a district's files gave: the district, or every mistake in them.</summary>
/// <param name="Model">The district; null where there is any mistake, so that nothing is ever half loaded.</param>
/// <param name="Mistakes">Every mistake, by file and line.</param>
public sealed record DistrictReading(DistrictModel? Model, IReadOnlyList<DistrictMistake> Mistakes);

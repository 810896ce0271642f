using System.Text.RegularExpressions;

namespace Kera.Tests.Architecture;

public sealed partial class SourceFileTests
{
    private const int MostLines = 400;

    [Fact]
    public void A_source_file_has_one_subject_and_so_few_lines() =>
        Walls.AssertUnbroken(
            from file in WrittenByHand("src")
            let lines = File.ReadLines(file).Count()
            where lines > MostLines
            select $"{SourceTree.Name(file)} has {lines} lines; past 300 a file is probably two subjects, past {MostLines} it fails");

    [Fact]
    public void Nothing_is_left_for_later() =>
        Walls.AssertUnbroken(
            from folder in new[] { "src", "tests", "bench" }
            from file in WrittenByHand(folder)
            from line in File.ReadLines(file).Index()
            where LeftForLater().IsMatch(line.Item)
            select $"{SourceTree.Name(file)}:{line.Index + 1}: {line.Item.Trim()}");

    private static IEnumerable<string> WrittenByHand(string folder) =>
        SourceTree.Files(folder).Where(file =>
            Path.GetExtension(file) is ".cs" or ".razor" or ".css" or ".js" or ".mjs" or ".ts" or ".csproj" or ".sh"
            && !file.Contains($"{Path.DirectorySeparatorChar}Migrations{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !file.Contains(".min.", StringComparison.Ordinal));

    // Written with brackets so that this line does not find itself.
    [GeneratedRegex(@"\b(TO[D]O|FIX[M]E|HAC[K]|XX[X]|NotImplemente[d]Exception)\b")]
    private static partial Regex LeftForLater();
}

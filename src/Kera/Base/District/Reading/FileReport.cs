namespace Kera.Base.District.Reading;

/// <summary>Collects the mistakes of one file.</summary>
internal sealed class FileReport(string file, List<DistrictMistake> mistakes)
{
    public string File => file;

    public void Add(FileNode node, string problem, string remedy) => Add(node.Line, node.Column, problem, remedy);

    public void Add(int? line, int? column, string problem, string remedy) =>
        mistakes.Add(new DistrictMistake(file, line, column, problem, remedy));
}

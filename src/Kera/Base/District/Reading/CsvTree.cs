using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Kera.Base.District.Reading;

/// <summary>Reads a table (RFC 4180, headings first) into nodes: a list of groups of fields, each with its line.</summary>
internal static class CsvTree
{
    /// <summary>The lines under a name; null where the file cannot be read, which is then reported.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="section">The name that the list of lines gets.</param>
    /// <param name="report">Where mistakes go.</param>
    public static FileNode? Read(string text, string section, FileReport report)
    {
        var quotes = false;
        using var parser = new CsvParser(new StringReader(text), new CsvConfiguration(CultureInfo.InvariantCulture) { BadDataFound = _ => quotes = true, TrimOptions = TrimOptions.Trim });
        if (!parser.Read())
        {
            report.Add(1, null, "the file is empty", "fill it in, or remove it");
            return null;
        }

        var headings = parser.Record!;
        if (headings.GroupBy(heading => heading).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            report.Add(1, null, $"the column '{twice.Key}' is here twice", "keep one of the two");
            return null;
        }

        var items = new List<FileNode>();
        while (parser.Read())
        {
            var values = parser.Record!;
            var line = parser.RawRow - values.Sum(value => value.Count(letter => letter == '\n'));
            // An open mark would take the lines after it into its value.
            if (quotes || values.Any(value => value.Contains('\n')))
            {
                report.Add(line, null, "a quotation mark here is not closed, or stands inside of a value", "close it on its line; inside of a value in quotation marks write it twice");
                quotes = false;
                continue;
            }

            if (values.Length != headings.Length)
            {
                report.Add(line, null, $"the line has {values.Length} values, and there are {headings.Length} columns", "write a comma between each two; a value with a comma stands in quotation marks");
                continue;
            }

            items.Add(new FileNode(NodeKind.Mapping, line, 1)
            {
                Fields = [.. headings.Zip(values, (heading, value) => new FileField(heading, line, 1, new FileNode(NodeKind.Scalar, line, 1) { Text = value }))],
            });
        }

        return new FileNode(NodeKind.Mapping, 1, 1) { Fields = [new FileField(section, 1, 1, new FileNode(NodeKind.Sequence, 1, 1) { Items = items })] };
    }
}

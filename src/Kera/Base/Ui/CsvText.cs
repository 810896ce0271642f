using System.Text;

namespace Kera.Base.Ui;

/// <summary>Writes comma-separated values (RFC 4180), safe for spreadsheets.</summary>
public static class CsvText
{
    /// <summary>Adds a line; a value that is null is empty.</summary>
    public static void CsvLine(this StringBuilder csv, IEnumerable<string?> values) =>
        csv.AppendJoin(',', values.Select(value => Quote(value ?? ""))).Append("\r\n");

    // A spreadsheet would run what begins like a formula; a number keeps its sign.
    private static string Quote(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '@' or '\t' or '\r')
        {
            value = "'" + value;
        }

        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

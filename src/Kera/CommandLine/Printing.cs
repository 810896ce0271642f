using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;

namespace Kera.CommandLine;

/// <summary>What commands print: JSON for programs, columns for people.</summary>
internal static class Printing
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        // Read by programs and people at a terminal, not by browsers.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new MomentConverter() },
    };

    /// <summary>The option that asks for JSON.</summary>
    public static Option<bool> JsonOption() => new("--json") { Description = "Print JSON." };

    /// <summary>Writes a value as JSON, with a line's end.</summary>
    public static void WriteJson<T>(this TextWriter output, T value) => output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Writes rows under headings, each column as wide as it needs to be.</summary>
    public static void WriteColumns(this TextWriter output, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.Select((heading, column) => rows.Select(row => row[column].Length).Append(heading.Length).Max()).ToArray();
        WriteRow(headings);
        foreach (var row in rows)
        {
            WriteRow(row);
        }

        void WriteRow(IReadOnlyList<string> row) =>
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private sealed class MomentConverter : JsonConverter<Instant>
    {
        public override Instant Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Commands only print.");

        public override void Write(Utf8JsonWriter writer, Instant value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Kera.Sharing.Rounds;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Solving;

/// <summary>What a solve of a round is asked.</summary>
/// <param name="Round">The round.</param>
/// <param name="Work">After how much work the best answer is taken, as <see cref="RoundSolveOptions"/> counts it.</param>
/// <param name="Former">The answer to stay close to; null for none.</param>
public sealed record RoundQuestion(Round Round, double Work, IReadOnlyList<RoundAllocation>? Former);

/// <summary>Rounds and their answers as JSON, for rows and between processes. What is equal is written equal.</summary>
public static class RoundJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(), new DateConverter() },
    };

    /// <summary>Writes it in one line.</summary>
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, s_options);

    /// <summary>Reads what was written so.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static T Read<T>(string text) => JsonSerializer.Deserialize<T>(text, s_options) ?? throw new JsonException("Nothing is written.");

    private sealed class DateConverter : JsonConverter<LocalDate>
    {
        public override LocalDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            LocalDatePattern.Iso.Parse(reader.GetString() ?? "") is { Success: true, Value: var date } ? date : throw new JsonException("This is no day.");

        public override void Write(Utf8JsonWriter writer, LocalDate value, JsonSerializerOptions options) => writer.WriteStringValue(LocalDatePattern.Iso.Format(value));
    }
}

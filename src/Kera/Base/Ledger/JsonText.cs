using System.Text.Json;
using System.Text.Unicode;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>JSON from outside: every mistake becomes a sentence with its place.</summary>
public static class JsonText
{
    private const string Position = " LineNumber:";

    /// <summary>Reads a document.</summary>
    /// <param name="utf8">The bytes as they came.</param>
    /// <param name="refusal">A <see cref="MalformedJson"/> or <see cref="InvalidUtf8"/>, or null.</param>
    /// <returns>The document, which the caller disposes; null with a refusal.</returns>
    public static JsonDocument? Read(ReadOnlyMemory<byte> utf8, out Refusal? refusal)
    {
        refusal = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            refusal = new InvalidUtf8(FirstInvalid(utf8.Span) + 1);
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8);
        }
        catch (JsonException mistake)
        {
            var end = mistake.Message.IndexOf(Position, StringComparison.Ordinal);
            refusal = new MalformedJson((mistake.LineNumber ?? 0) + 1, (mistake.BytePositionInLine ?? 0) + 1, end < 0 ? mistake.Message : mistake.Message[..end]);
            return null;
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed) == System.Buffers.OperationStatus.Done)
        {
            at += consumed;
        }

        return at;
    }
}

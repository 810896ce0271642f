using System.Globalization;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>A text that is no JSON; where it stops being so, counted from 1.</summary>
public sealed record MalformedJson(long Line, long Byte, string Why)
    : Refusal("", string.Create(CultureInfo.InvariantCulture, $"This is no JSON that can be read, from line {Line}, byte {Byte} on: {Why}"));

/// <summary>Bytes that are no UTF-8; the first such byte, counted from 1.</summary>
public sealed record InvalidUtf8(long Byte) : Refusal("", string.Create(CultureInfo.InvariantCulture, $"Byte {Byte} is not UTF-8. JSON is always UTF-8: save or send it in that encoding."));

/// <summary>JSON of another shape than the one that is read here.</summary>
public sealed record WrongShape(string Which, string Expected) : Refusal(Which, Which.Length == 0 ? $"Here goes {Expected}." : $"'{Which}' is {Expected}.");

/// <summary>A field that nothing reads.</summary>
public sealed record UnknownField(string Which, string? Nearest, IReadOnlyList<string> Known)
    : Refusal(Which, $"There is no field '{Which}'." + (Nearest is null ? $" Leave it out; the fields are: {string.Join(", ", Known)}." : $" Did you mean '{Nearest}'?"))
{
    /// <summary>The refusal of a name that was read; a very long one is shortened.</summary>
    internal static UnknownField Of(string path, string name, IReadOnlyList<string> known) =>
        new(path + (name.Length <= 80 ? name : string.Concat(name.AsSpan(0, 80), "…")), Ledger.Nearest.To(name, known), known);
}

/// <summary>A field that stands twice in one object, so that nobody can say which is meant.</summary>
public sealed record RepeatedField(string Which) : Refusal(Which, $"'{Which}' stands twice in one object. Give it once.");

/// <summary>A field that the ledger sets itself.</summary>
public sealed record GivenByLedger(string Which) : Refusal(Which, $"'{Which}' is given by the ledger, not by who records. Leave it out.");

/// <summary>An amount that is no decimal number.</summary>
public sealed record NotANumber(string Which) : Refusal(Which, $"'{Which}' is no decimal number. Write it as 12.5: digits, a point, no grouping, no unit.");

/// <summary>An amount finer than the ledger keeps.</summary>
public sealed record TooManyDecimals(string Which) : Refusal(Which, $"'{Which}' has more than six decimals. Nothing is rounded here: round it yourself, or use a smaller unit.");

/// <summary>An amount beyond what the ledger can hold.</summary>
public sealed record NumberTooLarge(string Which) : Refusal(Which, $"'{Which}' is beyond ±9,223,372,036,854. Use a larger unit.");

/// <summary>A moment that is not written as RFC 3339 has it.</summary>
public sealed record WrongMoment(string Which, string Why) : Refusal(Which, $"'{Which}' {Why}");

/// <summary>More in one request than is taken.</summary>
public sealed record TooManyEvents(int Given, int Most) : Refusal("", string.Create(CultureInfo.InvariantCulture, $"The request has {Given:N0} events; at most {Most:N0} are taken at once. Send several requests."));

/// <summary>A request with nothing in it.</summary>
public sealed record NoEvents() : Refusal("", "The request has no event. Send at least one.");

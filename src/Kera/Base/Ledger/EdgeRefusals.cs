using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>A key that nothing has.</summary>
public sealed record UnknownNoun(string Which, string Kind, string Key, string? Nearest)
    : Refusal(Which, $"There is no {Kind} '{Shorten(Key)}'." + (Nearest is null ? $" Add the {Kind} first, or use the key of one that is there." : $" Did you mean '{Nearest}'?"))
{
    private static string Shorten(string key) => key.Length <= 80 ? key : string.Concat(key.AsSpan(0, 80), "…");
}

/// <summary>A noun that the district's files no longer have.</summary>
public sealed record RetiredNoun(string Which, string Kind, string Key) : Refusal(Which, $"The {Kind} '{Key}' has been retired from the district's files and takes no new events.");

/// <summary>A field without which nothing can be said.</summary>
public sealed record MissingField(string Which) : Refusal(Which, $"'{Which}' is missing.");

/// <summary>A text that is too long or has characters that do not belong in it.</summary>
public sealed record WrongText(string Which, string Why) : Refusal(Which, Why);

/// <summary>An idempotency key that another event has.</summary>
public sealed record KeyUsedBefore(string Key, long Position) : Refusal("idempotencyKey", $"Event {Position} was recorded with the key '{Key}', and it is not the same. Use another key, or send the event as it was.");

/// <summary>An event that is not what its declared flow says.</summary>
public sealed record NotAsDeclared(string Which, string Flow) : Refusal(Which, $"The declared flow '{Flow}' says otherwise about '{Which}'. Leave the field out, or correct the flow in the district's files.");

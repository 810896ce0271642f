using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>The body of a request, as it came.</summary>
internal static class RequestBody
{
    /// <summary>Reads the body; the host has said how large it may be, and that it is JSON.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }

    /// <summary>Reads the body as one object and makes something of its fields.</summary>
    /// <param name="context">The request.</param>
    /// <param name="known">The fields that are read.</param>
    /// <param name="given">Fields that answers have besides.</param>
    /// <param name="make">Makes it; the first refusal of a field counts.</param>
    public static async Task<(T? Value, IResult? Problem)> ReadAsync<T>(HttpContext context, IReadOnlyList<string> known, IReadOnlyList<string> given, Func<JsonFields, T> make)
        where T : class
    {
        using var document = JsonText.Read(await ReadAsync(context), out var refusal);
        if (document is null)
        {
            return (null, Problems.Of(refusal!));
        }

        var fields = new JsonFields(document.RootElement, known, given);
        var value = make(fields);
        return fields.Refusal is { } mistake ? (null, Problems.Of(mistake)) : (value, null);
    }

    /// <summary>The key that makes a request once and only once, from its header; quotes around it are left away.</summary>
    public static string? IdempotencyKey(HttpContext context, EventInput input, out Refusal? refusal)
    {
        refusal = null;
        if (!context.Request.Headers.TryGetValue("Idempotency-Key", out var header))
        {
            return input.IdempotencyKey;
        }

        var key = header.ToString();
        key = key is ['"', .., '"'] ? key[1..^1] : key;
        if (input.IdempotencyKey is not null && input.IdempotencyKey != key)
        {
            refusal = new WrongText("idempotencyKey", "The header Idempotency-Key and the field 'idempotencyKey' say different things. Give one of them.");
        }

        return key;
    }
}

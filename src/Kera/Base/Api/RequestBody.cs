using Kera.Base.Ledger;

namespace Kera.Base.Api;

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
}

using System.Text;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.Api;

/// <summary>Refusals as problem details (RFC 9457): a stable type, the sentence, the field, and in a batch the event's index.</summary>
internal static class Problems
{
    /// <summary>Where the type of a problem begins; the rule's name follows.</summary>
    public static string TypePrefix => "/problems/";

    /// <summary>A refusal of what was sent.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="index">Which event of a batch, from 0; −1 where it is in none.</param>
    public static IResult Of(Refusal refusal, int index = -1) => Of(
        refusal switch
        {
            MalformedJson or InvalidUtf8 => StatusCodes.Status400BadRequest,
            KeyUsedBefore => StatusCodes.Status409Conflict,
            TooManyEvents => StatusCodes.Status413PayloadTooLarge,
            _ => StatusCodes.Status422UnprocessableEntity,
        },
        refusal,
        index);

    /// <summary>A refusal of what an address asks for.</summary>
    public static IResult OfQuery(Refusal refusal) => Of(StatusCodes.Status400BadRequest, refusal, -1);

    /// <summary>Nothing there, or nothing that the caller may read: the two look alike.</summary>
    public static IResult NotFound(string kind, string key) =>
        Of(StatusCodes.Status404NotFound, "NotFound", $"There is no {kind} '{(key.Length <= 80 ? key : string.Concat(key.AsSpan(0, 80), "…"))}' here that you may read.");

    /// <summary>A problem without a refusal.</summary>
    public static IResult Of(int status, string code, string detail) =>
        TypedResults.Problem(detail, statusCode: status, title: Title(code), type: TypePrefix + code, extensions: [new("code", code)]);

    /// <summary>The name of a rule in words: <c>LaterEventImpossible</c> is <c>Later event impossible</c>.</summary>
    public static string Title(string code)
    {
        var title = new StringBuilder(code.Length + 8);
        foreach (var letter in code)
        {
            title.Append(char.IsUpper(letter) && title.Length > 0 ? " " + char.ToLowerInvariant(letter) : letter.ToString());
        }

        return title.ToString();
    }

    /// <summary>Gives the problems of the host, which have titles only, a type and a code of the same kind.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var problem = context.ProblemDetails;
        if (context.HttpContext.Request.Path.StartsWithSegments("/api") && !problem.Extensions.ContainsKey("code"))
        {
            var words = (problem.Title ?? "Error").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var code = string.Concat(words.Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
            (problem.Type, problem.Extensions["code"]) = (TypePrefix + code, code);
            problem.Detail ??= problem.Status switch
            {
                StatusCodes.Status404NotFound => "There is nothing at this address. /api/v1/openapi.json lists what there is.",
                StatusCodes.Status405MethodNotAllowed => "This address does not take this method. The header Allow lists those it takes.",
                StatusCodes.Status415UnsupportedMediaType => "Send JSON, and say so: 'Content-Type: application/json'.",
                >= 500 => "Something went wrong here, not with your request. Try again; if it stays so, tell who runs this.",
                _ => null,
            };
        }

        problem.Extensions.Remove("traceId");
    }

    /// <summary>A refusal with a status of its own.</summary>
    public static IResult Of(int status, Refusal refusal, int index)
    {
        List<KeyValuePair<string, object?>> extensions = [new("code", refusal.Code)];
        if (refusal.Field.Length > 0)
        {
            extensions.Add(new("field", refusal.Field));
        }

        if (index >= 0)
        {
            extensions.Add(new("index", index));
        }

        return TypedResults.Problem(refusal.Sentence, statusCode: status, title: Title(refusal.Code), type: TypePrefix + refusal.Code, extensions: extensions);
    }
}

using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.Api;

/// <summary>The parameters that an address takes: any other is refused, and the description lists them.</summary>
internal sealed record KnownParameters(IReadOnlyList<string> Names);

/// <summary>A parameter that the address does not take.</summary>
internal sealed record UnknownParameter(string Which, string? Nearest, IReadOnlyList<string> Known)
    : Refusal(Which, $"This address takes no parameter '{Which}'. " + (Nearest is not null ? $"Did you mean '{Nearest}'?" : Known.Count == 0 ? "It takes none." : $"It takes: {string.Join(", ", Known)}."));

/// <summary>A parameter that cannot be read.</summary>
internal sealed record WrongParameter(string Which, string Why) : Refusal(Which, $"The parameter '{Which}' {Why}");

/// <summary>What is done for every address of the API.</summary>
internal static class Filters
{
    private static readonly KnownParameters None = new([]);

    /// <summary>Names the parameters that the address takes.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder builder, params string[] names) => builder.WithMetadata(new KnownParameters(names));

    /// <summary>Refuses parameters that nobody knows, or that stand twice.</summary>
    public static async ValueTask<object?> CheckParametersAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var known = context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<KnownParameters>() ?? None;
        foreach (var (name, values) in context.HttpContext.Request.Query)
        {
            if (!known.Names.Contains(name))
            {
                return Problems.OfQuery(new UnknownParameter(name.Length <= 80 ? name : string.Concat(name.AsSpan(0, 80), "…"), Nearest.To(name, known.Names), known.Names));
            }

            if (values.Count != 1)
            {
                return Problems.OfQuery(new WrongParameter(name, "stands twice. Give it once."));
            }
        }

        return await next(context);
    }

    /// <summary>Says that the ledger cannot be written now.</summary>
    public static async ValueTask<object?> CatchUnavailableAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (LedgerUnavailableException unavailable)
        {
            context.HttpContext.Response.Headers.RetryAfter = "5";
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "LedgerUnavailable", unavailable.Message);
        }
    }
}

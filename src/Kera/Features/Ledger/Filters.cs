using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Ledger;

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

/// <summary>
/// Answers 304 without asking the ledger anything, where nothing was written since: what can be read of the ledger depends on
/// the chain's head, on what was written beside it (which the audit counts), on the address and on who asks.
/// </summary>
internal static class HeadTag
{
    private static readonly string Version = typeof(HeadTag).Assembly.ManifestModule.ModuleVersionId.ToString();

    /// <summary>Gives the address such tags.</summary>
    public static RouteHandlerBuilder TagByHead(this RouteHandlerBuilder builder) => builder.AddEndpointFilter(InvokeAsync);

    private static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        // Before the reading: what is written meanwhile gives the next request another tag.
        var http = context.HttpContext;
        var tag = await TagAsync(http);
        if (Answer.Matches(http, tag))
        {
            Answer.SetTag(http, tag);
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var result = await next(context);
        if (result is Answer answer)
        {
            answer.Tag = tag;
        }

        return result;
    }

    private static async Task<string> TagAsync(HttpContext http)
    {
        var (position, hash) = await http.RequestServices.GetRequiredService<LedgerQueries>().HeadAsync(http.RequestAborted);
        await using var db = http.RequestServices.GetRequiredService<KeraStore>().OpenContext();
        var written = await db.Audits.MaxAsync(row => (long?)row.Id, http.RequestAborted) ?? 0;
        var (reader, series) = (http.Reader(), http.SeriesReader());
        return Answer.TagOf(Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"{Version} {position} {Convert.ToHexString(hash)} {written} {string.Join(',', reader.Agents)} {string.Join(',', series.Agents)} {http.Request.Path}{http.Request.QueryString}")));
    }
}

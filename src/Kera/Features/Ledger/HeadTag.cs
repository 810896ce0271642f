using System.Globalization;
using System.Text;
using Kera.Base.Access;
using Kera.Base.Api;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Ledger;

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

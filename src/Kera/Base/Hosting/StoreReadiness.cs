using System.Data.Common;
using System.Net.Sockets;
using Kera.Base.Store;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Kera.Base.Hosting;

/// <summary>Whether requests can be answered: the database is reached, its schema is this program's, the chain's head is read.</summary>
internal sealed class StoreReadiness(KeraStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!await SchemaVersion.IsCurrentAsync(store, cancellationToken))
            {
                return HealthCheckResult.Unhealthy("The database's schema is older than the program; it is brought up to date at start.");
            }

            await using var db = store.OpenContext();
            var head = await db.ChainHeads.AsNoTracking().SingleAsync(cancellationToken);
            return HealthCheckResult.Healthy("ready", new Dictionary<string, object> { ["position"] = head.Position });
        }
        catch (Exception mistake) when (mistake is DbException or SocketException or InvalidOperationException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database cannot be read.", mistake);
        }
    }
}

/// <summary>The addresses by which a machine asks how Kera is.</summary>
internal static class Health
{
    /// <summary><c>/health</c>: the program answers. <c>/ready</c>: it can answer everything; 503 with problem details where not.</summary>
    public static void MapKeraHealth(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/health", (HttpContext context) => context.Response.WriteAsJsonAsync(new { status = "live" })).ExcludeFromDescription().DisableRateLimiting();
        endpoints.MapHealthChecks("/ready", new HealthCheckOptions { ResponseWriter = WriteAsync }).DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var notes = report.Entries.Values.Where(entry => entry.Status != HealthStatus.Healthy).Select(entry => entry.Description).ToList();
        if (report.Status != HealthStatus.Unhealthy)
        {
            return notes.Count == 0 ? context.Response.WriteAsJsonAsync(new { status = "ready" }) : context.Response.WriteAsJsonAsync(new { status = "ready", notes });
        }

        var detail = string.Join(' ', notes);
        return TypedResults.Problem(detail, title: "Not ready", statusCode: StatusCodes.Status503ServiceUnavailable).ExecuteAsync(context);
    }
}

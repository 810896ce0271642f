using Microsoft.Extensions.Logging.Console;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Kera.Base.Hosting;

/// <summary>Logs, traces and metrics.</summary>
internal static class Observability
{
    /// <summary>
    /// Logs go to stderr: a line each for a person at a terminal, JSON where a program reads them. Traces and metrics are sent
    /// where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says; without it they are not even collected.
    /// </summary>
    public static void AddKeraObservability(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
        {
            builder.Logging.AddJsonConsole(json =>
            {
                json.IncludeScopes = true;
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(simple =>
            {
                simple.SingleLine = true;
                simple.TimestampFormat = "HH:mm:ss ";
                simple.ColorBehavior = LoggerColorBehavior.Default;
            });
        }

        if (string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("kera", serviceVersion: typeof(Observability).Assembly.GetName().Version?.ToString(3)))
            .WithTracing(traces => traces.AddSource("Kera", "Npgsql").AddAspNetCoreInstrumentation())
            .WithMetrics(metrics => metrics.AddMeter("Kera", "Npgsql", "System.Runtime", "Microsoft.EntityFrameworkCore").AddAspNetCoreInstrumentation())
            .UseOtlpExporter();
    }
}

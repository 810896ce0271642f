using System.Net;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Jobs;
using Kera.Base.Letters;
using Kera.Base.Live;
using Kera.Base.Outbox;
using Kera.Base.Payments;
using Kera.Base.Ui;
using Microsoft.AspNetCore.HttpOverrides;

namespace Kera.Base.Hosting;

/// <summary>How the running platform is to be built.</summary>
/// <param name="Settings">Settings that come before files and environment, by full name (<c>Kera:Data</c>).</param>
/// <param name="HostArguments">Arguments for the host itself, as <c>--environment=Development</c>.</param>
public sealed record KeraAppOptions(IReadOnlyDictionary<string, string?> Settings, IReadOnlyList<string> HostArguments)
{
    /// <summary>Everything by files and environment.</summary>
    public KeraAppOptions()
        : this(new Dictionary<string, string?>(), [])
    {
    }
}

/// <summary>Builds the running platform, for the command line and for tests.</summary>
public static class KeraApp
{
    /// <summary>The web application with its store prepared, not yet started.</summary>
    /// <param name="options">What differs from files and environment.</param>
    /// <param name="configure">A last word of a test on the builder.</param>
    /// <param name="cancellation">Stops the preparation.</param>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    /// <exception cref="DistrictException">The district's files have mistakes, or are not those of the store.</exception>
    public static async Task<WebApplication> BuildAsync(KeraAppOptions options, Action<WebApplicationBuilder>? configure = null, CancellationToken cancellation = default)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. options.HostArguments], ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        var settings = KeraSettings.From(builder.Configuration);
        AddServices(builder, settings);
        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            // A setting that names no rule is told at start, not in the night.
            _ = app.Services.GetRequiredService<Retention>();
            // Before the pipeline and the services that run by themselves, for they may stand on the ledger and its district.
            await app.Services.GetRequiredService<Preparation>().RunAsync(readFiles: true, app.Services.GetRequiredService<KeraPlace>().Demonstration, cancellation);
            Use(app, settings);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void AddServices(WebApplicationBuilder builder, KeraSettings settings)
    {
        builder.AddKeraObservability();
        builder.WebHost.UseUrls(settings.Url);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.BodyBytes;
        });
        // What is being written when the program is told to stop is written to its end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.Configure<ForwardedHeadersOptions>(forwarded => Trust(forwarded, settings.TrustedProxies));
        var place = KeraPlace.Of(settings);
        if (place.Demonstration && !settings.Mail.Sends)
        {
            // Whoever tries the demonstration finds its mails beside its data; nobody is written to.
            (settings.Mail.Directory, settings.Mail.From) = (Path.Combine(place.DataDirectory, "mail"), "kera@example.org");
        }

        builder.Services.AddKera(place);
        builder.AddKeyRing(settings.Keys);
        builder.Services.AddKeraAccess();
        builder.Services.AddKeraSessions(settings.OpenIdConnect);
        builder.Services.AddProblemDetails();
        builder.Services.AddKeraApi();
        builder.Services.AddRateLimiter(limiter => RequestGuards.Configure(limiter, settings.Limits));
        // Over https too: no page puts a secret beside what a caller sends, except forms' tokens, which differ each time.
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["text/html", "text/css", "text/csv", "text/plain", "text/javascript", "application/json", "application/problem+json", "application/geo+json", "image/svg+xml"];
        });
        PageCache.Register(builder.Services);
        builder.Services.AddHealthChecks().AddCheck<StoreReadiness>("store");
        builder.Services.AddHostedService<Demonstration>();
        builder.Services.AddHostedService<JobRunner>();
        builder.Services.AddSingleton(settings.Limits);
        builder.Services.AddSingleton<LiveBroadcaster>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<LiveBroadcaster>());
        var site = SiteAddress.Of(settings);
        builder.Services.AddSingleton(site);
        builder.Services.AddKeraOutbox(settings);
        builder.Services.AddKeraContact();
        builder.Services.AddKeraPayments(builder.Configuration, site);
        builder.Services.AddKeraRetention(settings.Retention);
        builder.Services.AddKeraUi();
        builder.Services.AddOptions<UiOptions>().Configure<DistrictInForce>((pages, district) => (pages.Zone, pages.Demonstration, pages.SendsMail) = (district.Zone, district.Demonstration, settings.Mail.Sends));
        foreach (var feature in FeatureCatalog.FindAll())
        {
            feature.AddServices(builder.Services, builder.Configuration);
        }
    }

    private static void Use(WebApplication app, KeraSettings settings)
    {
        app.UseForwardedHeaders();
        app.UseHeadAsGet();
        app.UseSecurityHeaders(app.Services.GetRequiredService<PaymentSettings>() is { InUse: true, Pages: var pages } ? pages : null);
        PageCache.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseKeraUi();
        app.UseHsts();
        app.UseResponseCompression();
        app.UseRouting();
        app.UseBodyGuard(settings.Limits.BodyBytes);
        app.UseKeraAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseKeraAntiforgery();
        app.MapKeraHealth();
        app.MapKeraUi();
        app.MapKeraApi();
        foreach (var feature in FeatureCatalog.FindAll())
        {
            feature.Map(app);
        }
    }

    private static void Trust(ForwardedHeadersOptions options, IList<string> proxies)
    {
        options.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownProxies.Add(IPAddress.TryParse(proxy, out var address)
                ? address
                : throw new SettingException("TrustedProxies", $"'{proxy}' is no address of a proxy. Give one as 10.0.0.2."));
        }
    }
}

using System.Text.Encodings.Web;
using System.Text.Unicode;
using Kera.Base.Ui.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Kera.Base.Ui;

/// <summary>Puts the frame of all pages into the host.</summary>
public static class UiExtensions
{
    /// <summary>Adds what pages need; <see cref="UiOptions"/> is configured by the host.</summary>
    public static IServiceCollection AddKeraUi(this IServiceCollection services)
    {
        services.AddRazorComponents();
        // Letters are written as letters: pages are UTF-8, and two thirds of them are not English.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddOptions<UiOptions>();
        services.AddSingleton<FlowMonths>();
        services.AddRouting(options => options.ConstraintMap["language"] = typeof(LanguageConstraint));
        return services;
    }

    /// <summary>Adds the pages for what goes wrong; comes after the security headers and before all else that answers.</summary>
    public static WebApplication UseKeraUi(this WebApplication app)
    {
        app.UseWhen(context => IsPage(context.Request), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = context => Problem(PageContext.Of(context), StatusOf(context)).ExecuteAsync(context),
            });
            pages.UseStatusCodePages(context =>
                Problem(PageContext.Of(context.HttpContext), context.HttpContext.Response.StatusCode, IsForged(context.HttpContext)).ExecuteAsync(context.HttpContext));
        });
        return app;
    }

    /// <summary>
    /// Refuses every form that was not made by Kera for the one who sends it (400), before any handler; comes after the
    /// authorization.
    /// </summary>
    public static WebApplication UseKeraAntiforgery(this WebApplication app)
    {
        app.UseAntiforgery();
        app.Use((context, next) =>
        {
            if (!IsForged(context))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return Task.CompletedTask;
        });
        return app;
    }

    /// <summary>Maps the assets, and the bare address to the first page in the reader's language.</summary>
    public static WebApplication MapKeraUi(this WebApplication app)
    {
        app.MapAssets();
        app.MapGet("/", ToFirstPage).ExcludeFromDescription();
        app.MapGet("/{language:language}", ToFirstPage).ExcludeFromDescription();
        return app;
    }

    /// <summary>A group of pages of every language: <c>/{language}/…</c>. What is sent to one carries Kera's mark, also where it has no fields.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("/{language:language}");
        pages.ExcludeFromDescription();
        pages.WithMetadata(new RequireAntiforgeryTokenAttribute());
        return pages;
    }

    /// <summary>Lets nobody store what these pages answer: they are one person's.</summary>
    public static RouteGroupBuilder NotStored(this RouteGroupBuilder pages) => pages.AddEndpointFilter(async (context, next) =>
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        return await next(context);
    });

    /// <summary>The answer that shows a problem as a page.</summary>
    public static RazorComponentResult Problem(PageContext page, int status, bool forged = false) =>
        new RazorComponentResult<ProblemPage>(new { Page = page, Status = status, Forged = forged }) { StatusCode = status };

    private static bool IsForged(HttpContext context) => context.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false };

    private static IResult ToFirstPage(PageContext page, HttpContext context)
    {
        context.Response.Headers.Vary = HeaderNames.AcceptLanguage;
        return page.Navigation is [var first, ..] ? Results.Redirect(page.Url(first.Path)) : Results.NotFound();
    }

    private static int StatusOf(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error is BadHttpRequestException refused ? refused.StatusCode : StatusCodes.Status500InternalServerError;

    // What programs read answers for itself, with problem details.
    private static bool IsPage(HttpRequest request) =>
        Language.All.Any(language => request.Path.StartsWithSegments("/" + language.Code))
        || (!request.Path.StartsWithSegments("/api") && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase));

    private sealed class LanguageConstraint : IRouteConstraint
    {
        public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection) =>
            Language.TryFind(values[routeKey] as string, out _);
    }
}

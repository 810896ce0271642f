using System.Text;
using Kera.Base;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Solving;
using Kera.Base.Ui;
using Kera.Energy;
using Kera.Features.Energy.Pages;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>The district's heat and power: how they run, how they are planned, and why.</summary>
public sealed class EnergyFeature : IFeature
{
    // A plan has some 32 kB; what was made of it, its setpoints, is small, and kept for more than a year.
    private const int PlanDays = 40;
    private const int SetpointDays = 400;

    // What a child may need to start, and to solve what has no limit of its own, on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly Duration LookBack = Duration.FromHours(24);

    internal static string Path => "/energy";

    internal static string SystemPath => Path + "/system";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EnergyOutlook>();
        services.AddSingleton<LinearSolve>(new SolverProcess(SolverProcess.OwnProgram(), Patience).Solve);
        services.AddSingleton<EnergyOperating>();
        services.AddSingleton<EnergyOffers>();
        services.AddSingleton<SetpointStream>();
        OfferEndpoints.Describe(services);
        services.AddSingleton<EnergyPlanning>();
        services.AddSingleton<EnergyViewer>();
        services.AddSingleton<EnergyPast>();
        services.AddSingleton<WhatIfLimit>();
        services.AddSingleton<WhatIf>();
        services.AddSingleton(EnergyFigures.Family);
        services.AddSingleton(new NavigationEntry(40, "energy.navigation", Path, "lightning", Tab: false));
        services.AddJob(new Job("energy.plan", JobTimes.Every(Duration.FromSeconds(20)), (provider, cancellation) => provider.GetRequiredService<EnergyPlanning>().RunAsync(cancellation)));
        services.AddSingleton(new MySection(820, (context, me) => Task.FromResult(EnergyDesk.Section(context, me))));
        services.AddSingleton(new MySection(830, (context, me) => Task.FromResult(WhatIfEndpoints.Section(context, me))));
        services.AddRetention(new RetentionRule("energy.setpoint", SetpointDays, (db, before, cancellation) => db.EnergySetpoints.Where(row => row.Hour < DistrictCalendar.ToMicroseconds(before)).ExecuteDeleteAsync(cancellation)));
        services.AddRetention(new RetentionRule("energy.offers", PlanDays, (db, before, cancellation) => db.EnergyOffers.Where(offer => offer.Until < DistrictCalendar.ToMicroseconds(before)).ExecuteDeleteAsync(cancellation)));
        services.AddRetention(new RetentionRule("energy.plan", PlanDays, (db, before, cancellation) => db.EnergyPlans.Where(plan => plan.Made < DistrictCalendar.ToMicroseconds(before)).ExecuteDeleteAsync(cancellation)));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        pages.MapGet(Path, PageAsync);
        pages.MapGet(Path + ".csv", CsvAsync);
        pages.MapGet(SystemPath, System);
        EnergyDesk.Map(pages);
        WhatIfEndpoints.Map(pages);
        var api = endpoints.MapApi();
        api.MapEnergy();
        api.MapRecipes();
        api.MapOffers();
    }

    private static async Task<IResult> PageAsync(PageContext page, HttpContext context, EnergyViewer viewer, EnergyPast past, EnergyOperating operating, IClock clock, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        return new RazorComponentResult<EnergyPage>(new
        {
            Page = page,
            Now = now,
            View = await viewer.ViewAsync(context.Reader(), page.Language.Code, now, cancellation),
            Setpoints = await operating.SetpointsAsync(Hours.Of(now), Hours.Of(now) + Duration.FromHours(2), cancellation),
            Modes = await operating.ModesAsync(cancellation),
            MayTry = SignedIn.Of(context)?.May(Operation.TryPlans) == true,
            Past = await past.ReadAsync(context.Reader(), Hours.Of(now) - LookBack, Hours.Of(now), cancellation),
        });
    }

    private static IResult System(PageContext page, DistrictInForce district) => district.Model is { Energy: { } energy } model
        ? new RazorComponentResult<SystemPage>(new { Page = page, View = EnergyView.Of(energy, page.Language.Code), Recipes = PlantRecipes.Of(model) })
        : UiExtensions.Problem(page, StatusCodes.Status404NotFound);

    private static async Task<IResult> CsvAsync(PageContext page, HttpContext context, EnergyViewer viewer, IClock clock, CancellationToken cancellation) =>
        await viewer.ViewAsync(context.Reader(), page.Language.Code, clock.GetCurrentInstant(), cancellation) is { Plan: { } plan } view
            ? Results.File(Encoding.UTF8.GetBytes(EnergyCsv.Write(view, plan)), "text/csv; charset=utf-8", $"energy-{plan.At(0):uuuu-MM-dd'T'HH}.csv")
            : UiExtensions.Problem(page, StatusCodes.Status404NotFound);
}

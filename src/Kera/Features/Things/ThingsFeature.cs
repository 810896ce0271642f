using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Api;
using Kera.Base.Jobs;
using Kera.Base.Ui;
using Kera.Features.Things.Pages;
using NodaTime;

namespace Kera.Features.Things;

/// <summary>Things that are lent: a library for residents and a pool of equipment for building sites, on one model.</summary>
public sealed class ThingsFeature : IFeature
{
    private static readonly Duration s_between = Duration.FromMinutes(1);
    private static readonly Duration s_turns = Duration.FromMinutes(10);

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<ThingShelf>();
        services.AddSingleton<LoanRegister>();
        services.AddSingleton<LoanRules>();
        services.AddSingleton<ThingWaivers>();
        services.AddSingleton<LoanCounter>();
        services.AddSingleton<LoanSettling>();
        services.AddSingleton<LoanCharges>();
        services.AddSingleton(provider => provider.GetRequiredService<LoanCharges>().Source);
        services.AddSingleton<ItemRegister>();
        services.AddSingleton<LoanTurns>();
        services.AddSingleton<LoanLedger>();
        services.AddSingleton<LoanPhotos>();
        services.AddSingleton<SiteLimitBook>();
        services.AddSingleton(SiteLimitBook.Erasure);
        services.AddSingleton<ThingSupplies>();
        services.AddSingleton(ThingSearch.Source);
        services.AddSingleton(LoanData.Part);
        // Before the loans: afterwards nobody knows whose they were.
        services.AddSingleton(LoanPhotos.Erasure);
        services.AddRetention(LoanPhotos.Retention);
        services.AddSingleton(LoanData.Loans);
        services.AddSingleton(LoanData.Waivers);
        ThingApi.Describe(services);
        LoanApi.Describe(services);
        CounterApi.Describe(services);
        ThingFigureBook.Register(services);
        services.AddJob(new Job("loans.record", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<LoanLedger>().AdvanceAsync(cancellation)));
        services.AddJob(new Job("loans.turns", JobTimes.Every(s_turns), static (provider, cancellation) => provider.GetRequiredService<LoanTurns>().AdvanceAsync(cancellation)));
        services.AddSingleton(new NavigationEntry(32, "things.navigation", ThingEndpoints.Path, "handshake", Tab: false));
        services.AddSingleton(new MySection(55, MineAsync));
        services.AddSingleton(new Need(185, ThingDesk.NeedAsync));
        services.AddSingleton(new MySection(845, ThingDesk.SectionAsync));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        ThingEndpoints.Map(pages);
        LoanEndpoints.Map(pages);
        ThingDesk.Map(pages);
        SiteDesk.Map(pages);
        var api = endpoints.MapApi();
        api.MapThings();
        api.MapLoans();
        api.MapCounter();
    }

    private static async Task<MySectionContent?> MineAsync(HttpContext context, SignedIn me) =>
        context.RequestServices.GetRequiredService<ThingShelf>().Things is not { Kinds.Count: > 0 } ? null : new MySectionContent("my-loans", "things.mine", typeof(MyLoans), new Dictionary<string, object>
        {
            ["Loans"] = await context.RequestServices.GetRequiredService<LoanRegister>().OpenAsync(me.AgentId, context.RequestAborted),
        });
}

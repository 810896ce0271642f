using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Ui;
using Kera.Features.Homes.Pages;

namespace Kera.Features.Homes;

/// <summary>One's own home, reports of its rooms to who keeps the building, and buildings for everyone.</summary>
public sealed class HomesFeature : IFeature
{
    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<HomeBook>();
        services.AddSingleton<HomeRegister>();
        services.AddSingleton<HomeComparison>();
        services.AddSingleton<RoomReports>();
        services.AddSingleton<BuildingBook>();
        services.AddSingleton<DemonstrationHomes>();
        services.AddHostedService(provider => provider.GetRequiredService<DemonstrationHomes>());
        services.AddSingleton(HomeRegister.Erasure);
        services.AddSingleton(provider => provider.GetRequiredService<HomeRegister>().Part);
        services.AddSingleton(new FooterEntry(6, "homes.buildings", BuildingEndpoints.Path));
        services.AddSingleton(new MySection(100, MineAsync));
        services.AddSingleton(new MySection(830, KeeperDesk.SectionAsync));
        services.AddSingleton(new Need(190, KeeperDesk.NeedAsync));
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        MyHomeEndpoints.Map(pages);
        KeeperDesk.Map(pages);
        BuildingEndpoints.Map(pages);
    }

    // Where the district says nothing of homes there is no page to lead to.
    private static async Task<MySectionContent?> MineAsync(HttpContext context, SignedIn me)
    {
        var book = context.RequestServices.GetRequiredService<HomeBook>();
        return book.Buildings is null ? null : new MySectionContent("my-home", "homes.title", typeof(HomeDoor), new Dictionary<string, object?> { ["Ahead"] = await book.AheadAsync(context.RequestAborted) }!);
    }
}

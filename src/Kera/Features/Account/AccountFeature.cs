using Kera.Base;
using Kera.Base.Accounts;
using Kera.Base.Ui;

namespace Kera.Features.Account;

/// <summary>Signing in and out, one's own page, one's data, one's sessions.</summary>
public sealed class AccountFeature : IFeature
{
    internal static string DataPath => "/my/data";

    internal static string SecurityPath => "/my/security";

    internal static string PasskeysPath => "/my/security/passkeys";

    /// <inheritdoc/>
    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new NavigationEntry(100, "account.navigation", AccountExtensions.MyPath, "user"));
        services.AddScoped<DemonstrationPeople>();
        services.AddHostedService<DemonstrationCrowd>();
    }

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder endpoints)
    {
        var pages = endpoints.MapPages();
        SignInEndpoints.Map(pages);
        MyEndpoints.Map(pages);
    }
}

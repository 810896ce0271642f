using Kera.Base.Jobs;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Features.Spaces.Premises;

/// <summary>From an empty hall to its temporary user: what stands empty, calls, applications, choice and agreement.</summary>
internal static class PremisesExtensions
{
    private static readonly Duration s_between = Duration.FromMinutes(1);

    /// <summary>Registers what it needs.</summary>
    public static void AddPremises(this IServiceCollection services)
    {
        services.AddSingleton<PremisesRegister>();
        PremisesFigures.Register(services);
        services.AddSingleton<CallBook>();
        services.AddSingleton<ApplicationBook>();
        services.AddSingleton<ChoiceBook>();
        services.AddSingleton<TenancyBook>();
        services.AddSingleton<TenancyLedger>();
        services.AddSingleton<TenancyCharges>();
        services.AddSingleton(provider => provider.GetRequiredService<TenancyCharges>().Source);
        services.AddSingleton<PremisesPersonal>();
        services.AddSingleton(provider => provider.GetRequiredService<PremisesPersonal>().Part);
        services.AddSingleton(PremisesPersonal.OfApplications);
        services.AddSingleton(PremisesPersonal.OfAgreements);
        services.AddRetention(PremisesPersonal.Retention);
        services.AddJob(new Job("letting.record", JobTimes.Every(s_between), static (provider, cancellation) => provider.GetRequiredService<TenancyLedger>().AdvanceAsync(cancellation)));
        services.AddSingleton(new FooterEntry(7, "premises.footer", PremisesEndpoints.Path));
        services.AddSingleton(new MySection(60, ApplicationEndpoints.SectionAsync));
        services.AddSingleton(new MySection(845, PremisesDesk.SectionAsync));
        services.AddSingleton(new Need(185, ApplicationEndpoints.NeedAsync));
        services.AddSingleton(new Need(186, CallDesk.NeedAsync));
    }

    /// <summary>Maps its pages.</summary>
    public static void MapPremises(this IEndpointRouteBuilder pages)
    {
        PremisesEndpoints.Map(pages);
        ApplicationEndpoints.Map(pages);
        TenancyEndpoints.Map(pages);
        PremisesDesk.Map(pages);
    }
}

using Kera.Base.Hosting;
using Kera.Base.Jobs;
using NodaTime;

namespace Kera.Base.Payments;

/// <summary>Puts payments online into the host.</summary>
internal static class PaymentExtensions
{
    /// <summary>What the command line shares with the server: what is known of persons, to export and erase it.</summary>
    public static void AddKeraPaymentData(this IServiceCollection services)
    {
        services.AddSingleton(PaymentPersonal.Erasure);
        services.AddSingleton(PaymentPersonal.Part);
    }

    /// <summary>Registers the provider that the settings name, and the job that pays back.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static void AddKeraPayments(this IServiceCollection services, IConfiguration configuration, SiteAddress site)
    {
        services.AddSingleton(PaymentSettings.From(configuration, site));
        // Logs of the client would hold ids of payments.
        services.AddHttpClient(Paytrail.ClientName).ConfigurePrimaryHttpMessageHandler(Paytrail.CreateHandler).RemoveAllLoggers();
        services.AddSingleton<Paytrail>();
        services.AddSingleton<PaymentRefunds>();
        services.AddSingleton<PaymentBook>();
        services.AddSingleton<PaymentList>();
        services.AddRetention(PaymentPersonal.Retention);
        services.AddJob(new Job("payments.refund", JobTimes.Every(Duration.FromSeconds(30)), static (provider, cancellation) => provider.GetRequiredService<PaymentRefunds>().SendDueAsync(cancellation)));
    }
}

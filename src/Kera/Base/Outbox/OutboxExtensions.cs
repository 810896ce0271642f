using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>Puts the sending of messages into the host.</summary>
internal static class OutboxExtensions
{
    /// <summary>Registers the ways out that the settings name, the job that sends, and what readiness says of it.</summary>
    /// <exception cref="SettingException">A setting cannot be used.</exception>
    public static void AddKeraOutbox(this IServiceCollection services, KeraSettings settings)
    {
        settings.Mail.Check();
        settings.Webhooks.Check();
        settings.Text.Check();
        if (settings.Mail.Sends)
        {
            services.AddSingleton(provider => MailTransport.Of(settings.Mail, provider.GetRequiredService<IClock>())!);
        }

        if (settings.Webhooks.Secret.Length > 0)
        {
            services.AddSingleton(provider => new WebhookTransport(settings.Webhooks, provider.GetRequiredService<IClock>()));
            services.AddSingleton(provider => new Transport(OutboxChannel.Webhook, "kera", provider.GetRequiredService<WebhookTransport>().SendAsync));
        }

        if (settings.Text.Url.Length > 0)
        {
            services.AddSingleton(_ => new TextTransport(settings.Text));
            services.AddSingleton(provider => new Transport(OutboxChannel.Text, "kera", provider.GetRequiredService<TextTransport>().SendAsync));
        }

        services.AddSingleton(settings.Mail);
        services.AddSingleton<OutboxSender>();
        services.AddRetention(OutboxQueue.Retention);
        services.AddJob(new Job("outbox.send", JobTimes.Every(Duration.FromSeconds(5)), (provider, cancellation) => provider.GetRequiredService<OutboxSender>().SendDueAsync(cancellation)));
        services.AddHealthChecks().AddCheck<OutboxReadiness>("outbox");
    }
}

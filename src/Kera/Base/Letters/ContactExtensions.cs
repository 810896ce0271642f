using Kera.Base.Invoices;
using Kera.Base.Jobs;
using Kera.Base.Notices;
using Kera.Base.Requests;
using NodaTime;

namespace Kera.Base.Letters;

/// <summary>Puts what reaches people into the host: notices, requests, the week's letter.</summary>
internal static class ContactExtensions
{
    /// <summary>What the command line shares with the server: what is known of persons, to export and erase it.</summary>
    public static void AddKeraContactData(this IServiceCollection services)
    {
        services.AddSingleton(NoticeBoard.Erasure);
        services.AddSingleton(RequestBook.Erasure);
        services.AddSingleton(NoticeBoard.Part);
        services.AddSingleton(RequestBook.Part);
        services.AddSingleton(InvoicePersonal.Erasure);
        services.AddSingleton(InvoicePersonal.Part);
    }

    /// <summary>Registers the services and their jobs.</summary>
    public static void AddKeraContact(this IServiceCollection services)
    {
        services.AddSingleton<NoticeBoard>();
        services.AddSingleton<RequestBook>();
        services.AddSingleton<WeekLetter>();
        services.AddRetention(NoticeBoard.Retention);
        services.AddRetention(RequestBook.Retention);
        services.AddSingleton<InvoiceBook>();
        services.AddRetention(InvoicePersonal.Retention);
        services.AddJob(new Job("invoice.issue", JobTimes.Daily(new LocalTime(5, 0)), (provider, cancellation) => provider.GetRequiredService<InvoiceBook>().IssueAsync(cancellation)));
        services.AddJob(new Job("letter.week", JobTimes.Daily(new LocalTime(6, 0)), (provider, cancellation) => provider.GetRequiredService<WeekLetter>().SendAsync(cancellation)));
        services.AddJob(new Job("request.remind", JobTimes.Daily(new LocalTime(7, 0)), (provider, cancellation) => provider.GetRequiredService<RequestBook>().RemindAsync(cancellation)));
    }
}

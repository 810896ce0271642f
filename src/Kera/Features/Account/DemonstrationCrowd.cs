using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;

namespace Kera.Features.Account;

/// <summary>
/// The demonstration's made-up inhabitants: a few hundred persons with names, so that whoever tries the desk finds somebody. They
/// have no password and no address, so that nobody can sign in as one and nothing is mailed. Made once, after the server listens.
/// </summary>
internal sealed class DemonstrationCrowd(IServiceProvider services, DistrictInForce district, IHostApplicationLifetime lifetime, ILogger<DemonstrationCrowd> logger) : BackgroundService
{
    private const int People = 300;

    // Every fourth works here, the others live here.
    private const int EmployeeEvery = 4;

    // Given names and surnames that are common in Finland; how they are put together is chance.
    private static readonly string[] Given =
    [
        "Aino", "Eino", "Helmi", "Onni", "Sofia", "Leo", "Lilja", "Väinö", "Olivia", "Elias", "Aada", "Oliver", "Eevi", "Emil", "Venla", "Toivo",
        "Astrid", "Björn", "Ebba", "Gustav", "Ingrid", "Karl", "Linnea", "Nils", "Amina", "Yusuf", "Natalia", "Ivan", "Mei", "Arjun", "Fatima", "Omar",
    ];

    private static readonly string[] Family =
    [
        "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Heikkinen", "Koskinen", "Järvinen", "Lehtonen", "Salo",
        "Lindström", "Johansson", "Nyström", "Karlsson", "Lindholm", "Eriksson", "Ali", "Ivanov", "Nguyen", "Sharma", "Hassan", "Wang", "Tamm",
    ];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!district.Demonstration)
        {
            return;
        }

        await lifetime.StartedAsync(stoppingToken);
        try
        {
            for (var number = 1; number <= People; number++)
            {
                await using var scope = services.CreateAsyncScope();
                var accounts = scope.ServiceProvider.GetRequiredService<Base.Accounts.Accounts>();
                var userName = string.Create(CultureInfo.InvariantCulture, $"demonstration.{number:000}");
                if (await accounts.FindIdAsync(userName) is null)
                {
                    await accounts.AddAsync(new NewAccount(NameOf(number), userName, "", LanguageOf(number)), null, [new RoleGrant(number % EmployeeEvery == 0 ? Role.Employee : Role.Resident)], Actor.Start(), stoppingToken);
                }
            }
        }
        catch (System.Data.Common.DbException failure)
        {
            logger.LogError(failure, "The demonstration's people were not all made; they are with the next start.");
        }
    }

    // Steps that share no divisor with the lists: every pair comes once before one comes again.
    internal static string NameOf(int number) => $"{Given[number * 7 % Given.Length]} {Family[((number * 11) + (number / Family.Length)) % Family.Length]}";

    private static string LanguageOf(int number) => (number % 10) switch { 0 => "sv", 5 => "en", _ => "fi" };
}

using System.Net;
using Kera.Base.Ledger;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static Kera.Tests.Api.ApiClient;

namespace Kera.Tests.Api;

public sealed class ConcurrencyTests(PostgresServer server)
{
    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Eight_writers_take_exactly_what_is_there(string provider)
    {
        await using var host = await ApiHost.StartAsync(provider, server);
        using var city = await host.WriterAsync("city");
        await city.RecordedAsync(Raise("50"));

        var attempts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var client = await host.WriterAsync("city");
            var statuses = new List<HttpStatusCode>();
            for (var attempt = 0; attempt < 10; attempt++)
            {
                statuses.Add((await client.RecordAsync(Consume("1"))).StatusCode);
            }

            return statuses;
        }));

        Assert.Equal((50, 30), (attempts.SelectMany(each => each).Count(status => status == HttpStatusCode.Created), attempts.SelectMany(each => each).Count(status => status == HttpStatusCode.UnprocessableEntity)));
        Assert.Equal("0", (await host.Anyone.ReadAsync("/balances"))[0].GetProperty("state").GetProperty("onhandQuantity").Text("hasNumericalValue"));
        Assert.Empty((await host.App.Services.GetRequiredService<LedgerVerifier>().VerifyAsync(cancellation: TestContext.Current.CancellationToken)).Faults);
    }
}

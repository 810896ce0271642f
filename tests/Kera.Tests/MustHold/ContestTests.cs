using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Flows;
using Kera.Tests.Support;
using NodaTime;
using static Kera.Tests.Ledger.LedgerHarness;

namespace Kera.Tests.MustHold;

/// <summary>Eight writers take from one resource, many more times than there is.</summary>
public sealed class ContestTests(PostgresServer server)
{
    private const int Writers = 8;
    private static readonly int There = Size.Of(small: 25, full: 1_000);
    private static readonly int Attempts = Size.Of(small: 200, full: 10_000);

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Eight_threads_on_two_nodes_take_exactly_what_is_there(string provider)
    {
        var start = Instant.FromUtc(2026, 4, 1, 9, 30);
        await using var ledger = await OnAsync(provider, server);
        await ledger.RecordAsync(Raise("pile", There, "kg", start));
        await using var other = ledger.AnotherWriter();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            var mine = new List<AppendOutcome>();
            for (var attempt = 0; attempt < Attempts / Writers; attempt++)
            {
                mine.Add(await (writer % 2 == 0 ? ledger.Writer : other).AppendAsync([Consume("pile", 1, "kg", start)], Tester));
            }

            return mine;
        })));

        var refused = outcomes.SelectMany(each => each).Where(outcome => !outcome.Accepted).ToList();
        Assert.Equal(There, Attempts - refused.Count);
        Assert.All(refused, outcome => Assert.IsType<Overdraft>(outcome.Refusal));
        Assert.Equal((0m, 0m), await ledger.BalanceAsync("pile"));
        Assert.Empty((await ledger.VerifyAsync()).Faults);
    }

    [Fact]
    public async Task Eight_callers_of_three_processes_take_exactly_what_is_there()
    {
        await using var database = await server.CreateDatabaseAsync();
        using var folder = new TemporaryDirectory();
        string[] store = ["--data", folder.Path, "--postgres", database.ConnectionString];
        var token = (await KeraProgram.RunAsync(["token", "add", "--name", "contest", "--agent", "nokia", "--scope", "events:write", .. store])).Trim();
        var file = folder.Write("raise.jsonl", Event("raise", There, "at the beginning"));
        await KeraProgram.RunAsync(["import", "events", file, .. store]);
        // What the district's history has of it is there to be taken, too.
        var there = (int)await OnhandAsync(store);

        var nodes = Enumerable.Range(0, 3).Select(_ => KeraProgram.Start(["serve", "--url", "http://127.0.0.1:0", .. store])).ToList();
        try
        {
            var addresses = await Task.WhenAll(nodes.Select(node => node.ListeningAsync()));
            var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => TakeAsync(addresses[writer % addresses.Length], token, (Attempts + there - There) / Writers)));

            var statuses = answers.SelectMany(each => each).ToList();
            Assert.Equal(there, statuses.Count(status => status == HttpStatusCode.Created));
            Assert.All(statuses.Where(status => status != HttpStatusCode.Created), status => Assert.Equal(HttpStatusCode.UnprocessableEntity, status));
        }
        finally
        {
            nodes.ForEach(node => node.Dispose());
        }

        Assert.Equal(0, await OnhandAsync(store));
        Assert.StartsWith("Sound:", await KeraProgram.RunAsync(["verify", .. store]), StringComparison.Ordinal);
    }

    private static async Task<List<HttpStatusCode>> TakeAsync(Uri node, string token, int attempts)
    {
        using var client = new HttpClient { BaseAddress = node };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var statuses = new List<HttpStatusCode>();
        for (var attempt = 0; attempt < attempts; attempt++)
        {
            using var body = new StringContent(Event("lower", 1, "taken"), Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/api/v1/events", UriKind.Relative), body);
            statuses.Add(answer.StatusCode);
        }

        return statuses;
    }

    private static async Task<decimal> OnhandAsync(string[] store)
    {
        using var balances = JsonDocument.Parse(await KeraProgram.RunAsync(["balances", "--json", .. store]));
        return balances.RootElement.EnumerateArray().Single(row => row.GetProperty("resource").GetString() == "radars").GetProperty("onhand").GetDecimal();
    }

    private static string Event(string action, int amount, string reason) =>
        $$$"""{"action":"{{{action}}}","provider":"nokia","resourceInventoriedAs":"radars","resourceQuantity":{"hasNumericalValue":{{{amount}}},"hasUnit":"1"},"hasPointInTime":"2026-04-01T00:00:00Z","reason":"{{{reason}}}"}""";
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.Hosting;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using NodaTime.Text;

namespace Kera.Tests.MustHold;

/// <summary>Three servers on one PostgreSQL book overlapping times of courts and things for many people, and one of them is killed in the middle.</summary>
public sealed class BookingProcessesTests(PostgresServer server)
{
    private const int Callers = 12;
    private static readonly int Attempts = Size.Of(small: 90, full: 10_000);
    private static readonly int People = Size.Of(small: 16, full: 400);

    [Fact]
    public async Task Three_processes_book_nothing_twice_and_a_killed_one_leaves_no_ghost()
    {
        await using var database = await server.CreateDatabaseAsync();
        using var folder = new TemporaryDirectory();
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = folder.Path, ["Kera:Postgres"] = database.ConnectionString };
        await using var app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        var calendar = app.Services.GetRequiredService<SpaceCalendar>();
        var tokens = await TokensAsync(app.Services);
        var starts = OfferedStarts.Of(await calendar.ReadAsync(["court-1"], calendar.Today, calendar.Today.PlusDays(13), null, TestContext.Current.CancellationToken), "court-1",
            new StartWish(calendar.Today.PlusDays(2), calendar.Today.PlusDays(4)) { Duration = Duration.FromHours(1) }, new Asker("somebody"), calendar.Now).Starts;
        Assert.SkipWhen(starts.Count == 0, "The hall of the built-in district is no more: give it other days.");

        var nodes = Enumerable.Range(0, 3).Select(_ => KeraProgram.Start(["serve", "--data", folder.Path, "--postgres", database.ConnectionString, "--url", "http://127.0.0.1:0"])).ToList();
        try
        {
            var addresses = await Task.WhenAll(nodes.Select(node => node.ListeningAsync()));
            var answers = new ConcurrentBag<HttpStatusCode>();
            var (next, booked) = (0, 0);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
            {
                var random = new Random(caller);
                for (var number = Interlocked.Increment(ref next); number <= Attempts; number = Interlocked.Increment(ref next))
                {
                    if (number == Attempts / 2)
                    {
                        await nodes[0].KillAsync();
                    }

                    using var client = new HttpClient { BaseAddress = addresses[random.Next(addresses.Length)] };
                    client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[random.Next(tokens.Count - 1)]);
                    try
                    {
                        if (await HoldAsync(client, random, starts[random.Next(starts.Count)], answers) is { } key && random.Next(4) > 0)
                        {
                            using var details = Json("""{ "people": 1 }""");
                            using var answer = await client.PutAsync(new Uri($"/api/v1/bookings/{key}/confirm", UriKind.Relative), details);
                            answers.Add(answer.StatusCode);
                            Interlocked.Add(ref booked, answer.StatusCode == HttpStatusCode.OK ? 1 : 0);
                        }
                    }
                    catch (HttpRequestException)
                    {
                        // The killed one answers no more.
                    }
                }
            })));

            Assert.All(answers, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity]));
            Assert.Contains(HttpStatusCode.Conflict, answers);
            await using var db = app.Services.GetRequiredService<KeraStore>().OpenContext();
            var rows = await db.Bookings.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
            // What the killed one had answered holds; it may have booked what it could answer no more.
            Assert.InRange(rows.Count(row => row.State == BookingState.Confirmed), Math.Max(1, booked), booked + Callers);
            AssertNothingTwice(rows, calendar.Spaces!.Tree);

            // Holds of whoever did not come back, the killed one's among them, end by themselves: their time is over at once here.
            var held = rows.First(row => row.State == BookingState.Held);
            Assert.All(rows.Where(row => row.State == BookingState.Held), row => Assert.NotNull(row.HeldUntil));
            await db.Bookings.Where(row => row.State == BookingState.Held).ExecuteUpdateAsync(set => set.SetProperty(row => row.HeldUntil, row => row.Made), TestContext.Current.CancellationToken);
            using var last = new HttpClient { BaseAddress = addresses[1] };
            last.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens[^1]);
            Assert.NotNull(await HoldAsync(last, held.Space, Instant.FromUnixTimeTicks(held.Begin * 10), []));
        }
        finally
        {
            nodes.ForEach(node => node.Dispose());
        }
    }

    private static void AssertNothingTwice(List<BookingRow> rows, SpaceTree tree)
    {
        for (var one = 0; one < rows.Count; one++)
        {
            for (var other = one + 1; other < rows.Count; other++)
            {
                Assert.False(
                    tree.Meet(rows[one].Space, rows[other].Space) && rows[one].Begin < rows[other].End && rows[other].Begin < rows[one].End,
                    $"{rows[one].Space} and {rows[other].Space} at one time");
            }
        }

        var pieces = tree.Equipment.Single(thing => thing.Key == "padel-rackets").Pieces;
        Assert.All(rows, row => Assert.InRange(rows.Where(other => other.Begin <= row.Begin && row.Begin < other.End && other.Equipment.Length > 0).Sum(PiecesOf), 0, pieces));
    }

    private static int PiecesOf(BookingRow row) => int.Parse(row.Equipment[(row.Equipment.IndexOf(':', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture);

    private static Task<string?> HoldAsync(HttpClient client, Random random, Instant start, ConcurrentBag<HttpStatusCode> answers) =>
        HoldAsync(client, $"court-{1 + random.Next(3)}", start, answers, random.Next(2) == 0 ? string.Create(CultureInfo.InvariantCulture, $", \"equipment\": [\"padel-rackets:{3 + random.Next(3)}\"]") : "");

    private static async Task<string?> HoldAsync(HttpClient client, string space, Instant start, ConcurrentBag<HttpStatusCode> answers, string equipment = "")
    {
        using var body = Json($$"""{ "space": "{{space}}", "hasBeginning": "{{InstantPattern.General.Format(start)}}", "hasEnd": "{{InstantPattern.General.Format(start + Duration.FromHours(1))}}"{{equipment}} }""");
        using var answer = await client.PostAsync(new Uri("/api/v1/bookings", UriKind.Relative), body);
        answers.Add(answer.StatusCode);
        return answer.IsSuccessStatusCode ? JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("id").GetString() : null;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static async Task<List<string>> TokensAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var accounts = scope.ServiceProvider.GetRequiredService<Kera.Base.Accounts.Accounts>();
        for (var number = 0; number <= People; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"booker{number}");
            await accounts.AddAsync(new NewAccount(name, name, name + "@example.org", "en"), null, [new RoleGrant(Role.Resident)], Actor.Operator());
        }

        var tokens = new List<string>();
        foreach (var account in await accounts.SearchAsync("booker", People + 1, TestContext.Current.CancellationToken))
        {
            tokens.Add((await services.GetRequiredService<Tokens>().AddAsync(new TokenRequest(account.PersonKey, account.PersonKey, [Scopes.WriteBookings]), Actor.Operator(), TestContext.Current.CancellationToken)).Text);
        }

        return tokens;
    }
}

using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Flows;
using Kera.Tests.Accounts;
using Kera.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Ui;

/// <summary>Public pages are kept until something is written, and nobody gets another's.</summary>
public sealed class PageCacheTests
{
    [Fact]
    public async Task A_public_page_is_kept_with_its_headers_until_the_ledger_goes_on()
    {
        await using var kera = await AccountsHarness.StartAsync([], new TestClock());
        using var client = kera.App.GetTestClient();
        Assert.False(await IsKeptAsync(client, "/en/partners"));
        Assert.True(await IsKeptAsync(client, "/en/partners"));
        Assert.False(await IsKeptAsync(client, "/fi/partners"));
        Assert.False(await IsKeptAsync(client, "/en/partners?x=1"));

        await RaiseAsync(kera);

        Assert.False(await IsKeptAsync(client, "/en/partners"));
    }

    [Fact]
    public async Task No_page_is_older_than_ten_seconds_of_keras_time()
    {
        var clock = new TestClock();
        await using var kera = await AccountsHarness.StartAsync([], clock);
        using var client = kera.App.GetTestClient();
        await IsKeptAsync(client, "/en/partners");
        Assert.True(await IsKeptAsync(client, "/en/partners"));

        clock.Advance(Duration.FromSeconds(10));

        Assert.False(await IsKeptAsync(client, "/en/partners"));
    }

    [Fact]
    public async Task What_is_written_by_a_form_is_seen_at_once()
    {
        await using var kera = await AccountsHarness.StartAsync([], new TestClock());
        using var client = kera.App.GetTestClient();
        await IsKeptAsync(client, "/en/partners/nokia");
        Assert.True(await IsKeptAsync(client, "/en/partners/nokia"));
        var nina = await kera.JoinAsync("Nina Nokia", "partner:nokia");
        await nina.SubmitAsync("/en/partner-desk/nokia/profile", "/en/partner-desk/nokia/profile", ("changed", "0"), ("texten", "We bring poles."), ("textfi", ""), ("textsv", ""), ("website", ""), ("email", ""));

        Assert.Contains("We bring poles.", await client.GetStringAsync(new Uri("/en/partners/nokia", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_neither_reads_nor_fills_it()
    {
        await using var kera = await AccountsHarness.StartAsync([], new TestClock());
        using var client = kera.App.GetTestClient();
        var aino = await kera.JoinAsync("Aino Virta", "resident");
        Assert.Contains("Nothing waits for you", (await aino.GetAsync("/en/today")).Text, StringComparison.Ordinal);

        var visitors = await client.GetStringAsync(new Uri("/en/today", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.DoesNotContain("waits for you", visitors, StringComparison.Ordinal);
        Assert.True(await IsKeptAsync(client, "/en/today"));
        Assert.Contains("Nothing waits for you", (await aino.GetAsync("/en/today")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_with_a_form_a_missing_page_and_another_encoding_are_made_anew()
    {
        await using var kera = await AccountsHarness.StartAsync([], new TestClock());
        using var client = kera.App.GetTestClient();
        foreach (var path in new[] { "/en/feedback", "/en/sign-in", "/en/nowhere", "/en/flows?from=yesterday" })
        {
            await IsKeptAsync(client, path);
            Assert.False(await IsKeptAsync(client, path), path);
        }

        await IsKeptAsync(client, "/en/about");
        Assert.True(await IsKeptAsync(client, "/en/about"));
        using var compressed = kera.App.GetTestClient();
        compressed.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var answer = await compressed.GetAsync(new Uri("/en/about", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("gzip", answer.Content.Headers.ContentEncoding.Single());
        Assert.Empty((await client.GetAsync(new Uri("/en/about", UriKind.Relative), TestContext.Current.CancellationToken)).Content.Headers.ContentEncoding);
    }

    private static async Task<bool> IsKeptAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.True(answer.Headers.Contains("X-Content-Type-Options") && answer.Headers.Contains("Content-Security-Policy"), path);
        return answer.Headers.Age is not null;
    }

    private static async Task RaiseAsync(AccountsHarness kera)
    {
        var outcome = await kera.App.Services.GetRequiredService<LedgerWriter>().AppendAsync(
            [
                new EventInput
                {
                    Action = "raise", Provider = "nokia", Receiver = "nokia", ResourceInventoriedAs = "cameras", ResourceQuantity = new MeasureInput(Quantity.Whole(1), "1"), Reason = "counted",
                    HasPointInTime = kera.App.Services.GetRequiredService<IClock>().GetCurrentInstant(),
                },
            ],
            Actor.Operator(),
            TestContext.Current.CancellationToken);
        Assert.Null(outcome.Refusal);
    }
}

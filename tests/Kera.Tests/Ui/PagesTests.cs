using System.Net;
using Kera.Base.Hosting;
using Kera.Base.Ui;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Ui;

/// <summary>The frame as a program meets it: addresses, languages, headers, refusals. The ledger is empty.</summary>
public sealed class PagesTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _data = new();
    private Microsoft.AspNetCore.Builder.WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        var settings = new Dictionary<string, string?> { ["Kera:Data"] = _data.Combine("data"), ["Kera:Url"] = "http://127.0.0.1:0" };
        _app = await KeraApp.BuildAsync(new KeraAppOptions(settings, []));
        await _app.StartAsync();
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    [Theory]
    [InlineData("/", "sv-FI,en;q=0.5", "/sv")]
    [InlineData("/", "de", "/fi")]
    [InlineData("/en", "sv", "/en")]
    public async Task The_bare_address_leads_to_the_first_page_in_the_language_of_the_reader(string address, string languages, string expected)
    {
        using var answer = await GetAsync(address, languages);

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        var first = _app.Services.GetServices<NavigationEntry>().MinBy(entry => entry.Order)!;
        Assert.Equal(expected + first.Path, answer.Headers.Location?.ToString());
        Assert.Contains("Accept-Language", answer.Headers.Vary);
    }

    [Theory]
    [InlineData("/fi/nowhere", "Sivua ei ole")]
    [InlineData("/sv/flows/events/999", "Sidan finns inte")]
    [InlineData("/en/flows/resources/nothing", "There is no such page")]
    [InlineData("/xx/flows", "There is no such page")]
    public async Task What_is_not_there_is_a_page_in_the_language_of_the_address(string address, string expected)
    {
        using var answer = await GetAsync(address, "en");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday", "Date", "“yesterday” is not a date. Write it as 2026-11-24")]
    [InlineData("agent=nobody", "Agent", "“nobody” is not in the list.")]
    [InlineData("period=week", "period", "Use hour, day or month.")]
    [InlineData("at=2026-03-29T03:30", "at", "The hour that summer time skips does not exist.")]
    [InlineData("before=1", "before", "is not where a page begins")]
    [InlineData("unit=furlong", "unit", "“furlong” is not in the list.")]
    public async Task What_cannot_be_read_is_refused_with_field_and_remedy(string query, string field, string expected)
    {
        using var answer = await GetAsync("/en/flows?" + query, "en");
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, page, StringComparison.Ordinal);
        Assert.Contains(expected, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_in_a_query_stays_text()
    {
        using var answer = await GetAsync("/en/flows?agent=%3Cscript%3Ealert(1)%3C/script%3E", "en");

        Assert.DoesNotContain("<script", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/en/flows")]
    [InlineData("/en/nowhere")]
    [InlineData("/assets/kera-mark.svg")]
    public async Task Every_answer_carries_the_headers_of_safety(string address)
    {
        using var answer = await GetAsync(address, "en");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task An_asset_is_kept_for_long_only_under_the_hash_of_its_content()
    {
        using var hashed = await GetAsync(AssetFiles.Url("kera.css"), "en");
        using var plain = await GetAsync("/assets/kera.css", "en");

        Assert.Contains("immutable", hashed.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Contains("no-cache", plain.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/css", plain.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_table_is_there_as_a_file()
    {
        using var answer = await GetAsync("/fi/flows.csv?from=2026-11-24", "fi");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("flows-2026-11-01-2026-11-30.csv", answer.Content.Headers.ContentDisposition?.FileName);
    }

    private async Task<HttpResponseMessage> GetAsync(string address, string languages)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.TryAddWithoutValidation("Accept-Language", languages);
        request.Headers.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml");
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}

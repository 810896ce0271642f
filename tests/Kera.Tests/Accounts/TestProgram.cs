using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Kera.Base.Access;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Accounts;

/// <summary>Programs that ask the API of a harness.</summary>
internal static class TestProgram
{
    /// <summary>A program with a token of an agent.</summary>
    public static async Task<HttpClient> ProgramAsync(this AccountsHarness kera, string agent, string scope)
    {
        var issued = await kera.App.Services.GetRequiredService<Tokens>().AddAsync(new TokenRequest($"{agent} {scope}", agent, [scope]), new Actor("somebody", "test"), TestContext.Current.CancellationToken);
        var client = kera.App.GetTestClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", issued.Text);
        return client;
    }

    /// <summary>Asks an address after <c>/api/v1/</c>.</summary>
    public static async Task<(HttpStatusCode Status, string Text)> SendAsync(this HttpClient client, HttpMethod method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}

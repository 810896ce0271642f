using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kera.Base.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Kera.Tests.Accounts;

/// <summary>Signing in by a provider, which runs here on a port of its own.</summary>
public sealed class OpenIdConnectTests : IAsyncLifetime
{
    private readonly RSA _rsa = RSA.Create(2048);
    private WebApplication? _provider;
    private string _nonce = "";
    private string _challenge = "";
    private string _subject = "person-1";

    private string Authority => _provider!.Urls.First();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _provider = builder.Build();
        _provider.MapGet("/.well-known/openid-configuration", () => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = Authority,
            ["authorization_endpoint"] = Authority + "/authorize",
            ["token_endpoint"] = Authority + "/token",
            ["jwks_uri"] = Authority + "/keys",
            ["response_types_supported"] = new[] { "code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "RS256" },
        }));
        var key = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(_rsa.ExportParameters(includePrivateParameters: false)) { KeyId = "k" });
        _provider.MapGet("/keys", () => Results.Json(new { keys = new[] { new { kty = "RSA", use = "sig", kid = "k", n = key.N, e = key.E } } }));
        _provider.MapGet("/authorize", (HttpContext context) =>
        {
            var query = context.Request.Query;
            (_nonce, _challenge) = (query["nonce"].ToString(), query["code_challenge"].ToString());
            return Results.Redirect($"{query["redirect_uri"]}?code=abc&state={Uri.EscapeDataString(query["state"].ToString())}");
        });
        _provider.MapPost("/token", async (HttpContext context) =>
        {
            var form = await context.Request.ReadFormAsync();
            var verifier = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
            return verifier != _challenge ? Results.BadRequest() : Results.Json(new { access_token = "x", token_type = "Bearer", id_token = IdToken() });
        });
        await _provider.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _provider!.DisposeAsync();
        _rsa.Dispose();
    }

    [Fact]
    public async Task A_person_comes_by_the_provider_and_is_the_same_the_next_time()
    {
        await using var kera = await StartAsync();
        var first = new TestBrowser(kera.App);
        Assert.Contains("Sign in with the city", (await first.GetAsync("/en/sign-in")).Text, StringComparison.Ordinal);

        Assert.Equal("/en/my/data", await ComeAsync(first, "/en/my/data"));
        Assert.Contains("Hello, Pia Provider", (await first.GetAsync("/en/my")).Text, StringComparison.Ordinal);
        await ComeAsync(new TestBrowser(kera.App), "/en/my");

        Assert.Equal("pia@example.org", (await kera.AccountOfAsync("Pia Provider")).Email);
        Assert.Equal(HttpStatusCode.BadRequest, (await first.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", ""))).Status);
        Assert.Equal("/en/sign-in", (await first.SubmitAsync("/en/my/data", "/en/my/data/erase", ("password", "pia provider"))).Location);
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_or_is_anothers_signs_nobody_in()
    {
        await using var kera = await StartAsync();
        var attacker = new TestBrowser(kera.App);
        var (_, _, toProvider) = await attacker.GetAsync("/en/sign-in/provider");
        var answer = await FollowAsync(toProvider!);

        // The attacker's own answer, brought into the victim's browser.
        var victim = new TestBrowser(kera.App);
        Assert.StartsWith("/fi/sign-in?refused=true", (await victim.GetAsync(answer)).Location, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Found, (await victim.GetAsync("/en/my")).Status);
        Assert.StartsWith("/fi/sign-in?refused=true", (await victim.GetAsync("/sign-in/return?code=abc&state=made-up")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_persons_number_is_another_person()
    {
        await using var kera = await StartAsync();
        await ComeAsync(new TestBrowser(kera.App), "/en/my");
        _subject = "person-2";
        var second = new TestBrowser(kera.App);
        await ComeAsync(second, "/en/my");

        Assert.Equal(HttpStatusCode.OK, (await second.GetAsync("/en/my")).Status);
        await Assert.ThrowsAsync<InvalidOperationException>(() => kera.AccountOfAsync("Pia Provider"));
    }

    [Theory]
    [InlineData("http://login.example.org", "kera", "OpenIdConnect:Authority")]
    [InlineData("login", "kera", "OpenIdConnect:Authority")]
    [InlineData("https://login.example.org", "", "OpenIdConnect:ClientId")]
    public async Task A_provider_that_cannot_be_used_is_told_at_start(string authority, string client, string setting) =>
        Assert.Contains(setting, (await Assert.ThrowsAsync<SettingException>(() => AccountsHarness.StartAsync(new Dictionary<string, string?> { ["Kera:OpenIdConnect:Authority"] = authority, ["Kera:OpenIdConnect:ClientId"] = client }))).Message, StringComparison.Ordinal);

    private Task<AccountsHarness> StartAsync() => AccountsHarness.StartAsync(new Dictionary<string, string?>
    {
        ["Kera:OpenIdConnect:Authority"] = Authority,
        ["Kera:OpenIdConnect:ClientId"] = "kera",
        ["Kera:OpenIdConnect:ClientSecret"] = "between us",
        ["Kera:OpenIdConnect:Name"] = "the city",
    });

    private static async Task<string?> ComeAsync(TestBrowser browser, string next)
    {
        var (_, _, toProvider) = await browser.GetAsync($"/en/sign-in/provider?next={Uri.EscapeDataString(next)}");
        return (await browser.GetAsync(await FollowAsync(toProvider!))).Location;
    }

    /// <summary>Where the provider sends the browser back to, as path and query.</summary>
    private static async Task<string> FollowAsync(string toProvider)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        using var answer = await client.GetAsync(new Uri(toProvider), TestContext.Current.CancellationToken);
        return answer.Headers.Location!.PathAndQuery;
    }

    private string IdToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authority,
        Audience = "kera",
        IssuedAt = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddMinutes(5),
        Claims = new Dictionary<string, object> { ["sub"] = _subject, ["nonce"] = _nonce, ["name"] = "Pia Provider", ["email"] = "pia@example.org", ["email_verified"] = JsonSerializer.SerializeToElement(true) },
        SigningCredentials = new SigningCredentials(new RsaSecurityKey(_rsa) { KeyId = "k" }, SecurityAlgorithms.RsaSha256),
    });
}

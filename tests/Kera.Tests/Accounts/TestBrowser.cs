using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;

namespace Kera.Tests.Accounts;

/// <summary>A browser without script: keeps cookies, fills in the forms that it was shown, does not follow redirects.</summary>
internal sealed partial class TestBrowser(WebApplication app, string address = "192.0.2.1")
{
    private readonly TestServer _server = app.GetTestServer();

    /// <summary>What it keeps.</summary>
    public CookieContainer Cookies { get; } = new();

    /// <summary>What the last answer says of keeping it.</summary>
    public string CacheControl { get; private set; } = "";

    private static readonly Uri Site = new("http://localhost/");

    /// <summary>The host that it asks for.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Another browser that has got hold of this one's cookies.</summary>
    public TestBrowser Stolen()
    {
        var thief = new TestBrowser(app);
        thief.Cookies.Add(Cookies.GetCookies(Site));
        return thief;
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> GetAsync(string path) => await SendAsync(HttpMethod.Get, path, null);

    /// <summary>Opens a page, fills in its form and sends it.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> SubmitAsync(string page, string to, params (string Name, string Value)[] fields)
    {
        var (_, text, _) = await GetAsync(page);
        return await PostAsync(to, [("form-token", TokenIn(text)), .. fields]);
    }

    /// <summary>Opens a page, fills in its form with a file and sends it.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> UploadAsync(string page, string to, string field, byte[] file, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), field, "photo.jpg" } };
        foreach (var (name, value) in fields.Append(("form-token", TokenIn((await GetAsync(page)).Text))))
        {
            form.Add(new StringContent(value), name);
        }

        return await SendAsync(HttpMethod.Post, to, form);
    }

    public Task<(HttpStatusCode Status, string Text, string? Location)> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))));

    /// <summary>The first form token of a page; empty where it has no form.</summary>
    public static string TokenIn(string page) => FormToken().Match(page) is { Success: true } found ? found.Groups[1].Value : "";

    private async Task<(HttpStatusCode, string, string?)> SendAsync(HttpMethod method, string path, HttpContent? content)
    {
        var cookies = Cookies.GetCookieHeader(new Uri(Site, path));
        var context = await _server.SendAsync(to =>
        {
            to.Connection.RemoteIpAddress = IPAddress.Parse(address);
            to.Request.Method = method.Method;
            to.Request.Scheme = "http";
            to.Request.Host = new(Host);
            var split = path.Split('?', 2);
            to.Request.Path = split[0];
            to.Request.QueryString = split.Length == 2 ? new("?" + split[1]) : default;
            if (cookies.Length > 0)
            {
                to.Request.Headers.Cookie = cookies;
            }

            if (content is not null)
            {
                to.Request.ContentLength = content.Headers.ContentLength;
                to.Request.ContentType = content.Headers.ContentType!.ToString();
                to.Request.Body = content.ReadAsStream();
            }
        }, TestContext.Current.CancellationToken);
        foreach (var cookie in context.Response.Headers.SetCookie)
        {
            Cookies.SetCookies(new Uri(Site, path), cookie!);
        }

        CacheControl = context.Response.Headers.CacheControl.ToString();
        using var reader = new StreamReader(context.Response.Body);
        return ((HttpStatusCode)context.Response.StatusCode, await reader.ReadToEndAsync(TestContext.Current.CancellationToken), context.Response.Headers.Location);
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex FormToken();
}

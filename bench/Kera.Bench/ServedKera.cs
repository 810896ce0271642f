using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Kera.Bench;

/// <summary>The published program, serving a store at an address of its own until it is disposed.</summary>
internal sealed partial class ServedKera : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);
    private readonly Process _process;

    private ServedKera(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Starts it and waits for its first answer.</summary>
    public static async Task<ServedKera> StartAsync(string program, string store)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
        listener.Stop();
        var start = new ProcessStartInfo(program, ["serve", "--data", store, "--url", address.ToString()]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // One caller asks for more than anybody's share.
        start.Environment["Kera__Limits__ReadsPerSecond"] = "0";
        var served = new ServedKera(new Process { StartInfo = start }, address);
        served._process.OutputDataReceived += (_, _) => { };
        served._process.ErrorDataReceived += (_, _) => { };
        served._process.Start();
        served._process.BeginOutputReadLine();
        served._process.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = address };
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri("/en/about", UriKind.Relative));
                answer.EnsureSuccessStatusCode();
                return served;
            }
            catch (HttpRequestException refused) when (refused.HttpRequestError == HttpRequestError.ConnectionError && watch.Elapsed < LongestStart && !served._process.HasExited)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>A browser in which somebody has just opened an account with a code.</summary>
    public async Task<HttpClient> JoinAsync(string code, string name)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };
        var page = await client.GetStringAsync(new Uri($"/en/join?code={code}", UriKind.Relative));
        using var answer = await client.PostAsync(new Uri("/en/join", UriKind.Relative), Form(page, ("code", code), ("name", name), ("userName", name), ("email", ""), ("password", "seven tall birches")));
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Fields to send with the token of the page that they stand on.</summary>
    public static FormUrlEncodedContent Form(string page, params (string Name, string Value)[] fields) =>
        new([KeyValuePair.Create("form-token", Token().Match(page).Groups[1].Value), .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex("name=\"form-token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}

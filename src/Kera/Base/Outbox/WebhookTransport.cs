using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>How a receiver of webhooks knows that a call is Kera's.</summary>
public static class WebhookSignature
{
    /// <summary>The header with the signature: <c>t=&lt;seconds since 1970&gt;,v1=&lt;hexadecimal digits&gt;</c>.</summary>
    public const string Header = "Kera-Signature";

    /// <summary>The header with the message's id, the same at each attempt.</summary>
    public const string IdHeader = "Kera-Id";

    /// <summary>
    /// The key that Kera and one receiver share: made from the secret of the settings and the URL, so that no receiver can sign
    /// for another. 64 hexadecimal digits, which are used as they are written.
    /// </summary>
    public static string KeyOf(string secret, Uri url) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes("webhook " + url.AbsoluteUri)));

    /// <summary>The signature of a call: HMAC-SHA256 over time, id and body, with dots between.</summary>
    public static string Sign(string key, long seconds, string id, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{seconds}.{id}.{body}");
        return string.Create(CultureInfo.InvariantCulture, $"t={seconds},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(signed)))}");
    }
}

/// <summary>Calls webhooks: https, to addresses of the public network only, no redirects, no proxy, no cookies.</summary>
internal sealed class WebhookTransport : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebhookSettings _settings;
    private readonly IClock _clock;
    private readonly HttpClient _client;

    public WebhookTransport(WebhookSettings settings, IClock clock)
    {
        (_settings, _clock) = (settings, clock);
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 16,
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = Patience,
        };
    }

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        var url = new Uri(message.Recipient);
        if (url.Scheme != Uri.UriSchemeHttps && !_settings.AllowPrivate)
        {
            return SendOutcome.Refused("Webhooks are called over https only.");
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(message.Body, new MediaTypeHeaderValue("application/json", "utf-8")) };
        request.Headers.UserAgent.ParseAdd("Kera");
        request.Headers.Add(WebhookSignature.IdHeader, message.Id);
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(WebhookSignature.KeyOf(_settings.Secret, url), _clock.GetCurrentInstant().ToUnixTimeSeconds(), message.Id, message.Body));
        try
        {
            // What it answers beyond the status is not read.
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return answer.IsSuccessStatusCode ? SendOutcome.Sent
                : answer.StatusCode == HttpStatusCode.Gone ? SendOutcome.Refused("The receiver says that it is gone (410).")
                : SendOutcome.Later($"The receiver answered {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException failure) when (failure.InnerException is InsideException)
        {
            return SendOutcome.Refused("The receiver's address is inside, where webhooks do not go (setting Webhooks:AllowPrivate).");
        }
        catch (HttpRequestException)
        {
            return SendOutcome.Later("The receiver cannot be reached.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SendOutcome.Later("The receiver did not answer in time.");
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>
    /// Connects to an address that was looked at: the name is resolved once, and not again by the socket, so that it cannot mean
    /// another machine the second time.
    /// </summary>
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        IPAddress[] allowed = [.. found.Where(address => _settings.AllowPrivate || PublicNetwork.Holds(address))];
        if (allowed.Length == 0)
        {
            throw new InsideException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed class InsideException() : Exception("No address of the receiver is on the public network.");
}

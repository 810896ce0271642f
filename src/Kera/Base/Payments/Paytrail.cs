using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Payments;

/// <summary>How a call of the provider went.</summary>
/// <param name="Kind">Whether it did what was asked.</param>
/// <param name="Answer">What it answered; null where it did not.</param>
/// <param name="Sentence">Why not, in Kera's own words: what it wrote may name somebody.</param>
public sealed record ProviderOutcome(ProviderOutcomeKind Kind, JsonObject? Answer, string Sentence)
{
    /// <summary>A text of the answer; empty where there is none.</summary>
    public string Text(string name) => Answer?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}

/// <summary>Whether a provider did what was asked.</summary>
public enum ProviderOutcomeKind
{
    /// <summary>It did, and signed for it.</summary>
    Done,

    /// <summary>It could not be asked, or nobody knows whether it heard: later again.</summary>
    Away,

    /// <summary>It will not.</summary>
    Refused,
}

/// <summary>Calls of Paytrail's payment interface, each signed; answers without the right signature do not count.</summary>
public sealed class Paytrail(IHttpClientFactory factory, PaymentSettings settings, IClock clock, TimeProvider time)
{
    private const int MostBytes = 500_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly InstantPattern s_moment = InstantPattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss'.'fff'Z'");

    /// <summary>The client's name in the factory.</summary>
    public static string ClientName => "payments";

    /// <summary>How connections are made. No redirects: what is signed for one address is for no other.</summary>
    public static HttpMessageHandler CreateHandler() =>
        new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(5), MaxResponseHeadersLength = 32 };

    /// <summary>Begins a payment.</summary>
    /// <returns>Its answer has <c>transactionId</c> and <c>href</c>, the page on which it is paid.</returns>
    public Task<ProviderOutcome> CreateAsync(PaymentMerchant merchant, JsonObject payment, CancellationToken cancellation) => SendAsync(merchant, "/payments", null, payment, cancellation);

    /// <summary>Asks to pay back.</summary>
    /// <returns>Its answer has <c>status</c>: <c>ok</c>, <c>pending</c> or <c>fail</c>.</returns>
    public Task<ProviderOutcome> RefundAsync(PaymentMerchant merchant, string transaction, JsonObject refund, CancellationToken cancellation) =>
        SendAsync(merchant, $"/payments/{Uri.EscapeDataString(transaction)}/refund", transaction, refund, cancellation);

    private async Task<ProviderOutcome> SendAsync(PaymentMerchant merchant, string path, string? transaction, JsonObject content, CancellationToken cancellation)
    {
        var body = content.ToJsonString();
        var headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["checkout-account"] = merchant.Account,
            ["checkout-algorithm"] = "sha256",
            ["checkout-method"] = "POST",
            ["checkout-nonce"] = Guid.NewGuid().ToString("D", CultureInfo.InvariantCulture),
            ["checkout-timestamp"] = s_moment.Format(clock.GetCurrentInstant()),
        };
        if (transaction is not null)
        {
            headers["checkout-transaction-id"] = transaction;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(settings.Url), path)) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json", "utf-8")) };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        request.Headers.Add(PaytrailSignature.Name, PaytrailSignature.Of(merchant.Secret, headers, body));
        request.Headers.Add("platform-name", "kera");
        request.Headers.UserAgent.ParseAdd("Kera");
        using var late = new CancellationTokenSource(s_patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        using var client = factory.CreateClient(ClientName);
        client.MaxResponseContentBufferSize = MostBytes;
        try
        {
            using var answer = await client.SendAsync(request, stop.Token);
            return Read(merchant, answer, await answer.Content.ReadAsStringAsync(stop.Token));
        }
        catch (HttpRequestException)
        {
            return Away("The payment provider cannot be reached.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Away("The payment provider did not answer in time.");
        }
    }

    private static ProviderOutcome Read(PaymentMerchant merchant, HttpResponseMessage answer, string body)
    {
        var status = (int)answer.StatusCode;
        if (status is 408 or 429 or >= 500 or (>= 300 and < 400))
        {
            return Away($"The payment provider answered {status}.");
        }

        if (!answer.IsSuccessStatusCode)
        {
            return new ProviderOutcome(ProviderOutcomeKind.Refused, null, $"The payment provider refused ({status}).");
        }

        var signed = answer.Headers.Concat(answer.Content.Headers).Select(header => KeyValuePair.Create(header.Key.ToLowerInvariant(), string.Join(",", header.Value)));
        if (!answer.Headers.TryGetValues(PaytrailSignature.Name, out var signature) || !PaytrailSignature.IsRight(string.Concat(signature), merchant.Secret, signed, body))
        {
            return Away("The answer is not signed by the payment provider.");
        }

        try
        {
            return JsonNode.Parse(body) is JsonObject content ? new ProviderOutcome(ProviderOutcomeKind.Done, content, "") : Away("The payment provider's answer is no object.");
        }
        catch (JsonException)
        {
            return Away("The payment provider's answer is no JSON.");
        }
    }

    private static ProviderOutcome Away(string sentence) => new(ProviderOutcomeKind.Away, null, sentence);
}

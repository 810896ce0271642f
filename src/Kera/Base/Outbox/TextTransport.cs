using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Kera.Base.Outbox;

/// <summary>Sends text messages by one POST of JSON to a gateway, which the settings describe.</summary>
internal sealed partial class TextTransport : IDisposable
{
    private readonly TextSettings _settings;
    private readonly HttpClient _client;

    public TextTransport(TextSettings settings)
    {
        _settings = settings;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
        {
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    public async Task<SendOutcome> SendAsync(OutgoingMessage message, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _settings.Url) { Content = new StringContent(Fill(message), Encoding.UTF8, "application/json") };
        if (_settings.Authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", _settings.Authorization);
        }

        try
        {
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            var status = (int)answer.StatusCode;
            return answer.IsSuccessStatusCode ? SendOutcome.Sent
                : answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? SendOutcome.Away($"The gateway does not accept the settings' authorization ({status}).")
                : status is >= 400 and < 500 and not (408 or 425 or 429) ? SendOutcome.Refused($"The gateway refuses the message ({status}).")
                : SendOutcome.Later($"The gateway answered {status}.");
        }
        catch (HttpRequestException)
        {
            return SendOutcome.Away("The gateway cannot be reached.");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return SendOutcome.Away("The gateway did not answer in time.");
        }
    }

    public void Dispose() => _client.Dispose();

    private string Fill(OutgoingMessage message)
    {
        var body = JsonNode.Parse(_settings.Body)!;
        return Filled(body)!.ToJsonString();

        JsonNode? Filled(JsonNode? node) => node switch
        {
            JsonObject fields => new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, Filled(field.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Filled)]),
            JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Placeholder().Replace(text, Word)),
            _ => node?.DeepClone(),
        };

        // All in one pass: a text that holds a placeholder is a text.
        string Word(Match match) => match.Value switch
        {
            "{to}" => message.Recipient,
            "{from}" => _settings.From,
            "{text}" => message.Body,
            _ => message.Id,
        };
    }

    [GeneratedRegex(@"\{(to|from|text|id)\}")]
    private static partial Regex Placeholder();
}

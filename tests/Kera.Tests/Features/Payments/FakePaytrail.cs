using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kera.Tests.Features.Payments;

/// <summary>
/// Stands for the payment provider, as its public description says: it takes only what is signed with the test merchant's secret, signs what it
/// answers, knows a refund by its stamp, and tells by the parameters of an address. It reckons signatures by itself.
/// </summary>
internal sealed class FakePaytrail : IAsyncDisposable
{
    public const string Account = "375917";
    public const string Secret = "SAIPPUAKAUPPIAS";

    private readonly WebApplication _app;

    private FakePaytrail(WebApplication app) => _app = app;

    /// <summary>What was begun, in order: the bodies.</summary>
    public ConcurrentQueue<JsonObject> Payments { get; } = [];

    /// <summary>What was paid back, by stamp: the bodies.</summary>
    public ConcurrentDictionary<string, JsonObject> Refunds { get; } = new();

    /// <summary>What it answers to everything instead, while it is set.</summary>
    public int? Failing { get; set; }

    /// <summary>How a refund stands when it was asked for.</summary>
    public string RefundStatus { get; set; } = "ok";

    /// <summary>Whether it answers without the right signature.</summary>
    public bool SignsWrongly { get; set; }

    public string Url => _app.Urls.Single();

    public static async Task<FakePaytrail> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var fake = new FakePaytrail(app);
        app.Run(fake.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    /// <summary>The settings of a Kera that uses it for the hall association.</summary>
    public (string Key, string Value)[] Settings(string seller = "demo-hall-association") =>
        [("Kera:Payments:Url", Url), ("Kera:Payments:Merchants:0:Seller", seller), ("Kera:Payments:Merchants:0:Account", Account), ("Kera:Payments:Merchants:0:Secret", Secret)];

    /// <summary>The parameters with which it sends a payer back, and calls.</summary>
    public static string Query(JsonObject payment, string status = "ok", params (string Name, string Value)[] instead)
    {
        var values = new Dictionary<string, string>
        {
            ["checkout-account"] = Account,
            ["checkout-algorithm"] = "sha256",
            ["checkout-amount"] = payment["amount"]!.ToString(),
            ["checkout-stamp"] = (payment["stamp"] ?? payment["refundStamp"])!.ToString(),
            ["checkout-reference"] = (payment["reference"] ?? payment["refundReference"])!.ToString(),
            ["checkout-transaction-id"] = TransactionOf(payment),
            ["checkout-status"] = status,
            ["checkout-provider"] = "osuuspankki",
        };
        foreach (var (name, value) in instead)
        {
            values[name] = value;
        }

        return "?" + string.Join('&', values.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}").Append("signature=" + Sign(values, "")));
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string TransactionOf(JsonObject payment) => "t-" + (payment["stamp"] ?? payment["refundStamp"]);

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var values = context.Request.Headers.Where(header => header.Key.StartsWith("checkout-", StringComparison.OrdinalIgnoreCase)).ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
        if (Failing is { } failing)
        {
            context.Response.StatusCode = failing;
            return;
        }

        if (values.GetValueOrDefault("checkout-account") != Account || values.GetValueOrDefault("checkout-method") != context.Request.Method || !values.ContainsKey("checkout-nonce")
            || !DateTimeOffset.TryParse(values.GetValueOrDefault("checkout-timestamp"), CultureInfo.InvariantCulture, out _) || context.Request.ContentType != "application/json; charset=utf-8"
            || context.Request.Headers["signature"] != Sign(values, body))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var asked = JsonNode.Parse(body)!.AsObject();
        var path = context.Request.Path.Value!;
        if (path == "/payments")
        {
            var items = asked["items"]!.AsArray().Sum(item => item!["unitPrice"]!.GetValue<int>() * item["units"]!.GetValue<int>());
            if (items != asked["amount"]!.GetValue<int>() || asked["customer"]!["email"]!.ToString().Length == 0 || Payments.Any(payment => payment["stamp"]!.ToString() == asked["stamp"]!.ToString()))
            {
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            Payments.Enqueue(asked);
            await WriteAsync(context, new JsonObject { ["transactionId"] = TransactionOf(asked), ["href"] = $"{Url}/pay/{asked["stamp"]}", ["reference"] = "1" });
            return;
        }

        var payment = Payments.Single(each => path == $"/payments/{TransactionOf(each)}/refund" && values["checkout-transaction-id"] == TransactionOf(each));
        // Never more than was paid.
        var back = Refunds.Values.Where(each => each["refundReference"]!.ToString() == payment["stamp"]!.ToString() && each["refundStamp"]!.ToString() != asked["refundStamp"]!.ToString()).Sum(each => each["amount"]!.GetValue<int>());
        if (back + asked["amount"]!.GetValue<int>() > payment["amount"]!.GetValue<int>())
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        Refunds[asked["refundStamp"]!.ToString()] = asked;
        await WriteAsync(context, new JsonObject { ["provider"] = "osuuspankki", ["status"] = RefundStatus, ["transactionId"] = "r-" + asked["refundStamp"] });
    }

    private async Task WriteAsync(HttpContext context, JsonObject answer)
    {
        var body = answer.ToJsonString();
        var values = new Dictionary<string, string> { ["checkout-account"] = Account, ["checkout-algorithm"] = "sha256", ["checkout-nonce"] = "answer", ["checkout-timestamp"] = "2026-11-24T12:05:00.000Z" };
        foreach (var (name, value) in values)
        {
            context.Response.Headers[name] = value;
        }

        context.Response.Headers["signature"] = Sign(values, SignsWrongly ? body + " " : body);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsync(body, context.RequestAborted);
    }

    private static string Sign(Dictionary<string, string> values, string body)
    {
        var text = new StringBuilder();
        foreach (var name in values.Keys.Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}:{values[name]}\n");
        }

        using var hmac = new HMACSHA256(Encoding.UTF8.GetBytes(Secret));
        return Convert.ToHexString(hmac.ComputeHash(Encoding.UTF8.GetBytes(text.Append(body).ToString()))).ToLowerInvariant();
    }
}

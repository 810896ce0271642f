using System.Globalization;
using System.Net;
using Kera.Base.Hosting;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Outbox;

/// <summary>The ways out, as the settings make them.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    private readonly TemporaryDirectory _folder = new();
    private readonly TestClock _clock = new();
    private readonly List<(string Path, string Body, Dictionary<string, string> Headers)> _calls = [];
    private WebApplication _receiver = null!;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _receiver = builder.Build();
        _receiver.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _calls.Add((context.Request.Path, await reader.ReadToEndAsync(), context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString())));
            context.Response.StatusCode = context.Request.Path.Value switch { "/moved" => 302, "/gone" => 410, "/busy" => 503, "/wrong" => 422, _ => 204 };
            context.Response.Headers.Location = "/elsewhere";
        });
        await _receiver.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_webhook_is_signed_for_its_receiver()
    {
        await using var app = await AppAsync(("Webhooks:Secret", Secret), ("Webhooks:AllowPrivate", "true"));
        var url = _receiver.Urls.First() + "/hook";

        Assert.Equal(SendOutcome.Sent, await SendAsync(app, OutboxChannel.Webhook, url, """{"level":7}"""));

        var call = Assert.Single(_calls);
        Assert.Equal("""{"level":7}""", call.Body);
        Assert.Equal("the-id", call.Headers[WebhookSignature.IdHeader]);
        var key = WebhookSignature.KeyOf(Secret, new Uri(url));
        Assert.Equal(WebhookSignature.Sign(key, _clock.GetCurrentInstant().ToUnixTimeSeconds(), "the-id", call.Body), call.Headers[WebhookSignature.Header]);
        Assert.NotEqual(key, WebhookSignature.KeyOf(Secret, new Uri(url + "s")));
    }

    [Fact]
    public void A_receiver_computes_the_same_signature_by_the_documented_rule() =>
        // openssl: printf '1764000000.the-id.{}' | openssl dgst -sha256 -hmac key
        Assert.Equal("t=1764000000,v1=668e2f04404eceb66ba672812df58afad209126856da3fca5ece4fd4349db183", WebhookSignature.Sign("key", 1_764_000_000, "the-id", "{}"));

    [Theory]
    [InlineData("/moved", SendKind.Later, "302")]
    [InlineData("/busy", SendKind.Later, "503")]
    [InlineData("/gone", SendKind.Refused, "410")]
    public async Task A_webhook_follows_nowhere_and_comes_again(string path, SendKind kind, string told)
    {
        await using var app = await AppAsync(("Webhooks:Secret", Secret), ("Webhooks:AllowPrivate", "true"));

        var outcome = await SendAsync(app, OutboxChannel.Webhook, _receiver.Urls.First() + path, "{}");

        Assert.Equal(kind, outcome.Kind);
        Assert.Contains(told, outcome.Sentence, StringComparison.Ordinal);
        Assert.Equal(path, Assert.Single(_calls).Path);
    }

    [Theory]
    [InlineData("https://127.0.0.1:{0}/hook", "inside")]
    [InlineData("https://localhost:{0}/hook", "inside")]
    [InlineData("https://[::1]:{0}/hook", "inside")]
    [InlineData("https://[::ffff:127.0.0.1]:{0}/hook", "inside")]
    [InlineData("http://127.0.0.1:{0}/hook", "https only")]
    public async Task A_webhook_never_reaches_inside(string url, string told)
    {
        await using var app = await AppAsync(("Webhooks:Secret", Secret));

        var outcome = await SendAsync(app, OutboxChannel.Webhook, string.Format(CultureInfo.InvariantCulture, url, new Uri(_receiver.Urls.First()).Port), "{}");

        Assert.Equal(SendKind.Refused, outcome.Kind);
        Assert.Contains(told, outcome.Sentence, StringComparison.Ordinal);
        Assert.Empty(_calls);
    }

    [Theory]
    [InlineData("93.184.216.34", true)]
    [InlineData("2a00:1450:4026::1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::1", false)]
    [InlineData("2001:db8::1", false)]
    public void What_is_public_is_known(string address, bool isPublic) => Assert.Equal(isPublic, PublicNetwork.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("/send", SendKind.Sent)]
    [InlineData("/busy", SendKind.Later)]
    [InlineData("/wrong", SendKind.Refused)]
    public async Task A_text_message_is_one_POST_as_the_gateway_wants_it(string path, SendKind kind)
    {
        await using var app = await AppAsync(
            ("Text:Url", _receiver.Urls.First() + path), ("Text:Authorization", "Basic abc"), ("Text:From", "Kera"), ("Text:Body", """{"messages":[{"dst":"{to}","msg":"{from}: {text}"}],"flash":false}"""));

        Assert.Equal(kind, (await SendAsync(app, OutboxChannel.Text, "+358401234567", "Say \"{to}\"\nor \\ not")).Kind);

        var call = Assert.Single(_calls);
        Assert.Equal("Basic abc", call.Headers["Authorization"]);
        using var body = System.Text.Json.JsonDocument.Parse(call.Body);
        var message = body.RootElement.GetProperty("messages")[0];
        Assert.Equal(("+358401234567", "Kera: Say \"{to}\"\nor \\ not"), (message.GetProperty("dst").GetString(), message.GetProperty("msg").GetString()));
        Assert.False(body.RootElement.GetProperty("flash").GetBoolean());
    }

    [Fact]
    public async Task Mail_is_put_into_a_folder_once()
    {
        await using var app = await AppAsync(("Mail:Directory", _folder.Combine("mails")), ("Mail:From", "kera@example.org"), ("Mail:Name", "Kera, the district"));

        await SendAsync(app, OutboxChannel.Mail, "aino@example.org", "Yours.");
        Assert.Equal(SendOutcome.Sent, await SendAsync(app, OutboxChannel.Mail, "aino@example.org", "Yours."));

        var file = Assert.Single(Directory.GetFiles(_folder.Combine("mails")));
        using var mail = await MimeKit.MimeMessage.LoadAsync(file);
        Assert.Equal(("the-id@example.org", "A subject", "auto-generated"), (mail.MessageId, mail.Subject, mail.Headers["Auto-Submitted"]));
        Assert.Equal("Kera, the district", mail.From.Mailboxes.Single().Name);
    }

    [Theory]
    [InlineData("550 5.1.1 <aino@example.org>: no such user", SendKind.Refused)]
    [InlineData("451 4.7.1 <aino@example.org>: greylisted", SendKind.Later)]
    public async Task What_a_mail_server_says_of_an_address_is_not_kept(string answer, SendKind kind)
    {
        await using var smtp = new SmtpListener { AnswerToRecipient = answer };
        await using var app = await AppAsync(("Mail:Host", "127.0.0.1"), ("Mail:Port", smtp.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:Tls", "none"), ("Mail:From", "kera@example.org"));

        var outcome = await SendAsync(app, OutboxChannel.Mail, "aino@example.org", "Yours.");

        Assert.Equal(kind, outcome.Kind);
        Assert.DoesNotContain("aino", outcome.Sentence, StringComparison.Ordinal);
        Assert.Empty(smtp.Mails);
    }

    [Fact]
    public async Task Without_STARTTLS_nothing_is_said_to_a_server_that_has_none()
    {
        await using var smtp = new SmtpListener();
        await using var app = await AppAsync(("Mail:Host", "127.0.0.1"), ("Mail:Port", smtp.Port.ToString(CultureInfo.InvariantCulture)), ("Mail:From", "kera@example.org"));

        var outcome = await SendAsync(app, OutboxChannel.Mail, "aino@example.org", "Yours.");

        Assert.Equal((SendKind.Later, true), (outcome.Kind, outcome.ChannelAway));
        Assert.Empty(smtp.Mails);
    }

    [Theory]
    [InlineData("Mail:From", "Mail:Host", "localhost")]
    [InlineData("Mail:From", "Mail:Host", "localhost", "Mail:From", "kera@example.org\r\nBcc: all@example.org")]
    [InlineData("Mail:From", "Mail:Directory", "mails", "Mail:From", "kera")]
    [InlineData("Mail:Name", "Mail:Host", "localhost", "Mail:From", "kera@example.org", "Mail:Name", "Kera\r\nBcc: all@example.org")]
    [InlineData("Mail", "Mail:Host", "localhost", "Mail:From", "kera@example.org", "Mail:Directory", "mails")]
    [InlineData("Mail:Tls", "Mail:Host", "mail.example.org", "Mail:From", "kera@example.org", "Mail:Tls", "perhaps")]
    [InlineData("Mail:Tls", "Mail:Host", "mail.example.org", "Mail:From", "kera@example.org", "Mail:Tls", "none", "Mail:User", "kera")]
    [InlineData("Mail:Host", "Mail:Host", "localhost", "Mail:From", "kera@example.org", "Mail:Port", "0")]
    [InlineData("Webhooks:Secret", "Webhooks:Secret", "short")]
    [InlineData("Text:Url", "Text:Url", "gateway")]
    [InlineData("Text:Body", "Text:Url", "https://example.org", "Text:Body", "{to}")]
    [InlineData("Text:Authorization", "Text:Url", "https://example.org", "Text:Authorization", "Bearer a\r\nHost: b")]
    [InlineData("Retention:mails", "Retention:mails", "3")]
    [InlineData("Retention:outbox", "Retention:outbox", "0")]
    public async Task A_setting_that_cannot_be_used_is_named(string named, params string[] settings) =>
        Assert.StartsWith($"Setting {named}:", (await Assert.ThrowsAsync<SettingException>(() => AppAsync([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Readiness_says_what_waits_without_a_way_or_too_long()
    {
        await using var app = await AppAsync(("Webhooks:Secret", Secret));
        await app.StartAsync();
        await using (var db = app.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            var queue = app.Services.GetRequiredService<OutboxQueue>();
            queue.Add(db, OutboxHarness.ToAino());
            await db.SaveChangesAsync();
        }

        using var client = app.GetTestClient();
        Assert.Equal("""{"status":"ready","notes":["1 mails wait, for no setting says how to send them (Mail:Host)."]}""", await client.GetStringAsync(new Uri("/ready", UriKind.Relative)));
    }

    private static Task<SendOutcome> SendAsync(WebApplication app, OutboxChannel channel, string recipient, string body) =>
        app.Services.GetServices<Transport>().Single(transport => transport.Channel == channel).SendAsync(new OutgoingMessage("the-id", "example.org", recipient, "A subject", body), CancellationToken.None);

    private Task<WebApplication> AppAsync(params (string Name, string Value)[] settings)
    {
        var all = settings.ToDictionary(setting => "Kera:" + setting.Name, setting => (string?)setting.Value);
        all["Kera:Data"] = _folder.Combine("data");
        return KeraApp.BuildAsync(new KeraAppOptions(all, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton<IClock>(_clock);
            builder.Services.AddSingleton<TimeProvider>(_clock.Time);
        });
    }
}

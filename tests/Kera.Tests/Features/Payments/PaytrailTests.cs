using Kera.Base.Hosting;
using Kera.Base.Payments;
using Microsoft.Extensions.Configuration;

namespace Kera.Tests.Features.Payments;

/// <summary>Signatures as the provider's own description reckons them, and settings that cannot be used.</summary>
public sealed class PaytrailTests
{
    private const string Secret = "SAIPPUAKAUPPIAS";

    [Fact]
    public void A_request_is_signed_as_in_the_published_example()
    {
        Dictionary<string, string> headers = new()
        {
            ["content-type"] = "application/json; charset=utf-8",
            ["checkout-timestamp"] = "2018-07-06T10:01:31.904Z",
            ["checkout-account"] = "375917",
            ["checkout-algorithm"] = "sha256",
            ["checkout-method"] = "POST",
            ["checkout-nonce"] = "564635208570151",
        };
        const string Body = """{"stamp":"unique-identifier-for-merchant","reference":"3759170","amount":1525,"currency":"EUR","language":"FI","items":[{"unitPrice":1525,"units":1,"vatPercentage":24,"productCode":"#1234","deliveryDate":"2018-09-01"}],"customer":{"email":"test.customer@example.com"},"redirectUrls":{"success":"https://ecom.example.com/cart/success","cancel":"https://ecom.example.com/cart/cancel"}}""";

        Assert.Equal("3708f6497ae7cc55a2e6009fc90aa10c3ad0ef125260ee91b19168750f6d74f6", PaytrailSignature.Of(Secret, headers, Body));
    }

    [Fact]
    public void A_payer_who_comes_back_is_signed_for_as_in_the_published_example()
    {
        Dictionary<string, string> told = new()
        {
            ["checkout-account"] = "375917",
            ["checkout-algorithm"] = "sha256",
            ["checkout-amount"] = "2964",
            ["checkout-stamp"] = "15336332710015",
            ["checkout-reference"] = "192387192837195",
            ["checkout-transaction-id"] = "4b300af6-9a22-11e8-9184-abb6de7fd2d0",
            ["checkout-status"] = "ok",
            ["checkout-provider"] = "nordea",
        };
        const string Signature = "b2d3ecdda2c04563a4638fcade3d4e77dfdc58829b429ad2c2cb422d0fc64080";

        Assert.True(PaytrailSignature.IsRight(Signature, Secret, told, ""));
        told["checkout-amount"] = "1";
        Assert.False(PaytrailSignature.IsRight(Signature, Secret, told, ""));
    }

    [Theory]
    [InlineData("Payments:Url", "Url=ftp://pay.example.org")]
    [InlineData("Payments:Merchants:0:Seller", "Merchants:0:Account=1;Merchants:0:Secret=a")]
    [InlineData("Payments:Merchants:1:Seller", "Merchants:0:Seller=a;Merchants:0:Account=1;Merchants:0:Secret=a;Merchants:1:Seller=;Merchants:1:Account=2;Merchants:1:Secret=b")]
    [InlineData("Payments:Merchants:0:Account", "Merchants:0:Seller=a;Merchants:0:Account=12x;Merchants:0:Secret=a")]
    [InlineData("Payments:Merchants:0:Secret", "Merchants:0:Seller=a;Merchants:0:Account=1")]
    [InlineData("Payments", "Merchants:0:Password=a")]
    [InlineData("PublicUrl", "Merchants:0:Seller=a;Merchants:0:Account=1;Merchants:0:Secret=a")]
    public void A_setting_that_cannot_be_used_is_named(string setting, string settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Split(';').Select(each => each.Split('=')).Select(parts => KeyValuePair.Create("Kera:Payments:" + parts[0], (string?)parts[1]))).Build();

        var mistake = Assert.Throws<SettingException>(() => PaymentSettings.From(configuration, SiteAddress.Of(new KeraSettings())));

        Assert.StartsWith($"Setting {setting}:", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://services.paytrail.com", "https://pay.paytrail.com/pay/1", true)]
    [InlineData("https://services.paytrail.com", "http://pay.paytrail.com/pay/1", false)]
    [InlineData("https://services.paytrail.com", "https://pay.paytrail.com.example.org/pay/1", false)]
    [InlineData("https://services.paytrail.com", "https://evilpaytrail.com/pay/1", false)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/pay/1", true)]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5001/pay/1", false)]
    public void People_are_sent_to_the_providers_pages_alone(string url, string page, bool sent) => Assert.Equal(sent, new PaymentSettings { Url = url }.IsPage(new Uri(page)));
}

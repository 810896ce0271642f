using Kera.Base.Hosting;
using Kera.Base.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Feeds;

/// <summary>What switches feeds on.</summary>
public sealed class FeedSettingsTests
{
    [Fact]
    public async Task Without_settings_nothing_is_fetched()
    {
        await using var feed = await FeedHarness.StartAsync();

        Assert.DoesNotContain(feed.App.Services.GetServices<Job>(), job => job.Name.StartsWith("feeds.", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Feeds:EntsoE:Key", "EntsoE:Url", "https://example.org/api", "EntsoE:Area", "10YFI-1--------U")]
    [InlineData("Feeds:EntsoE:Area", "EntsoE:Url", "https://example.org/api", "EntsoE:Key", "secret")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Key", "secret")]
    [InlineData("Feeds:EntsoE:Key", "EntsoE:Url", "https://example.org/api", "EntsoE:Key", "secret secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Url", "http://example.org/api", "EntsoE:Key", "secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Url", "http://127.0.0.1.example.org/api", "EntsoE:Key", "secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Url", "file:///etc/secret", "EntsoE:Key", "secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Url", "https://example.org/api?securityToken=secret", "EntsoE:Key", "secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:EntsoE:Url", "EntsoE:Url", "https://me:secret@example.org/api", "EntsoE:Key", "secret", "EntsoE:Area", "FI")]
    [InlineData("Feeds:Fingrid:Mix", "Fingrid:Url", "https://example.org/api", "Fingrid:Key", "secret", "Fingrid:Datasets:wind", "181")]
    [InlineData("Feeds:Fingrid:Key", "Fingrid:Url", "https://example.org/api", "Fingrid:Key", "secret\r\nHost: b", "Fingrid:Mix", "finland", "Fingrid:Datasets:wind", "181")]
    [InlineData("Feeds:Fingrid:Datasets", "Fingrid:Url", "https://example.org/api", "Fingrid:Key", "secret", "Fingrid:Mix", "finland")]
    [InlineData("Feeds:Fingrid:Datasets", "Fingrid:Url", "https://example.org/api", "Fingrid:Key", "secret", "Fingrid:Mix", "finland", "Fingrid:Datasets:wind", "0")]
    [InlineData("Feeds:Fmi:Place", "Fmi:Url", "https://example.org/wfs")]
    [InlineData("Feeds", "Fmi:Adress", "https://example.org/wfs")]
    public async Task A_setting_that_cannot_be_used_is_named_and_its_value_is_not_told(string named, params string[] settings)
    {
        var refused = await Assert.ThrowsAsync<SettingException>(() => FeedHarness.StartAsync([.. settings.Chunk(2).Select(pair => (pair[0], pair[1]))]));

        Assert.StartsWith($"Setting {named}:", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }
}

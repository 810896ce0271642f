using Kera.Base.District;
using Kera.Tests.Support;
using NodaTime;

namespace Kera.Tests.Features.About;

/// <summary>The story, the open data and the accessibility statement, and the footer that leads there.</summary>
public sealed class AboutTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("/fi/about", "Kera on rakentuva kaupunginosa Espoossa rantaradan varrella")]
    [InlineData("/sv/about", "Kera är en stadsdel som byggs vid kustbanan i Esbo")]
    [InlineData("/en/about", "Kera is a district being built along the coastal railway in Espoo")]
    public async Task The_story_begins_with_the_districts_own_sentence(string address, string expected) =>
        Assert.Contains($"<h1 class=\"mt1\">{expected}</h1>", await kera.PageAsync(address), StringComparison.Ordinal);

    [Fact]
    public async Task Facts_have_their_sources_and_data_their_addresses()
    {
        var page = await kera.PageAsync("/en/about");

        Assert.Contains("14,000", page, StringComparison.Ordinal);
        Assert.Contains("href=\"https://www.espoo.fi/en/kera-district\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/api/v1/openapi.json\"", page, StringComparison.Ordinal);
        Assert.Contains("kera new districts/harbour", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/openapi.json")]
    [InlineData("/api/v1/places")]
    [InlineData("/api/v1/events?limit=100")]
    [InlineData("/en/flows.csv")]
    public async Task The_open_data_are_where_the_page_says(string address) => await kera.PageAsync(address);

    [Theory]
    [InlineData("/fi/accessibility", "306/2019", "Traficom", "14 päivän")]
    [InlineData("/sv/accessibility", "306/2019", "Traficom", "14 dagar")]
    [InlineData("/en/accessibility", "306/2019", "Traficom", "14 days")]
    public async Task The_statement_names_the_act_the_authority_and_the_time(string address, params string[] expected)
    {
        var page = await kera.PageAsync(address);

        Assert.All(expected, words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.Contains("/feedback?page=%2Faccessibility", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_footer_of_every_page_leads_to_both()
    {
        var page = await kera.PageAsync("/fi/flows");

        Assert.Contains("href=\"/fi/about\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/fi/accessibility\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kera@example.org", "mailto:kera@example.org")]
    [InlineData("https://example.org/feedback", "https://example.org/feedback")]
    public void The_files_can_say_where_feedback_goes(string text, string expected) =>
        Assert.Equal(expected, Read(text).Model?.Header.Feedback?.OriginalString);

    [Fact]
    public void An_address_that_nobody_can_write_to_is_a_mistake() =>
        Assert.Contains(Read("the town hall").Mistakes, mistake => mistake.Problem.Contains("the town hall", StringComparison.Ordinal));

    private static DistrictReading Read(string feedback)
    {
        using var directory = new TemporaryDirectory();
        directory.Write("district/district.yaml", $"key: tiny\nname: Tiny\ntimeZone: Europe/Helsinki\ndescription: {{ fi: Pieni, sv: Liten, en: Small }}\nfeedback: \"{feedback}\"\n");
        return DistrictFiles.Read(directory.Combine("district"), Instant.FromUtc(2026, 11, 24, 12, 0));
    }
}

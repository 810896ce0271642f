using System.Net;
using Kera.Features.Carbon;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Carbon;

/// <summary>A district in which things moved and nothing was used has no emissions told, which is not a zero.</summary>
public sealed class QuietCarbonTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("/en/carbon", "No emissions have been traced of this time")]
    [InlineData("/fi/carbon/inventory", "Tältä ajalta ei ole laskettu päästöjä")]
    [InlineData("/sv/why/carbon.day", "Det finns inget tal ännu")]
    [InlineData("/en/why/carbon.per-resident", "There is no number yet")]
    public async Task Nothing_is_no_zero(string address, string told)
    {
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);
        var page = Texts(await kera.PageAsync(address));

        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>0</b>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("carbon.day")]
    [InlineData("carbon.year")]
    [InlineData("carbon.pace")]
    [InlineData("carbon.per-resident")]
    public async Task Programs_are_told_that_there_is_none(string figure)
    {
        await kera.App.Services.GetRequiredService<CarbonTracing>().AdvanceAsync(TestContext.Current.CancellationToken);

        await kera.PageAsync($"/api/v1/figures/{figure}", HttpStatusCode.NotFound);
    }

    private static string Texts(string page) => WebUtility.HtmlDecode(page).Replace("\u00AD", "", StringComparison.Ordinal);
}

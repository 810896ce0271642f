using System.Net;
using Kera.Features.Energy;
using Kera.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Energy;

/// <summary>A district without readings has no plan, and says what to bring.</summary>
public sealed class QuietEnergyTests(BuiltInKera kera) : IClassFixture<BuiltInKera>
{
    [Theory]
    [InlineData("en", "There is no plan yet", "kera import readings")]
    [InlineData("sv", "Det finns ingen plan ännu", "kera import prices")]
    [InlineData("fi", "Suunnitelmaa ei vielä ole", "kera import prices")]
    public async Task Nothing_is_planned_of_stand_ins(string language, string told, string advised)
    {
        var planning = kera.App.Services.GetRequiredService<EnergyPlanning>();
        await planning.RunAsync(TestContext.Current.CancellationToken);

        Assert.Null(await planning.NewestAsync(TestContext.Current.CancellationToken));
        var page = WebUtility.HtmlDecode(await kera.PageAsync($"/{language}/energy"));
        Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.Contains(advised, page, StringComparison.Ordinal);
        await kera.PageAsync($"/{language}/energy.csv", HttpStatusCode.NotFound);
    }
}

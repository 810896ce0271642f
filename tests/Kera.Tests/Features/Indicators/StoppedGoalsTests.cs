using System.Text.Json;
using Kera.Tests.Features.Today;
using NodaTime;

namespace Kera.Tests.Features.Indicators;

/// <summary>What is said of goals when the record stops: the demonstration's last hour is at four on the 24th of November 2026, in Helsinki.</summary>
public sealed class StoppedGoalsTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    [Fact]
    public async Task A_day_that_lacks_hours_is_shown_and_not_judged()
    {
        var (full, later) = (await GoalAsync("power-day", Duration.Zero), await GoalAsync("power-day", Duration.FromHours(22)));
        var page = await kera.PageAsync("/en/goals/power-day", later: Duration.FromHours(22));

        Assert.NotEqual("noData", full.GetProperty("status").GetString());
        Assert.Equal("noData", later.GetProperty("status").GetString());
        Assert.True(later.GetProperty("value").GetDouble() < full.GetProperty("value").GetDouble());
        Assert.Contains("Not all of it is recorded: it is not judged against the path.", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rate_is_reckoned_from_the_days_until_the_record_stopped()
    {
        var stopped = await GoalAsync("heat-per-resident", Duration.FromDays(90));
        var then = await GoalAsync("heat-per-resident", Duration.FromDays(1));

        Assert.Equal(15, stopped.GetProperty("recordedDays").GetInt32());
        Assert.Equal(then.GetProperty("value").GetDouble(), stopped.GetProperty("value").GetDouble(), 1e-6);
    }

    private async Task<JsonElement> GoalAsync(string key, Duration later)
    {
        using var answer = JsonDocument.Parse(await kera.PageAsync($"/api/v1/indicators/{key}", later: later));
        return answer.RootElement.Clone();
    }
}

using Kera.Base.Jobs;
using Kera.Tests.Ledger;
using NodaTime;
using NodaTime.Text;

namespace Kera.Tests.Jobs;

public sealed class JobTimesTests
{
    [Theory]
    [InlineData("2026-11-24T00:00:00Z", "2026-11-24T01:30:00Z")]
    [InlineData("2026-11-24T01:30:00Z", "2026-11-25T01:30:00Z")]
    [InlineData("2026-07-01T00:00:00Z", "2026-07-01T00:30:00Z")]
    // 03:30 is skipped on this night: an hour later.
    [InlineData("2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z")]
    // 03:30 is there twice: the first, and not again.
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public void A_daily_job_is_due_at_its_local_time(string now, string due) =>
        Assert.Equal(due, InstantPattern.General.Format(JobTimes.Daily(new LocalTime(3, 30)).After(InstantPattern.General.Parse(now).Value, LedgerHarness.Helsinki)));

    [Fact]
    public void An_interval_is_due_at_once_and_then_after_it()
    {
        var times = JobTimes.Every(Duration.FromMinutes(5));

        Assert.Equal(LedgerHarness.Now, times.First(LedgerHarness.Now, LedgerHarness.Helsinki));
        Assert.Equal(LedgerHarness.Now + Duration.FromMinutes(5), times.After(LedgerHarness.Now, LedgerHarness.Helsinki));
    }

    [Fact]
    public void An_interval_that_no_node_can_keep_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => JobTimes.Every(Duration.FromMilliseconds(999)));
}

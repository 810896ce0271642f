using Kera.Tests.Ledger;
using Microsoft.Extensions.Time.Testing;
using NodaTime;

namespace Kera.Tests.Support;

/// <summary>Time that goes only when a test says so, for who asks the clock and for who waits.</summary>
internal sealed class TestClock : IClock
{
    public FakeTimeProvider Time { get; } = new(LedgerHarness.Now.ToDateTimeOffset());

    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(Time.GetUtcNow());

    /// <summary>Lets time go on; timers that are due ring.</summary>
    public void Advance(Duration duration) => Time.Advance(duration.ToTimeSpan());
}

using NodaTime;

namespace Kera.Tests.Ledger;

/// <summary>A clock that stands.</summary>
internal sealed class FixedClock(Instant now) : IClock
{
    public Instant GetCurrentInstant() => now;
}

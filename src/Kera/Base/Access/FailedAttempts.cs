using System.Net;
using System.Threading.RateLimiting;

namespace Kera.Base.Access;

/// <summary>How often an address has come with a wrong token: 20 in a minute, and it waits, also with a right one. Counted on each node.</summary>
public sealed class FailedAttempts : IDisposable
{
    /// <summary>What is said to who must wait.</summary>
    internal const string Sentence = "Too many wrong tokens from this address. Wait a minute, then try with a right one.";

    private readonly PartitionedRateLimiter<IPAddress> _attempts = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = 20, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    internal bool TooManyFrom(IPAddress? address) => _attempts.GetStatistics(address ?? IPAddress.None) is { CurrentAvailablePermits: 0 };

    internal void Count(IPAddress? address) => _attempts.AttemptAcquire(address ?? IPAddress.None).Dispose();

    public void Dispose() => _attempts.Dispose();
}

using System.Net;
using System.Threading.RateLimiting;

namespace Kera.Base.Accounts;

/// <summary>
/// How often an address may fail to sign in: ten times in ten minutes, over all accounts, so that one password is not tried on
/// many. Counted on each node. A single account is guarded beside it, wherever the attempts come from.
/// </summary>
public sealed class SignInThrottle : IDisposable
{
    private const int Attempts = 10;

    private readonly PartitionedRateLimiter<IPAddress> _failures = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = Attempts, Window = TimeSpan.FromMinutes(10), QueueLimit = 0 }));

    internal bool TooManyFrom(IPAddress? address) => _failures.GetStatistics(address ?? IPAddress.None) is { CurrentAvailablePermits: 0 };

    internal void Count(IPAddress? address) => _failures.AttemptAcquire(address ?? IPAddress.None).Dispose();

    public void Dispose() => _failures.Dispose();
}

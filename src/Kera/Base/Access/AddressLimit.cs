using System.Net;
using System.Threading.RateLimiting;

namespace Kera.Base.Access;

/// <summary>How often something may come from one address in a stretch of time. Counted on each node.</summary>
/// <param name="times">How often.</param>
/// <param name="window">In how long.</param>
public abstract class AddressLimit(int times, TimeSpan window) : IDisposable
{
    private readonly PartitionedRateLimiter<IPAddress> _counted = PartitionedRateLimiter.Create<IPAddress, IPAddress>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions { PermitLimit = times, Window = window, QueueLimit = 0 }));

    internal bool TooManyFrom(IPAddress? address) => _counted.GetStatistics(address ?? IPAddress.None) is { CurrentAvailablePermits: 0 };

    internal void Count(IPAddress? address) => _counted.AttemptAcquire(address ?? IPAddress.None).Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _counted.Dispose();
        GC.SuppressFinalize(this);
    }
}

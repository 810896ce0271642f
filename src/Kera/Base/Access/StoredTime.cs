using NodaTime;

namespace Kera.Base.Access;

/// <summary>Moments as the store keeps them: microseconds since 1970 UTC.</summary>
internal static class StoredTime
{
    public static long Of(Instant instant) => instant.ToUnixTimeTicks() / 10;

    public static Instant ToInstant(long microseconds) => Instant.FromUnixTimeTicks(microseconds * 10);
}

namespace Kera.Base.District.Reading;

/// <summary>Finds where a closed ring crosses itself.</summary>
internal static class RingCrossing
{
    /// <summary>The position from which the first crossing edge sets out; null where no two edges cross or touch.</summary>
    /// <param name="ring">The positions, the last equal to the first.</param>
    public static int? FirstCrossing(IReadOnlyList<(decimal X, decimal Y)> ring)
    {
        var edges = ring.Count - 1;
        for (var first = 0; first < edges; first++)
        {
            for (var second = first + 1; second < edges; second++)
            {
                var neighbours = second == first + 1 || (first == 0 && second == edges - 1);
                if (!neighbours && Cross(ring[first], ring[first + 1], ring[second], ring[second + 1]))
                {
                    return second;
                }
            }
        }

        return null;
    }

    private static bool Cross((decimal X, decimal Y) a, (decimal X, decimal Y) b, (decimal X, decimal Y) c, (decimal X, decimal Y) d)
    {
        var (sideC, sideD) = (Side(a, b, c), Side(a, b, d));
        var (sideA, sideB) = (Side(c, d, a), Side(c, d, b));
        return sideC * sideD < 0 && sideA * sideB < 0
            || (sideC == 0 && Within(a, b, c))
            || (sideD == 0 && Within(a, b, d))
            || (sideA == 0 && Within(c, d, a))
            || (sideB == 0 && Within(c, d, b));
    }

    private static int Side((decimal X, decimal Y) from, (decimal X, decimal Y) to, (decimal X, decimal Y) point) =>
        Math.Sign(((to.X - from.X) * (point.Y - from.Y)) - ((to.Y - from.Y) * (point.X - from.X)));

    private static bool Within((decimal X, decimal Y) from, (decimal X, decimal Y) to, (decimal X, decimal Y) point) =>
        point.X >= Math.Min(from.X, to.X) && point.X <= Math.Max(from.X, to.X) &&
        point.Y >= Math.Min(from.Y, to.Y) && point.Y <= Math.Max(from.Y, to.Y);
}

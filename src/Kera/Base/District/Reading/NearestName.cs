namespace Kera.Base.District.Reading;

/// <summary>Finds what a misspelled name probably meant.</summary>
internal static class NearestName
{
    /// <summary>The closest of the names, where one is close enough to be meant: at most a third of its letters differ.</summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        string? nearest = null;
        var fewest = int.MaxValue;
        foreach (var candidate in names)
        {
            var distance = Distance(name, candidate);
            if (distance < fewest && distance <= Math.Max(1, Math.Max(name.Length, candidate.Length) / 3))
            {
                (nearest, fewest) = (candidate, distance);
            }
        }

        return nearest;
    }

    private static int Distance(string left, string right)
    {
        var previous = new int[right.Length + 1];
        var current = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            previous[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = char.ToLowerInvariant(left[row - 1]) == char.ToLowerInvariant(right[column - 1]);
                current[column] = Math.Min(Math.Min(previous[column], current[column - 1]) + 1, previous[column - 1] + (same ? 0 : 1));
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}

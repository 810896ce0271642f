namespace Kera.Features.Search;

/// <summary>How far two words are apart when fingers slip.</summary>
public static class Spelling
{
    private const int Short = 3;
    private const int Long = 8;

    /// <summary>The most slips that are forgiven in any word.</summary>
    public static int MostForgiven => 2;

    /// <summary>How many slips are forgiven: none in up to three letters, one in up to seven, two in more; by the longer word, for a letter may be missing.</summary>
    /// <param name="typed">The length of what was typed.</param>
    /// <param name="meant">The length of the word that it may be.</param>
    public static int Allowance(int typed, int meant) => typed <= Short ? 0 : Math.Max(typed, meant) < Long ? 1 : MostForgiven;

    /// <summary>
    /// The fewest letters to add, leave out, change, or swap with their neighbour, where no letter is touched twice (optimal
    /// string alignment).
    /// </summary>
    /// <param name="one">A word.</param>
    /// <param name="other">Another.</param>
    /// <param name="most">Above this it does not matter how far.</param>
    /// <returns>The distance; more than <paramref name="most"/> where it is above it.</returns>
    public static int Distance(ReadOnlySpan<char> one, ReadOnlySpan<char> other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
        {
            return most + 1;
        }

        var width = other.Length + 1;
        // Words of texts are short; of what is not, three rows are still little.
        Span<int> rows = width <= 64 ? stackalloc int[3 * 64] : new int[3 * width];
        var before = rows[..width];
        var above = rows.Slice(width, width);
        var row = rows.Slice(2 * width, width);
        for (var column = 0; column < width; column++)
        {
            above[column] = column;
        }

        for (var at = 1; at <= one.Length; at++)
        {
            // What is further from the diagonal than the most is further than that.
            var (first, last) = (Math.Max(1, at - most), Math.Min(width - 1, at + most));
            var least = row[first - 1] = first == 1 ? at : most + 1;
            if (last < width - 1)
            {
                row[last + 1] = most + 1;
            }

            for (var column = first; column <= last; column++)
            {
                var same = one[at - 1] == other[column - 1];
                var distance = Math.Min(Math.Min(above[column], row[column - 1]) + 1, above[column - 1] + (same ? 0 : 1));
                if (at > 1 && column > 1 && one[at - 1] == other[column - 2] && one[at - 2] == other[column - 1])
                {
                    distance = Math.Min(distance, before[column - 2] + 1);
                }

                row[column] = distance;
                least = Math.Min(least, distance);
            }

            if (least > most)
            {
                return most + 1;
            }

            var free = before;
            before = above;
            above = row;
            row = free;
        }

        return above[^1];
    }

    /// <summary>Which letters a word has, a bit each, several letters to a bit: each slip changes at most two bits.</summary>
    public static uint Mask(string word)
    {
        var mask = 0u;
        foreach (var letter in word)
        {
            mask |= 1u << (letter & 31);
        }

        return mask;
    }
}

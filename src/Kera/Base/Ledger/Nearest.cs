namespace Kera.Base.Ledger;

/// <summary>Finds what a person probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest edits, if they are at most a third of the word's letters; else null.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > 80)
        {
            return null;
        }

        var (best, fewest) = ((string?)null, (word.Length / 3) + 1);
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) < fewest && Edits(word, candidate) is var edits && edits < fewest)
            {
                (best, fewest) = (candidate, edits);
            }
        }

        return best;
    }

    private static int Edits(string left, string right)
    {
        Span<int> row = stackalloc int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var cost = char.ToLowerInvariant(left[line - 1]) == char.ToLowerInvariant(right[column - 1]) ? diagonal : diagonal + 1;
                diagonal = row[column];
                row[column] = Math.Min(cost, Math.Min(row[column], row[column - 1]) + 1);
            }
        }

        return row[^1];
    }
}

namespace Kera.Base.Ui;

/// <summary>
/// Breaks a name into lines for a drawing, which cannot measure its text: by the widths of the font's semi-bold letters, rounded up.
/// </summary>
public static class SankeyLabel
{
    private const string Ellipsis = "…";

    /// <summary>The lines of a name. What stands in brackets at its end gives way first, then words; the table has the whole.</summary>
    /// <param name="name">The name; its soft hyphens may break a word.</param>
    /// <param name="width">How wide a line may be, in ems.</param>
    /// <param name="most">How many lines there may be.</param>
    public static IReadOnlyList<string> Lines(string name, double width, int most)
    {
        var bracket = name.EndsWith(')') ? name.LastIndexOf(" (", StringComparison.Ordinal) : -1;
        var lines = Broken(bracket > 0 ? name[..bracket] : name, width);
        return lines.Count <= most && lines.TrueForAll(line => WidthOf(line) <= width)
            ? lines
            : [.. lines.Take(most).Select((line, at) => Cut(line, width, more: at == most - 1 && lines.Count > most))];
    }

    /// <summary>How wide a text is at most, in ems.</summary>
    public static double WidthOf(string text) => text.Sum(letter => letter switch
    {
        'i' or 'j' or 'l' or 'I' or '.' or ',' or ':' or ';' or '\'' or '’' or ' ' or '\u00A0' => 0.3,
        'f' or 't' or 'r' or '1' or '(' or ')' or '-' or '/' => 0.43,
        'a' or 'å' or 'ä' or 'c' or 'e' or 'k' or 's' or 'v' or 'x' or 'z' => 0.55,
        'm' or 'w' or 'M' or 'W' or '…' => 0.97,
        _ when char.IsUpper(letter) => 0.79,
        _ => 0.62,
    });

    private static List<string> Broken(string name, double width)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = word.Split('\u00AD');
            for (var at = 0; at < parts.Length; at++)
            {
                var joined = at > 0 || line.Length == 0 ? line + parts[at] : $"{line} {parts[at]}";
                var hyphen = at < parts.Length - 1 ? "-" : "";
                if (line.Length == 0 || WidthOf(joined + hyphen) <= width)
                {
                    line = joined;
                    continue;
                }

                lines.Add(at > 0 ? line + "-" : line);
                line = parts[at];
            }
        }

        lines.Add(line);
        return lines;
    }

    private static string Cut(string line, double width, bool more)
    {
        if (!more && WidthOf(line) <= width)
        {
            return line;
        }

        var kept = line;
        while (kept.Length > 1 && WidthOf(kept + Ellipsis) > width)
        {
            kept = kept[..^1];
        }

        return kept.TrimEnd(' ', '-', ',') + Ellipsis;
    }
}

using System.Text;

namespace Kera.Base.District;

/// <content>Spaces of a new district: what they may have, for whom, when and how, with their comments; and none of the old district's.</content>
internal static partial class TemplateText
{
    private static readonly string[] SpaceSections = ["features", "audiences", "groupKinds", "hours", "rules"];

    public static string Spaces(IEnumerable<string> lines)
    {
        var (text, between) = (new StringBuilder("# What can be booked. Add your own spaces, their prices and what they share: docs/concepts/district.md\n"), new StringBuilder());
        var kept = false;
        foreach (var line in lines)
        {
            // A comment belongs to the section that it stands right above; the file's own is the old district's.
            if (line.Length == 0)
            {
                between.Clear();
            }

            if (line.Length == 0 || line[0] == '#')
            {
                between.Append(line).Append('\n');
                continue;
            }

            if (char.IsAsciiLetter(line[0]))
            {
                kept = SpaceSections.Contains(line.Split(':')[0]);
            }

            if (kept)
            {
                text.Append(between).Append(line).Append('\n');
            }

            between.Clear();
        }

        return text.ToString();
    }
}

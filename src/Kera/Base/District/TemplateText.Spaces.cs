using System.Text;

namespace Kera.Base.District;

/// <content>Spaces and premises of a new district: what they may have, for whom, when and how, and what duties count as, with their comments; and none of the old district's.</content>
internal static partial class TemplateText
{
    private static readonly string[] SpaceSections = ["features", "audiences", "groupKinds", "hours", "rules"];

    public static string Spaces(IEnumerable<string> lines) =>
        Sections(lines, "# What can be booked. Add your own spaces, their prices and what they share: docs/concepts/district.md\n", SpaceSections);

    public static string Premises(IEnumerable<string> lines) =>
        Sections(lines, "# What stands empty and is let. Add your own premises, or let landowners enter them on their desk: docs/concepts/district.md\n", ["duties"]);

    private static string Sections(IEnumerable<string> lines, string head, string[] sections)
    {
        var (text, between) = (new StringBuilder(head), new StringBuilder());
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
                kept = sections.Contains(line.Split(':')[0]);
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

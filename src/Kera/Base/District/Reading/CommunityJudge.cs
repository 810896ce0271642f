using System.Text.RegularExpressions;
using Kera.Energy;
using NodaTime;

namespace Kera.Base.District.Reading;

/// <summary>Judges communities of files that are right otherwise: whether their notices can be followed day by day.</summary>
internal static partial class CommunityJudge
{
    public static void Check(DistrictCommunities communities, DateTimeZone zone, Entry root)
    {
        try
        {
            _ = new CommunityRegister([.. communities.Communities.Values.Select(community => community.Rules)], zone);
        }
        catch (EnergyException wrong)
        {
            // As 'KEY.notices[2]', or a community's key alone.
            var field = Field().Match(wrong.Field);
            var entry = root.Node.Field("communities")?.Items.FirstOrDefault(item => item.Field("key")?.Text == field.Groups["key"].Value);
            var notice = field.Groups["number"] is { Success: true, Value: var number } ? entry?.Field("notices")?.Items[int.Parse(number, System.Globalization.CultureInfo.InvariantCulture)] : null;
            root.Report.Add(notice ?? entry?.Field("key") ?? root.Node, wrong.Message, "mend the notices: shares, days and who belongs where (docs/concepts/energy-community.md)");
        }
    }

    [GeneratedRegex(@"^(?<key>[^.]+)(\.notices\[(?<number>\d+)\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Field();
}

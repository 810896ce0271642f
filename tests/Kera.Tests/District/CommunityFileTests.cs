using Kera.Energy;

namespace Kera.Tests.District;

/// <summary>What notices of a community come to is judged when its file is read, and told with the line of the notice.</summary>
public sealed class CommunityFileTests
{
    [Theory]
    [InlineData("share: 30,", "share: 60,", "key: sun-of-block-a", "sum to 1200000 millionths, which is more than 100 %")]
    [InlineData("point: block-c, share: 25, given: 2026-10-14T09:00:00+03:00", "point: block-c, share: 25, given: 2026-10-30T09:00:00+02:00", "point: block-c", "comes too late for 2026-11-01")]
    [InlineData("kind: join, point: school", "kind: change, point: school", "point: school", "is no member of 'sun-of-block-a'")]
    [InlineData("point: pole-2, share", "point: roof-and-yard, share", "point: roof-and-yard", "is the producing property's")]
    public void A_notice_that_cannot_hold_is_told_with_its_line(string old, string replacement, string at, string problem)
    {
        using var kera = new EditedKera();
        kera.Replace("communities.yaml", "notices:", old, replacement);

        var mistake = Assert.Single(kera.Read().Mistakes);

        Assert.Equal(("communities.yaml", kera.LineOf("communities.yaml", at.StartsWith("key", StringComparison.Ordinal) ? "communities:" : "notices:", at)), (mistake.File, mistake.Line));
        Assert.Contains(problem, mistake.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Sharing_across_connections_is_refused_until_the_district_switches_it_on()
    {
        using var kera = new EditedKera();
        kera.Replace("communities.yaml", "key: sun-of-block-a", "type: local", "type: across-connections");

        var mistake = Assert.Single(kera.Read().Mistakes);
        Assert.Equal(("communities.yaml", kera.LineOf("communities.yaml", "key: sun-of-block-a", "type:")), (mistake.File, mistake.Line));
        Assert.Contains("sharing across connections of the grid is off", mistake.Problem, StringComparison.Ordinal);

        kera.Replace("communities.yaml", "# What is metered", "points:\n", "acrossConnections: true\npoints:\n");
        var rules = kera.Read().Model!.Communities!.Communities["sun-of-block-a"].Rules;
        Assert.Equal((CommunityType.AcrossConnections, true), (rules.Type, rules.AcrossConnectionsEnabled));
    }

    [Fact]
    public void It_is_off_in_the_built_in_district()
    {
        using var kera = new EditedKera();

        Assert.All(kera.Read().Model!.Communities!.Communities.Values, community => Assert.Equal((CommunityType.Local, false), (community.Rules.Type, community.Rules.AcrossConnectionsEnabled)));
    }

    [Fact]
    public void A_point_belongs_to_one_community_at_a_time()
    {
        using var kera = new EditedKera();
        kera.Append("communities.yaml", """
              - key: another
                name: { fi: Toinen, sv: En annan, en: Another }
                keeper: demo-school
                type: local
                property: pole-2
                model: smb
                noticeDays: 0
                notices:
                  - { kind: join, point: school, share: 10, given: 2026-11-01T00:00:00+02:00 }

            """);

        Assert.Contains("would belong to", Assert.Single(kera.Read().Mistakes).Problem, StringComparison.Ordinal);
    }
}

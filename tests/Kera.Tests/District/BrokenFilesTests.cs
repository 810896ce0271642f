using System.Text;

namespace Kera.Tests.District;

/// <summary>Files that cannot be read at all, or whose history the ledger refuses.</summary>
public sealed class BrokenFilesTests
{
    private static readonly int s_rounds = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 50 : 5;

    [Theory]
    [InlineData("agents.yaml", "agents:\n  - key: a\n   kind: organization\n", "agents.yaml:3:", "this is not YAML")]
    [InlineData("agents.yaml", "agents: [{ key: a\n", "agents.yaml:", "this is not YAML")]
    [InlineData("agents.yaml", "", "agents.yaml:1:", "the file is empty")]
    [InlineData("agents.yaml", "# nothing but a comment\n", "agents.yaml:1:", "the file is empty")]
    [InlineData("agents.yaml", "agents: []\n---\nagents: []\n", "agents.yaml:2:", "a second document begins here")]
    [InlineData("agents.yaml", "- key: a\n", "agents.yaml:1:", "a list stands where the file's fields belong")]
    [InlineData("factors.csv", "", "factors.csv:1:", "the file is empty")]
    [InlineData("factors.csv", "key,value,key\n", "factors.csv:1:", "the column 'key' is here twice")]
    [InlineData("factors.csv", "key,value\nfood,\"1\nfood,2\n", "factors.csv:2:", "a quotation mark here is not closed")]
    [InlineData("factors.csv", "key,value\n\nfood,1\"2\"\n", "factors.csv:3:", "a quotation mark here is not closed, or stands inside")]
    [InlineData("factors.csv", "key,value\n\nfood\n", "factors.csv:3:", "the line has 1 values, and there are 2 columns")]
    [InlineData("places.geojson", "{ \"type\": \"FeatureCollection\",\n \"features\": [,] }", "places.geojson:2:", "this is not JSON")]
    [InlineData("places.geojson", "{ \"type\": \"FeatureCollection\",\n \"features\": [ { \"type\": \"\\ud800\" } ] }", "places.geojson:2:", "half a character")]
    public void A_file_that_is_not_what_it_should_be_says_so_alone(string file, string content, string place, string problem)
    {
        using var kera = new EditedKera();
        kera.Write(file, content);

        var mistake = Assert.Single(kera.Read().Mistakes, mistake => mistake.File == file);

        Assert.StartsWith(place, mistake.ToString(), StringComparison.Ordinal);
        Assert.Contains(problem, mistake.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void What_names_the_keys_of_an_unreadable_file_is_not_blamed()
    {
        using var kera = new EditedKera();
        kera.Write("agents.yaml", "agents: {\n");

        Assert.Equal(["agents.yaml"], kera.Read().Mistakes.Select(mistake => mistake.File));
    }

    [Fact]
    public void Anchors_aliases_and_tags_are_refused()
    {
        using var kera = new EditedKera();
        kera.Replace("agents.yaml", "key: neste", "name: Neste", "name: &oil Neste");
        kera.Replace("agents.yaml", "key: ramirent", "name: Ramirent", "name: *oil");
        kera.Replace("agents.yaml", "key: sitra", "name: Sitra", "name: !!str Sitra");

        var problems = kera.Read().Mistakes.Select(mistake => mistake.Problem).ToList();

        Assert.Contains("the anchor '&oil' is not for a district's files", problems);
        Assert.Contains("the alias '*oil' is not for a district's files", problems);
        Assert.Contains(problems, problem => problem.StartsWith("the tag ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_many_megabytes_is_refused_unread()
    {
        using var kera = new EditedKera();
        kera.Write("pilots.yaml", new byte[5_000_001]);

        var mistake = Assert.Single(kera.Read().Mistakes);

        Assert.Equal(("pilots.yaml", "the file has 5000001 bytes"), (mistake.File, mistake.Problem));
    }

    [Fact]
    public void A_folder_that_is_not_there_and_one_without_a_district_say_so()
    {
        using var kera = new EditedKera();
        File.Delete(kera.PathOf("district.yaml"));

        Assert.Equal("district.yaml: the file is missing; write it: it says what the district is", Assert.Single(kera.Read().Mistakes).ToString());
        Assert.Contains("there is no such folder", Assert.Single(Base.District.DistrictFiles.Read(kera.PathOf("nowhere")).Mistakes).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("halls-demolished-stage-1", "hasNumericalValue: 30000", "hasNumericalValue: 300000", "resourceQuantity: {", "mend its 'resourceQuantity'")]
    [InlineData("halls-counted", "    reason: Opening balance from the quantity survey of 2019.\n", "", "- key: halls-counted", "mend its 'reason'")]
    [InlineData("new-street-opened", "    outputOf: new-street-construction\n", "", "- key: new-street-opened", "mend its 'outputOf'")]
    [InlineData("pavilion-built", "hasNumericalValue: 1,", "hasNumericalValue: 2,", "resourceQuantity: {", "mend its 'resourceQuantity'")]
    public void An_event_that_the_ledger_refuses_is_a_mistake_of_its_own(string key, string old, string replacement, string at, string remedy)
    {
        using var kera = new EditedKera();
        kera.Replace("history.yaml", $"key: {key}", old, replacement);

        var mistakes = kera.Read().Mistakes;

        var mistake = mistakes[0];
        Assert.Equal(at.StartsWith('-') ? kera.LineOf("history.yaml", at, at) : kera.LineOf("history.yaml", $"key: {key}", at), mistake.Line);
        Assert.StartsWith($"the ledger refuses the event '{key}':", mistake.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_the_future_is_a_mistake_where_now_is_known()
    {
        using var kera = new EditedKera();
        kera.Replace("history.yaml", "key: new-street-ended", "2022-09-01", "2220-09-01");

        Assert.Empty(kera.Read().Mistakes);
        var mistake = Assert.Single(Base.District.DistrictFiles.Read(kera.Folder, NodaTime.Instant.FromUtc(2026, 11, 24, 0, 0)).Mistakes);
        Assert.Contains("'new-street-ended'", mistake.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_bytes_stand_in_a_file_reading_reports_and_never_fails()
    {
        const string marks = "{}[]:-'\"#&*!|>%@`\n\t ,0ax\u00ff";
        var random = new Random(2026);
        using var kera = new EditedKera();
        foreach (var file in (string[])["agents.yaml", "district.yaml", "places.geojson", "history.yaml", "demo.yaml", "flows.yaml"])
        {
            var whole = File.ReadAllBytes(kera.PathOf(file));
            for (var round = 0; round < s_rounds; round++)
            {
                var broken = whole.ToArray();
                for (var change = 0; change <= round % 4; change++)
                {
                    broken[random.Next(broken.Length)] = (byte)marks[random.Next(marks.Length)];
                }

                kera.Write(file, broken);
                var reading = kera.Read();
                Assert.True(reading.Model is null == reading.Mistakes.Count > 0, Encoding.UTF8.GetString(broken));
            }

            kera.Write(file, whole);
        }
    }
}

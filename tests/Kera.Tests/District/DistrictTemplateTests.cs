using Kera.Base.District;
using Kera.Tests.Support;

namespace Kera.Tests.District;

public sealed class DistrictTemplateTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    [Fact]
    public void A_new_district_reads_clean_and_leaves_history_and_demonstration_behind()
    {
        var target = folder.Combine("harbour-field");

        Assert.Empty(DistrictTemplate.Copy(EditedKera.Source, target, "harbour-field"));

        var reading = DistrictFiles.Read(target);
        Assert.Equal("", string.Join('\n', reading.Mistakes));
        var kera = DistrictFiles.Read(EditedKera.Source).Model!;
        var model = reading.Model!;
        Assert.Equal(("harbour-field", "Harbour Field"), (model.Header.Key, model.Header.Name.Fi));
        Assert.Equal(kera.Flows.Keys, model.Flows.Keys);
        Assert.Equal(kera.ResourceSpecifications.Keys, model.ResourceSpecifications.Keys);
        Assert.Equal(
            kera.Openings.Select(opening => opening.ResourceInventoriedAs),
            model.Openings.Select(opening => opening.ResourceInventoriedAs));
        Assert.Empty(model.History);
        Assert.Empty(model.Timeline);
        Assert.Empty(model.Pilots);
        Assert.Empty(model.Agreements);
        Assert.Null(model.Demo);
        Assert.Null(model.Communities);
        Assert.Equal(kera.Spaces!.Features.Keys, model.Spaces!.Features.Keys);
        Assert.Equal(kera.Spaces.Audiences.Keys, model.Spaces.Audiences.Keys);
        Assert.Empty(model.Spaces.Spaces);
        Assert.Empty(model.Spaces.Equipment);
        Assert.Contains("heat-per-resident", model.Indicators.Keys);
        Assert.DoesNotContain("halls-demolished", model.Indicators.Keys);
        Assert.All(model.Indicators.Values.SelectMany(indicator => indicator.Path), point => Assert.True(point.Number.Illustrative));
        Assert.All(model.Header.Facts, fact => Assert.True(fact.Fictional));
        Assert.DoesNotContain("sok", model.Agents.Keys);
        Assert.All(model.Places.Values, place => Assert.Null(place.Geometry));
    }

    [Fact]
    public void Hours_and_rules_of_spaces_are_copied_with_their_comments_and_nothing_of_the_old_spaces()
    {
        var target = folder.Combine("harbour-field");
        DistrictTemplate.Copy(EditedKera.Source, target, "harbour-field");

        var text = File.ReadAllText(Path.Combine(target, "spaces.yaml"));

        Assert.Contains("\n\n# When it is open, in local time. Exceptions replace the weekly hours of their day.\nhours:\n  - key: hall\n", text, StringComparison.Ordinal);
        Assert.Contains("          # Every other Saturday", text, StringComparison.Ordinal);
        Assert.Contains("\nrules:\n  - key: whole-hall\n    noticeDays: 14\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("prices", text[1..].Split('\n', 2)[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Kutoja", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fictional", text, StringComparison.Ordinal);
        var premises = File.ReadAllText(Path.Combine(target, "premises.yaml"));
        Assert.Contains("duties:\n  use: hall-space\n", premises, StringComparison.Ordinal);
        Assert.DoesNotContain("kutoja", premises, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_into_a_folder_that_is_not_empty()
    {
        folder.Write("mine.txt", "mine");

        var mistake = Assert.Single(DistrictTemplate.Copy(EditedKera.Source, folder.Path, "other"));

        Assert.Contains("there is something already", mistake.Problem, StringComparison.Ordinal);
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("Kera 2")]
    [InlineData("../kera")]
    [InlineData("")]
    public void A_key_that_is_none_is_refused(string key)
    {
        var target = folder.Combine("new");

        Assert.Contains("is no key", Assert.Single(DistrictTemplate.Copy(EditedKera.Source, target, key)).Problem, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public void A_source_with_a_mistake_is_reported_and_nothing_is_written()
    {
        using var kera = new EditedKera();
        kera.Replace("agents.yaml", "key: nokia", "kind: organization", "kind: firm");
        var target = folder.Combine("new");

        Assert.Contains("unknown kind 'firm'", Assert.Single(DistrictTemplate.Copy(kera.Folder, target, "new")).Problem, StringComparison.Ordinal);
        Assert.False(Directory.Exists(target));
    }

    public void Dispose() => folder.Dispose();
}

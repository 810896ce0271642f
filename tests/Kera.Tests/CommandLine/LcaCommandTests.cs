using System.Text.Json;
using Kera.CommandLine;
using Kera.Tests.Support;

namespace Kera.Tests.CommandLine;

/// <summary><c>kera lca</c>, as one types it.</summary>
public sealed class LcaCommandTests : IDisposable
{
    private const string Case = """
        {
          "activities": [
            { "name": "power plant", "flows": { "fuel": -2, "electricity": 10 }, "emissions": { "CO2": 1, "SO2": 0.1 } },
            { "name": "fuel production", "flows": { "fuel": 100 }, "emissions": { "CO2": 10, "SO2": 2, "crude oil": -50 } }
          ],
          "demand": { "electricity": 1000 }
        }
        """;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_case_is_answered_for_programs()
    {
        var (code, output, _) = await RunAsync(Case, "--json");
        var answer = JsonDocument.Parse(output).RootElement;

        Assert.Equal(0, code);
        Assert.Equal("""{"power plant":100,"fuel production":2}""", JsonSerializer.Serialize(answer.GetProperty("levels")));
        Assert.Equal("""{"CO2":120,"SO2":14,"crude oil":-100}""", JsonSerializer.Serialize(answer.GetProperty("emissions")));
        Assert.Equal(0.12, answer.GetProperty("intensities").GetProperty("electricity").GetProperty("CO2").GetDouble(), 1e-15);
    }

    [Fact]
    public async Task A_case_is_answered_for_people()
    {
        var (code, output, _) = await RunAsync(Case);

        Assert.Equal(0, code);
        Assert.Contains("power plant      100\n", output, StringComparison.Ordinal);
        Assert.Contains("PRODUCT      CO2   SO2    crude oil\n", output, StringComparison.Ordinal);
        Assert.Contains("electricity  0.12  0.014  -0.1\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"activities\": [}", ":2: This is no JSON.")]
    [InlineData("{}", "activities: Give a list of activities.")]
    [InlineData("[]", "case: This is no object")]
    [InlineData("""{"activities":[{"name":"a","flows":{"x":"1"}}],"demand":{}}""", "activities[0].flows.x: 'x' is no number.")]
    [InlineData("""{"activities":[{"name":"a","flow":{"x":1}}],"demand":{}}""", "activities[0].flow: There is no field 'flow'. Known are name, flows, emissions.")]
    [InlineData("""{"activities":[{"name":"a","flows":{"x":1,"x":2}}],"demand":{}}""", "This is no JSON.")]
    [InlineData("""{"activities":[{"name":"a","flows":{"x":1}}],"demand":{"y":1}}""", "demand: No activity makes or takes 'y'")]
    [InlineData("""{"activities":[{"name":"a","flows":{"x":1,"y":-1}}],"demand":{"x":1}}""", "Nothing makes 'y'")]
    [InlineData("""{"activities":[{"name":"a","flows":{"x":1,"y":-1}},{"name":"b","flows":{"x":-1,"y":1}}],"demand":{"x":1}}""", "The system is singular")]
    public async Task What_is_wrong_is_told_with_its_place(string text, string told)
    {
        var (code, output, error) = await RunAsync(text);

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told()
    {
        using var error = new StringWriter();

        Assert.Equal(2, await KeraCommandLine.RunAsync(["lca", _folder.Combine("none.json")], TextWriter.Null, error));
        Assert.Contains("There is no file", error.ToString(), StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(string text, params string[] more)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await KeraCommandLine.RunAsync(["lca", _folder.Write("case.json", text), .. more], output, error);
        return (code, output.ToString(), error.ToString());
    }
}

using System.Text.Json;
using Kera.CommandLine;
using Kera.Tests.Support;

namespace Kera.Tests.CommandLine;

/// <summary><c>kera solve</c>, as one types it.</summary>
public sealed class SolveCommandTests : IDisposable
{
    // A unit of 10 at 20 a MWh, one at 70; for each hour what is wanted.
    private const string Case = """
        {
          "steps": 3,
          "buses": { "heat": {} },
          "activities": [
            { "name": "pump", "flows": { "heat": 1 }, "capacity": 10, "cost": 20 },
            { "name": "boiler", "flows": { "heat": 1 }, "cost": 70 },
            { "name": "homes", "flows": { "heat": -1 }, "fix": [4, 12, 9] }
          ],
          "storages": [ { "name": "tank", "bus": "heat", "e_nom": 1, "eta_out": 0.5 } ]
        }
        """;

    private readonly TemporaryDirectory _folder = new();

    public static TheoryData<string> References => ["pypsa_heatpump_tank", "pypsa_store_hold_cost", "pypsa_chp_ocgt", "pypsa_uc_startup", "pypsa_uc_min_up", "pypsa_uc_partload", "oemof_variable_chp", "fi2023_week_jan", "fi2023_year"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_case_is_answered_for_programs()
    {
        var (code, output, error) = await RunAsync(Case, "--json");
        var answer = JsonDocument.Parse(output).RootElement;

        Assert.Equal((0, "", "optimal"), (code, error, answer.GetProperty("status").GetString()));
        // 23.5 from the pump, 1 of it into the tank and half of that out again: 1.5 is left to the boiler.
        Assert.Equal(20 * (4 + 1 + 10 + 9) + 70 * 1.5, answer.GetProperty("objective").GetDouble(), 1e-9);
        Assert.Equal([0, 1.5, 0], answer.GetProperty("dispatch").GetProperty("boiler").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal([1, 0, 0], answer.GetProperty("storages").GetProperty("tank").GetProperty("level").EnumerateArray().Select(value => value.GetDouble()));
        Assert.Equal(70, answer.GetProperty("prices").GetProperty("heat")[1].GetDouble(), 1e-9);
    }

    [Fact]
    public async Task A_case_is_answered_for_people()
    {
        var (code, output, _) = await RunAsync(Case);

        Assert.Equal(0, code);
        Assert.Contains("status     optimal\nobjective  585\n", output, StringComparison.Ordinal);
        Assert.Contains("STEP  pump  boiler  homes  tank (level)\n", output, StringComparison.Ordinal);
        Assert.Contains("1     10    1.5     12     0\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_plan_can_meet_is_told_with_its_bus_and_step()
    {
        var (code, output, error) = await RunAsync(Case.Replace("""{ "name": "boiler", "flows": { "heat": 1 }, "cost": 70 },""", "", StringComparison.Ordinal));

        Assert.Equal((1, "status     infeasible\n"), (code, output));
        Assert.Contains("heat: in step 1 1.5 is missing.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"steps\": [}", ":2: This is no JSON.")]
    [InlineData("{}", "steps: Give the number of steps.")]
    [InlineData("[]", "case: This is no object")]
    [InlineData("""{"steps":1,"buses":{},"activitys":[]}""", "activitys: There is no field 'activitys'. Known are name, source")]
    [InlineData("""{"steps":1,"buses":{"a":{}},"activities":[{"name":"x","flows":{"b":1}}]}""", "x.flows: There is no bus 'b'. There are a.")]
    [InlineData("""{"steps":2,"buses":{"a":{}},"activities":[{"name":"x","flows":{"a":1},"max":[1]}]}""", "activities[0].max: It has 1 numbers for 2 steps.")]
    [InlineData("""{"steps":1,"buses":{"a":{}},"activities":[{"name":"x","flows":{"a":"1"}}]}""", "activities[0].flows.a: The series have no column '1'.")]
    [InlineData("""{"steps":1,"buses":{"a":{}},"activities":[{"name":"x","flows":{"a":1},"capacity":"5"}]}""", "activities[0].capacity: Give a number")]
    [InlineData("""{"steps":1,"timeseries":"none.csv","buses":{"a":{}}}""", "timeseries: There is no file 'none.csv' beside the case.")]
    [InlineData("""{"steps":1,"buses":{"a":{}},"storages":[{"name":"s","bus":"a","e_nom":1,"eta_in":1.1}]}""", "s.eta_in: An efficiency is above 0 and at most 1.")]
    [InlineData("""{"steps":1,"buses":{"a":{}},"activities":[{"name":"x","flows":{"a":1},"commit":{"min":0.3}}]}""", "x: What is switched has a capacity")]
    public async Task What_is_wrong_is_told_with_its_place(string text, string told)
    {
        var (code, output, error) = await RunAsync(text);

        Assert.Equal((1, ""), (code, output));
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_of_the_series_that_is_no_number_is_told_with_its_line()
    {
        File.WriteAllText(_folder.Combine("wind.csv"), "utc,wind\n1,0.5\n2,much\n");

        var (code, _, error) = await RunAsync("""{"steps":2,"timeseries":"wind.csv","buses":{"a":{}},"activities":[{"name":"x","flows":{"a":1},"max":"wind"}]}""");

        Assert.Equal(1, code);
        Assert.Contains("timeseries: wind.csv:3: 'much' in wind is no number.", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--gap", "1", "--gap: a share from 0")]
    [InlineData("--time-limit", "0", "--time-limit: seconds above 0.")]
    public async Task Options_beyond_sense_are_misuse(string option, string value, string told)
    {
        var (code, _, error) = await RunAsync(Case, option, value);

        Assert.Equal(2, code);
        Assert.Contains(told, error, StringComparison.Ordinal);
    }

    /// <summary>Cases that others published or that were solved by two other solvers.</summary>
    [Theory]
    [MemberData(nameof(References))]
    public async Task A_reference_case_has_its_published_optimum(string name)
    {
        var path = Requires.Shared($"reference/energy/{name}.json");
        var expected = JsonDocument.Parse(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).RootElement.GetProperty("expected");
        var optimum = (expected.TryGetProperty("exact", out var exact) ? exact : expected.GetProperty("objective")).GetDouble();

        var (code, output, error) = await InvokeAsync(path, "--json");
        var answer = JsonDocument.Parse(output).RootElement;

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(1, answer.GetProperty("objective").GetDouble() / optimum, 1e-6);
        if (expected.TryGetProperty("dispatch", out var dispatch))
        {
            foreach (var activity in dispatch.EnumerateObject())
            {
                Assert.Equal(activity.Value.EnumerateArray().Select(value => value.GetDouble()), answer.GetProperty("dispatch").GetProperty(activity.Name).EnumerateArray().Select(value => Math.Round(value.GetDouble(), 6)));
            }
        }
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string text, params string[] options)
    {
        var path = _folder.Combine("case.json");
        File.WriteAllText(path, text);
        return InvokeAsync(path, options);
    }

    private static async Task<(int Code, string Output, string Error)> InvokeAsync(string path, params string[] options)
    {
        using StringWriter output = new(), error = new();
        var code = await KeraCommandLine.RunAsync(["solve", path, .. options], output, error);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }
}

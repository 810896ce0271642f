using System.CommandLine;
using Kera.Bench;
using Kera.Bench.Scenarios;

var events = new Option<int>("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
var data = new Option<DirectoryInfo?>("--data") { Description = "The folder for stores; a store that is there with as many events is used again where nothing is written. Without it a temporary folder.", HelpName = "DIR" };
var postgres = new Option<string?>("--postgres") { Description = "The connection string of an empty PostgreSQL database, on a server with fsync on.", HelpName = "CONN" };
var root = new RootCommand("Measures Kera through the paths that it ships. Each scenario prints Markdown: a table of what was measured, and the machine.");
Add("memory", "Events applied by the kernel in memory, on one thread.", scenario => Task.FromResult(MemoryScenario.Run(scenario)));
Add("sqlite", "Durable appends from empty in batches of 1,000; then acknowledged single writes beside a bare insert.", SqliteScenario.RunAsync);
return await root.Parse(args).InvokeAsync();

void Add(string name, string description, Func<Scenario, Task<Report>> run)
{
    var command = new Command(name, description) { events, data, postgres };
    command.SetAction(async (parsed, _) =>
    {
        using var folder = WorkFolder.At(parsed.GetValue(data));
        var report = await run(new Scenario(parsed.GetValue(events), folder.Path, parsed.GetValue(postgres)));
        report.Write(name, parsed.InvocationConfiguration.Output);
        return report.GoalsMet ? 0 : 1;
    });
    root.Add(command);
}

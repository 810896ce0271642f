using System.CommandLine;
using Kera.Bench;
using Kera.Bench.Scenarios;

var events = new Option<int>("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000, HelpName = "N" };
var data = new Option<DirectoryInfo?>("--data") { Description = "The folder for stores; a store that is there with as many events is used again where nothing is written. Without it a temporary folder.", HelpName = "DIR" };
var postgres = new Option<string?>("--postgres") { Description = "The connection string of an empty PostgreSQL database, on a server with fsync on.", HelpName = "CONN" };
var server = new Option<string?>("--server") { Description = "The published program.", HelpName = "FILE" };
var shared = new Option<DirectoryInfo?>("--shared") { Description = "The folder of the shared data.", HelpName = "DIR" };
var root = new RootCommand("Measures Kera through the paths that it ships. Each scenario prints Markdown: a table of what was measured, and the machine.");
Add("memory", "Events applied by the kernel in memory, on one thread.", scenario => Task.FromResult(MemoryScenario.Run(scenario)));
Add("sqlite", "Durable appends from empty in batches of 1,000; then acknowledged single writes beside a bare insert.", SqliteScenario.RunAsync);
Add("postgres", "Durable appends in batches of 1,000, and single writes of 64 concurrent callers.", PostgresScenario.RunAsync, postgres);
Add("verify", "Replay and verification of a store.", VerifyScenario.RunAsync);
Add("asof", "Balances as of random instants.", AsOfScenario.RunAsync);
Add("trace", "A walk through 4,000 events, in memory and stored.", TraceScenario.RunAsync);
Add("carbon", "Footprints traced along generated networks: a year of hours, single large solves.", _ => Task.FromResult(CarbonScenario.Run()));
Add("energy", "A year of heat and power planned whole and rolled, in hours and quarters, a week of switched units, the year run by forecasts, and the district's own plan.", EnergyScenario.RunAsync, shared);
Add("settlement", "A month of quarters of 30,000 points settled in their energy communities.", _ => Task.FromResult(SettlementScenario.Run()));
Add("forecast", "Forecasts of demand, sun and price on real series, beside the seasonal naive.", scenario => Task.FromResult(ForecastScenario.Run(scenario.Shared ?? throw new ArgumentException("Say where the shared data are: --shared."))), shared);
Add("sharing", "Free starts of 500 spaces with 100,000 bookings; application rounds solved.", _ => Task.FromResult(SharingScenario.Run()));
Add("booking", "Bookings made at once by 64 callers on both databases.", BookingScenario.RunAsync, postgres);
Add("search", "The search over 10,000 entries in three languages.", scenario => Task.FromResult(SearchScenario.Run(scenario)));
Add("page", "The published server: from start to first answer, and the Flows page.", PageScenario.RunAsync, server);
Add("platform", "The published server with people and places: every page, a first visit, cached pages.", PlatformScenario.RunAsync, server);
Add("district", "A year of the district's own loads: tracing it, the newest hour, and the pages of carbon, goals and the road map on the published server.", DistrictScenario.RunAsync, server);
Add("live", "5,000 listeners on one server: its memory, and how soon all are told.", LiveScenario.RunAsync, server);
AddStore();
return await root.Parse(args).InvokeAsync();

void Add(string name, string description, Func<Scenario, Task<Report>> run, params ReadOnlySpan<Option> more)
{
    var command = new Command(name, description) { events, data };
    foreach (var option in more)
    {
        command.Add(option);
    }

    command.SetAction(async (parsed, _) =>
    {
        using var folder = WorkFolder.At(parsed.GetValue(data));
        var report = await run(new Scenario(parsed.GetValue(events), folder.Path, parsed.GetValue(postgres), parsed.GetValue(server), parsed.GetValue(shared)?.FullName));
        report.Write(name, parsed.InvocationConfiguration.Output);
        return report.GoalsMet ? 0 : 1;
    });
    root.Add(command);
}

void AddStore()
{
    var folder = new Option<DirectoryInfo>("--out") { Description = "The folder of data to fill, as 'kera serve --data' takes it.", HelpName = "DIR", Required = true };
    var command = new Command("store", "Fill a store with hourly readings of every declared flow, through the shipped append path; again fills up what is missing.") { events, folder };
    command.SetAction(async (parsed, cancellation) =>
    {
        await using var ledger = await BenchLedger.OpenAsync(parsed.GetRequiredValue(folder).FullName);
        await ledger.FillAsync(parsed.GetValue(events));
        await parsed.InvocationConfiguration.Output.WriteLineAsync($"{(await ledger.Queries.HeadAsync(cancellation)).Position:N0} entries in {ledger.Store.SqliteFile}.");
        return 0;
    });
    root.Add(command);
}

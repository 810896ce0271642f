using System.Text.Json;
using Kera.CommandLine;
using Kera.Tests.Support;

namespace Kera.Tests.CommandLine;

public sealed class CommandLineTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryDirectory _data = new();
    private string[] _postgres = [];

    public void Dispose() => _data.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Readings_go_in_once_are_balanced_exported_and_verified(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        _postgres = database is null ? [] : ["--postgres", database.ConnectionString];
        var file = _data.Write("heat.csv", "time,heat_mw\n2026-01-01 00:00:00,1.5\n2026-01-01 01:00:00,0.25\n");
        string[] import = ["import", "readings", file, "--column", "heat_mw", "--flow", "heat-demand", "--zone", "+01:00", "--unit", "MWh", "--json"];

        Assert.Equal(2, (await JsonAsync(import)).GetProperty("recorded").GetInt32());
        Assert.Equal(2, (await JsonAsync(import)).GetProperty("same").GetInt32());

        var balance = (await JsonAsync("balances", "--json")).EnumerateArray().Single(row => row.GetProperty("resource").GetString() == "district-heat-network");
        Assert.Equal("""{"agent":"reference-heat-operator","resource":"district-heat-network","specification":"heat","unit":"kWh","accounting":-1750,"onhand":-1750}""", JsonSerializer.Serialize(balance));
        var earlier = (await JsonAsync("balances", "--at", "2026-01-01T00:30+01:00", "--json")).EnumerateArray().Single(row => row.GetProperty("resource").GetString() == "district-heat-network");
        Assert.Equal(-1_500, earlier.GetProperty("onhand").GetDecimal());
        Assert.Contains("flow:heat-demand|2025-12-31T23:00:00Z|0", (await RunAsync(0, "export", "csv")).Output, StringComparison.Ordinal);

        var verified = await JsonAsync("verify", "--json");
        Assert.True(verified.GetProperty("sound").GetBoolean());
        Assert.StartsWith("Sound:", (await RunAsync(0, "verify", "--head", verified.GetProperty("head").GetString()!)).Output, StringComparison.Ordinal);
        await RunAsync(1, "verify", "--head", new string('0', 63) + "1");
    }

    [Fact]
    public async Task A_person_has_a_key_a_token_and_a_Series_until_erased()
    {
        var key = (await RunAsync(0, "person", "add", "--name", "Aino Esimerkki", "--email", "aino@example.org")).Output.Trim();
        Assert.StartsWith("kera_", (await RunAsync(0, "token", "add", "--name", "phone", "--agent", key, "--scope", "series:read")).Output, StringComparison.Ordinal);
        var file = _data.Write("home.csv", "time,kw\n2026-01-01 00:00:00,0.5\n2026-01-01 01:00:00,0.25\n");
        await RunAsync(0, "import", "readings", file, "--column", "kw", "--flow", "household-demo", "--zone", "Europe/Helsinki", "--unit", "kWh", "--owner", key);
        Assert.Equal("start,value,quality\n2025-12-31T22:00:00Z,0.5,estimated\n2025-12-31T23:00:00Z,0.25,estimated\n", (await RunAsync(0, "series", "show", $"household-demo:{key}")).Output);

        Assert.Contains("1 Series", (await RunAsync(0, "person", "erase", key)).Output, StringComparison.Ordinal);

        Assert.Empty((await JsonAsync("token", "list", "--json")).EnumerateArray());
        Assert.Contains("There is no Series", (await RunAsync(2, "series", "show", $"household-demo:{key}")).Error, StringComparison.Ordinal);
        Assert.StartsWith("Sound:", (await RunAsync(0, "verify")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_of_a_file_are_recorded_up_to_the_first_wrong_line()
    {
        const string Raise = """{"action":"raise","provider":"nokia","resourceInventoriedAs":"radars","resourceQuantity":{"hasNumericalValue":1,"hasUnit":"1"},"hasPointInTime":"2026-01-01T00:00:00Z","reason":"counted"}""";
        var file = _data.Write("events.jsonl", $"{Raise}\n{Raise.Replace("nokia", "nokla", StringComparison.Ordinal)}\n");

        var (output, error) = await RunAsync(1, "import", "events", file);

        Assert.Equal("1 recorded, 0 were there, stopped at line 2.\n", output);
        Assert.Equal($"{file}:2: provider: There is no agent 'nokla'. Did you mean 'nokia'?\n", error);
    }

    [Fact]
    public async Task A_district_is_checked_without_being_loaded()
    {
        var built = Path.Combine(AppContext.BaseDirectory, "districts", "kera");
        Assert.StartsWith("kera: no mistakes.", (await RunBareAsync(0, "check", built)).Output, StringComparison.Ordinal);

        _data.Write("broken/district.yaml", "key: [");
        var (output, error) = await RunBareAsync(1, "check", _data.Combine("broken"));
        Assert.Contains("district.yaml", output, StringComparison.Ordinal);
        Assert.EndsWith("1 mistake.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_district_is_made_checks_and_takes_data()
    {
        var folder = _data.Combine("otaniemi");

        await RunBareAsync(0, "new", folder);

        Assert.StartsWith("otaniemi: no mistakes.", (await RunBareAsync(0, "check", folder)).Output, StringComparison.Ordinal);
        await RunAsync(0, "person", "add", "--name", "Somebody", "--district", folder);
        Assert.Contains("The store holds district 'otaniemi'", (await RunAsync(1, "person", "add", "--name", "Somebody", "--district", Path.Combine(AppContext.BaseDirectory, "districts", "kera"))).Error, StringComparison.Ordinal);
        Assert.Contains("there is something already", (await RunBareAsync(2, "new", folder)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unrecognized command or argument 'balance'", "balance")]
    [InlineData("Required argument 'DISTRICT' missing", "check")]
    [InlineData("There is no folder 'nowhere'", "check", "nowhere")]
    [InlineData("--at: 'yesterday' is no moment", "balances", "--at", "yesterday")]
    [InlineData("--at: '2026-01-01T00:30' is no moment", "balances", "--at", "2026-01-01T00:30")]
    [InlineData("--head: a head is 64 hexadecimal digits", "verify", "--head", "abc")]
    [InlineData("Setting Url: 'nowhere' is no address", "serve", "--url", "nowhere")]
    [InlineData("nothing.jsonl cannot be read", "import", "events", "nothing.jsonl")]
    [InlineData("--zone: 'Kera' is no zone", "import", "readings", "x.csv", "--column", "c", "--flow", "f", "--unit", "kWh", "--zone", "Kera")]
    [InlineData("--unit: there is no unit 'KWH'", "import", "readings", "x.csv", "--column", "c", "--flow", "f", "--unit", "KWH", "--zone", "Z")]
    [InlineData("person: There is no person 'p-x'", "person", "erase", "p-x")]
    public async Task A_misused_command_says_what_would_be_right(string told, params string[] arguments)
    {
        if (arguments[0] == "person")
        {
            await RunAsync(0, "person", "add", "--name", "Somebody");
            arguments = [.. arguments, "--data", _data.Combine("data")];
        }

        var (output, error) = await RunBareAsync(2, arguments);

        Assert.Empty(output);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_data_there_is_nothing_to_read_and_none_are_made()
    {
        Assert.Contains("There are no data in", (await RunAsync(2, "verify")).Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_data.Combine("data")));
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("check")]
    [InlineData("new")]
    [InlineData("import", "events")]
    [InlineData("import", "readings")]
    [InlineData("import", "mix")]
    [InlineData("import", "prices")]
    [InlineData("import", "weather")]
    [InlineData("balances")]
    [InlineData("export", "ledger")]
    [InlineData("export", "csv")]
    [InlineData("verify")]
    [InlineData("token", "add")]
    [InlineData("token", "list")]
    [InlineData("token", "revoke")]
    [InlineData("person", "add")]
    [InlineData("person", "erase")]
    [InlineData("series", "show")]
    [InlineData("jobs")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("outbox", "list")]
    [InlineData("outbox", "webhook-key")]
    public async Task Every_verb_helps(params string[] verb) => Assert.Contains("Usage:", (await RunBareAsync(0, [.. verb, "--help"])).Output, StringComparison.Ordinal);

    private Task<(string Output, string Error)> RunAsync(int code, params string[] arguments) => RunBareAsync(code, [.. arguments, "--data", _data.Combine("data"), .. _postgres]);

    private static async Task<(string Output, string Error)> RunBareAsync(int code, params string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var ended = await KeraCommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        Assert.True(ended == code, $"ended with {ended}: {error}");
        return (output.ToString(), error.ToString());
    }

    private async Task<JsonElement> JsonAsync(params string[] arguments) => JsonSerializer.Deserialize<JsonElement>((await RunAsync(0, arguments)).Output);
}

using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Outbox;
using Kera.Base.Store;
using Kera.CommandLine;
using Kera.Flows;
using Kera.Tests.MustHold;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Kera.Tests.Backup;

/// <summary>A backup is taken while the server writes, is good or refused, and forgets again whom it must.</summary>
public sealed class BackupTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly Actor Tester = new("tester", "command");

    private static readonly int WritesBefore = Size.Of(small: 50, full: 50_000);

    private readonly TemporaryDirectory _folder = new();
    private readonly List<PostgresDatabase> _databases = [];

    private string Data => _folder.Combine("data");

    private string BackupPath => _folder.Combine("kera.backup");

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }

        _folder.Dispose();
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Taken_while_the_server_writes_it_verifies_and_serves(string provider)
    {
        var from = await PlaceAsync(provider, "data");
        await using var app = await StartAsync(from);
        using var stop = new CancellationTokenSource();
        var (written, enough) = (0, new TaskCompletionSource());
        var writing = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; written++)
            {
                await RaiseAsync(app, written);
                if (written == WritesBefore)
                {
                    enough.SetResult();
                }
            }
        });
        await enough.Task;
        var before = await app.Services.GetRequiredService<LedgerQueries>().HeadAsync();

        var backup = (await JsonAsync(0, ["backup", BackupPath, "--json", .. from])).GetProperty("backup");

        await stop.CancelAsync();
        await writing;
        var (position, head) = (backup.GetProperty("position").GetInt64(), backup.GetProperty("head").GetString()!);
        Assert.InRange(position, before.Position, (await app.Services.GetRequiredService<LedgerQueries>().HeadAsync()).Position);
        var to = await PlaceAsync(provider, "restored");
        Assert.Equal(head, (await JsonAsync(0, ["restore", BackupPath, "--json", "--head", head, .. to])).GetProperty("backup").GetProperty("head").GetString());
        Assert.True((await JsonAsync(0, ["verify", "--json", "--head", Convert.ToHexStringLower(before.Hash), .. to])).GetProperty("sound").GetBoolean());
        await using var restored = await StartAsync(to);
        using var client = restored.GetTestClient();
        var chain = JsonElement.Parse(await client.GetStringAsync(new Uri("/api/v1/chain", UriKind.Relative)));
        Assert.Equal((position, head), (chain.GetProperty("position").GetInt64(), chain.GetProperty("hash").GetString()));
        await RaiseAsync(restored, 1_000_000);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_was_erased_after_the_backup_is_erased_again(string provider)
    {
        var place = await PlaceAsync(provider, "data");
        var list = _folder.Combine("erasures.json");
        var early = await PersonAsync(place, "Early Bird");
        await RunAsync(0, ["person", "erase", early, .. place]);
        var gone = await PersonAsync(place, "Aino Esimerkki");
        var stays = await PersonAsync(place, "Otto Esimerkki");
        await RunAsync(0, ["backup", BackupPath, .. place]);
        await RunAsync(0, ["person", "erase", gone, .. place]);
        Assert.Equal(2, (await JsonAsync(0, ["backup", "--erasures", list, "--json", .. place])).GetProperty("erasures").GetInt32());

        var to = await PlaceAsync(provider, "restored");
        Assert.Equal(1, (await JsonAsync(0, ["restore", BackupPath, "--erasures", list, "--json", .. to])).GetProperty("erasedAgain").GetInt32());

        await using var services = await OpenAsync(to);
        await using var db = services.GetRequiredService<KeraStore>().OpenContext();
        Assert.Equal("Otto Esimerkki", Assert.Single(await db.Persons.ToListAsync()).Name);
        Assert.True((await db.Agents.SingleAsync(agent => agent.Key == gone)).Retired);
        Assert.False((await db.Agents.SingleAsync(agent => agent.Key == stays)).Retired);
        Assert.Equal(new[] { early, gone }.Order(), await db.Erasures.Select(row => row.Person).OrderBy(key => key).ToListAsync());
        // Also a list that was written anew from the restored store forgets nobody.
        Assert.Equal(2, (await JsonAsync(0, ["backup", "--erasures", list, "--json", .. to])).GetProperty("erasures").GetInt32());
    }

    [Fact]
    public async Task Messages_that_waited_in_it_are_not_sent_again()
    {
        var place = await PlaceAsync("sqlite", "data");
        await using (var services = await OpenAsync(place))
        await using (var db = services.GetRequiredService<KeraStore>().OpenContext())
        {
            services.GetRequiredService<OutboxQueue>().Add(db, Message.Mail("aino@example.org", "Sauna", "Yours."));
            await db.SaveChangesAsync();
        }

        await RunAsync(0, ["backup", BackupPath, .. place]);
        var to = await PlaceAsync("sqlite", "restored");

        Assert.Equal(1, (await JsonAsync(0, ["restore", BackupPath, "--json", .. to])).GetProperty("withheld").GetInt32());
        Assert.Contains("withheld", (await RunAsync(0, ["outbox", "list", .. to])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_was_open_in_it_and_a_code_are_good_no_more()
    {
        var place = await PlaceAsync("sqlite", "data");
        await RunAsync(0, ["user", "add", "--role", "operator", .. place]);
        await using (var services = await OpenAsync(place))
        await using (var db = services.GetRequiredService<KeraStore>().OpenContext())
        {
            db.Sessions.Add(new SessionRow { Hash = [1], AccountId = 1, Expires = long.MaxValue });
            await db.SaveChangesAsync();
        }

        await RunAsync(0, ["backup", BackupPath, .. place]);
        var to = await PlaceAsync("sqlite", "restored");
        await RunAsync(0, ["restore", BackupPath, .. to]);

        await using var restored = await OpenAsync(to);
        await using var there = restored.GetRequiredService<KeraStore>().OpenContext();
        Assert.Empty(await there.Sessions.ToListAsync());
        Assert.NotNull(Assert.Single(await there.Invitations.ToListAsync()).Revoked);
    }

    [Fact]
    public async Task A_tampered_backup_is_refused_and_nothing_is_left()
    {
        var place = await PlaceAsync("sqlite", "data");
        await using (var app = await StartAsync(place))
        {
            await RaiseAsync(app, 0);
        }

        await RunAsync(0, ["backup", BackupPath, .. place]);
        var to = await PlaceAsync("sqlite", "restored");

        await RefusedAsync("no whole backup", path => Flip(path, new FileInfo(path).Length / 2));
        await RefusedAsync("no whole backup", path =>
        {
            using var half = new FileStream(path, FileMode.Open);
            half.SetLength(half.Length / 2);
        });
        await RefusedAsync("not those that were put in", path => Repack(path, manifest => manifest["sha256"] = new string('0', 64)));
        await RefusedAsync("the manifest says", path => Repack(path, manifest => manifest["position"] = 3));
        // Whoever computes the digest anew is found by the chain; whoever computes the chain anew, by a published head.
        await RefusedAsync("do not verify", path => RepackData(path, "UPDATE event SET quantity = quantity + 1"));
        await RefusedAsync("do not verify", path => RepackData(path, "UPDATE balance SET onhand = onhand + 1"));
        await RefusedAsync("published head is not in this chain", _ => { }, "--head", new string('a', 64));

        async Task RefusedAsync(string told, Action<string> tamper, params string[] more)
        {
            var tampered = _folder.Combine("tampered.backup");
            File.Copy(BackupPath, tampered, overwrite: true);
            tamper(tampered);
            Assert.Contains(told, (await RunAsync(1, ["restore", tampered, .. more, .. to])).Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(_folder.Combine("restored")));
        }
    }

    [Fact]
    public async Task Data_that_are_there_or_in_use_are_not_replaced()
    {
        var place = await PlaceAsync("sqlite", "data");
        var app = await StartAsync(place);
        await RunAsync(0, ["backup", BackupPath, .. place]);
        Assert.Contains("There is something already", (await RunAsync(2, ["backup", BackupPath, .. place])).Error, StringComparison.Ordinal);
        var sound = (await RunAsync(0, ["backup", BackupPath, "--force", .. place])).Output.Split(',')[0];
        // From now on the writer has the file open.
        await RaiseAsync(app, 0);

        Assert.Contains("There is something already", (await RunAsync(2, ["restore", BackupPath, .. place])).Error, StringComparison.Ordinal);
        Assert.Contains("Stop the server first", (await RunAsync(2, ["restore", BackupPath, "--force", .. place])).Error, StringComparison.Ordinal);
        await app.DisposeAsync();
        await RunAsync(0, ["restore", BackupPath, "--force", .. place]);

        Assert.StartsWith(sound + ",", (await RunAsync(0, ["verify", .. place])).Output, StringComparison.Ordinal);
        Assert.Equal(["kera.db"], Directory.EnumerateFileSystemEntries(Data).Select(Path.GetFileName).Where(name => !name!.EndsWith("-shm", StringComparison.Ordinal) && !name.EndsWith("-wal", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_killed_backup_or_restore_left_is_in_nobodys_way()
    {
        var place = await SomethingAsync("sqlite", "data");
        _folder.Write("kera.backup.work/kera.db", "half");
        _folder.Write("kera.backup.unfinished", "half");
        _folder.Write("restored/restoring/kera.db", "half");
        _folder.Write("restored/restoring/kera.db-wal", "half");

        await RunAsync(0, ["backup", BackupPath, .. place]);
        await RunAsync(0, ["restore", BackupPath, "--force", .. await PlaceAsync("sqlite", "restored")]);

        Assert.Equal(["data", "kera.backup", "restored"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(["kera.db"], Directory.EnumerateFileSystemEntries(_folder.Combine("restored")).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(BackupPath));
        }
    }

    [Fact]
    public async Task A_backup_goes_back_only_into_what_it_came_from()
    {
        await RunAsync(0, ["backup", BackupPath, .. await SomethingAsync("sqlite", "data")]);
        Assert.Contains("backup of a SQLite file", (await RunAsync(2, ["restore", BackupPath, .. await PlaceAsync("postgres", "")])).Error, StringComparison.Ordinal);

        var full = await SomethingAsync("postgres", "");
        var dump = _folder.Combine("postgres.backup");
        await RunAsync(0, ["backup", dump, .. full]);
        Assert.Contains("backup of a PostgreSQL database", (await RunAsync(2, ["restore", dump, "--data", _folder.Combine("restored")])).Error, StringComparison.Ordinal);
        Assert.Contains("holds tables already", (await RunAsync(2, ["restore", dump, .. full])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nothing to write", "backup")]
    [InlineData("--head: a head is", "restore", "x.backup", "--head", "abc")]
    [InlineData("cannot be read", "restore", "nowhere.backup")]
    public async Task What_cannot_be_done_is_said(string told, params string[] arguments) =>
        Assert.Contains(told, (await RunAsync(2, [.. arguments, "--data", Data])).Error, StringComparison.Ordinal);

    private static void Flip(string path, long at)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = at;
        var old = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)~old);
    }

    private static void Repack(string path, Action<JsonObject> change)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Update);
        var entry = zip.GetEntry("manifest.json")!;
        JsonObject manifest;
        using (var stream = entry.Open())
        {
            manifest = JsonNode.Parse(stream)!.AsObject();
        }

        change(manifest);
        entry.Delete();
        using var anew = new StreamWriter(zip.CreateEntry("manifest.json").Open());
        anew.Write(manifest.ToJsonString());
    }

    private void RepackData(string path, string sql)
    {
        var data = _folder.Combine("changed.db");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("kera.db")!;
            entry.ExtractToFile(data, overwrite: true);
            using (var connection = new SqliteConnection($"Data Source={data};Pooling=False"))
            {
                connection.Open();
                using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own words.
                command.CommandText = sql + "; PRAGMA journal_mode=DELETE";
#pragma warning restore CA2100
                command.ExecuteNonQuery();
            }

            entry.Delete();
            zip.CreateEntryFromFile(data, "kera.db");
        }

        Repack(path, manifest => manifest["sha256"] = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(data))));
    }

    private static async Task RaiseAsync(WebApplication app, int number)
    {
        var outcome = await app.Services.GetRequiredService<LedgerWriter>().AppendAsync(
            [
                new EventInput
                {
                    IdempotencyKey = $"backup {number}",
                    Action = "raise",
                    Provider = "nokia",
                    ResourceInventoriedAs = "radars",
                    ResourceQuantity = new MeasureInput(Quantity.Whole(1), "1"),
                    HasPointInTime = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromSeconds(number),
                    Reason = "counted",
                    Audience = ["public"],
                },
            ],
            Tester);
        Assert.True(outcome.Accepted, outcome.Refusal?.Sentence);
    }

    private async Task<string[]> PlaceAsync(string provider, string folder)
    {
        if (provider == "sqlite")
        {
            return ["--data", _folder.Combine(folder)];
        }

        var database = await server.CreateDatabaseAsync();
        _databases.Add(database);
        return ["--postgres", database.ConnectionString];
    }

    private async Task<string[]> SomethingAsync(string provider, string folder)
    {
        var place = await PlaceAsync(provider, folder);
        await PersonAsync(place, "Somebody");
        return place;
    }

    private static async Task<string> PersonAsync(string[] place, string name) => (await RunAsync(0, ["person", "add", "--name", name, .. place])).Output.Trim();

    private async Task<WebApplication> StartAsync(string[] place)
    {
        var app = await KeraApp.BuildAsync(new KeraAppOptions(Settings(place), []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
        });
        await app.StartAsync();
        return app;
    }

    private async Task<ServiceProvider> OpenAsync(string[] place)
    {
        var settings = Settings(place);
        return await KeraServices.OpenAsync(new KeraPlace(KeraPlace.BuiltInDistrict, settings["Kera:Data"]!, settings.GetValueOrDefault("Kera:Postgres") ?? "", Demonstration: false), CancellationToken.None);
    }

    private Dictionary<string, string?> Settings(string[] place) => place[0] == "--data"
        ? new() { ["Kera:Data"] = place[1] }
        : new() { ["Kera:Data"] = _folder.Combine("no-data"), ["Kera:Postgres"] = place[1] };

    private static async Task<(string Output, string Error)> RunAsync(int code, string[] arguments)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        var ended = await KeraCommandLine.RunAsync(arguments, output, error, TestContext.Current.CancellationToken);
        Assert.True(ended == code, $"{string.Join(' ', arguments)} ended with {ended}: {error}{output}");
        return (output.ToString(), error.ToString());
    }

    private static async Task<JsonElement> JsonAsync(int code, string[] arguments) => JsonElement.Parse((await RunAsync(code, arguments)).Output);
}

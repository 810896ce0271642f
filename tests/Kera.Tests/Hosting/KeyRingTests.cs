using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Kera.Base.Hosting;
using Kera.Base.Store;
using Kera.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kera.Tests.Hosting;

/// <summary>What protects forms and cookies is kept in the store: nodes and restarts share it, districts do not.</summary>
public sealed class KeyRingTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task What_one_node_protects_another_reads(string provider)
    {
        await using var database = provider == "postgres" ? await server.CreateDatabaseAsync() : null;
        var postgres = database?.ConnectionString ?? "";
        await using var one = await StartAsync(("Kera:Postgres", postgres));
        await using var other = await StartAsync(("Kera:Postgres", postgres));

        Assert.Equal("a form", Protector(other).Unprotect(Protector(one).Protect("a form")));
        await using var db = one.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.NotEmpty(db.DataProtectionKeys);
    }

    [Fact]
    public async Task It_outlasts_a_restart_without_a_warning()
    {
        var said = new ConcurrentBag<string>();
        string kept;
        await using (var first = await StartAsync(said))
        {
            kept = Protector(first).Protect("a cookie");
        }

        await using var second = await StartAsync(said);

        Assert.Equal("a cookie", Protector(second).Unprotect(kept));
        Assert.DoesNotContain(said, line => line.Contains("DataProtection", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_district_with_the_same_keys_cannot_read_it()
    {
        await using var kera = await StartAsync();
        var foreign = _folder.Combine("harbour");
        Assert.Equal(0, await Kera.CommandLine.KeraCommandLine.RunAsync(["new", foreign], TextWriter.Null, TextWriter.Null, TestContext.Current.CancellationToken));
        await using var harbour = await StartAsync(("Kera:District", foreign), ("Kera:Data", _folder.Combine("harbour-data")));
        await using (var from = kera.Services.GetRequiredService<KeraStore>().OpenContext())
        await using (var to = harbour.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            _ = Protector(kera).Protect("makes a key");
            to.DataProtectionKeys.AddRange(from.DataProtectionKeys.Select(row => new DataProtectionKeyRow { Name = row.Name, Xml = row.Xml }));
            await to.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        Assert.Throws<CryptographicException>(() => Protector(harbour).Unprotect(Protector(kera).Protect("a form")));
    }

    [Fact]
    public async Task With_a_certificate_the_store_holds_no_key_in_the_clear()
    {
        var file = _folder.Combine("keys.pfx");
        using (var rsa = RSA.Create(2048))
        {
            var request = new CertificateRequest("CN=keys", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pkcs12, "secret"), TestContext.Current.CancellationToken);
        }

        (string, string)[] settings = [("Kera:Keys:Certificate", file), ("Kera:Keys:Password", "secret")];
        await using var one = await StartAsync(settings);
        var kept = Protector(one).Protect("a form");
        await using var other = await StartAsync(settings);

        Assert.Equal("a form", Protector(other).Unprotect(kept));
        await using var db = one.Services.GetRequiredService<KeraStore>().OpenContext();
        Assert.All(db.DataProtectionKeys.ToList(), row =>
        {
            Assert.DoesNotContain("<masterKey", row.Xml, StringComparison.Ordinal);
            Assert.Contains("EncryptedData", row.Xml, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_used_is_named()
    {
        var nothing = _folder.Write("keys.pfx", "no certificate");

        Assert.Contains("Keys:Certificate", (await Assert.ThrowsAsync<SettingException>(() => StartAsync(("Kera:Keys:Certificate", nothing)))).Message, StringComparison.Ordinal);
    }

    private static IDataProtector Protector(WebApplication app) => app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private Task<WebApplication> StartAsync(params (string Name, string Value)[] settings) => StartAsync([], settings);

    private async Task<WebApplication> StartAsync(ConcurrentBag<string> said, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?> { ["Kera:Data"] = _folder.Combine("data") };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        var app = await KeraApp.BuildAsync(new KeraAppOptions(all, []), builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Logging.ClearProviders();
#pragma warning disable CA2000 // The host disposes its providers.
            builder.Logging.AddProvider(new Listener(said));
#pragma warning restore CA2000
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class Listener(ConcurrentBag<string> said) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Ear(categoryName, said);

        public void Dispose()
        {
        }

        private sealed class Ear(string category, ConcurrentBag<string> said) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                if (IsEnabled(logLevel))
                {
                    said.Add($"{category}: {formatter(state, exception)}");
                }
            }
        }
    }
}

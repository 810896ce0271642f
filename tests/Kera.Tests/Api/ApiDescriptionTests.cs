using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Features.Ledger;
using Kera.Tests.Support;

namespace Kera.Tests.Api;

public sealed class ApiDescriptionTests
{
    /// <summary>With this set to 1 the kept description is written anew instead of compared.</summary>
    private const string Rewrite = "KERA_TESTS_REWRITE";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_description_in_the_repository_is_the_one_that_is_served()
    {
        await using var host = await ApiHost.StartAsync();
        var served = JsonSerializer.Serialize(await host.Anyone.ReadAsync("/openapi.json"), Indented) + "\n";
        var kept = RepositoryRoot.Combine("docs", "api", "openapi.json");
        if (Environment.GetEnvironmentVariable(Rewrite) == "1")
        {
            await File.WriteAllTextAsync(kept, served, TestContext.Current.CancellationToken);
        }

        Assert.True(served == await File.ReadAllTextAsync(kept, TestContext.Current.CancellationToken), $"docs/api/openapi.json is not what /api/v1/openapi.json serves. If the change is meant, run this test with {Rewrite}=1 and commit the file.");
    }

    [Fact]
    public async Task Every_operation_is_described_with_its_parameters_and_problems()
    {
        await using var host = await ApiHost.StartAsync();
        var paths = (await host.Anyone.ReadAsync("/openapi.json")).GetProperty("paths");
        var ids = new HashSet<string>();
        foreach (var (path, operation) in paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(each => (path.Name, each))))
        {
            Assert.StartsWith("/api/v1/", path, StringComparison.Ordinal);
            Assert.True(ids.Add(operation.Value.Text("operationId")));
            Assert.NotEmpty(operation.Value.Text("summary"));
            Assert.NotEmpty(operation.Value.GetProperty("tags").EnumerateArray());
            Assert.All(operation.Value.TryGetProperty("parameters", out var parameters) ? parameters.EnumerateArray() : [], parameter =>
            {
                Assert.NotEmpty(parameter.Text("description"));
                Assert.NotEmpty(parameter.Text("example"));
            });
            Assert.Contains(operation.Value.GetProperty("responses").EnumerateObject(), response => response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/problem+json", out _));
            if (operation.Name != "get")
            {
                Assert.True(operation.Name == "delete" || operation.Value.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").Text("example").Length > 0);
                Assert.NotEmpty(operation.Value.GetProperty("security").EnumerateArray());
            }
        }

        Assert.True(ids.Count > 30);
    }

    [Fact]
    public void The_described_fields_of_an_event_are_those_that_are_read() =>
        Assert.Equal(
            EventJson.Fields.Order(StringComparer.Ordinal),
            typeof(EventFields).GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name)).Order(StringComparer.Ordinal));
}

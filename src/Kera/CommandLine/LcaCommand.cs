using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Kera.Carbon;

namespace Kera.CommandLine;

/// <summary><c>kera lca</c>: what a demand takes and gives off, with everything behind it.</summary>
internal static class LcaCommand
{
    public static Command Create()
    {
        var command = new Command("lca", "Solve a life-cycle case: how often each activity runs for a demand, what all of them give off, and what a unit of each product does. Changes nothing.");
        var file = new Argument<string>("CASE.json") { Description = """The case: {"activities":[{"name":"…","flows":{"product":amount, negative where it goes in},"emissions":{"name":amount}}],"demand":{"product":amount}}.""" };
        var json = Printing.JsonOption();
        command.Add(file);
        command.Add(json);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
            {
                throw new MisuseException($"There is no file '{path}'.");
            }

            var output = parsed.InvocationConfiguration.Output;
            var error = parsed.InvocationConfiguration.Error;
            try
            {
                var (activities, demand) = LcaCase.Read(File.ReadAllBytes(path));
                var result = LifeCycleSystem.Solve(activities, demand);
                if (parsed.GetValue(json))
                {
                    output.WriteJson(new { result.Levels, result.Emissions, result.Intensities });
                }
                else
                {
                    Write(output, result);
                }

                return ExitCode.Fine;
            }
            catch (JsonException mistake)
            {
                error.WriteLine($"{path}:{mistake.LineNumber + 1}: This is no JSON. {mistake.Message}");
            }
            catch (LifeCycleException mistake)
            {
                error.WriteLine($"{path}: {mistake.Field}: {mistake.Message}");
            }

            return ExitCode.FoundWrong;
        });
        return command;
    }

    private static void Write(TextWriter output, LifeCycleResult result)
    {
        output.WriteColumns(["ACTIVITY", "LEVEL"], [.. result.Levels.Select(level => (string[])[level.Key, Number(level.Value)])]);
        output.WriteLine();
        output.WriteColumns(["EMISSION", "AMOUNT"], [.. result.Emissions.Select(emission => (string[])[emission.Key, Number(emission.Value)])]);
        output.WriteLine();
        string[] names = [.. result.Emissions.Keys];
        output.WriteColumns(["PRODUCT", .. names], [.. result.Intensities.Select(product => (string[])[product.Key, .. names.Select(name => Number(product.Value[name]))])]);
    }

    // What a double holds for certain; --json has all of it.
    private static string Number(double value) => value.ToString("0.##############", CultureInfo.InvariantCulture);
}

/// <summary>Reads a life-cycle case; what is not as it should be is told with its field.</summary>
internal static class LcaCase
{
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="LifeCycleException">A field is missing, unknown, doubled or of another kind.</exception>
    public static (IReadOnlyList<LifeCycleActivity> Activities, IReadOnlyDictionary<string, double> Demand) Read(byte[] text)
    {
        using var document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = Fields(document.RootElement, "", "activities", "demand");
        var list = Of(root, "activities", JsonValueKind.Array, "activities", "a list of activities");
        var activities = list.EnumerateArray().Select((activity, number) =>
        {
            var field = $"activities[{number}]";
            var fields = Fields(activity, field, "name", "flows", "emissions");
            return new LifeCycleActivity(
                Of(fields, "name", JsonValueKind.String, $"{field}.name", "the activity's name in quotation marks").GetString()!,
                Amounts(Of(fields, "flows", JsonValueKind.Object, $"{field}.flows", "the amounts of its products, by name"), $"{field}.flows"),
                fields.TryGetProperty("emissions", out _) ? Amounts(Of(fields, "emissions", JsonValueKind.Object, $"{field}.emissions", "the amounts it gives off, by name"), $"{field}.emissions") : new Dictionary<string, double>());
        }).ToList();
        return (activities, Amounts(Of(root, "demand", JsonValueKind.Object, "demand", "the amounts wanted, by product"), "demand"));
    }

    private static JsonElement Fields(JsonElement element, string field, params string[] known)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new LifeCycleException(field.Length == 0 ? "case" : field, [], $"This is no object with the fields {string.Join(", ", known)}.");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw new LifeCycleException(field.Length == 0 ? property.Name : $"{field}.{property.Name}", [property.Name], $"There is no field '{property.Name}'. Known are {string.Join(", ", known)}.");
            }
        }

        return element;
    }

    private static JsonElement Of(JsonElement element, string name, JsonValueKind kind, string field, string right) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : throw new LifeCycleException(field, [], $"Give {right}.");

    private static Dictionary<string, double> Amounts(JsonElement element, string field)
    {
        var amounts = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            amounts[property.Name] = property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDouble(out var amount) && double.IsFinite(amount)
                ? amount
                : throw new LifeCycleException($"{field}.{property.Name}", [property.Name], $"'{property.Name}' is no number. Give an amount, with a point and without quotation marks.");
        }

        return amounts;
    }
}

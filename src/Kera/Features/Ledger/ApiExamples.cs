using Kera.Base.Api;

namespace Kera.Features.Ledger;

/// <summary>One example of what is sent to each address that is written to.</summary>
internal static class ApiExamples
{
    private const string Event = """
        {
          "idempotencyKey": "meter-17/2026-01-01T00",
          "action": "consume",
          "provider": "city-of-espoo",
          "inputOf": "heating",
          "resourceInventoriedAs": "heat-network",
          "resourceQuantity": { "hasNumericalValue": 12.5, "hasUnit": "kWh" },
          "hasBeginning": "2026-01-01T00:00:00+02:00",
          "hasEnd": "2026-01-01T01:00:00+02:00",
          "audience": ["public"]
        }
        """;

    private static readonly Dictionary<string, string> Bodies = new(StringComparer.Ordinal)
    {
        ["events"] = Event,
        ["events/batch"] = $"[{Event}]",
        ["agents/{id}"] = """{ "name": { "fi": "Kierrätyskeskus", "sv": "Återvinningscentralen", "en": "Reuse centre" }, "type": "organization", "outside": false }""",
        ["places/{id}"] = """{ "name": "Keran asema", "kind": "station", "geometry": { "type": "Point", "coordinates": [24.754, 60.217] } }""",
        ["resource-specifications/{id}"] = """{ "name": { "fi": "Tiili", "sv": "Tegel", "en": "Brick" }, "defaultUnitOfResource": "kg", "resourceClassifiedAs": "material" }""",
        ["process-specifications/{id}"] = """{ "name": { "fi": "Murskaus", "sv": "Krossning", "en": "Crushing" } }""",
        ["resources/{id}"] = """{ "name": { "fi": "Tiilikasa", "sv": "Tegelhög", "en": "Pile of bricks" }, "conformsTo": "brick", "kind": "stock" }""",
        ["processes/{id}"] = """{ "name": { "fi": "Hallin purku", "sv": "Rivning av hallen", "en": "Demolition of the hall" }, "basedOn": "demolition", "continuous": false }""",
        ["agreements/{id}"] = """{ "name": { "fi": "Kehittämissitoumus", "sv": "Utvecklingsförbindelse", "en": "Development commitment" }, "audience": ["public"] }""",
        ["commitments/{id}"] = """
            {
              "name": { "fi": "Tiilet talteen", "sv": "Teglen tillvaratas", "en": "Bricks saved" },
              "action": "transfer", "provider": "builder", "receiver": "reuse-centre", "resourceConformsTo": "brick",
              "resourceQuantity": { "hasNumericalValue": 2000, "hasUnit": "kg" }, "due": "2027-12-31T23:59:59+02:00", "clauseOf": "development-commitment"
            }
            """,
    };

    /// <summary>Registers them for the description.</summary>
    public static void Register(IServiceCollection services)
    {
        foreach (var (path, json) in Bodies)
        {
            services.AddSingleton(new ApiExample(path, json));
        }
    }
}

using System.Text.Json.Nodes;

namespace Kera.Base.Api;

/// <summary>
/// A parameter as the description of the API explains it, wherever an address takes it. A feature registers its own in the
/// service collection; those that every list takes are here already: <c>id</c>, <c>after</c> and <c>limit</c>.
/// </summary>
/// <param name="Name">The name.</param>
/// <param name="Description">What it does, in a sentence.</param>
/// <param name="Example">A value: a number where only whole numbers are taken, else a text.</param>
/// <param name="Required">Whether the address cannot be answered without it.</param>
/// <param name="Format">The format as JSON Schema names it; null for none.</param>
internal sealed record ApiParameter(string Name, string Description, JsonNode Example, bool Required = false, string? Format = null);

/// <summary>An example of what is sent to an address. A feature registers its own in the service collection.</summary>
/// <param name="Path">The address after <c>/api/v1/</c>, as <c>agents/{id}</c>.</param>
/// <param name="Json">The example.</param>
internal sealed record ApiExample(string Path, string Json);

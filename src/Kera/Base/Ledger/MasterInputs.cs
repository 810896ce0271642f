using Kera.Base.District;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>An agent as it comes in: an organization, or a part of nature. Persons come in by their own door.</summary>
public sealed record AgentInput(string Key, LocalizedText Name, bool Ecological, bool Outside, LocalizedText? Role);

/// <summary>A place as it comes in.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What kind of place.</param>
/// <param name="PartOf">The key of the place that it is a part of.</param>
/// <param name="Geometry">A checked GeoJSON geometry (<see cref="PlaceGeometry"/>).</param>
/// <param name="Schematic">Whether it is drawn without a source.</param>
public sealed record PlaceInput(string Key, LocalizedText Name, DistrictPlaceKind Kind, string? PartOf, string? Geometry, bool Schematic);

/// <summary>A kind of thing as it comes in; units by their UCUM codes.</summary>
public sealed record SpecificationInput(string Key, LocalizedText Name, string Unit, string? EffortUnit, DistrictResourceClass Classification);

/// <summary>A kind of process as it comes in.</summary>
public sealed record ProcessSpecificationInput(string Key, LocalizedText Name);

/// <summary>A thing as it comes in; nouns by key.</summary>
public sealed record ResourceInput(string Key, LocalizedText Name, string ConformsTo, ResourceKind Kind, string? Lot, string? Place, LocalizedText? Note);

/// <summary>A process as it comes in; nouns by key.</summary>
public sealed record ProcessInput(string Key, LocalizedText Name, string? BasedOn, bool Continuous, string? Place);

/// <summary>What putting a noun did.</summary>
/// <param name="Created">Whether it is new.</param>
/// <param name="Refusal">Why nothing was put; null where it was.</param>
public sealed record PutOutcome(bool Created, Refusal? Refusal);

/// <summary>A key that cannot stand in addresses.</summary>
public sealed record WrongKey(string Key) : Refusal("id", $"'{(Key.Length <= 80 ? Key : string.Concat(Key.AsSpan(0, 80), "…"))}' is no key. Use small letters a-z, digits, points, hyphens and underscores, at most 64, beginning with a letter or digit.");

/// <summary>A key that means something else.</summary>
public sealed record ReservedKey(string Key) : Refusal("id", $"'{Key}' is taken: it means everyone in an audience, or a person. Use another key.");

/// <summary>A part of a noun on which the ledger builds.</summary>
public sealed record CannotChange(string Which, string Key) : Refusal(Which, $"'{Which}' of '{Key}' stays as it was first given, for events count on it. Make a new one with another key.");

/// <summary>A place within itself.</summary>
public sealed record PartOfItself(string Key, string Whole) : Refusal("partOf", $"'{Whole}' lies in '{Key}' already, so '{Key}' cannot be a part of it.");

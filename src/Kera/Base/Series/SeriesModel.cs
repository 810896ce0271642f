using Kera.Base.Store;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Series;

/// <summary>A Series as it is declared.</summary>
/// <param name="Key">Its key, for the whole district.</param>
/// <param name="Feature">The feature, or part of Base, that writes it.</param>
/// <param name="Unit">The UCUM code of its values.</param>
/// <param name="Step">From one value to the next: whole seconds, 1 s to 366 days.</param>
/// <param name="AudienceId">Who may read it, by the number of the audience.</param>
/// <param name="OwnerId">The agent whose it is; null where it is nobody's own.</param>
public sealed record SeriesDeclaration(string Key, string Feature, string Unit, Duration Step, int AudienceId, int? OwnerId);

/// <summary>A Series as it is stored.</summary>
/// <param name="Id">Its number in the store.</param>
/// <param name="Key">Its key.</param>
/// <param name="Feature">Who writes it.</param>
/// <param name="Unit">The UCUM code of its values.</param>
/// <param name="Step">From one value to the next.</param>
/// <param name="Owner">The key of the agent whose it is; null where it is nobody's own.</param>
/// <param name="Audience">Who may read it: <c>public</c>, or agents' keys separated by spaces.</param>
public sealed record SeriesDescription(int Id, string Key, string Feature, string Unit, Duration Step, string? Owner, string Audience);

/// <summary>One value: of the interval that begins at <paramref name="Start"/> and lasts the Series' step.</summary>
/// <param name="Start">The beginning of the interval.</param>
/// <param name="Value">The amount in the Series' unit.</param>
/// <param name="Quality">Where it comes from.</param>
public readonly record struct SeriesValue(Instant Start, Quantity Value, SeriesQuality Quality);

/// <summary>What an append did.</summary>
/// <param name="Added">New values.</param>
/// <param name="Same">Values that were there already, equal.</param>
/// <param name="Replaced">Values that were there otherwise and are now as given.</param>
public sealed record SeriesAppend(int Added, int Same, int Replaced);

/// <summary>A part of a Series in order of time.</summary>
/// <param name="Series">Whose values these are.</param>
/// <param name="Values">The values.</param>
/// <param name="Next">Where the following page begins; null where this is the last.</param>
public sealed record SeriesPage(SeriesDescription Series, IReadOnlyList<SeriesValue> Values, Instant? Next);

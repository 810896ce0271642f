using Kera.Base.District;

namespace Kera.Base.Ui;

/// <summary>
/// Something that people can do at places of the district, as booking a room. A feature registers its own in the service collection, so
/// that the map, which shows only such places when asked to, knows no feature.
/// </summary>
/// <param name="Key">The word in addresses.</param>
/// <param name="TextKey">The key of what it is called, as <em>Rooms to book</em>.</param>
/// <param name="LinksAsync">What there is of it now.</param>
public sealed record PlaceOffer(string Key, string TextKey, Func<IServiceProvider, CancellationToken, Task<IReadOnlyList<PlaceOfferLink>>> LinksAsync);

/// <summary>One of them.</summary>
/// <param name="Place">The key of the place where it is.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Path">Its page, after the language.</param>
public sealed record PlaceOfferLink(string Place, LocalizedText Name, string Path);

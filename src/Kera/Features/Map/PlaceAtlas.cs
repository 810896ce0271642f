using System.Runtime.CompilerServices;
using System.Text.Json;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;

namespace Kera.Features.Map;

/// <summary>A place with its phases and its shape, read once.</summary>
/// <param name="Row">As the catalog has it.</param>
/// <param name="Phases">Its phases.</param>
/// <param name="Shape">How it is drawn; null while nobody has drawn it.</param>
public sealed record MapPlace(PlaceRow Row, PlacePhases Phases, PlaceShape? Shape)
{
    public string Key => Row.Key;

    public string Kind => Row.Kind;

    /// <summary>Whether it is the whole that the map shows, and not a place on it.</summary>
    public bool IsDistrict => Kind == "district";

    /// <summary>Whether it is so large that others lie on it: it is drawn faint.</summary>
    public bool IsGround => Kind is "district" or "planArea" or "neighbourhood" or "campus";

    public string Name(Language language) => Row.Name(language);
}

/// <summary>
/// The places of the catalog, ready to be drawn. What is written in a row is read once for as long as the catalog keeps the
/// row. Safe for several threads.
/// </summary>
public sealed class PlaceAtlas(Catalog catalog, DistrictInForce district)
{
    private readonly ConditionalWeakTable<PlaceRow, MapPlace> _known = [];
    private volatile Projection? _projection;

    /// <summary>Every place in use, by key.</summary>
    public IReadOnlyList<MapPlace> All() =>
        [.. catalog.Places.All.Where(entry => !entry.Row.Retired).Select(entry => Of(entry.Row)).OrderBy(place => place.Key, StringComparer.Ordinal)];

    /// <summary>One place, in use or not; null where there is none.</summary>
    public MapPlace? Find(string key) => catalog.Find(catalog.Places, key) is { } entry ? Of(entry.Row) : null;

    /// <summary>One place by its number.</summary>
    public MapPlace Get(int id) => Of(catalog.Places.Get(id).Row);

    /// <summary>The sheet that every shape lies on; null while no place has one.</summary>
    public Projection? Projection => _projection;

    private MapPlace Of(PlaceRow row) => _known.GetValue(row, Read);

    private MapPlace Read(PlaceRow row) => new(row, PlacePhases.Read(row.Phases), row.Geometry is { } geometry ? PlaceShape.Read(geometry, Sheet(geometry)) : null);

    // A district that does not say where it is lies where the first place is that is asked for.
    private Projection Sheet(string geometry)
    {
        if (_projection is { } known)
        {
            return known;
        }

        var made = district.Model?.Header.Position is { } position
            ? new Projection((double)position.Latitude, (double)position.Longitude)
            : FirstPosition(geometry);
        return Interlocked.CompareExchange(ref _projection, made, null) ?? made;
    }

    private static Projection FirstPosition(string geometry)
    {
        using var json = JsonDocument.Parse(geometry);
        var position = json.RootElement.GetProperty("coordinates");
        while (position[0].ValueKind == JsonValueKind.Array)
        {
            position = position[0];
        }

        return new Projection(position[1].GetDouble(), position[0].GetDouble());
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Kera.Base.Ui;
using Kera.Features.Map.Pages;

namespace Kera.Features.Map;

/// <summary>The drawing as GeoJSON, for a map that can be moved: the same places, states and numbers.</summary>
public static class PlacesOnMap
{
    /// <summary>Writes a view; places come in the order in which they are drawn.</summary>
    public static string Write(MapView view, Projection projection, Language language)
    {
        var numbers = view.Listed.ToDictionary(numbered => numbered.Place.Key);
        var (west, north) = Corner(view.Sheet.Box.Left, view.Sheet.Box.Top);
        var (east, south) = Corner(view.Sheet.Box.Right, view.Sheet.Box.Bottom);
        return new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["bbox"] = new JsonArray(west, south, east, north),
            ["features"] = new JsonArray([.. view.Drawn.Select(JsonNode? (drawn) => Feature(drawn)), .. view.Listed.Where(HasLeader).Select(JsonNode? (numbered) => Leader(numbered))]),
        }.ToJsonString(JsonSerializerOptions.Web);

        (double Longitude, double Latitude) Corner(double x, double y) => projection.Back(new SheetPoint(x, y)) is [var longitude, var latitude] ? (longitude, latitude) : default;

        JsonObject Leader(NumberedPlace numbered) => new()
        {
            ["type"] = "Feature",
            ["geometry"] = new JsonObject
            {
                ["type"] = "LineString",
                ["coordinates"] = new JsonArray(Position(numbered.Place.Shape!.Anchor), Position(numbered.Disc!.Value)),
            },
            ["properties"] = new JsonObject { ["leader"] = true },
        };

        JsonArray Position(SheetPoint point) => [.. projection.Back(point)];

        JsonObject Feature(DrawnPlace drawn)
        {
            var numbered = numbers.GetValueOrDefault(drawn.Place.Key);
            return new JsonObject
            {
                ["type"] = "Feature",
                ["geometry"] = JsonNode.Parse(drawn.Place.Row.Geometry!),
                ["properties"] = new JsonObject
                {
                    ["key"] = drawn.Place.Key,
                    ["name"] = Texts.WithoutSoftHyphens(drawn.Place.Name(language)),
                    ["state"] = StateTag.NameOf(drawn.State),
                    ["ground"] = drawn.Place.IsGround,
                    ["district"] = drawn.Place.IsDistrict,
                    ["number"] = numbered?.Number,
                    ["disc"] = numbered?.Disc is { } disc ? Position(disc) : null,
                    ["leader"] = false,
                },
            };
        }
    }

    private static bool HasLeader(NumberedPlace numbered) => numbered.Disc is { } disc && !numbered.Place.Shape!.Spots.Contains(disc);
}

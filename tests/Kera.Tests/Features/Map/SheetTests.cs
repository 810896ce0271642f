using Kera.Base.Store;
using Kera.Features.Map;

namespace Kera.Tests.Features.Map;

/// <summary>From degrees to the sheet: distances, shapes, frames, numbers that do not cover each other.</summary>
public sealed class SheetTests
{
    private static readonly Projection AtKera = new(60.21611, 24.75389);

    [Fact]
    public void At_sixty_degrees_a_degree_of_longitude_is_half_as_long_and_south_is_down()
    {
        var point = new Projection(60, 24).Of(25, 59);

        Assert.Equal(55_660, point.X, 0.5);
        Assert.Equal(111_320, point.Y, 0.5);
    }

    [Fact]
    public void An_area_has_its_size_its_middle_and_a_closed_path()
    {
        var shape = Read("""{"type":"Polygon","coordinates":[[[24.75389,60.21611],[24.75569,60.21611],[24.75569,60.21701],[24.75389,60.21701],[24.75389,60.21611]]]}""");

        Assert.Equal(ShapeKind.Area, shape.Kind);
        Assert.Equal(100 * 100, shape.Size, 200.0);
        Assert.Equal(50, shape.Anchor.X, 1.0);
        Assert.Equal(-50, shape.Anchor.Y, 1.0);
        Assert.StartsWith("M0 0L", shape.Path, StringComparison.Ordinal);
        Assert.EndsWith("Z", shape.Path, StringComparison.Ordinal);
        Assert.Equal(4, shape.Path.Count(letter => letter is 'M' or 'L'));
    }

    [Theory]
    [InlineData("""{"type":"Point","coordinates":[24.75,60.2]}""", ShapeKind.Point)]
    [InlineData("""{"type":"MultiPoint","coordinates":[[24.75,60.2],[24.76,60.2]]}""", ShapeKind.Point)]
    [InlineData("""{"type":"LineString","coordinates":[[24.75,60.2],[24.76,60.2]]}""", ShapeKind.Line)]
    [InlineData("""{"type":"MultiLineString","coordinates":[[[24.75,60.2],[24.76,60.2]],[[24.75,60.21],[24.78,60.21]]]}""", ShapeKind.Line)]
    [InlineData("""{"type":"MultiPolygon","coordinates":[[[[24.75,60.2],[24.76,60.2],[24.76,60.21],[24.75,60.2]]]]}""", ShapeKind.Area)]
    public void Every_geometry_that_files_may_have_is_drawn(string geometry, ShapeKind expected) => Assert.Equal(expected, Read(geometry).Kind);

    [Fact]
    public void A_line_has_its_number_halfway() =>
        Assert.Equal(AtKera.Of(24.755, 60.2).X, Read("""{"type":"LineString","coordinates":[[24.75,60.2],[24.76,60.2]]}""").Anchor.X, 0.1);

    [Fact]
    public void The_sheet_holds_every_place_in_one_of_three_forms()
    {
        var sheet = MapSheet.Around([Place("a", """{"type":"Point","coordinates":[24.75,60.20]}"""), Place("b", """{"type":"Point","coordinates":[24.76,60.23]}""")]);

        Assert.Equal("tall", sheet.Form);
        Assert.Equal(0.75, sheet.Box.Width / sheet.Box.Height, 0.001);
    }

    [Fact]
    public void Without_any_drawing_there_is_still_a_sheet() => Assert.True(MapSheet.Around([]).Box.Width >= 300);

    [Fact]
    public void No_number_covers_another_and_all_stay_inside()
    {
        var view = new SheetBox(0, 0, 1_000, 1_000);
        var shapes = Enumerable.Range(0, 40).Select(each => new PlaceShape(ShapeKind.Point, "", new SheetBox(500, 500, 500, 500), [], new SheetPoint(500 + each, 500), 0)).ToList();

        var discs = NumberPlacing.Place(shapes, view);

        Assert.All(discs, disc => Assert.True(disc.X is > 0 and < 1_000 && disc.Y is > 0 and < 1_000));
        Assert.All(discs.Index(), disc => Assert.All(discs.Take(disc.Index), other => Assert.True(other.DistanceTo(disc.Item) >= 22 * 1_000 / 326.0)));
    }

    private static PlaceShape Read(string geometry) => PlaceShape.Read(geometry, AtKera);

    private static MapPlace Place(string key, string geometry) =>
        new(new PlaceRow { Key = key, Kind = "block", Geometry = geometry }, PlacePhases.Read("[]"), Read(geometry));
}

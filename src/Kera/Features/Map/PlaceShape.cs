using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kera.Features.Map;

/// <summary>How a place is drawn.</summary>
public enum ShapeKind
{
    Area,
    Line,
    Point,
}

/// <summary>A place's geometry on the sheet, ready to be drawn.</summary>
/// <param name="Kind">Area, line or point.</param>
/// <param name="Path">The path of an area or line, as SVG writes it, in metres; empty for a point.</param>
/// <param name="Box">What it covers.</param>
/// <param name="Spots">Where its number may stand without a line that leads there, the best first; a point keeps its own mark free.</param>
/// <param name="Anchor">The middle of its largest part, from which a line leads to a number elsewhere.</param>
/// <param name="Size">Square metres of an area, else 0: the larger is drawn first.</param>
public sealed record PlaceShape(ShapeKind Kind, string Path, SheetBox Box, IReadOnlyList<SheetPoint> Spots, SheetPoint Anchor, double Size)
{
    // Of a line's length, where a number may stand.
    private static readonly double[] Fractions = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95];

    // Of an area's width and height, from the middle outwards.
    private static readonly double[] Steps = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9];

    /// <summary>Reads a geometry that was checked when it came in.</summary>
    public static PlaceShape Read(string geoJson, Projection projection)
    {
        using var document = JsonDocument.Parse(geoJson);
        var type = document.RootElement.GetProperty("type").GetString()!;
        var coordinates = document.RootElement.GetProperty("coordinates");
        List<List<SheetPoint>> lines = type switch
        {
            "Point" => [[Point(coordinates)]],
            "MultiPoint" or "LineString" => [Line(coordinates)],
            "MultiLineString" or "Polygon" => [.. coordinates.EnumerateArray().Select(Line)],
            _ => [.. coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()).Select(Line)],
        };
        var box = lines.SelectMany(line => line).Aggregate(SheetBox.Empty, (grown, point) => grown.With(point));
        var kind = type.EndsWith("Polygon", StringComparison.Ordinal) ? ShapeKind.Area : type.EndsWith("Point", StringComparison.Ordinal) ? ShapeKind.Point : ShapeKind.Line;
        if (kind == ShapeKind.Point)
        {
            return new PlaceShape(kind, "", box, [], lines[0][0], 0);
        }

        var largest = lines.MaxBy(line => kind == ShapeKind.Area ? Math.Abs(SignedArea(line)) : Length(line))!;
        SheetPoint[] spots = kind == ShapeKind.Area ? [.. Within(largest)] : [.. Fractions.Select(fraction => Along(largest, fraction))];
        return new PlaceShape(kind, Write(lines, kind == ShapeKind.Area), box, spots, spots[0], kind == ShapeKind.Area ? Math.Abs(SignedArea(largest)) : 0);

        SheetPoint Point(JsonElement position) => projection.Of(position[0].GetDouble(), position[1].GetDouble());
        List<SheetPoint> Line(JsonElement positions) => [.. positions.EnumerateArray().Select(Point)];
    }

    /// <summary>A length as SVG writes it: to the tenth of a metre, which is finer than any screen.</summary>
    public static string Number(double metres) => Math.Round(metres, 1).ToString(CultureInfo.InvariantCulture);

    private static string Write(List<List<SheetPoint>> lines, bool closed)
    {
        var path = new StringBuilder();
        foreach (var line in lines)
        {
            // The last position of a ring is its first again: Z goes back there.
            for (var at = 0; at < line.Count - (closed ? 1 : 0); at++)
            {
                path.Append(at == 0 ? 'M' : 'L').Append(Number(line[at].X)).Append(' ').Append(Number(line[at].Y));
            }

            path.Append(closed ? "Z" : "");
        }

        return path.ToString();
    }

    private static double SignedArea(List<SheetPoint> ring)
    {
        var twice = 0.0;
        for (var at = 1; at < ring.Count; at++)
        {
            twice += (ring[at - 1].X * ring[at].Y) - (ring[at].X * ring[at - 1].Y);
        }

        return twice / 2;
    }

    private static SheetPoint Middle(List<SheetPoint> ring)
    {
        var area = SignedArea(ring);
        if (Math.Abs(area) < 1)
        {
            return ring[0];
        }

        double x = 0, y = 0;
        for (var at = 1; at < ring.Count; at++)
        {
            var cross = (ring[at - 1].X * ring[at].Y) - (ring[at].X * ring[at - 1].Y);
            x += (ring[at - 1].X + ring[at].X) * cross;
            y += (ring[at - 1].Y + ring[at].Y) * cross;
        }

        return new SheetPoint(x / (6 * area), y / (6 * area));
    }

    private static double Length(List<SheetPoint> line) => line.Zip(line.Skip(1), (from, to) => from.DistanceTo(to)).Sum();

    private static SheetPoint Along(List<SheetPoint> line, double fraction)
    {
        var left = Length(line) * fraction;
        for (var at = 1; at < line.Count; at++)
        {
            var step = line[at - 1].DistanceTo(line[at]);
            if (step >= left && step > 0)
            {
                var share = left / step;
                return new SheetPoint(line[at - 1].X + ((line[at].X - line[at - 1].X) * share), line[at - 1].Y + ((line[at].Y - line[at - 1].Y) * share));
            }

            left -= step;
        }

        return line[^1];
    }

    private static IEnumerable<SheetPoint> Within(List<SheetPoint> ring)
    {
        var middle = Middle(ring);
        var box = ring.Aggregate(SheetBox.Empty, (grown, point) => grown.With(point));
        var others = from x in Steps from y in Steps select new SheetPoint(box.Left + (box.Width * x), box.Top + (box.Height * y));
        return others.Where(point => Holds(ring, point)).OrderBy(middle.DistanceTo).Prepend(middle);
    }

    // A ray from the point to the left crosses the border of what holds it an odd number of times.
    private static bool Holds(List<SheetPoint> ring, SheetPoint point)
    {
        var inside = false;
        for (var at = 1; at < ring.Count; at++)
        {
            var (from, to) = (ring[at - 1], ring[at]);
            if (from.Y > point.Y != to.Y > point.Y && point.X > from.X + ((to.X - from.X) * (point.Y - from.Y) / (to.Y - from.Y)))
            {
                inside = !inside;
            }
        }

        return inside;
    }
}

using System.Globalization;
using System.Text;

namespace Kera.Base.District.Reading;

/// <summary>Reads and checks a feature's geometry (RFC 7946).</summary>
internal sealed class GeometryReader
{
    // The types with how deep their positions lie in lists.
    private static readonly Dictionary<string, int> Depths = new(StringComparer.Ordinal)
    {
        ["Point"] = 0,
        ["MultiPoint"] = 1,
        ["LineString"] = 1,
        ["MultiLineString"] = 2,
        ["Polygon"] = 2,
        ["MultiPolygon"] = 3,
    };

    private readonly FileReport report;
    private readonly DistrictPosition? near;

    private GeometryReader(FileReport report, DistrictPosition? near) => (this.report, this.near) = (report, near);

    /// <summary>The feature's geometry; null where it is null, or wrong, which is then reported.</summary>
    public static DistrictGeometry? Geometry(Entry feature, DistrictPosition? near)
    {
        if (feature.Node.Field("geometry") is null)
        {
            feature.Required("geometry", "add it, or write null while nobody has drawn the place");
            return null;
        }

        if (feature.Child("geometry", "geometry") is not { } geometry)
        {
            return null;
        }

        var type = geometry.RequiredScalar("type", $"use {Entry.OneOf(Depths.Keys)}");
        var coordinates = geometry.Required("coordinates", "add the positions");
        geometry.Done();
        if (type is null || coordinates is null)
        {
            return null;
        }

        if (!Depths.TryGetValue(type.Text, out var depth))
        {
            feature.Report.Add(type, $"unknown geometry '{type.Text}'", $"use {Entry.OneOf(Depths.Keys)}");
            return null;
        }

        new GeometryReader(feature.Report, near).Check(coordinates, depth, type.Text);
        var text = new StringBuilder();
        Write(coordinates, text);
        return new DistrictGeometry(type.Text, $$"""{"type":"{{type.Text}}","coordinates":{{text}}}""");
    }

    private static void Write(FileNode node, StringBuilder text)
    {
        if (node.Kind == NodeKind.Scalar)
        {
            text.Append(node.Text);
            return;
        }

        text.Append('[');
        for (var index = 0; index < node.Items.Count; index++)
        {
            Write(node.Items[index], index > 0 ? text.Append(',') : text);
        }

        text.Append(']');
    }

    private void Check(FileNode node, int depth, string type)
    {
        if (depth == 0)
        {
            Position(node);
            return;
        }

        if (node.Kind != NodeKind.Sequence || node.Items.Count == 0)
        {
            report.Add(node, $"a {type} has a list of positions here, and this is none", "write [longitude, latitude] pairs in brackets");
            return;
        }

        if (depth == 1 && type is ("Polygon" or "MultiPolygon"))
        {
            Ring(node);
            return;
        }

        if (depth == 1 && type is ("LineString" or "MultiLineString") && node.Items.Count == 1)
        {
            report.Add(node, "the line has one position only", "add its other end");
        }

        foreach (var item in node.Items)
        {
            Check(item, depth - 1, type);
        }
    }

    private void Ring(FileNode node)
    {
        var points = new List<(decimal X, decimal Y)>();
        foreach (var item in node.Items)
        {
            if (Position(item) is not { } point)
            {
                return;
            }

            points.Add(point);
        }

        if (points.Count < 4)
        {
            report.Add(node, $"the ring has {points.Count} positions", "give it four at least, the last equal to the first");
        }
        else if (points[0] != points[^1])
        {
            report.Add(node.Items[^1], "the ring is not closed", $"end it with its first position [{points[0].X.ToString(CultureInfo.InvariantCulture)}, {points[0].Y.ToString(CultureInfo.InvariantCulture)}]");
        }
        else if (RingCrossing.FirstCrossing(points) is { } at)
        {
            report.Add(node.Items[at], "the ring crosses itself from this position on", "put the positions in the order in which one walks around the area");
        }
    }

    private (decimal X, decimal Y)? Position(FileNode node)
    {
        if (node.Kind != NodeKind.Sequence || node.Items.Count != 2 || Degrees(node.Items[0]) is not { } longitude || Degrees(node.Items[1]) is not { } latitude)
        {
            report.Add(node, "this is no position", "write [longitude, latitude] in degrees, such as [24.75389, 60.21611]");
            return null;
        }

        if (Math.Abs(longitude) > 180 || Math.Abs(latitude) > 90)
        {
            report.Add(node, "the position is not on the earth", "write longitude from -180 to 180 first, then latitude from -90 to 90");
            return null;
        }

        if (near is not null && (Math.Abs(longitude - near.Longitude) > 1 || Math.Abs(latitude - near.Latitude) > 1))
        {
            report.Add(node, "the position is more than a degree away from the district's", "write longitude first, then latitude; or mend the position in district.yaml");
            return null;
        }

        return (longitude, latitude);
    }

    private static decimal? Degrees(FileNode node) =>
        node is { Kind: NodeKind.Scalar, Quoted: false } && decimal.TryParse(node.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees)
            ? degrees
            : null;
}

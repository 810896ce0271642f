using Kera.Base.District.Reading;

namespace Kera.Base.District;

/// <summary>Geometries from outside the files, checked by the files' rules.</summary>
public static class PlaceGeometry
{
    /// <summary>Checking a ring takes the square of its positions, so no drawing is longer.</summary>
    public const int MostBytes = 65_536;

    /// <summary>Checks a GeoJSON geometry (RFC 7946: longitude first, rings closed and not crossing themselves).</summary>
    /// <param name="utf8">The geometry object as JSON.</param>
    /// <param name="mistake">What is wrong and what to do, in a sentence; null where nothing is.</param>
    /// <returns>The geometry object as JSON text; null with a mistake.</returns>
    public static string? Check(ReadOnlySpan<byte> utf8, out string? mistake)
    {
        var mistakes = new List<DistrictMistake>();
        var report = new FileReport("geometry", mistakes);
        byte[] feature = [.. "{\"geometry\":"u8, .. utf8, .. "}"u8];
        var geometry = JsonTree.Read(feature, report) is { } node ? GeometryReader.Geometry(new Entry(node, "place", report, new DeclaredKeys()), near: null) : null;
        mistake = mistakes.Count == 0 ? null : $"{char.ToUpperInvariant(mistakes[0].Problem[0])}{mistakes[0].Problem[1..]}; {mistakes[0].Remedy}.";
        return mistake is null ? geometry?.GeoJson : null;
    }
}

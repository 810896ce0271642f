namespace Kera.Features.Map;

/// <summary>
/// A flat sheet around a point: metres to the east and to the south. Equirectangular at the point's latitude, which over a
/// few kilometres is off by less than a metre.
/// </summary>
/// <param name="latitude">Of the point, in degrees.</param>
/// <param name="longitude">Of the point, in degrees.</param>
public sealed class Projection(double latitude, double longitude)
{
    private const double MetresPerDegree = 111_320;

    private readonly double _eastPerDegree = MetresPerDegree * Math.Cos(latitude * Math.PI / 180);

    /// <summary>Where a position lies on the sheet; y grows to the south, as on a screen.</summary>
    public SheetPoint Of(double positionLongitude, double positionLatitude) =>
        new((positionLongitude - longitude) * _eastPerDegree, (latitude - positionLatitude) * MetresPerDegree);

    /// <summary>Where a point of the sheet lies on the earth: longitude and latitude, to the tenth of a metre.</summary>
    public double[] Back(SheetPoint point) =>
        [Math.Round(longitude + (point.X / _eastPerDegree), 6), Math.Round(latitude - (point.Y / MetresPerDegree), 6)];
}

/// <summary>A point of the sheet, in metres east and south of its middle.</summary>
public readonly record struct SheetPoint(double X, double Y)
{
    /// <summary>How far another point is away.</summary>
    public double DistanceTo(SheetPoint other) => Math.Sqrt(((other.X - X) * (other.X - X)) + ((other.Y - Y) * (other.Y - Y)));
}

/// <summary>A rectangle of the sheet, in metres.</summary>
public readonly record struct SheetBox(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Nothing yet; grows with what is added.</summary>
    public static readonly SheetBox Empty = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

    public bool IsEmpty => Right < Left;

    public double Width => Right - Left;

    public double Height => Bottom - Top;

    /// <summary>The smallest rectangle that holds both.</summary>
    public SheetBox With(SheetBox other) =>
        new(Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));

    /// <summary>The smallest rectangle that holds the point too.</summary>
    public SheetBox With(SheetPoint point) => With(new SheetBox(point.X, point.Y, point.X, point.Y));

    /// <summary>The rectangle around the same middle, grown on all sides, and then to at least the given width and height.</summary>
    public SheetBox Grown(double by, double width = 0, double height = 0)
    {
        var x = Math.Max(by, (width - Width) / 2);
        var y = Math.Max(by, (height - Height) / 2);
        return new SheetBox(Left - x, Top - y, Right + x, Bottom + y);
    }
}

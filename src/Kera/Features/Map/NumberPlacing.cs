namespace Kera.Features.Map;

/// <summary>
/// Puts numbered discs on the places they belong to so that none covers another on a narrow screen: on the place where there
/// is room, else on a widening circle around it.
/// </summary>
public static class NumberPlacing
{
    private const double NarrowWidth = 326;
    private const double Radius = 11;
    private const double Gap = 2;
    private const double RingStep = 7;
    private const int Rings = 24;
    private const int Directions = 16;

    /// <summary>Where the discs go, in the order of the shapes.</summary>
    /// <param name="shapes">What is numbered.</param>
    /// <param name="view">The part of the sheet that is shown.</param>
    public static IReadOnlyList<SheetPoint> Place(IReadOnlyList<PlaceShape> shapes, SheetBox view)
    {
        var metres = view.Width / NarrowWidth;
        var inside = new SheetBox(view.Left + (Radius * metres), view.Top + (Radius * metres), view.Right - (Radius * metres), view.Bottom - (Radius * metres));
        var discs = new SheetPoint[shapes.Count];
        var placed = new List<SheetPoint>(shapes.Count);
        // What has the least room first; a large area has a free spot somewhere.
        foreach (var (at, shape) in shapes.Index().OrderByDescending(each => each.Item.Kind).ThenBy(each => each.Item.Size))
        {
            discs[at] = shape.Spots.Concat(Around(shape.Anchor, metres)).FirstOrDefault(Fits, shape.Anchor);
            placed.Add(discs[at]);
        }

        return discs;

        bool Fits(SheetPoint at) =>
            at.X >= inside.Left && at.X <= inside.Right && at.Y >= inside.Top && at.Y <= inside.Bottom
            && placed.TrueForAll(other => other.DistanceTo(at) >= ((2 * Radius) + Gap) * metres);
    }

    private static IEnumerable<SheetPoint> Around(SheetPoint anchor, double metres)
    {
        for (var ring = 1; ring <= Rings; ring++)
        {
            var distance = (Radius + (ring * RingStep)) * metres;
            for (var direction = 0; direction < Directions; direction++)
            {
                // From the upper right on: most people look for a label there.
                var angle = (direction * 2 * Math.PI / Directions) - (Math.PI / 4);
                yield return new SheetPoint(anchor.X + (distance * Math.Cos(angle)), anchor.Y + (distance * Math.Sin(angle)));
            }
        }
    }
}

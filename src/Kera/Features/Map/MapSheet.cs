using Kera.Base.Ui;

namespace Kera.Features.Map;

/// <summary>The part of the earth that a map shows, in one of three forms that the style has a size for.</summary>
/// <param name="Box">What is shown, in metres.</param>
/// <param name="Form"><c>tall</c> (three to four), <c>square</c> or <c>wide</c> (four to three).</param>
public sealed record MapSheet(SheetBox Box, string Form)
{
    private const double LeastWidth = 300;

    private static readonly (string Form, double Ratio)[] Forms = [("tall", 0.75), ("square", 1), ("wide", 4.0 / 3)];

    /// <summary>The sheet that holds the given places with some land around them.</summary>
    public static MapSheet Around(IEnumerable<MapPlace> places)
    {
        var box = places.Select(place => place.Shape).OfType<PlaceShape>().Aggregate(SheetBox.Empty, (grown, shape) => grown.With(shape.Box));
        if (box.IsEmpty)
        {
            box = new SheetBox(0, 0, 0, 0);
        }

        box = box.Grown(Math.Max(box.Width, box.Height) * 0.03, LeastWidth, LeastWidth);
        return Forms.Select(form => new MapSheet(box.Grown(0, Math.Max(box.Width, box.Height * form.Ratio), Math.Max(box.Height, box.Width / form.Ratio)), form.Form))
            .MinBy(sheet => sheet.Box.Width * sheet.Box.Height)!;
    }

    /// <summary>The rectangle as an SVG's viewBox.</summary>
    public string ViewBox => string.Join(' ', new[] { Box.Left, Box.Top, Box.Width, Box.Height }.Select(PlaceShape.Number));

    /// <summary>How far from the left a point stands, in percent.</summary>
    public string X(SheetPoint point) => BarScale.Percent((decimal)((point.X - Box.Left) * 100 / Box.Width));

    /// <summary>How far from the top a point stands, in percent.</summary>
    public string Y(SheetPoint point) => BarScale.Percent((decimal)((point.Y - Box.Top) * 100 / Box.Height));
}

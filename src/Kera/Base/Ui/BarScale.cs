using System.Globalization;
using Kera.Flows;

namespace Kera.Base.Ui;

/// <summary>Where values stand in a bar chart's box, in percent of its height, between round grid lines.</summary>
public sealed class BarScale
{
    private const int MostLines = 4;
    private const decimal Headroom = 12;

    private readonly decimal _low;
    private readonly decimal _high;

    /// <summary>Fits a scale to values; zero is always on it.</summary>
    public BarScale(IEnumerable<Quantity> values)
    {
        decimal smallest = 0;
        decimal largest = 0;
        foreach (var value in values)
        {
            smallest = Math.Min(smallest, value.ToDecimal());
            largest = Math.Max(largest, value.ToDecimal());
        }

        var step = RoundStep((largest - smallest) / MostLines);
        _low = Math.Floor(smallest / step) * step;
        _high = Math.Max(Math.Ceiling(largest / step) * step, step);
        var lines = new List<Quantity>();
        for (var line = _low; line <= _high; line += step)
        {
            lines.Add(new Quantity((long)(line * Quantity.One)));
        }

        Lines = lines;
    }

    /// <summary>The grid lines, from the lowest.</summary>
    public IReadOnlyList<Quantity> Lines { get; }

    /// <summary>How far from the top a value stands, in percent.</summary>
    public decimal Top(Quantity value) => Headroom + ((100 - Headroom) * (_high - value.ToDecimal()) / (_high - _low));

    /// <summary>A percentage as SVG writes it.</summary>
    public static string Percent(decimal value) => Math.Round(value, 3).ToString(CultureInfo.InvariantCulture) + "%";

    private static decimal RoundStep(decimal atLeast)
    {
        // The smallest step that the figures can be written with.
        const decimal Finest = 1m / Quantity.One;
        var power = Finest;
        while (power * 10 <= atLeast)
        {
            power *= 10;
        }

        decimal[] steps = power == Finest ? [1, 2, 5, 10] : [1, 2, 2.5m, 5, 10];
        return Array.Find(steps, step => step * power >= atLeast) * power;
    }
}

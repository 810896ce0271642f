namespace Kera.Carbon;

/// <summary>What comes out of a process together with others.</summary>
/// <param name="Amount">How much, in its unit; above or at zero.</param>
/// <param name="Weight">What a unit counts by the rule that was declared: see <see cref="CoProducts"/>.</param>
public readonly record struct CoProduct(double Amount, double Weight);

/// <summary>
/// Shares what a process takes and gives off out among its co-products. Each is then a node, or an activity, of its own that takes
/// its share of every input. The rule is declared where the process is, and says what a unit counts: <b>energy</b>, its energy;
/// <b>mass</b>, its mass; <b>price</b>, its price; <b>exergy</b>, its work (<see cref="HeatExergy"/>, <see cref="ColdExergy"/>, 1 for
/// electricity); <b>benefit sharing</b>, one over the efficiency of making it alone (for heat and power: heat's share is
/// (Q/ηh)/(Q/ηh + P/ηe), the Finnish "hyödynjakomenetelmä").
/// </summary>
public static class CoProducts
{
    /// <summary>The share of each, in order; they sum to 1.</summary>
    /// <exception cref="ArgumentException">An amount or weight is below zero or no number, or nothing comes out that counts.</exception>
    public static double[] Shares(IReadOnlyList<CoProduct> products)
    {
        var total = 0.0;
        foreach (var (amount, weight) in products)
        {
            if (!(amount >= 0 && weight >= 0 && double.IsFinite(amount * weight)))
            {
                throw new ArgumentException($"A co-product of {amount} that counts {weight} a unit cannot be: neither may be below zero. Cooling is a product of its own, never negative heat.", nameof(products));
            }

            total += amount * weight;
        }

        return total > 0
            ? [.. products.Select(product => product.Amount * product.Weight / total)]
            : throw new ArgumentException("Nothing comes out that counts by the rule, so there is nothing to share by.", nameof(products));
    }

    /// <summary>The work that a unit of heat could do: the mean of 1 − T₀/T over the temperatures at which it is given off.</summary>
    /// <param name="supply">The supply's temperature in kelvin.</param>
    /// <param name="return">The return's temperature in kelvin; the same as the supply's where it is given off at one.</param>
    /// <param name="surroundings">The surroundings' temperature in kelvin, below both.</param>
    public static double HeatExergy(double supply, double @return, double surroundings) => 1 - (surroundings / MeanTemperature(supply, @return));

    /// <summary>The work that a unit of cooling saves: the mean of T₀/T − 1 over the temperatures at which heat is taken in.</summary>
    /// <param name="supply">The supply's temperature in kelvin.</param>
    /// <param name="return">The return's temperature in kelvin.</param>
    /// <param name="surroundings">The surroundings' temperature in kelvin, above both.</param>
    public static double ColdExergy(double supply, double @return, double surroundings) => (surroundings / MeanTemperature(supply, @return)) - 1;

    // The logarithmic mean: heat given off evenly over a range counts as much as at this temperature.
    private static double MeanTemperature(double supply, double @return)
    {
        var range = (supply - @return) / (supply + @return);
        return (supply + @return) / 2 * (range == 0 ? 1 : range / Math.Atanh(range));
    }
}

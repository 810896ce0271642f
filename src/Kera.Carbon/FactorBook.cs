namespace Kera.Carbon;

/// <summary>Which factor is wanted.</summary>
/// <param name="Key">The factor's key.</param>
/// <param name="Unit">The UCUM code of the unit; a factor of another unit is another factor.</param>
/// <param name="Stage">Which part of the way.</param>
/// <param name="Method">Which electricity or heat.</param>
/// <param name="Day">The day on which it must hold.</param>
public readonly record struct FactorWish(string Key, string Unit, FactorStage Stage, FactorMethod Method, DateOnly Day);

/// <summary>An amount of something that comes in, to be given its footprint.</summary>
/// <param name="Wish">Which factor it takes.</param>
/// <param name="Amount">How much, in the factor's unit.</param>
public readonly record struct FactoredAmount(FactorWish Wish, double Amount);

/// <summary>What some amounts cost the climate, and how much of them is known.</summary>
/// <param name="Kilograms">Kilograms, of what has a factor.</param>
/// <param name="Covered">The amount that has a factor.</param>
/// <param name="Amount">The whole amount.</param>
/// <param name="Factors">The factors that were used, each once.</param>
/// <param name="Missing">The keys that have no factor, each once.</param>
public sealed record FactoredSum(double Kilograms, double Covered, double Amount, IReadOnlyList<EmissionFactor> Factors, IReadOnlyList<string> Missing)
{
    /// <summary>Kilograms for a unit of what has a factor; null where nothing has one. What has none is a gap and never a zero.</summary>
    public double? Intensity => Covered > 0 ? Kilograms / Covered : null;

    /// <summary>The share of the amount that has a factor; null of nothing.</summary>
    public double? Coverage => Amount > 0 ? Covered / Amount : null;
}

/// <summary>Finds factors: of the first region in a declared order that has one, the newest that holds on the day.</summary>
public sealed class FactorBook
{
    private readonly IReadOnlyList<string> _regions;
    private readonly ILookup<(string, string, FactorStage, FactorMethod), EmissionFactor> _factors;

    /// <summary>A book of factors.</summary>
    /// <param name="factors">The factors.</param>
    /// <param name="gas">The gas that is counted.</param>
    /// <param name="regions">The regions whose factors may be used, the best first.</param>
    public FactorBook(IEnumerable<EmissionFactor> factors, string gas, IReadOnlyList<string> regions)
    {
        _regions = regions;
        _factors = factors.Where(factor => factor.Gas == gas).ToLookup(factor => (factor.Key, factor.Unit, factor.Stage, factor.Method));
    }

    /// <summary>The factor; null where there is none, which is a gap.</summary>
    public EmissionFactor? Find(FactorWish wish)
    {
        var holding = _factors[(wish.Key, wish.Unit, wish.Stage, wish.Method)].Where(factor => factor.HoldsOn(wish.Day)).ToList();
        return _regions
            .Select(region => holding.Where(factor => factor.Region == region).MaxBy(factor => factor.From))
            .FirstOrDefault(factor => factor is not null);
    }

    /// <summary>
    /// What amounts of one unit cost together, as the generation of an hour by its kinds: each times its factor. An electricity
    /// mix gives the hour's intensity.
    /// </summary>
    /// <exception cref="ArgumentException">Amounts of several units do not add up, or one is below zero.</exception>
    public FactoredSum Sum(IEnumerable<FactoredAmount> amounts)
    {
        var (kilograms, covered, whole) = (0.0, 0.0, 0.0);
        var (used, missing) = (new List<EmissionFactor>(), new List<string>());
        string? unit = null;
        foreach (var (wish, amount) in amounts)
        {
            if (!(amount >= 0 && double.IsFinite(amount)))
            {
                throw new ArgumentException($"{wish.Key}: {amount} is no amount. Give a finite number not below zero.", nameof(amounts));
            }

            if (wish.Unit != (unit ??= wish.Unit))
            {
                throw new ArgumentException($"{wish.Key} is in {wish.Unit} and what stands before it in {unit}: only amounts of one unit have a sum and a coverage.", nameof(amounts));
            }

            whole += amount;
            if (Find(wish) is { } factor)
            {
                kilograms += amount * factor.Kilograms;
                covered += amount;
                if (!used.Contains(factor))
                {
                    used.Add(factor);
                }
            }
            else if (amount > 0 && !missing.Contains(wish.Key))
            {
                missing.Add(wish.Key);
            }
        }

        return new FactoredSum(kilograms, covered, whole, used, missing);
    }
}

namespace Kera.Sharing;

/// <summary>What a loan costs, in euros with tax.</summary>
/// <param name="PerDay">For each day begun.</param>
/// <param name="PerLateDay">For each day begun after the last, beside the day itself.</param>
/// <param name="Vat">The tax in it, in per cent.</param>
public sealed record LoanPrice(decimal PerDay, decimal PerLateDay, decimal Vat)
{
    private const decimal Whole = 100;

    /// <summary>What so many days cost, in whole cents, half a cent away from zero.</summary>
    /// <param name="days">How many, the late ones too.</param>
    /// <param name="late">How many of them were late.</param>
    /// <param name="consumed">The price of what was used up, in euros with tax.</param>
    public (decimal Gross, decimal Vat) Of(int days, int late, decimal consumed)
    {
        var gross = Math.Round((PerDay * days) + (PerLateDay * late) + consumed, 2, MidpointRounding.AwayFromZero);
        return (gross, Math.Round(gross * Vat / (Whole + Vat), 2, MidpointRounding.AwayFromZero));
    }
}

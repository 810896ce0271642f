using System.Numerics;

namespace Kera.Flows.Tests.Oracle;

/// <summary>An accepted event with its numbers in the specification's units, all corrections summed into them.</summary>
internal sealed class Entry(EconomicEvent happening, Int128? quantity, Int128? effort)
{
    public EconomicEvent Event => happening;

    public long Position => happening.Position;

    public Int128? Quantity { get; private set; } = quantity;

    public Int128? Effort { get; private set; } = effort;

    public bool Corrected { get; private set; }

    public bool Void => Corrected && (Quantity ?? 0) == 0 && (Effort ?? 0) == 0;

    public void Correct(Int128? quantityDifference, Int128? effortDifference)
    {
        Corrected = true;
        Quantity += quantityDifference ?? 0;
        Effort += effortDifference ?? 0;
    }

    /// <summary>The numbers of an event in its specification's units; the event's form has been checked.</summary>
    public static Entry From(EconomicEvent happening)
    {
        var specification = happening.Specification!;
        return new Entry(
            happening,
            Converted(happening.ResourceQuantity, happening.ResourceUnit, specification.Unit),
            Converted(happening.EffortQuantity, happening.EffortUnit, EffortUnitOf(specification)));
    }

    public static Unit EffortUnitOf(ResourceSpecification specification) => specification.EffortUnit ?? Unit.Find("h");

    /// <summary>The amount in another unit, null where it does not convert exactly into millionths that fit.</summary>
    public static Int128? Converted(Quantity? amount, Unit? from, Unit to)
    {
        if (amount is not { } given || from is null || from.Dimension != to.Dimension)
            return null;
        var top = new BigInteger(given.Millionths) * from.Numerator * to.Denominator;
        var result = BigInteger.DivRem(top, new BigInteger(from.Denominator) * to.Numerator, out var rest);
        return rest.IsZero && BigInteger.Abs(result) <= long.MaxValue ? (Int128)result : null;
    }
}

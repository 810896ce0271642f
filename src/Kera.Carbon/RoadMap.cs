namespace Kera.Carbon;

/// <summary>
/// Two futures of a district, with its measures and without: what drives emissions, which activities emit, and what is done about it.
/// It is data; <see cref="Reckon"/> gives what comes of it.
/// </summary>
/// <param name="FirstYear">The first calendar year; costs are of its money.</param>
/// <param name="Years">How many years, 50 as a rule.</param>
/// <param name="RealRate">The real rate of interest a year by which costs are discounted to the first year: 0.03 is three per cent.</param>
/// <param name="Drivers">What emissions are the product of, each with a key of its own.</param>
/// <param name="Activities">What emits.</param>
/// <param name="Measures">What is done, in the order in which wedges are cut.</param>
public sealed record RoadMap(
    int FirstYear,
    int Years,
    double RealRate,
    IReadOnlyList<RoadMapDriver> Drivers,
    IReadOnlyList<RoadMapActivity> Activities,
    IReadOnlyList<RoadMapMeasure> Measures)
{
    /// <summary>The last calendar year.</summary>
    public int LastYear => FirstYear + Years - 1;

    /// <summary>Reckons everything: O((measures + uncertain inputs) × activities × years).</summary>
    /// <exception cref="RoadMapException">Something in it cannot be; every such thing is told.</exception>
    public RoadMapOutcome Reckon()
    {
        var mistakes = RoadMapCheck.Mistakes(this);
        return mistakes.Count > 0 ? throw new RoadMapException(mistakes) : new RoadMapReckoning(this).Outcome();
    }
}

/// <summary>A value in a year.</summary>
/// <param name="Year">The calendar year.</param>
/// <param name="Value">How much, in the driver's unit; not below zero.</param>
public readonly record struct RoadMapPoint(int Year, double Value);

/// <summary>Something that emissions grow and shrink with, as floor area or grams for a kilowatt-hour, without any measure.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Points">Values in the order of years: straight lines join them, and outside the nearest holds.</param>
/// <param name="Low">What the whole path is multiplied by where it turns out low: from 0 to 1, and 1 where it is sure.</param>
/// <param name="High">The same where it turns out high: at least 1.</param>
public sealed record RoadMapDriver(string Key, IReadOnlyList<RoadMapPoint> Points, double Low = 1, double High = 1)
{
    /// <summary>Whether another path is declared than the expected one.</summary>
    public bool Uncertain => Low != 1 || High != 1;

    /// <summary>The value in a year.</summary>
    public double At(int year)
    {
        var after = 0;
        while (after < Points.Count && Points[after].Year < year)
        {
            after++;
        }

        if (after == 0 || after == Points.Count || Points[after].Year == year)
        {
            return Points[Math.Min(after, Points.Count - 1)].Value;
        }

        var (from, to) = (Points[after - 1], Points[after]);
        return ((from.Value * (to.Year - year)) + (to.Value * (year - from.Year))) / (to.Year - from.Year);
    }
}

/// <summary>Something that emits: the product of its drivers.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Sector">What it is counted under, as <c>energy</c>.</param>
/// <param name="Drivers">The keys of the drivers that are multiplied, each once.</param>
/// <param name="Tonnes">The tonnes of CO2e a year that a product of 1 is: 1e-6 where the drivers make grams.</param>
public sealed record RoadMapActivity(string Key, string Sector, IReadOnlyList<string> Drivers, double Tonnes);

/// <summary>How a measure changes a driver. On one driver the changes are made in this order, so that the order of measures is none of the plan's.</summary>
public enum RoadMapChange
{
    /// <summary>To a value of its own; one measure at most for a driver.</summary>
    To,

    /// <summary>By an amount that is added.</summary>
    Add,

    /// <summary>By a share of it: −0.3 takes three tenths away.</summary>
    By,
}

/// <summary>What a measure does to one driver once it is in full force.</summary>
/// <param name="Driver">The driver's key.</param>
/// <param name="Change">How.</param>
/// <param name="Amount">How much: a value or an amount in the driver's unit, or a share.</param>
/// <param name="Low">The amount at one end of what is thought possible; null where it is sure.</param>
/// <param name="High">The amount at the other end.</param>
public sealed record RoadMapEffect(string Driver, RoadMapChange Change, double Amount, double? Low = null, double? High = null);

/// <summary>What a measure costs, in euros of the first year.</summary>
/// <param name="Investment">Once, in all.</param>
/// <param name="InvestedIn">The calendar year in which; null where it is spread evenly over the ramp.</param>
/// <param name="Lifetime">After so many years it is invested again; null for never within the road map.</param>
/// <param name="Yearly">A year in full force, in proportion before.</param>
/// <param name="Saving">What is saved a year in full force, in proportion before.</param>
public sealed record RoadMapCost(double Investment = 0, int? InvestedIn = null, int? Lifetime = null, double Yearly = 0, double Saving = 0);

/// <summary>Something that is done.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Start">The first calendar year of its effect.</param>
/// <param name="Ramp">In how many years it comes into full force, an equal part in each: with 5, a fifth in the year of its start.</param>
/// <param name="Effects">What it does, each driver once.</param>
/// <param name="Cost">What it costs; null where nobody has said.</param>
public sealed record RoadMapMeasure(string Key, int Start, int Ramp, IReadOnlyList<RoadMapEffect> Effects, RoadMapCost? Cost)
{
    /// <summary>How much of it is in force in a year, from 0 to 1.</summary>
    public double Force(int year) => year < Start ? 0 : Math.Min(1, (year - Start + 1) / (double)Ramp);

    /// <summary>What it costs in a year less what it saves, in euros, not discounted; null where nobody has said.</summary>
    public double? CostIn(int year) => Cost is { } cost ? Invested(cost, year) + ((cost.Yearly - cost.Saving) * Force(year)) : null;

    private double Invested(RoadMapCost cost, int year)
    {
        var (first, instalments) = cost.InvestedIn is { } once ? (once, 1) : (Start, Ramp);
        var due = Enumerable.Range(first, instalments)
            .Count(instalment => year == instalment || (cost.Lifetime is { } lifetime && year > instalment && (year - instalment) % lifetime == 0));
        return cost.Investment * due / instalments;
    }
}

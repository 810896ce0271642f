namespace Kera.Carbon;

/// <summary>Which part of the way to a unit a factor counts.</summary>
public enum FactorStage
{
    /// <summary>What is given off where the unit is made or used.</summary>
    Direct,

    /// <summary>What was given off before: extraction, making and carrying of what is burned.</summary>
    Upstream,

    /// <summary>What is lost between making and use.</summary>
    GridLoss,

    /// <summary>What building the plant or the vehicle gave off, shared out over its units.</summary>
    Infrastructure,

    /// <summary>All of it in one number.</summary>
    LifeCycle,
}

/// <summary>Which electricity or heat a factor is of.</summary>
public enum FactorMethod
{
    /// <summary>What is physically there.</summary>
    Location,

    /// <summary>What was bought, by contract or certificate.</summary>
    Market,
}

/// <summary>How much a factor may be relied on.</summary>
public enum FactorQuality
{
    /// <summary>Its source prints it for this region and this unit.</summary>
    Printed,

    /// <summary>It is derived: a unit is inferred, or rounded by the source.</summary>
    Derived,

    /// <summary>Of another region, or of a source that does not say enough: to be replaced.</summary>
    Placeholder,
}

/// <summary>What a unit costs the climate, with its pedigree. Scope follows from the reporting boundary and is no part of it.</summary>
/// <param name="Key">The stable key; with another unit it is another factor.</param>
/// <param name="Kilograms">Kilograms of the gas for a unit.</param>
/// <param name="Gas">CO2, biogenicCO2, CH4, N2O, HFC, PFC, SF6, NF3, or CO2e where the source adds them up.</param>
/// <param name="Unit">The unit's UCUM code.</param>
/// <param name="Stage">Which part of the way it counts.</param>
/// <param name="Method">Which electricity or heat it is of.</param>
/// <param name="Allocation">How co-products were shared out; null where there are none, or it is not said.</param>
/// <param name="Region">Of where.</param>
/// <param name="From">The first day for which it holds.</param>
/// <param name="To">The last; null where a newer one has not come.</param>
/// <param name="Quality">How much it may be relied on.</param>
/// <param name="GwpSet">The warming potentials by which a CO2e was added up (AR4, AR5, AR6, unstated); null for a gas.</param>
/// <param name="Source">Where it is from, with the year of the data.</param>
public sealed record EmissionFactor(
    string Key,
    double Kilograms,
    string Gas,
    string Unit,
    FactorStage Stage,
    FactorMethod Method,
    string? Allocation,
    string Region,
    DateOnly From,
    DateOnly? To,
    FactorQuality Quality,
    string? GwpSet,
    string Source)
{
    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => From <= day && (To is null || day <= To);
}

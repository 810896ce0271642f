namespace Kera.Base.District;

/// <summary>The buildings that somebody keeps, and what is metered in homes.</summary>
/// <param name="Buildings">The buildings, by place.</param>
/// <param name="Readings">What is metered in homes, in the order of the file.</param>
/// <param name="Tariff">What a home pays; null where the district does not say.</param>
public sealed record DistrictBuildings(IReadOnlyDictionary<string, DistrictBuilding> Buildings, IReadOnlyList<HomeReading> Readings, HomeTariff? Tariff);

/// <summary>A building, or a block of them, that somebody keeps.</summary>
/// <param name="Place">The key of its place.</param>
/// <param name="Keeper">The agent whom reports of its rooms reach.</param>
/// <param name="AnswersWithin">In how many days the keeper answers one.</param>
/// <param name="Homes">Whether people live in it.</param>
/// <param name="Area">Its heated floor area in square metres; null where nobody says.</param>
/// <param name="Indoor">The public Series of the temperature indoors; null where nothing measures it, or not for all to see.</param>
/// <param name="Illustrative">Whether the area is made up.</param>
/// <param name="Sources">Where the area is from.</param>
public sealed record DistrictBuilding(string Place, string Keeper, int AnswersWithin, bool Homes, decimal? Area, string? Indoor, bool Illustrative, IReadOnlyList<string> Sources);

/// <summary>What a reading of a home is of.</summary>
public enum HomeMeasure
{
    /// <summary>Electricity, in kWh.</summary>
    Power,

    /// <summary>Heat, in kWh.</summary>
    Heat,

    /// <summary>Water, in m³.</summary>
    Water,

    /// <summary>The temperature of a room, in °C.</summary>
    Temperature,
}

/// <summary>A room of a home.</summary>
public enum HomeRoom
{
    LivingRoom,
    Bedroom,
    Kitchen,
    Bathroom,
    Hall,
    Other,
}

/// <summary>Something that is metered in homes: a declared flow whose readings are a private Series of each person.</summary>
/// <param name="Flow">The key of the declared flow.</param>
/// <param name="Measure">What it is of.</param>
/// <param name="Network">The network that it is taken from, whose hours say what it cost the climate; null where that is unsaid.</param>
/// <param name="Room">The room; set for a temperature and for nothing else.</param>
public sealed record HomeReading(string Flow, HomeMeasure Measure, string? Network, HomeRoom? Room)
{
    /// <summary>The key of a person's Series, as an import names it.</summary>
    public string SeriesOf(string person) => $"{Flow}:{person}";
}

/// <summary>What a home pays: for power the price of its hour and fees, for heat and water the same at all times; with tax.</summary>
/// <param name="Price">The Series of the price, in EUR a MWh, without tax.</param>
/// <param name="Fees">Fees of some hours and months, EUR a MWh, without tax.</param>
/// <param name="Heat">What heat costs, EUR a MWh, without tax; null where the district does not say.</param>
/// <param name="Water">What water costs with its sewage, EUR a m³, without tax; null where the district does not say.</param>
/// <param name="TaxPercent">Value added tax on all.</param>
/// <param name="Illustrative">Whether the amounts are made up.</param>
/// <param name="Sources">Where they are from.</param>
public sealed record HomeTariff(string Price, IReadOnlyList<GridFee> Fees, decimal? Heat, decimal? Water, decimal TaxPercent, bool Illustrative, IReadOnlyList<string> Sources)
{
    /// <summary>What a kWh costs in an hour, EUR with tax.</summary>
    /// <param name="market">The price of the hour, EUR a MWh.</param>
    /// <param name="hour">The local hour of the day.</param>
    /// <param name="month">The local month.</param>
    public decimal ByKilowatthour(decimal market, int hour, int month) =>
        WithTax(market + Fees.Where(fee => fee.IsIn(hour, month)).Sum(fee => fee.Amount)) / 1_000;

    /// <summary>What a unit costs at any time, EUR with tax; null where nobody says, and for power, whose price has hours.</summary>
    /// <param name="measure">Of what: a kWh of heat or a m³ of water.</param>
    public decimal? ByUnit(HomeMeasure measure) => measure switch
    {
        HomeMeasure.Heat => WithTax(Heat) / 1_000,
        HomeMeasure.Water => WithTax(Water),
        _ => null,
    };

    private decimal? WithTax(decimal? amount) => amount is { } known ? WithTax(known) : null;

    private decimal WithTax(decimal amount) => amount * (1 + (TaxPercent / 100));
}

using Kera.Flows;
using NodaTime;

namespace Kera.Base.District;

/// <summary>A district's demonstration: synthetic loads, the same on every machine for the same seed.</summary>
/// <param name="Seed">The seed of the noise.</param>
/// <param name="Days">How many days of hours are loaded at first.</param>
/// <param name="Flows">The flows that are driven, in the order in which each hour's events must be recorded.</param>
/// <param name="Mixes">The synthetic generation of grids, which goes into Series.</param>
/// <param name="Series">Other synthetic Series, as a price and the weather.</param>
/// <param name="Homes">The made-up homes; null where there are none.</param>
/// <param name="Bookings">Who made-up books; null where nobody does.</param>
public sealed record DistrictDemo(int Seed, int Days, IReadOnlyList<DemoFlow> Flows, IReadOnlyList<DemoMix> Mixes, IReadOnlyList<DemoSeries> Series, DemoHomes? Homes, DemoBookings? Bookings);

/// <summary>Made-up bookings of the district's spaces, by the rules, for the month before now and the two weeks after it.</summary>
/// <param name="People">How many made-up people book.</param>
/// <param name="Share">Of so many per cent of the hours that are open somebody wants to book.</param>
/// <param name="Groups">Made-up groups, led by the first of these people.</param>
public sealed record DemoBookings(int People, int Share, IReadOnlyList<DemoGroup> Groups);

/// <summary>A made-up group that applies in each round that is open and gives one of its spaces.</summary>
/// <param name="Name">What its people call it.</param>
/// <param name="Kind">The key of its kind.</param>
/// <param name="Spaces">The keys of the spaces that suit it, the best first.</param>
public sealed record DemoGroup(string Name, string Kind, IReadOnlyList<string> Spaces);

/// <summary>Made-up homes with readings of their own, so that there is something to compare with.</summary>
/// <param name="Count">How many.</param>
/// <param name="Days">How many days of readings each has at first.</param>
/// <param name="Building">The place where they are.</param>
/// <param name="Readings">What is metered in each, by the hour; each home's differs by its number.</param>
public sealed record DemoHomes(int Count, int Days, string Building, IReadOnlyList<DemoSeries> Readings);

/// <summary>A synthetic Series by the hour: an offset, which may be below zero, and a load of a form.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Offset">What is added to the load.</param>
/// <param name="Load">The load.</param>
/// <param name="Ahead">How far ahead it is known.</param>
public sealed record DemoSeries(string Key, Unit Unit, decimal Offset, ShapedLoad Load, DemoAhead Ahead);

/// <summary>How far ahead a synthetic Series is known.</summary>
public enum DemoAhead
{
    /// <summary>Not at all, as what a meter says.</summary>
    Now,

    /// <summary>Two days, as a weather forecast.</summary>
    TwoDays,

    /// <summary>To the end of today, from two in the afternoon on to the end of tomorrow, as the prices of the day-ahead market.</summary>
    DayAheadMarket,
}

/// <summary>A kind of generation of the demonstration, in MWh an hour.</summary>
/// <param name="Mix">The mix's key.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Load">How it comes about.</param>
public sealed record DemoMix(string Mix, MixKind Kind, ShapedLoad Load);

/// <summary>A flow of the demonstration and how its load comes about.</summary>
public sealed record DemoFlow(DistrictFlow Flow, DemoRule Rule);

/// <summary>How a synthetic load comes about.</summary>
public abstract record DemoRule;

/// <summary>A load's form over the day, the week and the year, in per cent of its base.</summary>
/// <param name="Key">The key by which flows name it.</param>
/// <param name="Day">The 24 hours of a day, from midnight.</param>
/// <param name="Week">The seven days of a week, from Monday.</param>
/// <param name="Year">The middles of the twelve months; between two of them the form runs straight.</param>
public sealed record DemoShape(string Key, IReadOnlyList<decimal> Day, IReadOnlyList<decimal> Week, IReadOnlyList<decimal> Year);

/// <summary>A load of a form: base × hour × weekday × season × (1 ± noise).</summary>
/// <param name="Shape">The form.</param>
/// <param name="Base">What 100 per cent is, in the flow's unit and hour.</param>
/// <param name="NoisePercent">How far noise may take it from the form.</param>
/// <param name="Zone">The zone of the form's hours and days.</param>
public sealed record ShapedLoad(DemoShape Shape, decimal Base, decimal NoisePercent, DateTimeZone Zone) : DemoRule;

/// <summary>A load that is a fixed multiple of another, as a heat pump's power is of its heat.</summary>
/// <param name="Of">The other flow.</param>
/// <param name="Factor">The multiple; it may also turn one unit into another.</param>
public sealed record FollowingLoad(DemoFlow Of, decimal Factor) : DemoRule;

/// <summary>A load that closes a network's balance: what is needed and not supplied otherwise or, of a surplus, the reverse.</summary>
/// <param name="Needs">What is taken out.</param>
/// <param name="Supplies">What is put in otherwise.</param>
/// <param name="LossesPercent">How much more than the needs must be put in.</param>
/// <param name="Surplus">Whether this is what is left over, not what is lacking.</param>
public sealed record BalancingLoad(IReadOnlyList<DemoFlow> Needs, IReadOnlyList<DemoFlow> Supplies, decimal LossesPercent, bool Surplus) : DemoRule;

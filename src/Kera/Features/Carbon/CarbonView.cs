using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What the carbon page shows of a period.</summary>
/// <param name="Time">When.</param>
/// <param name="Period">What was traced.</param>
/// <param name="Total">The total with all that it is made of.</param>
/// <param name="Before">The period that it is compared with; null where nothing was traced of it.</param>
/// <param name="Course">The periods by which its course is told.</param>
/// <param name="Bands">From sources through networks to uses, in kg CO2e.</param>
/// <param name="Uses">By group of uses, the largest first.</param>
/// <param name="Changes">What made it more or less than before, the largest first; empty without a before.</param>
/// <param name="Avoided">What was avoided against baselines; null where nothing is declared, or has a factor.</param>
/// <param name="Networks">The networks of energy with their intensities.</param>
/// <param name="Gaps">What has no factor, with its amount and unit.</param>
/// <param name="Names">What all that is called.</param>
/// <param name="Categories">By source, its colour.</param>
public sealed record CarbonView(
    CarbonTime Time,
    TracedPeriod Period,
    FigureValue Total,
    TracedPeriod? Before,
    IReadOnlyList<TracedPeriod> Course,
    IReadOnlyList<CarbonBand> Bands,
    IReadOnlyList<UseLine> Uses,
    IReadOnlyList<CarbonChange> Changes,
    FigureValue? Avoided,
    IReadOnlyList<NetworkIntensity> Networks,
    IReadOnlyList<(string Name, double Amount, string Unit)> Gaps,
    CarbonNames Names,
    IReadOnlyDictionary<string, CarbonCategory> Categories)
{
    /// <summary>What was used and given off, in kg CO2e.</summary>
    public double Used => Period.Used;

    /// <summary>What that was before; null where it is not known.</summary>
    public double? UsedBefore => Before?.Used;

    /// <summary>What a source of the layout is called.</summary>
    public string SourceName(string source) => Names.Source(source);

    /// <summary>The class of a source's colour; null for none.</summary>
    public string? ColourOf(string source) => Categories.GetValueOrDefault(FootprintLayout.Declared(source).Key, CarbonCategory.Other) switch
    {
        CarbonCategory.HeatPump => "colour-1",
        CarbonCategory.Sun => "colour-2",
        CarbonCategory.Combustion => "colour-3",
        CarbonCategory.WasteHeat => "colour-4",
        CarbonCategory.Grid => "colour-5",
        CarbonCategory.Transport => "colour-6",
        _ => null,
    };
}

/// <summary>Where carbon came from, what it went through and who used it.</summary>
/// <param name="Source">The key of the source in the layout.</param>
/// <param name="Through">What it went through.</param>
/// <param name="Use">The key of the group of uses; empty for none.</param>
/// <param name="UseName">What that is called.</param>
/// <param name="Kilograms">Of CO2e, of all stages by location.</param>
public sealed record CarbonBand(string Source, string Through, string Use, string UseName, double Kilograms);

/// <summary>A group of uses.</summary>
/// <param name="Use">Which; null for those in none.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Location">In kg CO2e by what is physically there.</param>
/// <param name="Market">In kg CO2e by what was bought.</param>
/// <param name="Quality">What it rests on.</param>
public sealed record UseLine(CarbonUse? Use, string Name, double Location, double Market, Quality? Quality);

/// <summary>What made a total more or less than before.</summary>
/// <param name="Name">Of what.</param>
/// <param name="ByAmount">Because more or less of it was used, in kg CO2e.</param>
/// <param name="ByIntensity">Because a unit of it carried more or less, in kg CO2e.</param>
public sealed record CarbonChange(string Name, double ByAmount, double ByIntensity);

/// <summary>A network's intensity, hour by hour.</summary>
/// <param name="Key">The network's key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">Of a unit of it, as g{CO2e}/kWh.</param>
/// <param name="Now">The newest hour that was traced.</param>
/// <param name="Hours">A day before it and a day ahead; null where nothing is known.</param>
/// <param name="ByMix">Whether the hours ahead follow the generation that is foreseen; else they are as the day before.</param>
public sealed record NetworkIntensity(string Key, string Name, string Unit, Instant Now, IReadOnlyList<(Instant Start, Quantity? Value, bool Ahead)> Hours, bool ByMix)
{
    /// <summary>The newest value.</summary>
    public Quantity? Value => Hours.LastOrDefault(hour => !hour.Ahead && hour.Value is not null).Value;
}

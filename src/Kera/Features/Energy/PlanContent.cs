using System.Text.Json;
using System.Text.Json.Serialization;
using Kera.Base.District;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>A plan as it is kept: all that its page shows. Powers in kW, energy in kWh, prices in EUR a MWh, by hour from the first on.</summary>
public sealed record PlanContent
{
    private static readonly JsonSerializerOptions Form = new() { Converters = { new JsonStringEnumConverter() }, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    /// <summary>The first hour, seconds since 1970 UTC.</summary>
    public required long First { get; init; }

    /// <summary>How the solve ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>By element, the power in each hour: what is demanded, what comes by itself, plants, a grid's two ways.</summary>
    public required IReadOnlyDictionary<string, double[]> Levels { get; init; }

    /// <summary>By store, what it holds at the end of each hour.</summary>
    public required IReadOnlyDictionary<string, double[]> StoreLevels { get; init; }

    /// <summary>By store, power in (above zero) or out (below) in each hour.</summary>
    public required IReadOnlyDictionary<string, double[]> StorePowers { get; init; }

    /// <summary>By bus, what a MWh more would cost, in <see cref="PriceUnit"/>.</summary>
    public required IReadOnlyDictionary<string, double[]> Prices { get; init; }

    /// <summary>By grid, the price of the market.</summary>
    public required IReadOnlyDictionary<string, HourNumbers> Market { get; init; }

    /// <summary>Outside, °C.</summary>
    public required HourNumbers Temperature { get; init; }

    /// <summary>By grid, grams of CO2e by kWh.</summary>
    public required IReadOnlyDictionary<string, HourNumbers> Intensity { get; init; }

    /// <summary>By demand and supply, its power as it is forecast, before losses and curtailing.</summary>
    public required IReadOnlyDictionary<string, HourNumbers> Forecasts { get; init; }

    /// <summary>Bounds that hold plants back, and the power of stores.</summary>
    public required IReadOnlyList<PlanLimit> Limits { get; init; }

    /// <summary>What is not met.</summary>
    public required IReadOnlyList<UnmetWish> Unmet { get; init; }

    /// <summary>Stores of which a reading says what they hold.</summary>
    public required IReadOnlyList<string> StoresMeasured { get; init; }

    /// <summary>The offers that it has, as a word that is another when one of them is.</summary>
    public string Offers { get; init; } = "";

    /// <summary>What the plan costs, EUR.</summary>
    public required double Cost { get; init; }

    /// <summary>What it emits, kg CO2e; null where nothing is known of the intensity of what is bought, which is not nothing.</summary>
    public required double? Carbon { get; init; }

    /// <summary>What the plan seeks; null of plans from before that could be said, which sought cost.</summary>
    public PlanGoal? Goal { get; init; }

    /// <summary>In what the prices of buses are: money, or carbon where that is what is sought.</summary>
    [JsonIgnore]
    public string PriceUnit => PriceUnitOf(Goal?.Aim ?? PlanAim.Cost, Goal?.CarbonKnown == true);

    /// <summary>The unit of prices in a plan that seeks something.</summary>
    public static string PriceUnitOf(PlanAim aim, bool carbonKnown) => aim == PlanAim.Carbon && carbonKnown ? "kg{CO2e}/MWh" : "EUR/MWh";

    /// <summary>The beginning of an hour of the plan.</summary>
    public Instant At(int hour) => Instant.FromUnixTimeSeconds(First) + Duration.FromHours(hour);

    /// <summary>How many hours it has.</summary>
    [JsonIgnore]
    public int Hours => Temperature.Values.Length;

    /// <summary>What the plan says a store holds before an hour; null where it says nothing of it.</summary>
    public double? StoreBefore(string store, Instant first)
    {
        var hour = (int)((first.ToUnixTimeSeconds() - First) / 3_600) - 1;
        return StoreLevels.TryGetValue(store, out var levels) && hour >= 0 && hour < levels.Length ? levels[hour] : null;
    }

    /// <summary>What was planned, as it is kept.</summary>
    public static PlanContent Of(DistrictEnergy energy, EnergyInputs inputs, EnergyPlan plan)
    {
        static bool OfOffer(string element) => element.StartsWith(OfferAhead.Prefix, StringComparison.Ordinal);
        const double Kilo = 1_000;
        double[] Kilowatts(IEnumerable<double> megawatts) => [.. megawatts.Select(value => Math.Round(value * Kilo, 3))];
        return new PlanContent
        {
            First = inputs.First.ToUnixTimeSeconds(),
            Status = plan.Status,
            Levels = plan.Activities.Where(activity => !OfOffer(activity.Name)).ToDictionary(activity => activity.Name, activity => Kilowatts(activity.Level)),
            StoreLevels = plan.Stores.Where(store => !OfOffer(store.Name)).ToDictionary(store => store.Name, store => Kilowatts(store.Level)),
            StorePowers = plan.Stores.Where(store => !OfOffer(store.Name)).ToDictionary(store => store.Name, store => Kilowatts(store.Charge[0].Zip(store.Discharge[0], (charge, discharge) => charge - discharge))),
            Prices = plan.Prices.Where(price => energy.Buses.ContainsKey(price.Key)).ToDictionary(),
            Market = inputs.Prices,
            Temperature = inputs.Temperature,
            Intensity = inputs.Intensity,
            Forecasts = inputs.Flows,
            Limits = [.. plan.Limits.Where(limit => energy.Plants.ContainsKey(limit.Element) || (limit.Kind is RowKind.StoreCharge or RowKind.StoreDischarge && !OfOffer(limit.Element)))
                .Select(limit => new PlanLimit(limit.Element, limit.Kind, limit.Step, limit.AtMost, Math.Round(limit.Saving, 2)))],
            // What one offer does without is told to who made it.
            Unmet = [.. plan.Unmet.Where(wish => !OfOffer(wish.Element))],
            StoresMeasured = inputs.State.StoresMeasured,
            Cost = plan.Cost,
            Carbon = inputs.CarbonKnown ? plan.Carbon : null,
            Goal = new PlanGoal(energy.Objective.Seek, energy.Objective.CarbonPrice, inputs.CarbonKnown, inputs.CarbonKnown ? inputs.Budget : null, -plan.Unmet.Where(wish => wish.Kind == RowKind.Cap).Sum(wish => wish.Amount)),
        };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    public static PlanContent Read(byte[] bytes) => JsonSerializer.Deserialize<PlanContent>(bytes, Form)!;
}

/// <summary>What a plan seeks.</summary>
/// <param name="Aim">The least of what.</param>
/// <param name="CarbonPrice">What a tonne of CO2e counts in a mix, EUR.</param>
/// <param name="CarbonKnown">Whether the intensity of what is bought is known; else the least cost is sought, without a cap.</param>
/// <param name="Budget">What the hours may cause; null for any.</param>
/// <param name="Over">What they cause above it, kg CO2e.</param>
public sealed record PlanGoal(PlanAim Aim, decimal CarbonPrice, bool CarbonKnown, CarbonBudget? Budget, double Over);

/// <summary>A bound that holds a plant or a store back in an hour, and what a MWh more room would save.</summary>
public sealed record PlanLimit(string Element, RowKind Kind, int Hour, bool AtMost, double Saving);

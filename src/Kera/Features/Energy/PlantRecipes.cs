using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>A flow of a recipe.</summary>
/// <param name="Bus">The bus that it is taken from or given to.</param>
/// <param name="Specification">The kind of thing, as the ledger has it.</param>
/// <param name="Kilowatthours">How much for one kilowatt-hour of the main output.</param>
public sealed record RecipeFlow(string Bus, string Specification, decimal Kilowatthours);

/// <summary>How a plant makes one kilowatt-hour of what it is there for: one process with its inputs and outputs.</summary>
/// <param name="Plant">The plant.</param>
/// <param name="Inputs">What it takes.</param>
/// <param name="Outputs">What it gives, the main output first.</param>
/// <param name="Conditions">The temperatures at which a heat pump's flows are these; null where they are these at any.</param>
public sealed record PlantRecipe(DistrictPlant Plant, IReadOnlyList<RecipeFlow> Inputs, IReadOnlyList<RecipeFlow> Outputs, RecipeConditions? Conditions);

/// <summary>The temperatures of a heat pump's recipe, °C.</summary>
/// <param name="Source">What it takes heat from.</param>
/// <param name="Sink">What it gives.</param>
/// <param name="IsOutside">Whether the source is the air outside, so that other air makes other flows.</param>
public sealed record RecipeConditions(decimal Source, decimal Sink, bool IsOutside);

/// <summary>The recipes of a district: what energy.yaml says of its plants, in the words of ValueFlows.</summary>
public static class PlantRecipes
{
    private const int Decimals = 6;

    // Air of the rating condition of EN 14511, at which heat pumps are compared.
    private const decimal RatedOutside = 7;

    public static IReadOnlyList<PlantRecipe> Of(DistrictModel model) => model.Energy is { } energy ? [.. energy.Plants.Values.Select(plant => Of(plant, energy, model))] : [];

    /// <summary>Under which conditions a heat pump's recipe holds, in words.</summary>
    public static string Words(RecipeConditions conditions, Language language, DateTimeZone zone)
    {
        string Degrees(decimal degrees) => new Formats(language, zone).Amount(new Quantity((long)(degrees * Quantity.One)), "Cel");
        return Texts.For(language).Format(conditions.IsOutside ? "energy.recipe.air" : "energy.recipe.source", ("source", Degrees(conditions.Source)), ("sink", Degrees(conditions.Sink)));
    }

    private static PlantRecipe Of(DistrictPlant plant, DistrictEnergy energy, DistrictModel model)
    {
        RecipeFlow Flow(string bus, decimal amount) => new(bus, model.Resources[energy.Buses[bus].Network].Specification, amount);
        if (plant.HeatPump is not { } pump)
        {
            var main = plant.Flows.First(flow => flow.Bus == plant.Gives).Amount;
            List<PlantFlow> each = [.. plant.Flows.Select(flow => flow with { Amount = decimal.Round(flow.Amount / main, Decimals) })];
            return new PlantRecipe(plant, [.. each.Where(flow => flow.Amount < 0).Select(flow => Flow(flow.Bus, -flow.Amount))], [.. each.Where(flow => flow.Amount > 0).Select(flow => Flow(flow.Bus, flow.Amount))], null);
        }

        var conditions = new RecipeConditions(pump.Source ?? RatedOutside, pump.Sink, pump.Source is null);
        var power = decimal.Round(1 / (decimal)pump.Performance((double)conditions.Source), Decimals);
        // What the source gives is the rest; of air, which no network carries, there is no flow.
        IReadOnlyList<RecipeFlow> inputs = pump.From is { } from ? [Flow(pump.Takes, power), Flow(from, 1 - power)] : [Flow(pump.Takes, power)];
        return new PlantRecipe(plant, inputs, [Flow(pump.Gives, 1)], conditions);
    }
}

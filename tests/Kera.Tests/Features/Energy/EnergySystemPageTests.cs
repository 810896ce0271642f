using System.Net;
using System.Text.Json;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Features.Energy;
using Kera.Tests.Features.Today;
using Microsoft.Extensions.DependencyInjection;

namespace Kera.Tests.Features.Energy;

/// <summary>How the district's energy hangs together, and what its plants make a unit of: on the page and for programs.</summary>
public sealed class EnergySystemPageTests(DemonstrationKera kera) : IClassFixture<DemonstrationKera>
{
    private DistrictModel Model => kera.App.Services.GetRequiredService<DistrictInForce>().Model!;

    [Fact]
    public void What_gives_to_a_bus_is_drawn_above_it_and_what_takes_from_it_below()
    {
        Assert.Equal(["power", "waste-heat", "heat", "cooling"], EnergyDiagram.Rails(Model.Energy!));
        Assert.Equal(
            ["grid", "sun", "power", "battery", "homes-power", "other-power", "data-centre-power", "charging", "bus-chargers", "data-centre-heat", "waste-heat", "heat-pump", "electric-boiler", "heat", "heat-tank", "homes-heat", "other-heat", "school-warmth", "chiller", "cooling", "hall-cooling"],
            EnergyDiagram.Rows(Model.Energy!).Select(row => row.Element));
    }

    [Fact]
    public void A_rail_goes_from_the_first_that_meets_it_to_the_last()
    {
        var rows = EnergyDiagram.Rows(Model.Energy!);
        bool[] power = [.. rows.Select(row => row.Below[0])];

        // The chiller, the nineteenth, is the last that takes power.
        Assert.Equal([.. Enumerable.Repeat(true, 18), .. Enumerable.Repeat(false, 3)], power);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Below, pair.Second.Above));
        Assert.Equal([new DiagramLink(0, false, true), new DiagramLink(1, false, true), new DiagramLink(2, true, false)], rows.Single(row => row.Element == "heat-pump").Links);
    }

    [Fact]
    public void Plants_that_feed_each_other_in_a_ring_are_drawn_too()
    {
        var energy = Model.Energy!;
        var boiler = energy.Plants["electric-boiler"];
        var turbine = boiler with { Key = "turbine", Flows = [new PlantFlow("power", 1), new PlantFlow("heat", -3)] };

        var ring = energy with { Plants = new Dictionary<string, DistrictPlant> { [boiler.Key] = boiler, [turbine.Key] = turbine } };
        var rows = EnergyDiagram.Rows(ring);

        Assert.Equal(20, rows.Count);
        Assert.Contains(rows, row => row.Element == "turbine" && row.Links.Contains(new DiagramLink(EnergyDiagram.Rails(ring).ToList().IndexOf("power"), true, false)));
    }

    [Theory]
    [InlineData("en", "Takes: Power, Waste heat. Gives at most 740 kW: Heat. The size is illustrative.", "When it takes heat at 28 °C and gives it at 65 °C.")]
    [InlineData("sv", "Tar: El, Spillvärme. Ger högst 740 kW: Värme. Storleken är illustrativ.", "När den tar värme vid 28 °C och ger den vid 65 °C.")]
    [InlineData("fi", "Ottaa: Sähkö, Hukkalämpö. Antaa enintään 740 kW: Lämpö. Koko on havainnollistava.", "Kun se ottaa lämpöä 28 °C ja antaa sitä 65 °C.")]
    public async Task The_page_says_in_words_all_that_is_drawn(string language, string plant, string conditions)
    {
        var page = WebUtility.HtmlDecode(await kera.PageAsync($"/{language}/energy/system")).Replace("\u00AD", "", StringComparison.Ordinal).Replace('\u00A0', ' ');

        Assert.Contains(plant, page, StringComparison.Ordinal);
        Assert.Contains(conditions, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/{language}/energy/system\"", await kera.PageAsync($"/{language}/energy"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_heat_pumps_recipe_takes_as_much_as_it_gives()
    {
        var recipe = PlantRecipes.Of(Model).Single(recipe => recipe.Plant.Key == "heat-pump");
        var performance = (decimal)recipe.Plant.HeatPump!.Performance(outside: -20);

        Assert.Equal(new RecipeConditions(28, 65, IsOutside: false), recipe.Conditions);
        Assert.Equal([("power", decimal.Round(1 / performance, 6)), ("waste-heat", 1 - decimal.Round(1 / performance, 6))], recipe.Inputs.Select(flow => (flow.Bus, flow.Kilowatthours)));
        Assert.Equal(1, recipe.Inputs.Sum(flow => flow.Kilowatthours));

        using var answer = JsonDocument.Parse(await kera.PageAsync("/api/v1/recipes/heat-pump"));
        var process = Assert.Single(answer.RootElement.GetProperty("recipeIncludes").EnumerateArray());
        Assert.Equal(
            recipe.Inputs.Select(flow => ("consume", flow.Specification, flow.Kilowatthours, "kWh")),
            process.GetProperty("hasRecipeInput").EnumerateArray().Select(flow => (flow.GetProperty("action").GetString()!, flow.GetProperty("resourceConformsTo").GetString()!, flow.GetProperty("resourceQuantity").GetProperty("hasNumericalValue").GetDecimal(), flow.GetProperty("resourceQuantity").GetProperty("hasUnit").GetString()!)));
        Assert.Equal(("produce", 1m), (process.GetProperty("hasRecipeOutput")[0].GetProperty("action").GetString()!, process.GetProperty("hasRecipeOutput")[0].GetProperty("resourceQuantity").GetProperty("hasNumericalValue").GetDecimal()));
        Assert.Equal(Model.Resources["heat-network"].Specification, answer.RootElement.GetProperty("primaryOutput").GetString());
        await kera.PageAsync("/api/v1/recipes/no-plant", HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_pump_of_outside_air_says_at_which_air_and_takes_no_flow_of_it()
    {
        var energy = Model.Energy!;
        var plant = energy.Plants["heat-pump"];
        var air = plant with { HeatPump = plant.HeatPump! with { Kind = "air", From = null, Source = null } };

        var recipe = Assert.Single(PlantRecipes.Of(Model with { Energy = energy with { Plants = new Dictionary<string, DistrictPlant> { [air.Key] = air } } }));

        Assert.Equal(new RecipeConditions(7, 65, IsOutside: true), recipe.Conditions);
        Assert.Equal(["power"], recipe.Inputs.Select(flow => flow.Bus));
    }

    [Fact]
    public void What_gives_more_than_a_unit_is_written_for_one()
    {
        var energy = Model.Energy!;
        var plant = energy.Plants["electric-boiler"] with { Flows = [new PlantFlow("heat", 2), new PlantFlow("power", -2.04m)] };

        var recipe = Assert.Single(PlantRecipes.Of(Model with { Energy = energy with { Plants = new Dictionary<string, DistrictPlant> { [plant.Key] = plant } } }));

        Assert.Equal((1.02m, 1m), (Assert.Single(recipe.Inputs).Kilowatthours, Assert.Single(recipe.Outputs).Kilowatthours));
    }
}

using Kera.Base.Api;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ui;

namespace Kera.Features.Energy;

/// <summary>A name in each language.</summary>
public sealed record RecipeNameDocument(string Fi, string Sv, string En);

/// <summary>An amount with its unit, by its UCUM code.</summary>
public sealed record RecipeMeasureDocument(decimal HasNumericalValue, string HasUnit);

/// <summary>What goes into a process or comes out of it.</summary>
public sealed record RecipeFlowDocument
{
    /// <summary>consume or produce.</summary>
    public required string Action { get; init; }

    /// <summary>The kind of thing.</summary>
    public required string ResourceConformsTo { get; init; }

    /// <summary>How much, for one unit of the recipe's main output.</summary>
    public required RecipeMeasureDocument ResourceQuantity { get; init; }

    /// <summary>Kera's own: the network that carries it.</summary>
    public required string Network { get; init; }
}

/// <summary>A step of a recipe.</summary>
public sealed record RecipeProcessDocument
{
    public required RecipeNameDocument Name { get; init; }

    /// <summary>The kind of process; left out where the ledger's process is of none.</summary>
    public string? ProcessConformsTo { get; init; }

    public required IReadOnlyList<RecipeFlowDocument> HasRecipeInput { get; init; }

    public required IReadOnlyList<RecipeFlowDocument> HasRecipeOutput { get; init; }
}

/// <summary>How something is made, in the words of ValueFlows.</summary>
public sealed record RecipeDocument
{
    /// <summary>The key of the plant in energy.yaml.</summary>
    public required string Id { get; init; }

    public required RecipeNameDocument Name { get; init; }

    /// <summary>The kind of thing that it is for; its flows are for one kWh of it.</summary>
    public required string PrimaryOutput { get; init; }

    /// <summary>Under which conditions the amounts are these; left out where they are these under any.</summary>
    public RecipeNameDocument? Note { get; init; }

    /// <summary>Its steps.</summary>
    public required IReadOnlyList<RecipeProcessDocument> RecipeIncludes { get; init; }

    /// <summary>Kera's own: the process of the ledger that follows the recipe.</summary>
    public required string Process { get; init; }

    /// <summary>Kera's own: whether the plant is made up.</summary>
    public required bool Illustrative { get; init; }
}

/// <summary>The recipes for programs.</summary>
internal static class RecipeEndpoints
{
    public static void MapRecipes(this RouteGroupBuilder api)
    {
        api.MapGet("/recipes", (DistrictInForce district) => new Answer(All(district).ToList())).Describes<IReadOnlyList<RecipeDocument>>("Energy", "How the district's plants make one unit of what they give");
        api.MapGet("/recipes/{id}", (DistrictInForce district, string id) => All(district).FirstOrDefault(recipe => recipe.Id == id) is { } found
            ? (IResult)new Answer(found)
            : Results.Problem($"There is no recipe '{id}'.", statusCode: StatusCodes.Status404NotFound)).Describes<RecipeDocument>("Energy", "A recipe");
    }

    private static IEnumerable<RecipeDocument> All(DistrictInForce district) =>
        district.Model is { } model ? PlantRecipes.Of(model).Select(recipe => Document(recipe, model)) : [];

    private static RecipeDocument Document(PlantRecipe recipe, DistrictModel model)
    {
        RecipeFlowDocument Flow(string action, RecipeFlow flow) => new()
        {
            Action = action,
            ResourceConformsTo = flow.Specification,
            ResourceQuantity = new RecipeMeasureDocument(flow.Kilowatthours, "kWh"),
            Network = model.Energy!.Buses[flow.Bus].Network,
        };
        var name = Name(recipe.Plant.Name);
        return new RecipeDocument
        {
            Id = recipe.Plant.Key,
            Name = name,
            PrimaryOutput = recipe.Outputs[0].Specification,
            Note = recipe.Conditions is { } conditions ? Name(Texts.InAll((_, language) => PlantRecipes.Words(conditions, language, model.Header.Zone))) : null,
            RecipeIncludes = [new RecipeProcessDocument
            {
                Name = name,
                ProcessConformsTo = model.Processes[recipe.Plant.Process].BasedOn,
                HasRecipeInput = [.. recipe.Inputs.Select(flow => Flow("consume", flow))],
                HasRecipeOutput = [.. recipe.Outputs.Select(flow => Flow("produce", flow))],
            }],
            Process = recipe.Plant.Process,
            Illustrative = recipe.Plant.Illustrative,
        };
    }

    private static RecipeNameDocument Name(LocalizedText text) => new(Texts.WithoutSoftHyphens(text.Fi), Texts.WithoutSoftHyphens(text.Sv), Texts.WithoutSoftHyphens(text.En));
}

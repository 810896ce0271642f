using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kera.Base.Ui.Components;

/// <summary>A text in which CO2 is written with its index. Markup of its own would put spaces between the letters.</summary>
public sealed class ChemicalText : ComponentBase
{
    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        foreach (var (at, part) in Text.Split("CO2").Index())
        {
            if (at > 0)
            {
                builder.AddContent(0, "CO");
                builder.OpenElement(1, "sub");
                builder.AddContent(2, "2");
                builder.CloseElement();
            }

            builder.AddContent(3, part);
        }
    }
}

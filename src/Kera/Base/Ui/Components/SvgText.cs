using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace Kera.Base.Ui.Components;

/// <summary>A <c>text</c> element of SVG, whose name Razor keeps for itself.</summary>
public sealed class SvgText : ComponentBase
{
    [Parameter] public string? Class { get; set; }

    /// <summary>The horizontal place, as a length or percentage.</summary>
    [Parameter, EditorRequired] public required string X { get; set; }

    /// <summary>The vertical place of the base line.</summary>
    [Parameter, EditorRequired] public required string Y { get; set; }

    [Parameter] public string? Dy { get; set; }

    /// <summary><c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    [Parameter] public string? Anchor { get; set; }

    [Parameter, EditorRequired] public required RenderFragment ChildContent { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Class);
        builder.AddAttribute(2, "x", X);
        builder.AddAttribute(3, "y", Y);
        builder.AddAttribute(4, "dy", Dy);
        builder.AddAttribute(5, "text-anchor", Anchor);
        builder.AddContent(6, ChildContent);
        builder.CloseElement();
    }
}

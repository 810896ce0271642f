using Kera.Base.Figures;
using Kera.Base.Letters;

namespace Kera.Features.Flows;

/// <summary>What of the ledger other pages ask for by name.</summary>
internal static class FlowFigures
{
    private static readonly HourlyUse Power = new("electricity", "flows.power.sentence", "flows.power.more", "flows.power.less", "flows.power.same");

    private static readonly HourlyUse Heat = new("heat", "flows.heat.sentence", "flows.heat.more", "flows.heat.less", "flows.heat.same");

    /// <summary>Registers the figures and their tiles.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(new Figure("flows.power.hour", "flows.power.hour", (context, cancellation) => FlowsReader.Of(context).HourAsync(Power, context.Now, cancellation)));
        services.AddSingleton(new Figure("flows.heat.hour", "flows.heat.hour", (context, cancellation) => FlowsReader.Of(context).HourAsync(Heat, context.Now, cancellation)));
        services.AddSingleton(new Figure("flows.recycled", "flows.recycled", (context, cancellation) => FlowsReader.Of(context).ReusedAsync("crushed-concrete", cancellation)));
        services.AddSingleton(new Tile(10, "flows.power.hour", FlowsFeature.Path));
        services.AddSingleton(new Tile(20, "flows.heat.hour", FlowsFeature.Path));
        services.AddSingleton(new Tile(30, "flows.recycled", FlowsFeature.Path));
        services.AddSingleton(new LetterPart(300, FlowsLetter.WriteAsync));
    }
}

/// <summary>The use of a kind of energy by the hour, and how to say it.</summary>
/// <param name="Specification">The key of the kind of thing.</param>
/// <param name="Sentence">The key of the figure as a sentence.</param>
/// <param name="More">The key of: more than the day before.</param>
/// <param name="Less">The key of: less.</param>
/// <param name="Same">The key of: about as much.</param>
internal sealed record HourlyUse(string Specification, string Sentence, string More, string Less, string Same);

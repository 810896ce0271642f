using System.Runtime.CompilerServices;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Search;

namespace Kera.Features.Indicators;

/// <summary>Every indicator as a figure, <c>indicator.KEY</c>, that other pages ask for by name.</summary>
internal static class IndicatorFigures
{
    // By what the files say: the list is asked for often and changes with them only.
    private static readonly ConditionalWeakTable<DistrictModel, IReadOnlyList<Figure>> Known = [];

    /// <summary>The family to register.</summary>
    public static FigureFamily Family { get; } = new(services => services.GetRequiredService<DistrictInForce>().Model is { } district ? Known.GetValue(district, Make) : []);

    /// <summary>Indicators as one finds them by their words.</summary>
    public static SearchSource Search { get; } = new(57, "indicator", "indicators.search", (services, _) => Task.FromResult<IReadOnlyList<SearchEntry>>(
    [
        .. (services.GetRequiredService<DistrictInForce>().Model?.Indicators.Values ?? [])
            .Select(indicator => new SearchEntry(indicator.Name, indicator.About, IndicatorsFeature.PathOf(indicator.Key))),
    ]));

    private static IReadOnlyList<Figure> Make(DistrictModel district) =>
    [
        .. district.Indicators.Values.Select(indicator => new Figure(
            GoalReader.FigurePrefix + indicator.Key,
            "indicators.one",
            (context, cancellation) => GoalReader.Of(context).ValueAsync(indicator, cancellation))
        {
            Name = indicator.Name,
            Awaits = indicator.Awaits,
        }),
    ];
}

using Kera.Base.Access;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Base.Figures;

/// <summary>
/// Finds figures by name and reckons each once for as long as it lives: for one reader and one request. An endpoint takes it as a
/// parameter. Not safe for several threads.
/// </summary>
/// <param name="context">For whom and when.</param>
public sealed class FigureReader(FigureContext context)
{
    private readonly Dictionary<string, FigureValue?> _reckoned = [];

    /// <summary>Makes the reader of a request; called by the framework for an endpoint's parameter.</summary>
    public static ValueTask<FigureReader> BindAsync(HttpContext context) => ValueTask.FromResult(new FigureReader(new FigureContext(
        context.RequestServices,
        context.Reader(),
        PageContext.Of(context).Language,
        context.RequestServices.GetRequiredService<IClock>().GetCurrentInstant())));

    /// <summary>Where a page tells why a figure is what it is, after the language: <c>/why/carbon.day</c>.</summary>
    public static string WhyPath(string key) => $"/why/{Uri.EscapeDataString(key)}";

    /// <summary>The figure of a name; null where no feature has registered it, which a page shows as a gap.</summary>
    public Figure? Find(string key) => All(context.Services).FirstOrDefault(figure => figure.Key == key)
        ?? context.Services.GetServices<FigureFamily>().Select(family => family.Find?.Invoke(context.Services, key)).FirstOrDefault(figure => figure is not null);

    /// <summary>Every figure that a feature has registered, by itself or in a family.</summary>
    public static IEnumerable<Figure> All(IServiceProvider services) =>
        services.GetServices<Figure>().Concat(services.GetServices<FigureFamily>().SelectMany(family => family.Figures(services)));

    /// <summary>What a figure amounts to; null where no feature has registered it or nothing is recorded for it.</summary>
    public async Task<FigureValue?> ValueAsync(string key, CancellationToken cancellation)
    {
        if (!_reckoned.TryGetValue(key, out var value))
        {
            _reckoned[key] = value = Find(key) is { } figure ? await figure.Compute(context, cancellation) : null;
        }

        return value;
    }
}

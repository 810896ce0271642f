using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ui;
using NodaTime;

namespace Kera.Base.Figures;

/// <summary>
/// A number with a name, which other features ask for by that name alone. A feature registers its own in the service collection;
/// they are read through <see cref="FigureReader"/>.
/// </summary>
/// <param name="Key">The name, as <c>flows.power.hour</c>; the address of <em>Why this number</em> ends with it.</param>
/// <param name="TextKey">The key of what it is called on pages.</param>
/// <param name="Compute">Reckons it for a reader; null where nothing is recorded that it could be reckoned from.</param>
public sealed record Figure(string Key, string TextKey, Func<FigureContext, CancellationToken, Task<FigureValue?>> Compute)
{
    /// <summary>What it is called where a district's files say so; null where the text of <see cref="TextKey"/> does.</summary>
    public LocalizedText? Name { get; init; }

    /// <summary>Which data it waits for as long as there is no value; null where its page says the usual.</summary>
    public LocalizedText? Awaits { get; init; }

    /// <summary>What it is called in a language.</summary>
    public string NameIn(Language language) => Name?.In(language.Code) ?? Texts.For(language)[TextKey];
}

/// <summary>
/// Figures that are known only with the district, as its indicators. A feature registers the family in the service collection; the
/// list is asked for with each search by name and must cost little.
/// </summary>
/// <param name="Figures">Those that are found without knowing their name: by search, in lists.</param>
/// <param name="Find">Any other by its name, as the figure of a day long past; null where there are no others.</param>
public sealed record FigureFamily(Func<IServiceProvider, IReadOnlyList<Figure>> Figures, Func<IServiceProvider, string, Figure?>? Find = null);

/// <summary>For whom and when a figure is reckoned.</summary>
/// <param name="Services">Where the figure's feature finds what it needs.</param>
/// <param name="Reader">Who asks: a figure holds only what they may read.</param>
/// <param name="Language">In which language its parts are named.</param>
/// <param name="Now">The present moment.</param>
public sealed record FigureContext(IServiceProvider Services, Reader Reader, Language Language, Instant Now);

/// <summary>
/// A place on <em>Today</em>. A feature registers its own in the service collection, so that the page knows no feature. The first
/// whose figure has a course is the page's large one.
/// </summary>
/// <param name="Order">Its place; lower comes first.</param>
/// <param name="FigureKey">The figure that it shows.</param>
/// <param name="Path">The page about it after the language, as <c>/flows</c>; null where there is none.</param>
public sealed record Tile(int Order, string FigureKey, string? Path = null);

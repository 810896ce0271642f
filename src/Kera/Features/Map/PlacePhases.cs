using System.Text.Json;
using Kera.Base.District;
using NodaTime;

namespace Kera.Features.Map;

/// <summary>How a place stands in a year.</summary>
public enum PlaceState
{
    /// <summary>Being built, or taken down.</summary>
    Construction,

    /// <summary>In temporary use.</summary>
    Temporary,

    /// <summary>On paper.</summary>
    Planned,

    /// <summary>Built and in its lasting use.</summary>
    Finished,

    /// <summary>There since before the district was planned.</summary>
    Standing,

    /// <summary>No source tells its phases.</summary>
    Unknown,

    /// <summary>Its first phase begins later.</summary>
    NotYet,

    /// <summary>Its last phase has ended.</summary>
    Over,
}

/// <summary>The phases of a place, in the order of their source, and how it stands in a year.</summary>
public sealed class PlacePhases
{
    /// <summary>Takes phases over.</summary>
    public PlacePhases(IReadOnlyList<DistrictPlacePhase> all) => All = all;

    /// <summary>Every phase.</summary>
    public IReadOnlyList<DistrictPlacePhase> All { get; }

    /// <summary>Reads phases as the catalog keeps them; what it does not know is left out.</summary>
    public static PlacePhases Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        var phases = new List<DistrictPlacePhase>();
        foreach (var each in document.RootElement.EnumerateArray())
        {
            if (Enum.TryParse<DistrictPhase>(each.GetProperty("phase").GetString(), ignoreCase: true, out var phase))
            {
                phases.Add(new DistrictPlacePhase(phase, Date(each, "from"), Date(each, "to")));
            }
        }

        return new PlacePhases(phases);
    }

    /// <summary>
    /// How the place stands in a year. Of several phases the one that began last tells; a phase counts in the year in which it
    /// ends, and a plan until something follows it.
    /// </summary>
    public PlaceState In(int year) => State(EndOf(year), TellingIn(year));

    /// <summary>How the place stands on a day, by the first day that a beginning and the last day that an end can mean.</summary>
    public PlaceState On(LocalDate day) => State(day, Telling(day, day));

    /// <summary>The phase that the state of a year comes from; null where it comes from none.</summary>
    public DistrictPlacePhase? TellingIn(int year) => Telling(new LocalDate(year, 1, 1), EndOf(year));

    /// <summary>The phase that the state of a day comes from; null where it comes from none.</summary>
    public DistrictPlacePhase? TellingOn(LocalDate day) => Telling(day, day);

    /// <summary>Whether a phase begins in the year.</summary>
    public static bool Begins(DistrictPlacePhase phase, int year) => phase.From?.First.Year == year;

    /// <summary>Whether a phase ends in the year.</summary>
    public static bool Ends(DistrictPlacePhase phase, int year) => phase.To?.Last.Year == year;

    /// <summary>The state of a place in a phase.</summary>
    public static PlaceState StateOf(DistrictPhase phase) => phase switch
    {
        DistrictPhase.Temporary => PlaceState.Temporary,
        DistrictPhase.Construction => PlaceState.Construction,
        DistrictPhase.Finished => PlaceState.Finished,
        DistrictPhase.Standing => PlaceState.Standing,
        _ => PlaceState.Planned,
    };

    private static DistrictDate? Date(JsonElement phase, string name) =>
        phase.TryGetProperty(name, out var date) && date.GetString() is { } text ? DistrictDate.TryParse(text) : null;

    private static LocalDate EndOf(int year) => new(year, 12, 31);

    private static LocalDate Beginning(DistrictPlacePhase phase) => phase.From?.First ?? LocalDate.MinIsoValue;

    private static bool IsLater(DistrictPlacePhase phase, DistrictPlacePhase? than) =>
        than is null || Beginning(phase) > Beginning(than) || (Beginning(phase) == Beginning(than) && Weight(phase.Phase) > Weight(than.Phase));

    // Of two that began together, the one that says more about what one meets there.
    private static int Weight(DistrictPhase phase) => phase switch
    {
        DistrictPhase.Finished => 4,
        DistrictPhase.Construction => 3,
        DistrictPhase.Temporary => 2,
        DistrictPhase.Planned => 1,
        _ => 0,
    };

    private PlaceState State(LocalDate last, DistrictPlacePhase? telling) =>
        telling is not null ? StateOf(telling.Phase)
        : All.Count == 0 ? PlaceState.Unknown
        : All.Any(phase => Beginning(phase) <= last) ? PlaceState.Over
        : PlaceState.NotYet;

    // By hand and not by a query: the map asks for every place in every year.
    private DistrictPlacePhase? Telling(LocalDate first, LocalDate last)
    {
        DistrictPlacePhase? latest = null;
        DistrictPlacePhase? begun = null;
        foreach (var phase in All)
        {
            if (Beginning(phase) <= last)
            {
                begun = IsLater(phase, begun) ? phase : begun;
                latest = (phase.To is null || phase.To.Last >= first) && IsLater(phase, latest) ? phase : latest;
            }
        }

        return latest ?? (begun?.Phase == DistrictPhase.Planned ? begun : null);
    }
}

using Kera.Base.District;
using Kera.Base.Ui;

namespace Kera.Features.Map;

/// <summary>A place of the list with its number, and where the number stands on the map.</summary>
/// <param name="Number">From 1, the same in list and map.</param>
/// <param name="Place">The place.</param>
/// <param name="State">How it stands in the year.</param>
/// <param name="Disc">Where its number stands on the sheet; null where it is not drawn, or not there in the year.</param>
public sealed record NumberedPlace(int Number, MapPlace Place, PlaceState State, SheetPoint? Disc);

/// <summary>A place as it is drawn in the year.</summary>
public sealed record DrawnPlace(MapPlace Place, PlaceShape Shape, PlaceState State);

/// <summary>How many places stand how in a year.</summary>
/// <param name="Year">The year.</param>
/// <param name="Counts">By state; a state without places is left out.</param>
public sealed record YearCounts(int Year, IReadOnlyDictionary<PlaceState, int> Counts)
{
    /// <summary>How many places are in a state.</summary>
    public int Of(PlaceState state) => Counts.GetValueOrDefault(state);
}

/// <summary>Everything that the map page shows of a year.</summary>
public sealed class MapView
{
    private const int OnAPage = 100;

    private readonly IReadOnlyList<MapPlace> _all;

    /// <summary>Puts the places of a year into list, map and histogram.</summary>
    /// <param name="all">Every place in use.</param>
    /// <param name="query">The year, and which kinds.</param>
    /// <param name="years">The years that can be shown.</param>
    /// <param name="timeline">The district's dated facts.</param>
    /// <param name="language">Whose names sort the list.</param>
    /// <param name="offered">The keys of the places where people can do what they ask for; null where they ask for nothing.</param>
    public MapView(IReadOnlyList<MapPlace> all, MapQuery query, YearSpan years, IReadOnlyCollection<DistrictMilestone> timeline, Language language, IReadOnlySet<string>? offered = null)
    {
        _all = all;
        Years = years;
        Story = YearStory.Of(query.Year, all, timeline);
        YearsOfChange = YearStory.YearsOfChange(all, timeline);
        var places = all.Where(place => !place.IsDistrict && (query.Kinds.Count == 0 || query.Kinds.Contains(place.Kind)) && offered?.Contains(place.Key) != false).ToList();
        Histogram = [.. years.All.Select(year => Count(places, year))];
        Counts = Histogram[query.Year - years.First];
        Total = places.Count;

        var ordered = places.Select(place => (Place: place, State: place.Phases.In(query.Year)))
            .OrderBy(each => each.State)
            .ThenBy(each => each.Place.Row.Fictional)
            .ThenBy(each => each.Place.Shape?.Kind ?? ShapeKind.Point)
            .ThenBy(each => each.Place.Name(language), StringComparer.OrdinalIgnoreCase)
            .ToList();
        Pages = Math.Max(1, (ordered.Count + OnAPage - 1) / OnAPage);
        Page = Math.Min(query.Page, Pages);
        Sheet = MapSheet.Around(all);
        Listed = Number(ordered.Skip((Page - 1) * OnAPage).Take(OnAPage).ToList(), ((Page - 1) * OnAPage) + 1, Sheet.Box);
        Drawn =
        [
            .. ordered.Concat(all.Where(place => place.IsDistrict).Select(place => (Place: place, State: PlaceState.Unknown)))
                .Where(each => each.Place.Shape is not null)
                .Select(each => new DrawnPlace(each.Place, each.Place.Shape!, each.State))
                .OrderBy(drawn => drawn.Shape.Kind)
                .ThenByDescending(drawn => drawn.Shape.Size),
        ];
    }

    /// <summary>The years that can be shown.</summary>
    public YearSpan Years { get; }

    /// <summary>What changes in the year.</summary>
    public YearStory Story { get; }

    /// <summary>The years in which anything changes.</summary>
    public IReadOnlyList<int> YearsOfChange { get; }

    /// <summary>The places of this page of the list.</summary>
    public IReadOnlyList<NumberedPlace> Listed { get; }

    /// <summary>How many places there are on all pages.</summary>
    public int Total { get; }

    /// <summary>This page of the list, from 1.</summary>
    public int Page { get; }

    /// <summary>How many pages the list has.</summary>
    public int Pages { get; }

    /// <summary>What is drawn, in order: areas from the largest, then lines, then points.</summary>
    public IReadOnlyList<DrawnPlace> Drawn { get; }

    /// <summary>The part of the earth that is shown.</summary>
    public MapSheet Sheet { get; }

    /// <summary>How many places stand how, year by year.</summary>
    public IReadOnlyList<YearCounts> Histogram { get; }

    /// <summary>How many places stand how in the year shown.</summary>
    public YearCounts Counts { get; }

    /// <summary>The kinds there are, the district itself left out, in the order of their names in the files.</summary>
    public static IReadOnlyList<string> KindsOf(IEnumerable<MapPlace> places) =>
        [.. places.Where(place => !place.IsDistrict).Select(place => place.Kind).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The place that a dated fact names; null where it names none.</summary>
    public MapPlace? PlaceOf(DistrictMilestone milestone) => milestone.Place is null ? null : _all.FirstOrDefault(place => place.Key == milestone.Place);

    private static YearCounts Count(List<MapPlace> places, int year)
    {
        var counts = new Dictionary<PlaceState, int>();
        foreach (var place in places)
        {
            var state = place.Phases.In(year);
            counts[state] = counts.GetValueOrDefault(state) + 1;
        }

        return new YearCounts(year, counts);
    }

    // What is not there in the year has its place in the list, but no number on the map.
    private static List<NumberedPlace> Number(List<(MapPlace Place, PlaceState State)> places, int first, SheetBox box)
    {
        var discs = new Queue<SheetPoint>(NumberPlacing.Place([.. places.Where(IsThere).Select(each => each.Place.Shape!)], box));
        return [.. places.Select((each, at) => new NumberedPlace(first + at, each.Place, each.State, IsThere(each) ? discs.Dequeue() : null))];
    }

    private static bool IsThere((MapPlace Place, PlaceState State) each) =>
        each.Place.Shape is not null && each.State is not (PlaceState.NotYet or PlaceState.Over);
}

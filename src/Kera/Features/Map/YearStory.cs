using Kera.Base.District;

namespace Kera.Features.Map;

/// <summary>A phase that begins or ends in a year, and in how many places.</summary>
public sealed record PhaseChange(DistrictPhase Phase, bool Begins, int Places);

/// <summary>What changes in a year: phases of places, and dated facts.</summary>
public sealed class YearStory
{
    // What a neighbour would want to hear first.
    private static readonly (DistrictPhase Phase, bool Begins)[] Told =
    [
        (DistrictPhase.Finished, true), (DistrictPhase.Construction, true), (DistrictPhase.Temporary, true), (DistrictPhase.Planned, true),
        (DistrictPhase.Construction, false), (DistrictPhase.Temporary, false),
    ];

    private YearStory(int year, IReadOnlyList<PhaseChange> changes, IReadOnlyList<DistrictMilestone> milestones) =>
        (Year, Changes, Milestones) = (year, changes, milestones);

    /// <summary>The year.</summary>
    public int Year { get; }

    /// <summary>Phases that begin or end.</summary>
    public IReadOnlyList<PhaseChange> Changes { get; }

    /// <summary>Dated facts of the year in order of time, those that name a place before those of the whole district.</summary>
    public IReadOnlyList<DistrictMilestone> Milestones { get; }

    /// <summary>Whether anything changes.</summary>
    public bool IsEmpty => Changes.Count == 0 && Milestones.Count == 0;

    /// <summary>Tells a year.</summary>
    public static YearStory Of(int year, IReadOnlyList<MapPlace> places, IEnumerable<DistrictMilestone> timeline)
    {
        var counts = new int[Told.Length];
        foreach (var phase in places.SelectMany(place => place.Phases.All))
        {
            for (var at = 0; at < Told.Length; at++)
            {
                counts[at] += phase.Phase == Told[at].Phase && (Told[at].Begins ? PlacePhases.Begins(phase, year) : PlacePhases.Ends(phase, year)) ? 1 : 0;
            }
        }

        return new YearStory(
            year,
            [.. Told.Select((told, at) => new PhaseChange(told.Phase, told.Begins, counts[at])).Where(change => change.Places > 0)],
            [.. timeline.Where(milestone => milestone.Date.First.Year == year).OrderBy(milestone => milestone.Place is null).ThenBy(milestone => milestone.Date.First)]);
    }

    /// <summary>The years in which anything changes, in order.</summary>
    public static IReadOnlyList<int> YearsOfChange(IReadOnlyList<MapPlace> places, IEnumerable<DistrictMilestone> timeline) =>
    [
        .. places.SelectMany(place => place.Phases.All)
            .SelectMany(phase => Told.Where(told => told.Phase == phase.Phase).Select(told => told.Begins ? phase.From?.First.Year : phase.To?.Last.Year))
            .OfType<int>()
            .Concat(timeline.Select(milestone => milestone.Date.First.Year))
            .Distinct()
            .Order(),
    ];
}

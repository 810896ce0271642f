using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Map;

/// <summary>Something that happened in a place, or is to come.</summary>
/// <param name="Sorts">The first day that it can mean, for the order.</param>
/// <param name="When">As precise as the source.</param>
/// <param name="Title">What.</param>
/// <param name="Summary">More of it; null where there is no more.</param>
/// <param name="Uncertain">Whether sources disagree, or only foresaw it.</param>
/// <param name="Sources">Where this comes from.</param>
/// <param name="Event">The position of its event in the ledger; null where it is none.</param>
public sealed record PlaceEntry(LocalDate Sorts, string When, string Title, string? Summary, bool Uncertain, IReadOnlyList<DistrictSource> Sources, long? Event);

/// <summary>Something that is in a place, and how much of it.</summary>
public sealed record PlaceResource(Named Resource, Quantity OnHand, string Unit, string? Holder);

/// <summary>Everything that the page of a place shows.</summary>
public sealed record PlaceView(MapPlace Place, string Name)
{
    /// <summary>How it stands today.</summary>
    public required PlaceState State { get; init; }

    /// <summary>The phase that says so; null where none does.</summary>
    public DistrictPlacePhase? Telling { get; init; }

    /// <summary>The day on which the page is made.</summary>
    public required LocalDate Today { get; init; }

    public Named? PartOf { get; init; }

    public IReadOnlyList<(Named Place, PlaceState State)> Parts { get; init; } = [];

    /// <summary>What happened and what is to come, in order of time.</summary>
    public IReadOnlyList<PlaceEntry> Entries { get; init; } = [];

    /// <summary>Who provides or receives something there, or tried something there.</summary>
    public IReadOnlyList<Named> Agents { get; init; } = [];

    /// <summary>What moved there lately, parts included.</summary>
    public required FlowMonth Flows { get; init; }

    public IReadOnlyList<PlaceResource> Resources { get; init; } = [];

    public IReadOnlyList<DistrictSource> Sources { get; init; } = [];

    /// <summary>The places around it, to show where it lies.</summary>
    public IReadOnlyList<DrawnPlace> Around { get; init; } = [];

    /// <summary>The part of the earth to show; null where nobody has drawn the place.</summary>
    public MapSheet? Sheet { get; init; }
}

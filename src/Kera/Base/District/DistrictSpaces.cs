using Kera.Sharing;

namespace Kera.Base.District;

/// <summary>What can be booked, as spaces.yaml says it.</summary>
/// <param name="Tree">Hours, rules, hierarchy and shared equipment, as the kernel reckons with them; keys are those of <paramref name="Spaces"/>.</param>
/// <param name="Spaces">Who keeps each space and what it is like, by key, in the order of the file.</param>
/// <param name="Equipment">What spaces share, by key.</param>
/// <param name="Features">Names of what a space may have, by key: a kitchen, a projector.</param>
/// <param name="Audiences">Names of those who may book or pay less, by key.</param>
public sealed record DistrictSpaces(
    SpaceTree Tree,
    IReadOnlyDictionary<string, DistrictSpace> Spaces,
    IReadOnlyDictionary<string, DistrictEquipment> Equipment,
    IReadOnlyDictionary<string, LocalizedText> Features,
    IReadOnlyDictionary<string, DistrictAudience> Audiences)
{
    /// <summary>Names of kinds of groups, by key, in the order of the file; without any there are no groups.</summary>
    public IReadOnlyDictionary<string, LocalizedText> GroupKinds { get; init; } = new Dictionary<string, LocalizedText>();

    /// <summary>Application rounds by key, in the order of the file.</summary>
    public IReadOnlyDictionary<string, DistrictRound> Rounds { get; init; } = new Dictionary<string, DistrictRound>();
}

/// <summary>A space: a site, a hall, a court, a room.</summary>
public sealed record DistrictSpace
{
    /// <summary>Its key, as addresses have it.</summary>
    public required string Key { get; init; }

    /// <summary>What it is called.</summary>
    public required LocalizedText Name { get; init; }

    /// <summary>What it is for, in a sentence or two; null where the name says it.</summary>
    public LocalizedText? About { get; init; }

    /// <summary>How one gets in and about without steps, in words; null where nobody says.</summary>
    public LocalizedText? Accessibility { get; init; }

    /// <summary>Whether it is reached without a step; null where nobody says.</summary>
    public bool? StepFree { get; init; }

    /// <summary>The key of its place.</summary>
    public required string Place { get; init; }

    /// <summary>The agent that keeps it, decides on its bookings and answers for it.</summary>
    public required string Keeper { get; init; }

    /// <summary>The resource that it is in the ledger: what is used.</summary>
    public required string Resource { get; init; }

    /// <summary>The process in which it is used.</summary>
    public required string Process { get; init; }

    /// <summary>Whether it is booked itself; else it only has parts.</summary>
    public bool Bookable { get; init; } = true;

    /// <summary>Its floor area in square metres; null where nobody says.</summary>
    public decimal? Area { get; init; }

    /// <summary>Keys of what it has.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>Keys of equipment that can be booked with it.</summary>
    public IReadOnlyList<string> Equipment { get; init; } = [];

    /// <summary>What it costs; without any it is free.</summary>
    public IReadOnlyList<Pricing> Prices { get; init; } = [];

    /// <summary>What is paid back to who cancels.</summary>
    public IReadOnlyList<RefundStep> Refunds { get; init; } = [];

    /// <summary>How one gets in, from which day on.</summary>
    public IReadOnlyList<AccessFrom> Access { get; init; } = [];

    /// <summary>Whether its sizes and prices are made up.</summary>
    public bool Illustrative { get; init; }

    /// <summary>Where they are from.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>Equipment that spaces share; how many there are, the tree says.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Prices">What a piece costs; without any it is free.</param>
public sealed record DistrictEquipment(string Key, LocalizedText Name, IReadOnlyList<Pricing> Prices);

/// <summary>Those who may book, or pay less.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Roles">Who belongs to it by role, as "resident" and "partner".</param>
public sealed record DistrictAudience(string Key, LocalizedText Name, IReadOnlyList<string> Roles);

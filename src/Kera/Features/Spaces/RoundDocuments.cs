using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>A round.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Name">Its name by language.</param>
/// <param name="Keeper">The agent who decides.</param>
/// <param name="State">How far it has come.</param>
/// <param name="FirstDay">The first day of its season.</param>
/// <param name="LastDay">The last day.</param>
/// <param name="Opens">From when groups apply.</param>
/// <param name="Closes">Until when.</param>
/// <param name="GridMinutes">On what grid times begin and end.</param>
/// <param name="Spaces">What it gives out, and when in the week.</param>
/// <param name="Categories">Who applies, and what they weigh.</param>
public sealed record RoundDocument(
    string Id, RoundNameDocument Name, string Keeper, RoundState State, string FirstDay, string LastDay, Instant Opens, Instant Closes, int GridMinutes,
    IReadOnlyList<RoundSpaceDocument> Spaces, IReadOnlyList<RoundCategoryDocument> Categories);

/// <summary>A name in each language.</summary>
public sealed record RoundNameDocument(string Fi, string Sv, string En);

/// <summary>A space of a round.</summary>
/// <param name="Space">Its key.</param>
/// <param name="Open">When in the week the round gives it out.</param>
public sealed record RoundSpaceDocument(string Space, IReadOnlyList<WeeklyTimeDocument> Open);

/// <summary>A time of the week.</summary>
/// <param name="Day">The weekday, 1 for Monday to 7 for Sunday.</param>
/// <param name="Begin">Its begin in minutes since midnight.</param>
/// <param name="End">Its end.</param>
public sealed record WeeklyTimeDocument(int Day, int Begin, int End);

/// <summary>A kind of group in a round.</summary>
/// <param name="Kind">Its key.</param>
/// <param name="Weight">What an hour of theirs weighs.</param>
/// <param name="LeastMinutes">How many minutes a week they are to have in all.</param>
public sealed record RoundCategoryDocument(string Kind, int Weight, int LeastMinutes);

/// <summary>What is sent to write an application.</summary>
public record ApplicationFields
{
    /// <summary>The wishes, the most important first.</summary>
    public required IReadOnlyList<WishFields> Wishes { get; init; }

    /// <summary>Whether to send it; else it stays as it was, a draft or sent already.</summary>
    public bool? Send { get; init; }
}

/// <summary>A wish.</summary>
public sealed record WishFields
{
    /// <summary>Its key, one of a kind in the application.</summary>
    public required string Key { get; init; }

    /// <summary>The keys of the spaces, the best first.</summary>
    public required IReadOnlyList<string> Spaces { get; init; }

    /// <summary>The least times a week, 1 to 7.</summary>
    public int LeastTimes { get; init; }

    /// <summary>The most times a week, 1 to 7.</summary>
    public int MostTimes { get; init; }

    /// <summary>How long a time is at least, in minutes.</summary>
    public int LeastMinutes { get; init; }

    /// <summary>How long a time is at most.</summary>
    public int MostMinutes { get; init; }

    /// <summary>How many people come.</summary>
    public int People { get; init; }

    /// <summary>What a space must have.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Shared equipment that each time needs, as <c>projector:1</c>; left out for none.</summary>
    public IReadOnlyList<string>? Equipment { get; init; }

    /// <summary>Suitable hours.</summary>
    public required IReadOnlyList<SuitableFields> Suitable { get; init; }
}

/// <summary>When a wish suits.</summary>
public sealed record SuitableFields
{
    /// <summary>The weekday, 1 for Monday to 7 for Sunday.</summary>
    public int Day { get; init; }

    /// <summary>The hour of its begin.</summary>
    public int FromHour { get; init; }

    /// <summary>The hour of its end, at most 24.</summary>
    public int ToHour { get; init; }

    /// <summary>Whether it suits well; else if need be.</summary>
    public bool? Primary { get; init; }
}

/// <summary>An application, to who may read it: its group's people, and the keeper once it is sent.</summary>
public sealed record ApplicationDocument
{
    /// <summary>The key of the group.</summary>
    public required string Group { get; init; }

    /// <summary>The kind of group that it is weighed as.</summary>
    public required string Kind { get; init; }

    /// <summary>How far it has come.</summary>
    public required ApplicationState State { get; init; }

    /// <summary>The wishes, the most important first.</summary>
    public required IReadOnlyList<WishFields> Wishes { get; init; }

    /// <summary>What was granted; left out until the results are sent.</summary>
    public IReadOnlyList<GrantedDocument>? Granted { get; init; }

    /// <summary>Why, by wish; left out until the results are sent.</summary>
    public IReadOnlyList<ReasonDocument>? Reasons { get; init; }
}

/// <summary>A weekly time that was granted.</summary>
/// <param name="Wish">The key of the wish.</param>
/// <param name="Space">The key of the space.</param>
/// <param name="Time">When.</param>
public sealed record GrantedDocument(string Wish, string Space, WeeklyTimeDocument Time);

/// <summary>Why a wish got what it got.</summary>
/// <param name="Wish">The key of the wish.</param>
/// <param name="Code">The reason, as docs/concepts/rounds.md lists them.</param>
/// <param name="Count">Of how many.</param>
/// <param name="Category">Of which kind of group; left out where it is of none.</param>
public sealed record ReasonDocument(string Wish, RoundReasonCode Code, int Count, string? Category);

/// <summary>How a round was shared out, without anybody's name.</summary>
/// <param name="MeanShare">The mean share of their wishes that groups got, 0 to 1.</param>
/// <param name="LeastShare">The least.</param>
/// <param name="Gini">The Gini coefficient of the shares.</param>
/// <param name="Categories">Minutes a week by kind of group.</param>
/// <param name="Spaces">Minutes a week by space.</param>
public sealed record RoundResultsDocument(double MeanShare, double LeastShare, double Gini, IReadOnlyList<CategoryShareDocument> Categories, IReadOnlyList<SpaceUseDocument> Spaces);

/// <summary>What a kind of group wished and got.</summary>
public sealed record CategoryShareDocument(string Kind, int WishedMinutes, int GrantedMinutes);

/// <summary>How a space is used.</summary>
public sealed record SpaceUseDocument(string Space, int FreeMinutes, int GrantedMinutes);

using NodaTime;

namespace Kera.Sharing;

/// <summary>Something that is booked whole: a site, a hall, a court, a room. A part of it is a space of its own with this one as its parent.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Kind">What it is, as a limit over several spaces names it: "padel-court", "meeting-room".</param>
/// <param name="Rules">Who may book it, and how.</param>
public sealed record Space(string Key, string Kind, BookingRules Rules)
{
    /// <summary>The space of which it is a part, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>When it is open; null for the hours of its parent. Without hours anywhere above it is closed.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>How many people it may hold; null for any number.</summary>
    public int? Capacity { get; init; }

    /// <summary>Its first day, or null. What is a part of it does not begin earlier.</summary>
    public LocalDate? FirstDay { get; init; }

    /// <summary>Its last day, after which it is no more, or null. What is a part of it does not last longer.</summary>
    public LocalDate? LastDay { get; init; }

    /// <summary>Permits to use it; none where it needs none. With permits it is used only within them, and so are its parts.</summary>
    public IReadOnlyList<Permit> Permits { get; init; } = [];
}

/// <summary>A permit to use a space, as for temporary use: its days, and the hours of the day that it allows.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day; a night after it is not in the permit.</param>
/// <param name="Begin">From which local time of each day.</param>
/// <param name="End">To which local time; at or before <paramref name="Begin"/> it is on the next day, and midnight to midnight is the whole day.</param>
public sealed record Permit(LocalDate From, LocalDate To, LocalTime Begin = default, LocalTime End = default);

/// <summary>Things that spaces share: a projector, twenty chairs. What is there once is exclusive.</summary>
/// <param name="Key">The stable key.</param>
/// <param name="Pieces">How many there are, at least 1.</param>
public sealed record Equipment(string Key, int Pieces);

/// <summary>Pieces of equipment that a booking takes during its time, without its buffers.</summary>
/// <param name="Equipment">The key.</param>
/// <param name="Pieces">How many, at least 1.</param>
public sealed record EquipmentUse(string Equipment, int Pieces = 1);

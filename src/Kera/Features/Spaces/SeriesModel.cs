using System.Text.Json;
using Kera.Base.Ledger;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A wish to book each week.</summary>
/// <param name="Space">The key of the space.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Weekdays">On which days of the week.</param>
/// <param name="Weeks">Every how many weeks.</param>
/// <param name="Begin">When it begins.</param>
/// <param name="Minutes">How long it lasts.</param>
/// <param name="Kind">Normal, or another that staff make.</param>
/// <param name="Details">What is said with it.</param>
public sealed record SeriesWish(string Space, LocalDate From, LocalDate To, Weekdays Weekdays, int Weeks, LocalTime Begin, int Minutes, BookingKind Kind, BookingDetails Details);

/// <summary>A date of a series.</summary>
/// <param name="Occurrence">The date, its time, and what the rules say.</param>
/// <param name="State">The state that its booking would have; null where it was refused.</param>
/// <param name="Gross">Its price in euros with tax; 0 where it was refused.</param>
/// <param name="Nearest">What may be booked near it instead; null where it may be booked, or where no other time of the days around would help.</param>
public sealed record SeriesDate(SeriesOccurrence Occurrence, BookingState? State, decimal Gross, NearestTimes? Nearest);

/// <summary>What would come of a series.</summary>
/// <param name="Wish">The wish.</param>
/// <param name="Dates">Its dates in order.</param>
/// <param name="Seal">Stands for the accepted dates and their prices: who confirms says what they saw.</param>
public sealed record SeriesOffer(SeriesWish Wish, IReadOnlyList<SeriesDate> Dates, string Seal)
{
    /// <summary>How many dates may be booked.</summary>
    public int Accepted => Dates.Count(date => date.State is not null);

    /// <summary>The price of all that may be booked.</summary>
    public decimal Gross => Dates.Sum(date => date.Gross);
}

/// <summary>What became of a series that was confirmed.</summary>
/// <param name="Key">Its key; null where it was not made, because no date may be booked or not the same as were shown.</param>
/// <param name="Offer">What there is now.</param>
public sealed record SeriesOutcome(string? Key, SeriesOffer Offer);

/// <summary>A series as it stands.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Space">The key of its space.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="GroupId">The group that it is for; null for none.</param>
/// <param name="Round">The key of the round that it comes from; empty for none.</param>
/// <param name="Bookings">Its bookings, in the order of time.</param>
/// <param name="Refused">The dates that were refused, and why.</param>
/// <param name="MayChange">Whether who asks may cancel.</param>
public sealed record SeriesView(
    string Key, string Space, BookingKind Kind, int? GroupId, string Round, IReadOnlyList<BookingView> Bookings, IReadOnlyList<RefusedDate> Refused, bool MayChange);

/// <summary>A date that was refused.</summary>
/// <param name="Date">The date.</param>
/// <param name="Refusals">The rules that said no.</param>
public sealed record RefusedDate(LocalDate Date, IReadOnlyList<BookingRefusal> Refusals);

/// <summary>Refused dates as a row keeps them.</summary>
internal static class RefusedText
{
    public static string Write(IEnumerable<SeriesOccurrence> refused)
    {
        List<Stored> stored = [.. refused.SelectMany(each => each.Decision.Refusals.Select(refusal => new Stored(
            LocalDatePattern.Iso.Format(each.Date), refusal.Code, Micros(refusal.From), Micros(refusal.Until), Micros(refusal.Is), Micros(refusal.Limit), refusal.Count, refusal.Most,
            // Whose booking is in the way is nobody's to keep.
            refusal.Code == RefusalCode.Overlap ? null : refusal.Key, refusal.Keys)))];
        return stored.Count == 0 ? "" : JsonSerializer.Serialize(stored);
    }

    public static IReadOnlyList<RefusedDate> Read(string text) => text.Length == 0
        ? []
        : [.. JsonSerializer.Deserialize<List<Stored>>(text)!.GroupBy(each => each.Date).Select(date => new RefusedDate(
            LocalDatePattern.Iso.Parse(date.Key).Value,
            [.. date.Select(each => new BookingRefusal(each.Code)
            {
                From = Instant(each.From),
                Until = Instant(each.Until),
                Is = Duration(each.Is),
                Limit = Duration(each.Limit),
                Count = each.Count,
                Most = each.Most,
                Key = each.Key,
                Keys = each.Keys,
            })]))];

    private static long? Micros(Instant? instant) => instant is { } known ? DistrictCalendar.ToMicroseconds(known) : null;

    private static long? Micros(Duration? duration) => duration is { } known ? Spaces.Micros.Of(known) : null;

    private static Instant? Instant(long? micros) => micros is { } known ? DistrictCalendar.ToInstant(known) : null;

    private static Duration? Duration(long? micros) => micros is { } known ? Spaces.Micros.ToDuration(known) : null;

    private sealed record Stored(string Date, RefusalCode Code, long? From, long? Until, long? Is, long? Limit, int? Count, int? Most, string? Key, IReadOnlyList<string>? Keys);
}

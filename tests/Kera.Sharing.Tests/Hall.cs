using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>A hall with two courts, and a room, open from 8 to 20 as a rule: what the tests of single rules begin with.</summary>
internal static class Hall
{
    public static readonly DateTimeZone Helsinki = Situation.Helsinki;

    /// <summary>A Wednesday without anything special.</summary>
    public static readonly LocalDate Day = new(2027, 4, 14);

    /// <summary>Two days before, at 10:20.</summary>
    public static readonly Instant Now = At(Day.PlusDays(-2), 10, 20);

    public static readonly Asker Anna = new("anna") { Adult = true, StronglyIdentified = true };

    public static readonly Asker Caretaker = new("caretaker") { Staff = true };

    public static readonly OpeningHours EightToTwenty = OpeningHours.Weekly(new WeeklySpan(Weekdays.All, new(new(8, 0), new(20, 0))));

    public static Instant At(LocalDate date, int hour, int minute = 0) => Helsinki.AtLeniently(date.AtMidnight().PlusHours(hour).PlusMinutes(minute)).ToInstant();

    /// <summary>A time of the day, in hours from midnight; 24 and more are of the next day.</summary>
    public static Interval Time(double begin, double end) => Time(Day, begin, end);

    public static Interval Time(LocalDate date, double begin, double end) => new(At(date, 0, (int)Math.Round(begin * 60)), At(date, 0, (int)Math.Round(end * 60)));

    public static SpaceTree Tree(BookingRules? rules = null, OpeningHours? hours = null, Func<Space, Space>? with = null)
    {
        var all = rules ?? new();
        Space[] spaces =
        [
            new("hall", "hall", all) { Hours = hours ?? EightToTwenty },
            new("court-a", "court", all) { Parent = "hall" },
            new("court-b", "court", all) { Parent = "hall" },
            new("room", "room", all) { Hours = hours ?? EightToTwenty },
        ];
        return new(Helsinki, [.. spaces.Select(space => with?.Invoke(space) ?? space)], [new("projector", 1), new("chairs", 20)]);
    }

    public static BookingBook Book(BookingRules? rules = null, params Booking[] bookings) => new(Tree(rules), bookings);

    public static Booking Booked(string id, string space, Interval time) => new(id, space, time) { Person = "ben" };

    public static IEnumerable<RefusalCode> Codes(this BookingBook book, BookingRequest request, Asker? asker = null, Instant? now = null) =>
        BookingCheck.Decide(book, request, asker ?? Anna, now ?? Now).Refusals.Select(refusal => refusal.Code);

    public static bool Allows(this BookingBook book, string space, Interval time, Instant? now = null) => !book.Codes(new(space, time), now: now).Any();

    /// <summary>The free starts of a day in hours from midnight.</summary>
    public static IEnumerable<double> Starts(this BookingBook book, string space, double hours, LocalDate? date = null, BookingKind kind = BookingKind.Normal, Asker? asker = null, Instant? now = null)
    {
        var day = date ?? Day;
        var wish = new StartWish(day, day) { Duration = Duration.FromMinutes((long)(hours * 60)), Kind = kind };
        return OfferedStarts.Of(book, space, wish, asker ?? Anna, now ?? Now).Starts.Select(start => (start - At(day, 0)).TotalHours);
    }

    public static BookingRefusal Refusal(this BookingBook book, BookingRequest request, Asker? asker = null, Instant? now = null) =>
        Assert.Single(BookingCheck.Decide(book, request, asker ?? Anna, now ?? Now).Refusals);
}

using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>A random district of spaces, rules, bookings and an asker, all times on five minutes, around a day that is hard in some way.</summary>
internal sealed class Situation
{
    public static readonly DateTimeZone Helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly string[] s_names = ["site", "hall", "court-a", "court-b", "room"];
    private static readonly string[] s_kinds = ["site", "hall", "court", "court", "room"];

    // Clocks go forward and back, a leap day, New Year's Eve, midsummer, and days like any other.
    private static readonly LocalDate[] s_hard =
        [new(2027, 3, 28), new(2026, 10, 25), new(2028, 2, 29), new(2026, 12, 31), new(2026, 6, 19), new(2027, 4, 14), new(2027, 11, 9)];

    private readonly Random _random;

    private Situation(int seed, bool calm)
    {
        _random = new(seed);
        Day = s_hard[_random.Next(s_hard.Length)];
        (From, To) = (Day.PlusDays(-1), Day.PlusDays(1));
        Start = Helsinki.AtStartOfDay(From).ToInstant();
        Now = calm ? Start - Duration.FromDays(2) : Start + Minutes(_random.Next(-3 * 288, 2 * 288) * 5);
        UsageLimit[] limits = Chance(0.25) ? [Limit(), .. Chance(0.3) ? (UsageLimit[])[Limit()] : []] : [];
        var shape = _random.Next(3);
        string?[] parents = shape switch { 0 => [null, "site", "hall", "hall", "site"], 1 => [null, null, "hall", "hall", null], _ => [null, "site", "hall", "court-a", "court-b"] };
        Space[] spaces = [.. s_names.Select((name, at) => Space(name, s_kinds[at], parents[at], limits, calm))];
        Tree = new(Helsinki, spaces, [new("projector", 1), new("chairs", 5)]);
        Book = new(Tree, Enumerable.Range(0, calm ? 0 : _random.Next(12)).Select(Booking));
        Asker = new(Chance(0.9) ? "anna" : null)
        {
            Group = Chance(0.5) ? "choir" : null,
            Audiences = Chance(0.6) ? ["residents"] : [],
            Adult = Chance(0.7),
            StronglyIdentified = Chance(0.7),
            Staff = Chance(0.5),
        };
    }

    public LocalDate Day { get; }

    public LocalDate From { get; }

    public LocalDate To { get; }

    public Instant Start { get; }

    public Instant Now { get; }

    public SpaceTree Tree { get; }

    public BookingBook Book { get; }

    public Asker Asker { get; }

    /// <summary>Any situation, with bookings.</summary>
    public static Situation Of(int seed) => new(seed, calm: false);

    /// <summary>One with little that refuses and no bookings yet.</summary>
    public static Situation Calm(int seed) => new(seed, calm: true);

    public BookingRequest Request()
    {
        var space = Pick(s_names);
        var begin = Start + Minutes(_random.Next(3 * 288) * 5);
        var duration = Chance(0.02) ? Duration.Zero : Minutes(Chance(0.8) ? 15 * _random.Next(1, 20) : 5 * _random.Next(1, 400));
        var kind = Chance(0.75) ? BookingKind.Normal : Pick(Enum.GetValues<BookingKind>());
        return new(space, new(begin, begin + duration), kind) { People = _random.Next(1, 15), Equipment = Uses(), Replaces = Chance(0.1) ? "b0" : null };
    }

    public StartWish Wish() => new(From, To)
    {
        Duration = Chance(0.2) ? null : Minutes(Chance(0.8) ? 30 * _random.Next(1, 8) : 5 * _random.Next(1, 300)),
        Kind = Chance(0.8) ? BookingKind.Normal : Pick(Enum.GetValues<BookingKind>()),
        People = _random.Next(1, 12),
        Equipment = Uses(),
        Replaces = Chance(0.1) ? "b0" : null,
    };

    public string AnySpace() => Pick(s_names);

    public TimeWish TimeWish() => new([.. s_names.Where(_ => Chance(0.6))], Minutes(30 * _random.Next(1, 6)), From, To)
    {
        Weekdays = (Weekdays)_random.Next(1, 128),
        NotBefore = LocalTime.Midnight.PlusHours(_random.Next(0, 20)),
        NotAfter = Chance(0.5) ? LocalTime.Midnight.PlusHours(_random.Next(0, 24)) : null,
        People = _random.Next(1, 8),
        Equipment = Uses(),
    };

    public int Next(int below) => _random.Next(below);

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);

    private bool Chance(double probability) => _random.NextDouble() < probability;

    private T Pick<T>(IReadOnlyList<T> from) => from[_random.Next(from.Count)];

    private T? Maybe<T>(double probability, T value) where T : struct => Chance(probability) ? value : null;

    private LocalDate NearDay(int before, int after) => Day.PlusDays(_random.Next(-before, after + 1));

    private Instant NearNow() => Now + Minutes(5 * _random.Next(-50, 200));

    private LocalTime Time() => LocalTime.Midnight.PlusMinutes(Chance(0.7) ? 60 * _random.Next(24) : 5 * _random.Next(288));

    private Space Space(string name, string kind, string? parent, UsageLimit[] limits, bool calm) => new(name, kind, calm ? CalmRules(limits) : Rules(limits))
    {
        Parent = parent,
        Hours = calm ? (Chance(0.7) ? OpeningHours.Always : Hours()) : Chance(parent is null ? 1 : 0.6) ? Chance(0.15) ? OpeningHours.Always : Hours() : null,
        Capacity = Maybe(0.3, _random.Next(3, 20)),
        FirstDay = Maybe(0.08, NearDay(3, 1)),
        LastDay = Maybe(0.15, NearDay(1, 2)),
        Permits = Chance(0.12) ? [.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Permit())] : [],
    };

    private Permit Permit()
    {
        var from = NearDay(4, 1);
        return Chance(0.5) ? new(from, from.PlusDays(_random.Next(6))) : new(from, from.PlusDays(_random.Next(6)), Time(), Time());
    }

    private OpeningHours Hours() => new(
        [.. Enumerable.Range(0, _random.Next(1, 4)).Select(at => new OpeningPeriod(
            Maybe(0.3, NearDay(3, 1)),
            Maybe(0.3, NearDay(0, 3)),
            [.. Enumerable.Range(0, Chance(0.15) ? 0 : _random.Next(1, 3)).Select(_ => new SpanGroup([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => new WeeklySpan(Chance(0.7) ? Weekdays.All : (Weekdays)_random.Next(1, 128), DaySpan()))], DayRules()))],
            Chance(0.8) ? OpenState.Open : Pick(Enum.GetValues<OpenState>()),
            at > 0 && Chance(0.3) ? 1 : 0))],
        [.. Enumerable.Range(0, Chance(0.3) ? 2 : 0).Select(_ => Chance(0.6)
            ? (OpeningException)new DateException(NearDay(1, 1), [.. Enumerable.Range(0, _random.Next(2)).Select(_ => DaySpan())])
            : new HolidayException(Maybe(0.5, Pick(FinnishHolidays.All)), [.. Enumerable.Range(0, _random.Next(2)).Select(_ => DaySpan())]))]);

    private DaySpan DaySpan()
    {
        OpenState? state = Chance(0.2) ? Pick(Enum.GetValues<OpenState>()) : null;
        return Chance(0.15) ? Sharing.DaySpan.WholeDay(state) : new(Time(), Time(), Chance(0.25), state);
    }

    private DayRule[] DayRules() => Chance(0.75) ? [] : [_random.Next(3) switch
    {
        0 => new EveryNthWeek(_random.Next(1, 3), NearDay(20, 1)),
        1 => new IsoWeeks(Chance(0.5)),
        _ => new NthWeekdayOfMonth(Pick([1, 2, 3, 4, 5, -1, -2]), Day.DayOfWeek),
    }];

    private BookingRules CalmRules(UsageLimit[] limits) => new()
    {
        StartGrid = Minutes(Pick([15, 30, 60, 90])),
        MostDuration = Maybe(0.3, Minutes(240)),
        BufferBefore = Minutes(Chance(0.3) ? 5 * _random.Next(1, 10) : 0),
        BufferAfter = Minutes(Chance(0.3) ? 5 * _random.Next(1, 10) : 0),
        BlocksWholeDay = Chance(0.15),
        Limits = limits,
    };

    private BookingRules Rules(UsageLimit[] limits) => new()
    {
        PublishedFrom = Maybe(0.05, NearNow()),
        PublishedUntil = Maybe(0.05, NearNow()),
        BookingOpens = Maybe(0.05, NearNow()),
        BookingCloses = Maybe(0.05, NearNow()),
        NoticeDays = Chance(0.1) ? _random.Next(1, 3) : 0,
        Notice = Chance(0.1) ? Minutes(5 * _random.Next(1, 400)) : Duration.Zero,
        HorizonDays = Maybe(0.2, _random.Next(1, 4)),
        StartGrid = Minutes(Pick([15, 30, 30, 60, 60, 90, 120, 420])),
        LeastDuration = Maybe(0.3, Minutes(Pick([30, 45, 60, 90]))),
        MostDuration = Maybe(0.3, Minutes(Pick([90, 120, 240, 1500]))),
        DurationStep = Maybe(0.4, Minutes(Pick([5, 15, 30, 45]))),
        BufferBefore = Minutes(Chance(0.3) ? 5 * _random.Next(1, 20) : 0),
        BufferAfter = Minutes(Chance(0.3) ? 5 * _random.Next(1, 20) : 0),
        BlocksWholeDay = Chance(0.12),
        Limits = limits,
        Audiences = Chance(0.08) ? ["residents", "members"] : null,
        AdultsOnly = Chance(0.05),
        StrongIdentification = Chance(0.05),
        Way = Chance(0.05) ? BookingWay.Rounds : Pick([BookingWay.Direct, BookingWay.Both]),
        Rounds = Chance(0.12) ? [new("spring", NearDay(2, 0), NearDay(0, 2), Chance(0.3))] : [],
    };

    private UsageLimit Limit()
    {
        var (of, kinds) = (Pick([LimitOf.Person, LimitOf.Group]), Chance(0.5) ? null : new[] { "court", "hall", "room", "site" });
        return Chance(0.5) ? new BookingsAtOnce(of, _random.Next(1, 4), kinds) : new TimePerPeriod(of, Minutes(30 * _random.Next(1, 12)), Pick([LimitPeriod.Week, LimitPeriod.Month]), kinds);
    }

    private EquipmentUse[] Uses() => Chance(0.7) ? [] : Chance(0.4) ? [new("projector")] : Chance(0.8) ? [new("chairs", _random.Next(1, 6))] : [new("chairs", 2), new("projector"), new("chairs", 1)];

    private Booking Booking(int number)
    {
        var begin = Start + Minutes(5 * _random.Next(-288, 4 * 288));
        return new($"b{number}", Pick(s_names), new(begin, begin + Minutes(5 * _random.Next(1, Chance(0.9) ? 40 : 500))), Chance(0.6) ? BookingKind.Normal : Pick(Enum.GetValues<BookingKind>()), Chance(0.5) ? BookingState.Confirmed : Pick(Enum.GetValues<BookingState>()))
        {
            HeldUntil = Maybe(0.5, Now + Minutes(5 * _random.Next(-3, 3))),
            BufferBefore = Minutes(Chance(0.3) ? 5 * _random.Next(1, 30) : 0),
            BufferAfter = Minutes(Chance(0.3) ? 5 * _random.Next(1, 30) : 0),
            Equipment = Uses(),
            Person = Chance(0.5) ? "anna" : "ben",
            Group = Chance(0.3) ? "choir" : null,
        };
    }
}

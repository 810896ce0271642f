using System.Globalization;
using CsCheck;
using Kera.Base.District;
using Kera.Sharing;
using NodaTime;

namespace Kera.Tests.District;

/// <summary>What can be booked is read field by field, and what contradicts itself is told with the line of the field.</summary>
public sealed class SpaceFileTests
{
    private const string File = "spaces.yaml";

    private static readonly DateTimeZone s_zone = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Instant s_now = Instant.FromUtc(2026, 11, 27, 12, 0);

    [Fact]
    public void Every_field_of_rules_is_read()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "rules:", "  - key: whole-hall\n", """
              - key: everything
                publishedFrom: 2026-08-01T09:00:00+03:00
                publishedUntil: 2028-12-31
                bookingOpens: 2026-09-01
                bookingCloses: 2027-12-31T12:00:00Z
                noticeDays: 3
                notice: 36 h
                horizonDays: 400
                startGrid: 15 min
                leastDuration: 30 min
                mostDuration: 1 d
                durationStep: 10 min
                bufferBefore: 5 min
                bufferAfter: 20 min
                blocksWholeDay: true
                limits:
                  - { of: group, bookings: 4, kinds: [hall, workshop] }
                  - { of: person, time: 90 min, in: month }
                audiences: [residents, workers]
                adultsOnly: true
                strongIdentification: true
                way: rounds
                rounds:
                  - { key: spring, from: 2027-01-01, to: 2027-05-31, resultsSent: true }
                  - { key: autumn, from: 2027-08-01, to: 2027-12-20 }
                needsApproval: true
                deposit: 12.5
                cancellableBefore: 0 min
              - key: whole-hall

            """);
        kera.Replace(File, "key: kutoja-hall", "rules: whole-hall", "rules: everything");

        var rules = Spaces(kera).Tree.Space("kutoja-hall").Rules;

        Assert.Equal(Instant.FromUtc(2026, 8, 1, 6, 0), rules.PublishedFrom);
        Assert.Equal(Instant.FromUtc(2028, 12, 31, 22, 0), rules.PublishedUntil);
        Assert.Equal(Instant.FromUtc(2026, 8, 31, 21, 0), rules.BookingOpens);
        Assert.Equal(Instant.FromUtc(2027, 12, 31, 12, 0), rules.BookingCloses);
        Assert.Equal((3, Duration.FromHours(36), 400), (rules.NoticeDays, rules.Notice, rules.HorizonDays));
        Assert.Equal((Minutes(15), Minutes(30), Minutes(1440), Minutes(10)), (rules.StartGrid, rules.LeastDuration, rules.MostDuration, rules.DurationStep));
        Assert.Equal((Minutes(5), Minutes(20), true), (rules.BufferBefore, rules.BufferAfter, rules.BlocksWholeDay));
        var bookings = Assert.IsType<BookingsAtOnce>(rules.Limits[0]);
        Assert.Equal((LimitOf.Group, 4, "hall workshop"), (bookings.Of, bookings.Most, string.Join(' ', bookings.Kinds!)));
        Assert.Equal(new TimePerPeriod(LimitOf.Person, Minutes(90), LimitPeriod.Month), rules.Limits[1]);
        Assert.Equal(["residents", "workers"], rules.Audiences);
        Assert.True(rules is { AdultsOnly: true, StrongIdentification: true, NeedsApproval: true, Way: BookingWay.Rounds, Deposit: 12.5m });
        Assert.Equal([new("spring", new(2027, 1, 1), new(2027, 5, 31), true), new RoundPeriod("autumn", new(2027, 8, 1), new(2027, 12, 20), false)], rules.Rounds);
        Assert.Equal(Duration.Zero, rules.CancellableBefore);
    }

    [Fact]
    public void Rules_that_say_nothing_limit_nothing()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "rules:", "  - key: whole-hall\n", "  - key: open\n  - key: whole-hall\n");
        kera.Replace(File, "key: kutoja-hall", "rules: whole-hall", "rules: open");

        Assert.Equal(new BookingRules(), Spaces(kera).Tree.Space("kutoja-hall").Rules);
    }

    [Fact]
    public void Overrides_replace_single_fields_of_rules_for_one_space()
    {
        var tree = BuiltIn().Tree;
        var (workshop, machines) = (tree.Space("workshop").Rules, tree.Space("machine-room").Rules);

        Assert.Equal(workshop with { NoticeDays = 2, MostDuration = Duration.FromHours(3), AdultsOnly = true, NeedsApproval = true }, machines);
        Assert.Equal((0, Duration.FromHours(4), false, false), (workshop.NoticeDays, workshop.MostDuration, workshop.AdultsOnly, workshop.NeedsApproval));
    }

    [Fact]
    public void Hours_are_read_with_their_weeks_states_and_levels()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "hours:", "  - key: hall\n", """
              - key: everything
                periods:
                  - from: 2026-01-01
                    to: 2026-12-31
                    override: 7
                    state: staffOnly
                    groups:
                      - { days: [monday, weekend], weeks: odd, every: { weeks: 3, from: 2026-02-03 }, times: ["08:00-09:30", { time: "22:00-02:00", state: open }] }
                      - { days: [tuesday, sunday], nth: -1, times: ["00:00-24:00"] }
                  - state: closed
                exceptions:
                  - { date: 2026-05-02, times: [{ time: "12:00-24:00", state: staffOnly }] }
                  - { holiday: secondChristmasDay, times: [] }
                  - { holiday: all, times: ["10:00-11:00", "12:00-13:00"] }
              - key: hall

            """);
        kera.Replace(File, "key: kutoja-hall", "hours: hall", "hours: everything");

        var hours = Spaces(kera).Tree.Space("kutoja-hall").Hours!;

        var first = hours.Periods[0];
        Assert.Equal((new LocalDate(2026, 1, 1), new LocalDate(2026, 12, 31), 7, OpenState.StaffOnly), (first.From!.Value, first.To!.Value, first.Override, first.State));
        var days = Weekdays.Monday | Weekdays.Weekend;
        Assert.Equal([new(days, new DaySpan(new(8, 0), new(9, 30))), new WeeklySpan(days, new DaySpan(new(22, 0), new(2, 0), true, OpenState.Open))], first.Groups[0].Spans);
        Assert.Equal([new IsoWeeks(Even: false), new EveryNthWeek(3, new(2026, 2, 3))], first.Groups[0].Rules);
        Assert.Equal(3, first.Groups.Count);
        Assert.Equal((new WeeklySpan(Weekdays.Tuesday, DaySpan.WholeDay()), new NthWeekdayOfMonth(-1, IsoDayOfWeek.Tuesday)), (Assert.Single(first.Groups[1].Spans), Assert.Single(first.Groups[1].Rules)));
        Assert.Equal((new WeeklySpan(Weekdays.Sunday, DaySpan.WholeDay()), new NthWeekdayOfMonth(-1, IsoDayOfWeek.Sunday)), (Assert.Single(first.Groups[2].Spans), Assert.Single(first.Groups[2].Rules)));
        Assert.True(hours.Periods[1] is { From: null, To: null, Override: 0, State: OpenState.Closed, Groups.Count: 0 });
        Assert.Equal((new LocalDate(2026, 5, 2), new DaySpan(new(12, 0), new(0, 0), true, OpenState.StaffOnly)), (Assert.IsType<DateException>(hours.Exceptions[0]).Date, Assert.Single(hours.Exceptions[0].Spans)));
        Assert.Equal((FinnishHoliday.SecondChristmasDay, 0), (Assert.IsType<HolidayException>(hours.Exceptions[1]).Holiday, hours.Exceptions[1].Spans.Count));
        Assert.Null(Assert.IsType<HolidayException>(hours.Exceptions[2]).Holiday);
        Assert.Equal([new(new(10, 0), new(11, 0)), new DaySpan(new(12, 0), new(13, 0))], hours.Exceptions[2].Spans);
    }

    [Fact]
    public void What_is_paid_online_is_of_a_seller()
    {
        using var kera = new EditedKera();
        kera.Write("invoicing.yaml", "sellers: []\n");

        var mistakes = kera.Read().Mistakes;

        Assert.Equal([kera.LineOf(File, "key: court-1", "prices: court"), kera.LineOf(File, "key: court-2", "prices: court"), kera.LineOf(File, "key: court-3", "prices: court")], mistakes.Select(mistake => mistake.Line!.Value));
        Assert.All(mistakes, mistake => Assert.Contains("paid online, and the keeper 'demo-hall-association' is no seller", mistake.Problem, StringComparison.Ordinal));
    }

    [Fact]
    public void A_space_is_read_with_its_prices_ways_in_and_permits()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: skate-hall", "    illustrative: true\n", "    firstDay: 2026-02-01\n    lastDay: 2028-06-30\n    source: hs-halls\n");

        var spaces = Spaces(kera);

        var (told, space) = (spaces.Spaces["skate-hall"], spaces.Tree.Space("skate-hall"));
        Assert.Equal(("demo-hall-skate", "demo-hall-association", "demo-space-skate-hall", "demo-hall-skate-use"), (told.Place, told.Keeper, told.Resource, told.Process));
        Assert.Equal(("Rullalautahalli (kuvitteellinen)", true, true, 1300m), (told.Name.Fi, told.StepFree, told.Bookable, told.Area));
        Assert.StartsWith("Ramper och räcken", told.About!.Sv, StringComparison.Ordinal);
        Assert.Null(told.Accessibility);
        Assert.Equal(["ramps", "changing-rooms"], told.Features);
        Assert.Equal(["chairs"], told.Equipment);
        Assert.Equal((false, "hs-halls"), (told.Illustrative, Assert.Single(told.Sources)));
        Assert.Equal([new RefundStep(Duration.FromDays(1), 100)], told.Refunds);
        Assert.Equal([new(new(2026, 1, 1), AccessType.OpenedByStaff), new AccessFrom(new(2026, 10, 1), AccessType.AccessCode)], told.Access);
        var price = Assert.Single(told.Prices);
        Assert.Equal((new LocalDate(2026, 1, 1), PriceUnit.Hour, 60m, 13.5m, PaymentWay.Invoice), (price.From, price.Unit, price.Price, price.VatPercent, price.Pay));
        Assert.Equal([new AudiencePrice("residents", 40)], price.Audiences);
        Assert.Equal(("sports-hall", "kutoja-hall", 80), (space.Kind, space.Parent, space.Capacity));
        Assert.Equal((new LocalDate(2026, 2, 1), new LocalDate(2028, 6, 30)), (space.FirstDay!.Value, space.LastDay!.Value));
        Assert.Equal([new Permit(new(2026, 1, 1), new(2029, 12, 31), new(8, 0), new(1, 0))], space.Permits);
    }

    [Fact]
    public void The_built_in_hall_has_its_parts_its_equipment_and_the_end_of_its_temporary_use()
    {
        var spaces = BuiltIn();

        Assert.Equal(["court-1", "court-2", "court-3"], spaces.Tree.Descendants("courts").Select(space => space.Key));
        Assert.Equal(spaces.Spaces.Count - 1, spaces.Tree.Descendants("kutoja-hall").Count);
        Assert.Equal(spaces.Spaces.Keys, spaces.Tree.Spaces.Select(space => space.Key));
        Assert.All(spaces.Tree.Spaces, space => Assert.Equal(new LocalDate(2029, 12, 31), space.LastDay));
        Assert.All(spaces.Spaces.Values, space => Assert.True(space.Illustrative));
        Assert.False(spaces.Spaces["courts"].Bookable);
        Assert.Equal([("projector", 1), ("tables", 20), ("chairs", 120), ("padel-rackets", 12)], spaces.Tree.Equipment.Select(thing => (thing.Key, thing.Pieces)));
        Assert.Equal(PaymentWay.OnSite, Assert.Single(spaces.Equipment["projector"].Prices).Pay);
        Assert.Empty(spaces.Equipment["tables"].Prices);
        Assert.Equal("Rampit ja reilit", spaces.Features["ramps"].Fi);
        Assert.Equal("Boende och partner", spaces.Audiences["members"].Name.Sv);
        Assert.Equal(["resident", "partner"], spaces.Audiences["members"].Roles);
    }

    [Theory]
    [InlineData("court-1", 2026, 12, 23, "07:00-22:00")] // A Wednesday, by the hours of the hall.
    [InlineData("court-1", 2026, 12, 24, "")]
    [InlineData("court-1", 2026, 12, 26, "10:00-18:00")]
    [InlineData("court-1", 2026, 12, 31, "09:00-15:00")]
    [InlineData("court-1", 2027, 7, 5, "12:00-20:00")] // The first Monday of July.
    [InlineData("court-1", 2027, 7, 12, "09:00-20:00")]
    [InlineData("skate-hall", 2026, 9, 5, "09:00-00:00")]
    [InlineData("skate-hall", 2026, 9, 6, "00:00-01:00 09:00-20:00")]
    [InlineData("skate-hall", 2026, 9, 12, "09:00-22:00")]
    [InlineData("workshop", 2026, 11, 16, "")] // Week 47.
    [InlineData("workshop", 2026, 11, 23, "17:00-21:00")]
    [InlineData("brewery", 2026, 12, 24, "00:00-00:00")]
    public void The_built_in_hours_are_these(string space, int year, int month, int day, string expected)
    {
        var date = new LocalDate(year, month, day);

        var open = BuiltIn().Tree.HoursOf(space).Intervals(s_zone, date, date);

        Assert.Equal(expected, string.Join(' ', open.Select(interval => $"{Time(interval.Start)}-{Time(interval.End)}")));

        static string Time(Instant instant) => instant.InZone(s_zone).TimeOfDay.ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData("rules:\n", "noticeDays: 14", "noticeDays: 400", "horizonDays: 365", "the notice leaves no day within the horizon", "write 400 or more")]
    [InlineData("rules:\n", "leastDuration: 4 h", "leastDuration: 16 h", "leastDuration: 16 h", "the shortest booking is longer than the longest", "write 15 h or less")]
    [InlineData("rules:\n", "startGrid: 1 h", "startGrid: 0 min", "startGrid: 0 min", "'startGrid' is no time at all", "write 1 min or more")]
    [InlineData("rules:\n", "startGrid: 1 h", "startGrid: 1 h\n    bufferAfter: 49 h", "bufferAfter: 49 h", "'bufferAfter' is longer than 2 d", "write 2 d or less")]
    [InlineData("rules:\n", "startGrid: 1 h", "startGrid: 1 h\n    durationStep: 20 h", "mostDuration: 15 h", "there is no multiple of the step", "write 20 h or more")]
    [InlineData("key: skating", "to: 2027-12-19", "to: 2026-12-19", "to: 2026-12-19", "'to' is before its beginning", "write a time after 2027-08-09")]
    [InlineData("key: skating", "time: 6 h", "time: 30 min", "time: 30 min", "the limit is shorter than the shortest booking", "write 1 h or more")]
    [InlineData("key: courts", "kinds: [padel-court]", "kinds: [padel-cort]", "kinds: [padel-cort]", "no space is of the kind 'padel-cort'", "did you mean 'padel-court'?")]
    [InlineData("key: courts", "bookingOpens: 2026-08-01T09:00:00+03:00", "bookingOpens: 2026-08-01\n    bookingCloses: 2026-07-01", "bookingCloses: 2026-07-01", "'bookingCloses' is before its beginning", "write a time after 2026-08-01")]
    [InlineData("key: brewing", "publishedUntil: 2029-12-31", "publishedUntil: 2026-07-01", "publishedUntil: 2026-07-01", "'publishedUntil' is before its beginning", "write a time after 2026-08-01")]
    [InlineData("key: brewing", "publishedUntil: 2029-12-31", "bookingCloses: 2026-07-01", "bookingCloses: 2026-07-01", "only before the space is shown", "let booking close after 2026-08-01")]
    [InlineData("key: brewing", "publishedUntil: 2029-12-31", "publishedUntil: 2029-12-31\n    bookingOpens: 2030-02-01T10:00:00+02:00", "bookingOpens: 2030", "only when the space is not shown any more", "let booking begin before 2030-01-01")]
    [InlineData("key: hall\n", "to: 2027-08-08", "to: 2027-05-08", "to: 2027-05-08", "'to' is before its beginning", "write a time after 2027-06-07")]
    [InlineData("key: court\n", "from: 2027-01-01", "from: 2026-01-01", "from: 2026-01-01, unit: hour, price: 26", "two prices hold from one day", "give each a day of its own")]
    [InlineData("key: kutoja-hall", "to: 2029-12-31", "to: 2025-12-31", "to: 2025-12-31", "'to' is before its beginning", "write a time after 2026-01-01")]
    [InlineData("key: kutoja-hall", "firstDay: 2026-01-01", "firstDay: 2031-01-01", "key: kutoja-hall", "'lastDay' is before its beginning", "write a time after 2031-01-01")]
    [InlineData("key: kutoja-hall", "firstDay: 2026-01-01", "firstDay: 2026-01-01\n    lastDay: 2025-01-01", "lastDay: 2025-01-01", "'lastDay' is before its beginning", "write a time after 2026-01-01")]
    [InlineData("key: machine-room", "mostDuration: 3 h", "mostDuration: 30 min", "noticeDays: 2", "the shortest booking is longer than the longest", "write 30 min or less")]
    public void What_contradicts_itself_is_told_once_with_the_line_of_the_field(string anchor, string old, string replacement, string at, string problem, string remedy)
    {
        using var kera = new EditedKera();
        kera.Replace(File, anchor, old, replacement);

        Told(kera, kera.Read(), anchor, at, problem, remedy);
    }

    [Fact]
    public void A_space_that_is_never_open_long_enough_is_told_once_somebody_says_when_it_is()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: workshop", "leastDuration: 1 h\n    mostDuration: 4 h\n    bufferAfter: 15 min", "leastDuration: 8 h\n    mostDuration: 9 h\n    bufferAfter: 15 min");
        kera.Replace(File, "key: machine-room", "mostDuration: 3 h", "leastDuration: 1 h");

        Told(kera, DistrictFiles.Read(kera.Folder, s_now), "key: workshop\n    notice", "leastDuration: 8 h", "never open for as long as the shortest booking", "write a leastDuration of 6 h or less");
        Assert.Empty(kera.Read().Mistakes);
    }

    [Fact]
    public void Hours_and_rules_that_no_space_has_are_judged_too()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "hours:", "  - key: hall\n", "  - key: unused\n    periods: [{ from: 2027-01-01, to: 2026-01-01 }]\n  - key: hall\n");
        kera.Replace(File, "rules:", "  - key: whole-hall\n", "  - key: unused\n    horizonDays: 5\n    noticeDays: 9\n    limits: [{ of: person, bookings: 1, kinds: [none-yet] }]\n  - key: whole-hall\n");

        var mistakes = kera.Read().Mistakes;

        Assert.Equal(2, mistakes.Count);
        Assert.Equal([kera.LineOf(File, "hours:", "periods: [{ from: 2027"), kera.LineOf(File, "rules:", "horizonDays: 5")], mistakes.Select(mistake => mistake.Line!.Value));
    }

    [Fact]
    public void A_space_that_is_booked_has_hours_of_its_own_or_of_what_is_above_it()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: kutoja-hall", "    hours: hall\n", "");

        var mistakes = kera.Read().Mistakes;

        // The courts together are not booked; the skate hall, the workshop with its machine room and the brewery have hours.
        Assert.Equal(["kutoja-hall", "court-1", "court-2", "court-3", "kitchen"], mistakes.Select(mistake => mistake.Problem.Split('\'')[1]));
        Assert.All(mistakes, mistake => Assert.Contains("has no hours, and nothing above it has", mistake.Problem, StringComparison.Ordinal));
        Assert.Equal(kera.LineOf(File, "spaces:", "key: court-2"), mistakes[2].Line);
    }

    [Fact]
    public void A_space_that_begins_at_no_day_is_told_with_its_parts()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: kutoja-hall\n    name", "    firstDay: 2026-01-01\n", "");

        var mistakes = kera.Read().Mistakes;

        Assert.Contains("nobody says from which day on the space 'kutoja-hall' is there", mistakes[0].Problem, StringComparison.Ordinal);
        Assert.Equal(kera.LineOf(File, "spaces:", "key: kutoja-hall"), mistakes[0].Line);
        Assert.All(mistakes, mistake => Assert.Contains("write firstDay", mistake.Remedy, StringComparison.Ordinal));
        // Courts are not booked themselves.
        Assert.DoesNotContain(mistakes, mistake => mistake.Problem.Contains("'courts'", StringComparison.Ordinal));
    }

    [Fact]
    public void Spaces_that_are_parts_of_each_other_are_told_once()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: workshop\n    name", "parent: kutoja-hall", "parent: machine-room");

        Told(kera, kera.Read(), "key: workshop\n    name", "parent: machine-room", "the space 'workshop' is a part of itself", "or remove parent");
    }

    [Fact]
    public void A_space_without_a_key_of_its_own_is_told_and_nothing_falls_over()
    {
        using var kera = new EditedKera();
        kera.Replace(File, "key: kutoja-hall", "key: kutoja-hall", "bookable: true");
        kera.Replace(File, "process: demo-hall-use", "    hours: hall\n", "");

        Assert.Contains("the space's 'key' is missing", string.Join('\n', kera.Read().Mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_goes_on_after_its_temporary_use_ends_no_space()
    {
        using var kera = new EditedKera();
        kera.Replace("places.geojson", "\"demo-hall-kitchen\"", "{\"phase\": \"temporary\", \"to\": \"2029-12-31\"}", "{\"phase\": \"temporary\", \"to\": \"2029-12-31\"}, {\"phase\": \"finished\", \"from\": \"2030\"}");

        Assert.Null(Spaces(kera).Tree.Space("kitchen").LastDay);
    }

    [Fact]
    public void Durations_are_whole_numbers_of_minutes_hours_or_days() =>
        (from number in Gen.Int[0, 3_660] from unit in Gen.OneOf("min", "h", "d") select (Text: $"{number} {unit}", Value: Minutes(number * (unit == "min" ? 1 : unit == "h" ? 60 : 1_440))))
            .Array[300].Sample(
            durations =>
            {
                using var kera = new EditedKera();
                var distinct = durations.DistinctBy(duration => duration.Value).ToList();
                kera.Replace(File, "key: kitchen\n    name", "      - { before: 2 d, percent: 50 }\n", string.Concat(distinct.Where(duration => duration.Value != Duration.FromDays(7)).Select(duration => $"      - {{ before: {duration.Text}, percent: 1 }}\n")));

                Assert.Equal(distinct.Select(duration => duration.Value).Where(value => value != Duration.FromDays(7)), Spaces(kera).Spaces["kitchen"].Refunds.Skip(1).Select(step => step.Before));
            },
            iter: 3,
            threads: 1);

    [Fact]
    public void What_is_no_duration_is_told()
    {
        string[] wrong = ["30", "30min", "-30 min", "1.5 h", "2 weeks", "1 h 30 min", "3661 d", "2147483647 h", "4294967297 min"];
        using var kera = new EditedKera();
        kera.Replace(File, "key: kitchen\n    name", "      - { before: 2 d, percent: 50 }\n", string.Concat(wrong.Select(text => $"      - {{ before: {text}, percent: 1 }}\n")));

        var mistakes = kera.Read().Mistakes.Where(mistake => mistake.Problem.StartsWith("'before' is", StringComparison.Ordinal));

        Assert.Equal(wrong.Select(text => $"'before' is '{text}', which is no duration"), mistakes.Select(mistake => mistake.Problem));
    }

    private static Duration Minutes(int minutes) => Duration.FromMinutes(minutes);

    private static DistrictSpaces BuiltIn() => DistrictFiles.Read(EditedKera.Source, s_now).Model!.Spaces!;

    private static DistrictSpaces Spaces(EditedKera kera)
    {
        var reading = kera.Read();
        Assert.Equal("", string.Join('\n', reading.Mistakes));
        return reading.Model!.Spaces!;
    }

    private static void Told(EditedKera kera, DistrictReading reading, string anchor, string at, string problem, string remedy)
    {
        var mistake = Assert.Single(reading.Mistakes);
        Assert.Equal((File, kera.LineOf(File, anchor, at)), (mistake.File, mistake.Line));
        Assert.Contains(problem, mistake.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
    }
}

using CsCheck;
using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>The kernel's answers are those of the written rules, checked minute by minute, in random situations.</summary>
public sealed class BruteForceTests
{
    // Where KERA_TESTS_FULL is 1: 100,000 situations.
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 40 : 1;
    private static readonly Gen<int> s_seeds = Gen.Int[0, int.MaxValue];

    [Fact]
    public void The_random_situations_meet_every_rule_and_are_allowed_too()
    {
        var (codes, allowed, offered) = (new HashSet<RefusalCode>(), 0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var situation = Situation.Of(seed);
            for (var time = 0; time < 5; time++)
            {
                var decision = BookingCheck.Decide(situation.Book, situation.Request(), situation.Asker, situation.Now);
                codes.UnionWith(decision.Refusals.Select(refusal => refusal.Code));
                allowed += decision.Allowed ? 1 : 0;
            }

            offered += OfferedStarts.Of(situation.Book, situation.AnySpace(), situation.Wish(), situation.Asker, situation.Now).Starts.Count > 0 ? 1 : 0;
        }

        Assert.Equal(Enum.GetValues<RefusalCode>(), codes.Order());
        Assert.InRange(allowed, 50, 4_950);
        Assert.InRange(offered, 150, 900);
    }

    [Fact]
    public void A_decision_names_just_the_rules_that_say_no() => s_seeds.Sample(
        seed =>
        {
            var situation = Situation.Of(seed);
            var brute = Brute(situation);
            for (var time = 0; time < 12; time++)
            {
                var request = situation.Request();

                var decision = BookingCheck.Decide(situation.Book, request, situation.Asker, situation.Now);

                Assert.Equal(brute.Codes(request).Order(), decision.Refusals.Select(refusal => refusal.Code).Distinct());
                Assert.Equal(decision.Refusals.Count == 0, decision.Allowed);
            }
        },
        iter: 2_500 * s_more);

    [Fact]
    public void The_free_starts_are_just_the_times_that_may_be_booked() => s_seeds.Sample(
        seed =>
        {
            var situation = Situation.Of(seed);
            var (space, wish) = (situation.AnySpace(), situation.Wish());

            var offered = OfferedStarts.Of(situation.Book, space, wish, situation.Asker, situation.Now);

            Assert.Equal(Allowed(situation, space, wish, offered.Duration), offered.Starts);
        },
        iter: 2_500 * s_more);

    [Fact]
    public void The_nearest_times_may_be_booked_and_none_nearer_may() => s_seeds.Sample(
        seed =>
        {
            var situation = Situation.Of(seed);
            var brute = Brute(situation);
            var request = situation.Request();

            var nearest = NearestTimes.Of(situation.Book, request, situation.Asker, situation.Now, days: 2);

            var (begin, duration) = (request.Time.Start, request.Time.Duration);
            var day = begin.InZone(Situation.Helsinki).Date;
            var (from, until) = (Situation.Helsinki.AtStartOfDay(day.PlusDays(-2)).ToInstant(), Situation.Helsinki.AtStartOfDay(day.PlusDays(3)).ToInstant());
            bool Allows(Instant start) => brute.Allows(request with { Time = new(start, start + duration) });
            Assert.Equal(Times(from, begin).Reverse().Where(Allows).Take(1), nearest.Before is { } before ? [before.Start] : []);
            Assert.Equal(Times(begin + Duration.FromMinutes(5), until).Where(Allows).Take(1), nearest.After is { } after ? [after.Start] : []);

            var rules = situation.Tree.Space(request.Space).Rules;
            var step = (int)(request.Kind == BookingKind.Normal ? rules.DurationStep ?? rules.StartGrid : Duration.Min(rules.StartGrid, Duration.FromMinutes(30))).TotalMinutes;
            var other = Enumerable.Range(1, 4_000 / step).Select(times => begin + Duration.FromMinutes(times * step))
                .Where(end => !brute.Allows(request) && brute.Allows(request with { Time = new(begin, end) }))
                .OrderBy(end => Math.Abs((end - request.Time.End).TotalMinutes)).ThenBy(end => end);
            Assert.Equal(other.Take(1), nearest.OtherDuration is { } time ? [time.End] : []);
        },
        iter: 500 * s_more);

    [Fact]
    public void The_first_free_times_are_the_first_that_may_be_booked() => s_seeds.Sample(
        seed =>
        {
            var situation = Situation.Of(seed);
            var (wish, most) = (situation.TimeWish(), situation.Next(6));
            var brute = Brute(situation);

            var free = FirstFree.Of(situation.Book, wish, situation.Asker, situation.Now, most);

            var (from, until) = (situation.Start, Situation.Helsinki.AtStartOfDay(situation.To.PlusDays(1)).ToInstant());
            bool Allows(string space, Instant start)
            {
                var (begin, end) = (start.InZone(Situation.Helsinki).LocalDateTime, (start + wish.Duration).InZone(Situation.Helsinki).LocalDateTime);
                return ((int)wish.Weekdays >> ((int)begin.DayOfWeek - 1) & 1) == 1 && begin.TimeOfDay >= wish.NotBefore
                    && (wish.NotAfter is not { } latest || end <= (latest > wish.NotBefore ? begin.Date : begin.Date.PlusDays(1)) + latest)
                    && brute.Allows(new(space, new(start, start + wish.Duration)) { People = wish.People, Equipment = wish.Equipment });
            }

            var all = Times(from, until).SelectMany(start => wish.Spaces.Where(space => Allows(space, start)).Select(space => new FreeTime(space, new(start, start + wish.Duration)))).ToList();
            Assert.Equal(all.Take(most), free.First);
            Assert.Equal(wish.Spaces.Select(space => all.FirstOrDefault(time => time.Space == space)).OfType<FreeTime>(), free.BySpace);
        },
        iter: 500 * s_more);

    [Fact]
    public void What_was_accepted_breaks_no_rule_however_it_came() => s_seeds.Sample(
        seed =>
        {
            var situation = Situation.Calm(seed);
            var (book, accepted) = (situation.Book, new List<(BookingRequest Request, Booking Booking)>());
            for (var time = 0; time < 40; time++)
            {
                var request = situation.Request() with { Replaces = null };
                if (BookingCheck.Decide(book, request, situation.Asker, situation.Now) is { Allowed: true } decision)
                {
                    var booking = new Booking($"a{time}", request.Space, request.Time, request.Kind)
                    {
                        BufferBefore = decision.BufferBefore,
                        BufferAfter = decision.BufferAfter,
                        Equipment = request.Equipment,
                        Person = situation.Asker.Person,
                        Group = situation.Asker.Group,
                    };
                    book = book.Add(booking);
                    accepted.Add((request, booking));
                }
            }

            Booking[] all = [.. accepted.Select(one => one.Booking)];
            foreach (var (request, booking) in accepted)
            {
                Assert.Empty(Brute(situation, all).Codes(request with { Replaces = booking.Id }));
            }
        },
        iter: 300 * s_more);

    internal static BruteForce Brute(Situation situation, IReadOnlyList<Booking>? bookings = null) => new(
        situation.Tree,
        bookings ?? [.. Enumerable.Range(0, 12).Select(number => situation.Book.Find($"b{number}")).OfType<Booking>()],
        situation.Asker,
        situation.Now,
        situation.Start - Duration.FromDays(5),
        situation.Start + Duration.FromDays(10));

    private static IEnumerable<Instant> Allowed(Situation situation, string space, StartWish wish, Duration duration)
    {
        var brute = Brute(situation);
        return Times(situation.Start, Situation.Helsinki.AtStartOfDay(wish.To.PlusDays(1)).ToInstant()).Where(start => brute.Allows(
            new(space, new(start, start + duration), wish.Kind) { People = wish.People, Equipment = wish.Equipment, Replaces = wish.Replaces }));
    }

    private static IEnumerable<Instant> Times(Instant from, Instant until)
    {
        for (var time = from; time < until; time += Duration.FromMinutes(5))
        {
            yield return time;
        }
    }
}

using CsCheck;
using NodaTime;

namespace Kera.Sharing.Tests;

/// <summary>Things that are lent: whether one is free, against handing them out one by one; who waits, extensions, maintenance and prices.</summary>
public sealed class ThingTests
{
    private static readonly LocalDate s_today = new(2026, 11, 24);

    private static readonly Gen<(int Pieces, int Buffer, List<ThingClaim> Claims, ThingClaim Wish, int Wanted)> s_situations =
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 2], Gen.Select(Gen.Int[0, 12], Gen.Int[1, 5]).List[0, 6], Gen.Select(Gen.Int[0, 12], Gen.Int[1, 5]), Gen.Int[1, 3])
            .Select((pieces, buffer, claims, wish, wanted) => (pieces, buffer, claims.Select(Claim).ToList(), Claim(wish), wanted));

    [Fact]
    public void It_fits_just_if_every_claim_can_be_given_a_thing_of_its_own() => s_situations.Sample(
        situation =>
        {
            var (pieces, buffer, claims, wish, wanted) = situation;
            // Claims that could not all be met are none that were accepted.
            if (CanBeDealt(pieces, claims, buffer))
            {
                Assert.Equal(CanBeDealt(pieces, [.. claims, .. Enumerable.Repeat(wish, wanted)], buffer), ThingAvailability.Fits(pieces, claims, buffer, wish, wanted));
            }
        },
        iter: 2_000);

    [Fact]
    public void The_first_free_day_fits_and_none_before_it_does() => s_situations.Sample(
        situation =>
        {
            var (pieces, buffer, claims, wish, wanted) = situation;
            var days = Period.DaysBetween(wish.From, wish.To) + 1;
            var until = s_today.PlusDays(20);
            var plain = Enumerable.Range(0, 21).Select(s_today.PlusDays)
                .Where(day => ThingAvailability.Fits(pieces, claims, buffer, new ThingClaim(day, day.PlusDays(days - 1)), wanted)).Select(day => (LocalDate?)day).FirstOrDefault();
            Assert.Equal(plain, ThingAvailability.FirstFree(pieces, claims, buffer, days, s_today, until, wanted));
        },
        iter: 1_000);

    [Fact]
    public void Who_is_served_fits_together_and_nobody_is_passed_over_who_could_be_served() => s_situations.Sample(
        situation =>
        {
            var (pieces, buffer, claims, _, _) = situation;
            List<ThingWish> waiting = [.. claims.Take(3).Select((claim, number) => new ThingWish($"{number}", Period.DaysBetween(claim.From, claim.To) + 1, claim.From, claim.From.PlusDays(number)))];
            List<ThingClaim> taken = [.. claims.Skip(3)];
            if (!CanBeDealt(pieces, taken, buffer))
            {
                return;
            }

            foreach (var (wish, served) in waiting.Select(wish => (wish, WaitingList.Served(pieces, claims.Skip(3), buffer, waiting, s_today).Where(each => each.Key == wish.Key).Select(each => (ThingClaim?)each.Claim).SingleOrDefault())))
            {
                var first = ThingAvailability.FirstFree(pieces, taken, buffer, wish.Days, wish.From, wish.Until);
                Assert.Equal(first, served?.From);
                if (served is { } claim)
                {
                    taken.Add(claim);
                }
            }

            Assert.True(CanBeDealt(pieces, taken, buffer));
        },
        iter: 500);

    [Fact]
    public void What_nobody_knows_the_end_of_is_away_for_good()
    {
        ThingClaim[] broken = [new(s_today, ThingAvailability.NoEnd)];
        Assert.Null(ThingAvailability.FirstFree(1, broken, 2, 1, s_today, s_today.PlusDays(400)));
        Assert.Equal(s_today, ThingAvailability.FirstFree(2, broken, 2, 1, s_today, s_today.PlusDays(400)));
    }

    [Fact]
    public void A_loan_is_extended_where_nobody_waits_and_none_is_reserved()
    {
        ThingClaim[] others = [new(s_today.PlusDays(8), s_today.PlusDays(9))];
        Assert.Null(LoanExtension.Of(1, others, 1, s_today, s_today.PlusDays(6), 0, 2, false));
        // A day of looking after it is kept free.
        Assert.Equal(ExtensionRefusal.Reserved, LoanExtension.Of(1, others, 1, s_today, s_today.PlusDays(7), 0, 2, false));
        Assert.Equal(ExtensionRefusal.SomebodyWaits, LoanExtension.Of(1, others, 1, s_today, s_today.PlusDays(6), 0, 2, true));
        Assert.Equal(ExtensionRefusal.TooOften, LoanExtension.Of(1, others, 1, s_today, s_today.PlusDays(6), 2, 2, true));
    }

    [Fact]
    public void Maintenance_is_due_by_days_or_hours_whichever_comes_first()
    {
        var both = new MaintenanceInterval(30, 100);
        Assert.False(both.IsDue(s_today.PlusDays(-29), 99.9m, s_today));
        Assert.True(both.IsDue(s_today.PlusDays(-30), 0, s_today));
        Assert.True(both.IsDue(s_today, 100, s_today));
        Assert.Equal((s_today.PlusDays(30), 0m), (both.DueDay(s_today), both.HoursLeft(120)));
        Assert.False(new MaintenanceInterval(null, 100).IsDue(s_today.PlusYears(-9), 50, s_today));
    }

    [Theory]
    [InlineData(3, 0, 0, "12.00", "2.44")]
    [InlineData(5, 2, 0.5, "24.50", "4.98")]
    [InlineData(0, 0, 0, "0.00", "0.00")]
    public void A_price_is_by_days_begun_with_what_is_late_and_used_up(int days, int late, decimal consumed, string gross, string vat)
    {
        var price = new LoanPrice(4, 2, 25.5m).Of(days, late, consumed);
        Assert.Equal((decimal.Parse(gross, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(vat, System.Globalization.CultureInfo.InvariantCulture)), price);
    }

    private static ThingClaim Claim((int From, int Days) claim) => new(s_today.PlusDays(claim.From), s_today.PlusDays(claim.From + claim.Days - 1));

    // Tries every way of giving each claim one of the things.
    private static bool CanBeDealt(int pieces, List<ThingClaim> claims, int buffer)
    {
        var things = Enumerable.Range(0, pieces).Select(_ => new List<ThingClaim>()).ToList();
        return Deal(0);

        bool Deal(int next)
        {
            if (next == claims.Count)
            {
                return true;
            }

            foreach (var thing in things.Where(thing => thing.TrueForAll(other => claims[next].To.PlusDays(buffer) < other.From || other.To.PlusDays(buffer) < claims[next].From)))
            {
                thing.Add(claims[next]);
                if (Deal(next + 1))
                {
                    return true;
                }

                thing.RemoveAt(thing.Count - 1);
            }

            return false;
        }
    }
}

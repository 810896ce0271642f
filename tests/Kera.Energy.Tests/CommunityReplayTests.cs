using CsCheck;
using Kera.Generated;
using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>What must hold of any community.</summary>
public sealed class CommunityReplayTests
{
    // Where KERA_TESTS_FULL is 1: communities of up to 300 members over up to a month.
    private static readonly (int Members, int Days) s_most = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? (300, 31) : (12, 6);
    private static readonly DateTimeZone s_helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly Gen<(SettlementPeriods Periods, GeneratedCommunity Generated, CommunitySettlement Settlement)> s_communities =
        // Any day of 2026, or one just before the clock changes, on the 88th day and the 298th.
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.OneOf(Gen.Int[0, 364], Gen.Int[85, 87], Gen.Int[295, 297]), Gen.Int[3, s_most.Days], Gen.Double[0, 0.2], Make);

    [Fact]
    public void A_plain_replay_gives_the_same_to_the_watt_hour() => s_communities.Sample(
        community =>
        {
            var replay = new PlainReplay(community.Generated, community.Periods.First, community.Periods.Until, s_helsinki);

            Assert.Equal(replay.Community, Enumerable.Range(0, community.Periods.Count).Select(community.Settlement.Period)
                .Select(period => ((System.Numerics.BigInteger)period.Surplus, (System.Numerics.BigInteger)period.Credited, (System.Numerics.BigInteger)period.ToCommonPoint, (System.Numerics.BigInteger)period.UnusedToVirtualPoints)));
            Assert.Equal(replay.Lines.Keys.Order(StringComparer.Ordinal), community.Settlement.Members.Select(member => member.Point).Order(StringComparer.Ordinal));
            foreach (var (point, lines) in replay.Lines)
            {
                Assert.Equal(lines, community.Settlement.Statement(point).Lines.Select(line => new PlainLine(
                    line.Begin, line.Energy.Use, line.Energy.NetUse, line.Energy.Share, line.Energy.Credit, line.Quality != ReadingQuality.Missing, line.Quality == ReadingQuality.Measured)));
            }
        },
        iter: 100);

    [Fact]
    public void Every_watt_hour_of_surplus_goes_to_one_place_in_each_period_and_in_all() => s_communities.Sample(
        community =>
        {
            var (credits, unused) = (new long[community.Periods.Count], new long[community.Periods.Count]);
            foreach (var line in community.Settlement.Members.SelectMany(member => community.Settlement.Statement(member.Point).Lines))
            {
                credits[line.Period] += line.Energy.Credit;
                unused[line.Period] += line.Energy.Unused;
            }

            var sum = 0L;
            for (var period = 0; period < community.Periods.Count; period++)
            {
                var energy = community.Settlement.Period(period);
                Assert.Equal(energy.Surplus, credits[period] + unused[period] + energy.Remainder);
                Assert.Equal(energy.Surplus, energy.Credited + energy.UnusedToVirtualPoints + energy.ToCommonPoint);
                Assert.True(energy.Remainder >= 0);
                sum += energy.Surplus;
            }

            var totals = community.Settlement.Totals;
            Assert.Equal(sum, totals.Surplus);
            Assert.Equal(totals.Surplus, credits.Sum() + unused.Sum() + totals.Remainder);
            Assert.Equal(unused.Sum(), community.Settlement.UnusedTo == UnusedDestination.CommonPoint ? totals.UnusedToCommonPoint : totals.UnusedToVirtualPoints);
        },
        iter: 100);

    [Fact]
    public void A_statement_sums_to_its_totals_and_credits_no_more_than_is_used() => s_communities.Sample(
        community =>
        {
            foreach (var totals in community.Settlement.Members)
            {
                var statement = community.Settlement.Statement(totals.Point);
                var sum = statement.Lines.Aggregate(default(MemberEnergy), (energy, line) => energy + line.Energy);

                Assert.Equal(sum, totals.Energy);
                Assert.Equal(community.Settlement.Totals, statement.CommunityTotals);
                Assert.Equal(
                    (totals.Periods, totals.Estimated, totals.Missing),
                    (statement.Lines.Count, statement.Lines.Count(line => line.Quality == ReadingQuality.Estimated), statement.Lines.Count(line => line.Quality == ReadingQuality.Missing)));
                Assert.All(statement.Lines, line => Assert.True(line.Energy is { LeftToBuy: >= 0, Unused: >= 0, OwnSurplus: >= 0, Credit: >= 0 }));
            }
        },
        iter: 100);

    private static (SettlementPeriods, GeneratedCommunity, CommunitySettlement) Make(int seed, int day, int days, double gaps)
    {
        var first = new LocalDate(2026, 1, 1).PlusDays(day);
        var periods = new SettlementPeriods(first, first.PlusDays(days), s_helsinki);
        var generated = new GeneratedCommunity(seed, "a", periods, new CommunityOptions(1, s_most.Members, HourlyShare: 0.3, gaps, MovingShare: 0.5));
        var points = generated.Members.Append(generated.Property).ToDictionary(point => point.Name, point => point.In(periods));
        return (periods, generated, CommunitySettlement.Settle(new CommunityRegister([generated.Community], s_helsinki), "a", periods, points));
    }
}

using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>Each rule of sharing by an example that was reckoned by hand.</summary>
public sealed class CommunitySettlementTests
{
    private static readonly DateTimeZone s_helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly LocalDate s_first = new(2026, 6, 1);
    private static readonly SettlementPeriods s_day = new(s_first, s_first.PlusDays(1), s_helsinki);
    private static readonly Instant s_longBefore = Instant.FromUtc(2025, 1, 1, 0, 0);

    [Fact]
    public void The_propertys_own_use_is_met_first_and_what_is_left_is_shared_down_to_the_watt_hour()
    {
        // 1000 − 99 = 901 are left: 33.33 % are 300.3033, 12.5 % are 112.625; 901 − 300 − 112 = 489 is nobody's.
        var settlement = Settle(SettlementModel.Sma, s_day, [("one", 33.33m), ("two", 12.5m)], Point("property", s_day, 99, 1000), Point("one", s_day, 500), Point("two", s_day, 500));

        Assert.Equal(new CommunityEnergy(1000, 99, 901, 412, 0, 0, 489), settlement.Period(0));
        Assert.Equal(new MemberEnergy(500, 0, 500, 300, 300), settlement.Statement("one").Lines[0].Energy);
        Assert.Equal(200, settlement.Statement("one").Lines[0].Energy.LeftToBuy);
        Assert.Equal(112, settlement.Statement("two").Lines[0].Energy.Credit);
    }

    [Fact]
    public void A_property_that_uses_more_than_it_produces_shares_nothing()
    {
        var settlement = Settle(SettlementModel.Sma, s_day, [("one", 100)], Point("property", s_day, 1000, 999), Point("one", s_day, 500));

        Assert.Equal(new CommunityEnergy(999, 1000, 0, 0, 0, 0, 0), settlement.Period(0));
        Assert.Equal(500, settlement.Statement("one").Lines[0].Energy.LeftToBuy);
    }

    [Theory]
    [InlineData(SettlementModel.Sma, UnusedDestination.CommonPoint, 200, 0, 201)]
    [InlineData(SettlementModel.Smb, UnusedDestination.VirtualPoint, 0, 200, 1)]
    public void What_a_member_cannot_use_is_not_offered_again_and_goes_where_the_model_says(SettlementModel model, UnusedDestination unusedTo, long toCommon, long toVirtual, long allToCommon)
    {
        // 1001 in two halves of 500, and 1 by rounding: the one uses 300 of its half, the other could use 900.
        var settlement = Settle(model, s_day, [("one", 50), ("two", 50)], Point("property", s_day, 0, 1001), Point("one", s_day, 300), Point("two", s_day, 900));

        Assert.Equal(new CommunityEnergy(1001, 0, 1001, 800, toCommon, toVirtual, 1), settlement.Period(0));
        Assert.Equal(allToCommon, settlement.Period(0).ToCommonPoint);
        Assert.Equal(new MemberEnergy(300, 0, 300, 500, 300), settlement.Statement("one").Lines[0].Energy);
        Assert.Equal(200, settlement.Statement("one").Lines[0].Energy.Unused);
        Assert.Equal(new MemberEnergy(900, 0, 900, 500, 500), settlement.Statement("two").Lines[0].Energy);
        Assert.Equal((unusedTo, unusedTo), (settlement.UnusedTo, settlement.Statement("one").UnusedTo));
    }

    [Fact]
    public void A_member_is_credited_up_to_what_its_own_production_leaves_to_buy()
    {
        var settlement = Settle(
            SettlementModel.Smb, s_day, [("one", 50), ("two", 50)], Point("property", s_day, 0, 1000), Point("one", s_day, 700, 400), Point("two", s_day, 100, 250));

        Assert.Equal(new MemberEnergy(700, 400, 300, 500, 300), settlement.Statement("one").Lines[0].Energy);
        Assert.Equal((0, 0), (settlement.Statement("one").Lines[0].Energy.LeftToBuy, settlement.Statement("one").Lines[0].Energy.OwnSurplus));
        // Its own surplus is its own.
        Assert.Equal(new MemberEnergy(100, 250, 0, 500, 0), settlement.Statement("two").Lines[0].Energy);
        Assert.Equal(150, settlement.Statement("two").Lines[0].Energy.OwnSurplus);
        Assert.Equal((1000, 700), (settlement.Period(0).Surplus, settlement.Period(0).UnusedToVirtualPoints));
    }

    [Fact]
    public void Production_and_use_of_different_quarters_do_not_meet()
    {
        var property = new MeteringPoint("property", Quarters(0, 0), Quarters(800, 0), []);

        var totals = Settle(SettlementModel.Sma, s_day, [("one", 100)], property, new MeteringPoint("one", Quarters(0, 800), [], [])).Totals;

        Assert.Equal(new CommunityEnergy(800, 0, 800, 0, 800, 0, 0), totals);
    }

    [Fact]
    public void A_member_metered_by_the_hour_is_settled_by_estimated_quarters()
    {
        var one = MeteringPoint.Of("one", s_day, [new(s_day.Begin(0), 60, 403)]);

        var statement = Settle(SettlementModel.Sma, s_day, [("one", 100)], Point("property", s_day, 0, 102), one).Statement("one");

        Assert.Equal([102, 100, 100, 100, 0], statement.Lines.Take(5).Select(line => line.Energy.Credit));
        Assert.Equal([1, 0, 0, 0], statement.Lines.Take(4).Select(line => line.Energy.LeftToBuy));
        Assert.Equal((4, 92), (statement.Totals.Estimated, statement.Totals.Missing));
    }

    [Fact]
    public void Without_the_propertys_value_nothing_is_credited_and_the_period_is_marked()
    {
        var property = new MeteringPoint("property", Quarters(0, 10, 10), Quarters(500, 500, 500), Qualities(ReadingQuality.Missing, ReadingQuality.Estimated));

        var settlement = Settle(SettlementModel.Sma, s_day, [("one", 100)], property, Point("one", s_day, 300));

        Assert.Equal(default, settlement.Period(0));
        Assert.Equal([ReadingQuality.Missing, ReadingQuality.Estimated, ReadingQuality.Measured], Enumerable.Range(0, 3).Select(settlement.Quality));
        var lines = settlement.Statement("one").Lines;
        // What it used is known, and all of it is left to buy.
        Assert.Equal((new MemberEnergy(300, 0, 300, 0, 0), ReadingQuality.Missing), (lines[0].Energy, lines[0].Quality));
        Assert.Equal((new MemberEnergy(300, 0, 300, 490, 300), ReadingQuality.Estimated), (lines[1].Energy, lines[1].Quality));
        Assert.Equal((1, 1), (settlement.Members[0].Missing, settlement.Members[0].Estimated));
        Assert.Equal(980, settlement.Totals.Surplus);
    }

    [Theory]
    [InlineData(SettlementModel.Sma, 400, 0)]
    [InlineData(SettlementModel.Smb, 0, 400)]
    public void Without_a_members_value_its_share_is_unused_and_the_others_keep_theirs(SettlementModel model, long toCommon, long toVirtual)
    {
        var one = new MeteringPoint("one", Quarters(300, 300), [], Qualities(ReadingQuality.Missing));

        var settlement = Settle(model, s_day, [("one", 40), ("two", 60)], Point("property", s_day, 0, 1000), one, Point("two", s_day, 700));

        Assert.Equal(new CommunityEnergy(1000, 0, 1000, 600, toCommon, toVirtual, 0), settlement.Period(0));
        Assert.Equal(900, settlement.Period(1).Credited);
        var line = settlement.Statement("one").Lines[0];
        Assert.Equal((new MemberEnergy(0, 0, 0, 400, 0), ReadingQuality.Missing), (line.Energy, line.Quality));
        Assert.Equal(ReadingQuality.Measured, settlement.Statement("two").Lines[0].Quality);
    }

    [Fact]
    public void A_share_that_changes_within_a_month_holds_from_the_start_of_its_day()
    {
        var june = SettlementPeriods.OfMonth(new YearMonth(2026, 6), s_helsinki);
        // Told on the 1st at noon, with 14 days of notice: the 16th is its first day, 15 days after the month's first.
        MembershipNotice[] notices = [Join("one", 10), MembershipNotice.ChangeShare("one", CommunityShare.OfPercent(25), new LocalDateTime(2026, 6, 1, 12, 0).InZoneStrictly(s_helsinki).ToInstant())];

        var statement = Settle(SettlementModel.Sma, june, notices, Point("property", june, 0, 1000), Point("one", june, 900)).Statement("one");

        Assert.Equal((100, 250), (statement.Lines[15 * 96 - 1].Energy.Credit, statement.Lines[15 * 96].Energy.Credit));
        Assert.Equal((10m, 25m), (statement.Lines[15 * 96 - 1].InForce.Percent, statement.Lines[15 * 96].InForce.Percent));
        Assert.Equal(15 * 96 * 100 + 15 * 96 * 250, statement.Totals.Energy.Credit);
    }

    [Fact]
    public void Who_leaves_has_no_share_from_its_last_day_on_and_it_is_nobodys()
    {
        var june = SettlementPeriods.OfMonth(new YearMonth(2026, 6), s_helsinki);
        MembershipNotice[] notices = [Join("one", 50), Join("two", 50), MembershipNotice.Leave("one", new LocalDateTime(2026, 6, 3, 0, 0).InZoneStrictly(s_helsinki).ToInstant())];

        var settlement = Settle(SettlementModel.Smb, june, notices, Point("property", june, 0, 1000), Point("one", june, 900), Point("two", june, 900));

        Assert.Equal(16 * 96, settlement.Statement("one").Lines.Count);
        Assert.Equal((16 * 96 * 500, 30 * 96 * 500), (settlement.Statement("one").Totals.Energy.Credit, settlement.Statement("two").Totals.Energy.Credit));
        Assert.Equal((0, 500), (settlement.Period(16 * 96 - 1).Remainder, settlement.Period(16 * 96).Remainder));
    }

    [Theory]
    [InlineData(3, 29, 92)]
    [InlineData(10, 25, 100)]
    public void On_the_day_on_which_the_clock_changes_each_quarter_is_settled_once(int month, int day, int quarters)
    {
        var periods = SettlementPeriods.OfMonth(new YearMonth(2026, month), s_helsinki);
        var changing = new LocalDate(2026, month, day);
        // It joins for that day alone.
        MembershipNotice[] notices = [Join("one", 50) with { Day = changing }, MembershipNotice.Leave("one", s_longBefore, changing.PlusDays(1))];

        var statement = Settle(SettlementModel.Sma, periods, notices, Point("property", periods, 0, 1000), Point("one", periods, 600)).Statement("one");

        Assert.Equal((quarters, 500 * quarters), (statement.Lines.Count, statement.Totals.Energy.Credit));
        Assert.Equal(changing.AtStartOfDayInZone(s_helsinki).ToInstant(), statement.Lines[0].Begin);
        Assert.Equal(changing.PlusDays(1).AtStartOfDayInZone(s_helsinki).ToInstant(), statement.Lines[^1].Begin + SettlementPeriods.Length);
    }

    [Fact]
    public void A_community_across_connections_is_settled_only_where_that_is_enabled()
    {
        var community = new EnergyCommunity("a", "property", SettlementModel.Sma, 14, [Join("one", 50)]) { Type = CommunityType.AcrossConnections };
        var points = new[] { Point("property", s_day, 0, 1000), Point("one", s_day, 600) }.ToDictionary(point => point.Name);
        CommunitySettlement Settled(EnergyCommunity one) => CommunitySettlement.Settle(new CommunityRegister([one], s_helsinki), "a", s_day, points);

        var refusal = Assert.Throws<EnergyException>(() => Settled(community));

        Assert.Equal("a", refusal.Field);
        Assert.Contains("other connections", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(500, Settled(community with { AcrossConnectionsEnabled = true }).Period(0).Credited);
    }

    [Fact]
    public void What_does_not_fit_is_refused_by_its_name()
    {
        void Refused(string field, string part, Func<object> settle)
        {
            var refusal = Assert.Throws<EnergyException>(settle);
            Assert.Equal(field, refusal.Field);
            Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
        }

        var property = Point("property", s_day, 0, 1000);
        Refused("one", "no values", () => Settle(SettlementModel.Sma, s_day, [("one", 50)], property));
        Refused("one", "for 1 periods, and 96", () => Settle(SettlementModel.Sma, s_day, [("one", 50)], property, new MeteringPoint("one", [1], [], [])));
        Refused("two", "was no member", () => Settle(SettlementModel.Sma, s_day, [("one", 50)], property, Point("one", s_day, 1)).Statement("two"));
        Refused("b", "no community 'b'", () => CommunitySettlement.Settle(new CommunityRegister([], s_helsinki), "b", s_day, new Dictionary<string, MeteringPoint>()));
        Refused("periods", "Europe/Helsinki", () => CommunitySettlement.Settle(
            new CommunityRegister([new EnergyCommunity("a", "property", SettlementModel.Sma, 14, [])], DateTimeZone.Utc), "a", s_day, new Dictionary<string, MeteringPoint> { ["property"] = property }));
    }

    private static MembershipNotice Join(string point, decimal percent) => MembershipNotice.Join(point, CommunityShare.OfPercent(percent), s_longBefore);

    private static CommunitySettlement Settle(SettlementModel model, SettlementPeriods periods, (string Point, decimal Percent)[] shares, params MeteringPoint[] points) =>
        Settle(model, periods, [.. shares.Select(share => Join(share.Point, share.Percent))], points);

    private static CommunitySettlement Settle(SettlementModel model, SettlementPeriods periods, MembershipNotice[] notices, params MeteringPoint[] points) =>
        CommunitySettlement.Settle(new CommunityRegister([new EnergyCommunity("a", "property", model, 14, notices)], s_helsinki), "a", periods, points.ToDictionary(point => point.Name));

    // The same in all periods.
    private static MeteringPoint Point(string name, SettlementPeriods periods, long use, long production = 0) =>
        new(name, [.. Enumerable.Repeat(use, periods.Count)], [.. Enumerable.Repeat(production, production == 0 ? 0 : periods.Count)], []);

    // The day's first quarters; nothing in the others.
    private static long[] Quarters(params long[] first) => [.. first, .. new long[s_day.Count - first.Length]];

    private static ReadingQuality[] Qualities(params ReadingQuality[] first) => [.. first, .. new ReadingQuality[s_day.Count - first.Length]];
}

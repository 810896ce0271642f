using NodaTime;

namespace Kera.Energy.Tests;

/// <summary>Who belongs to which community on which day.</summary>
public sealed class CommunityRegisterTests
{
    private static readonly DateTimeZone s_helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];

    [Theory]
    [InlineData("2026-05-01T10:00", 14, "2026-05-16")]
    [InlineData("2026-05-01T00:00", 14, "2026-05-15")]
    [InlineData("2026-05-01T23:59", 14, "2026-05-16")]
    [InlineData("2026-05-01T10:00", 0, "2026-05-02")]
    // The notice runs over the day of 23 hours and the one of 25: days are counted, not hours.
    [InlineData("2026-03-25T00:00", 14, "2026-04-08")]
    [InlineData("2026-03-25T23:30", 14, "2026-04-09")]
    [InlineData("2026-10-20T00:00", 14, "2026-11-03")]
    [InlineData("2026-10-20T00:30", 14, "2026-11-04")]
    public void A_notice_takes_effect_at_the_first_start_of_a_day_when_it_is_over(string given, int days, string earliest) =>
        Assert.Equal(Day(earliest), Community("a", days).EarliestDay(At(given), s_helsinki));

    [Fact]
    public void Days_begin_in_the_districts_zone()
    {
        // 1 May 22:30 UTC is 2 May in Helsinki.
        var given = Instant.FromUtc(2026, 5, 1, 22, 30);

        Assert.Equal((Day("2026-05-17"), Day("2026-05-16")), (Community("a").EarliestDay(given, s_helsinki), Community("a").EarliestDay(given, DateTimeZone.Utc)));
    }

    [Fact]
    public void A_join_a_change_and_a_leave_follow_each_other()
    {
        var community = Community(
            "a", 14,
            MembershipNotice.Leave("home", At("2026-06-20T09:00"), Day("2026-08-01")),
            MembershipNotice.Join("home", Share(10), At("2026-05-01T09:00")),
            MembershipNotice.ChangeShare("home", Share(12.5m), At("2026-06-01T09:00")));

        Assert.Equal(
            [
                new CommunityMembership("a", "home", Share(10), Day("2026-05-16"), Day("2026-06-16")),
                new CommunityMembership("a", "home", Share(12.5m), Day("2026-06-16"), Day("2026-08-01")),
            ],
            Register(community).Memberships("a"));
    }

    [Fact]
    public void A_membership_holds_from_its_first_day_until_the_day_of_the_next()
    {
        var membership = new CommunityMembership("a", "home", Share(10), Day("2026-05-16"), Day("2026-06-16"));

        Assert.Equal([false, true, true, false], new[] { "2026-05-15", "2026-05-16", "2026-06-15", "2026-06-16" }.Select(day => membership.Holds(Day(day))));
        Assert.True((membership with { Until = null }).Holds(Day("2030-01-01")));
    }

    [Fact]
    public void A_day_that_comes_before_the_notice_is_over_is_refused() => Refused(
        "a.notices[0]", "on 2026-05-16 at the earliest", Community("a", 14, MembershipNotice.Join("home", Share(10), At("2026-05-01T09:00"), Day("2026-05-15"))));

    [Fact]
    public void Only_who_has_joined_can_change_or_leave_and_only_once_a_day()
    {
        var join = MembershipNotice.Join("home", Share(10), At("2026-05-01T09:00"));
        Refused("a.notices[0]", "no member", Community("a", 14, MembershipNotice.Leave("home", At("2026-05-01T09:00"))));
        Refused("a.notices[1]", "no member", Community("a", 14, join, MembershipNotice.ChangeShare("other", Share(1), At("2026-05-01T09:00"))));
        Refused("a.notices[1]", "a member of 'a' already", Community("a", 14, join, MembershipNotice.Join("home", Share(20), At("2026-05-02T09:00"))));
        Refused("a.notices[1]", "Two notices", Community("a", 14, join, MembershipNotice.ChangeShare("home", Share(20), At("2026-05-01T12:00"))));
    }

    [Fact]
    public void Shares_may_sum_to_the_whole_and_not_to_more_on_any_day()
    {
        MembershipNotice[] whole =
        [
            MembershipNotice.Join("home", Share(60), At("2026-05-01T09:00")), MembershipNotice.Join("other", Share(40), At("2026-05-01T09:00")),
            // On the day on which one leaves another may take its share.
            MembershipNotice.Leave("other", At("2026-06-01T09:00")), MembershipNotice.Join("third", Share(40), At("2026-06-01T10:00")),
        ];

        Assert.Equal(3, Register(Community("a", 14, whole)).Memberships("a").Count);
        Refused("a", "From 2026-05-16 the shares of 'a' sum to 1000001", Community("a", 14, [.. whole, MembershipNotice.Join("fourth", CommunityShare.OfPartsPerMillion(1), At("2026-05-01T09:00"))]));
        Refused("a", "From 2026-07-01", Community("a", 14, [.. whole, MembershipNotice.ChangeShare("home", Share(61), At("2026-05-02T09:00"), Day("2026-07-01"))]));
    }

    [Fact]
    public void A_point_belongs_to_one_community_at_a_time()
    {
        var first = Community("a", 14, MembershipNotice.Join("home", Share(10), At("2026-05-01T09:00")), MembershipNotice.Leave("home", At("2026-06-01T09:00")));
        EnergyCommunity Second(string given) => Community("b", 14, MembershipNotice.Join("home", Share(10), At(given)));

        Assert.Equal(Day("2026-06-16"), Assert.Single(Register(first, Second("2026-06-01T09:00")).Memberships("b")).From);
        Refused("b", "On 2026-06-15 the point 'home' would belong to 'a' and 'b'", first, Second("2026-05-31T09:00"));
        // Also where the one that is there first is told last, and where it has no end.
        Refused("b", "would belong to 'a' and 'b'", Second("2026-05-31T09:00"), first);
        Refused("b", "would belong to 'a' and 'b'", first with { Notices = [first.Notices[0]] }, Second("2027-05-31T09:00"));
    }

    [Fact]
    public void The_property_belongs_to_its_community_while_that_has_members()
    {
        var first = Community("a", 14, MembershipNotice.Join("home", Share(10), At("2026-05-01T09:00")), MembershipNotice.Leave("home", At("2026-06-01T09:00")));
        EnergyCommunity Second(string given) => Community("b", 14, MembershipNotice.Join("property of a", Share(10), At(given)));

        Assert.Single(Register(first, Second("2026-06-01T09:00")).Memberships("b"));
        Refused("b", "the point 'property of a' would belong to 'a' and 'b'", first, Second("2026-05-31T09:00"));
        Refused("a.notices[0]", "the producing property's", Community("a", 14, MembershipNotice.Join("property of a", Share(10), At("2026-05-01T09:00"))));
    }

    [Fact]
    public void Communities_have_names_of_their_own_and_days_of_notice()
    {
        Refused("a", "two communities 'a'", Community("a"), Community("a"));
        Refused("a", "Notice of -1 days", Community("a", -1));
        Assert.Contains("no community 'b'", Assert.Throws<EnergyException>(() => Register(Community("a")).Memberships("b")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.0001", 1)]
    [InlineData("12.34", 123_400)]
    [InlineData("33.3333", 333_333)]
    [InlineData("100", 1_000_000)]
    public void A_share_is_a_whole_number_of_millionths(string percent, long millionths)
    {
        var share = CommunityShare.OfPercent(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((millionths, $"{percent} %"), (share.PartsPerMillion, share.ToString()));
    }

    [Fact]
    public void A_share_below_nothing_above_the_whole_or_too_fine_is_refused()
    {
        Assert.All(new[] { -0.0001m, 100.0001m, 0.00001m }, percent => Assert.Equal("share", Assert.Throws<EnergyException>(() => CommunityShare.OfPercent(percent)).Field));
        Assert.All(new[] { -1L, 1_000_001 }, millionths => Assert.Equal("share", Assert.Throws<EnergyException>(() => CommunityShare.OfPartsPerMillion(millionths)).Field));
    }

    private static EnergyCommunity Community(string name, int noticeDays = 14, params MembershipNotice[] notices) => new(name, $"property of {name}", SettlementModel.Sma, noticeDays, notices);

    private static CommunityRegister Register(params EnergyCommunity[] communities) => new(communities, s_helsinki);

    private static CommunityShare Share(decimal percent) => CommunityShare.OfPercent(percent);

    private static LocalDate Day(string day) => NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value;

    private static Instant At(string time) => NodaTime.Text.LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(time).Value.InZoneStrictly(s_helsinki).ToInstant();

    private static void Refused(string field, string part, params EnergyCommunity[] communities)
    {
        var refusal = Assert.Throws<EnergyException>(() => Register(communities));
        Assert.Equal(field, refusal.Field);
        Assert.Contains(part, refusal.Message, StringComparison.Ordinal);
    }
}

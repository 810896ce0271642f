using CsCheck;
using Kera.Generated;
using Kera.Sharing.Rounds;
using NodaTime;
using static Kera.Sharing.Tests.Rounds.Small;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>What the best answer to a round is.</summary>
public sealed class RoundSolverTests
{
    // Where KERA_TESTS_FULL is 1: ten times as many rounds.
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10 : 1;
    private static readonly Gen<int> s_seeds = Gen.Int[0, int.MaxValue];

    [Fact]
    public void What_is_free_is_granted_as_wished()
    {
        var result = Round([Hall()], Group("swimmers", Wish())).Solve();

        Assert.Equal([At("swimmers", Monday, 17, 18)], result.Allocations);
        Assert.Equal((RoundStatus.Optimal, 0.0), (result.Status, result.Gap));
        Assert.Equal([new(RoundReasonCode.GrantedAsWished, 1)], result.ReasonsOf("swimmers"));
        // Two half hours: the first time 20, primary 6, first option 6, times 5 for the first priority; first hours 10, times 5; all times 100 · 100.
        Assert.Equal(((2 * (20 + 6 + 6) * 5) + (2 * 10 * 5)) * 100L * 100, result.Score.Total);
    }

    [Fact]
    public void Youth_comes_before_adults_where_it_weighs_more()
    {
        var result = Round([Hall()], Group("adults", Wish()), Group("youth", Wish(), "youth")).Solve();

        Assert.Equal([At("youth", Monday, 17, 18)], result.Allocations);
        Assert.Equal([new(RoundReasonCode.TakenByWeightier, 1, "youth")], result.ReasonsOf("adults"));
    }

    [Fact]
    public void Of_two_equal_groups_the_one_that_got_less_in_the_past_gets_the_only_time() => Gen.Select(Gen.Int[0, 100], Gen.Int[0, 100]).Where((one, other) => one != other).Sample(
        (one, other) => Assert.Equal(one < other ? "one" : "other", Assert.Single(Round([Hall()], Group("one", Wish(), past: one), Group("other", Wish(), past: other)).Solve().Allocations).Group),
        iter: 20 * s_more);

    [Fact]
    public void A_groups_first_hours_count_more_than_anothers_fifth()
    {
        var much = Group("much", Wish(On(Monday, 17, 20), On(Tuesday, 17, 20)) with { MaximumTimes = 2, MinimumMinutes = 120, MaximumMinutes = 180 });

        Assert.Contains(At("little", Monday, 19, 20), Round([Hall()], much, Group("little", Wish(On(Monday, 19, 20)))).Solve().Allocations);
    }

    [Fact]
    public void A_first_time_comes_before_anothers_second() => Assert.Equal(
        ["one", "other"],
        Round([Hall()], Group("one", Wish(On(Monday, 17, 18), On(Tuesday, 17, 18)) with { MaximumTimes = 2 }), Group("other", Wish(On(Tuesday, 17, 18)))).Solve().Allocations.Select(time => time.Group));

    [Fact]
    public void Rule_30_a_wish_has_each_weekday_once_and_no_more_than_it_asks_for()
    {
        var result = Round([Hall()], Group("dancers", Wish(On(Monday, 17, 20), On(Tuesday, 17, 18, false)) with { MaximumTimes = 3 })).Solve();

        Assert.Equal([Monday, Tuesday], result.Allocations.Select(time => time.Day));
        Assert.Equal([new(RoundReasonCode.GrantedAsWished, 1), new(RoundReasonCode.GrantedSecondary, 1), new(RoundReasonCode.TooFewDays, 1)], result.ReasonsOf("dancers"));
    }

    [Fact]
    public void Rule_30_primary_time_is_granted_before_secondary() => Assert.Equal(
        [At("dancers", Tuesday, 19, 20)], Round([Hall()], Group("dancers", Wish(On(Monday, 17, 20, false), On(Tuesday, 19, 20)))).Solve().Allocations);

    [Fact]
    public void Rule_30_the_space_named_first_is_granted_before_others() => Assert.Equal(
        "court", Assert.Single(Round([Hall(), Hall("court")], Group("dancers", Wish() with { Options = ["court", "hall"] })).Solve().Allocations).Space);

    [Theory]
    [InlineData(90, 60, "duration")]
    [InlineData(60, 30, "whole hour")]
    public void Rule_30_durations_are_on_the_grid_and_suitable_times_in_whole_hours(int minutes, int step, string said)
    {
        var wish = Wish(new SuitableTime(Monday, (17 * 60) + (60 - step), 20 * 60)) with { MinimumMinutes = minutes, MaximumMinutes = 120 };

        Assert.Contains(said, Assert.Throws<SharingException>(() => Round([Hall()], Group("dancers", wish)).Solve()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_31_a_hall_is_not_used_beside_its_halves()
    {
        var whole = Group("whole", Wish(), "youth");
        RoundApplication[] halves = [.. new[] { "half-1", "half-2" }.Select(half => Group(half, Wish() with { Options = [half] }, "adults"))];
        RoundSpace[] spaces = [Hall() with { Conflicts = ["half-1", "half-2"] }, Hall("half-1"), Hall("half-2")];

        Assert.Equal(["whole"], Round(spaces, [whole, .. halves]).Solve().Allocations.Select(time => time.Group));
        Assert.Equal(["half-1", "half-2"], Round(spaces, halves).Solve().Allocations.Select(time => time.Group));
    }

    [Fact]
    public void Rule_33_a_granted_time_takes_place_each_week_of_the_season()
    {
        var round = Round([Hall()], Group("dancers", Wish()));
        var dates = round.DatesOf(At("dancers", Tuesday, 17, 18)).ToList();

        Assert.Equal((new LocalDate(2027, 1, 5), new LocalDate(2027, 5, 25), 21), (dates[0], dates[^1], dates.Count));
        Assert.Equal(round.From, round.DatesOf(At("dancers", Monday, 17, 18)).First());
    }

    [Fact]
    public void The_best_of_any_small_round_is_what_trying_all_answers_finds() => s_seeds.Select(RandomRound.Make).Where(round => new PlainRound(round).Answers < 20_000).Sample(
        round =>
        {
            var result = round.Solve();
            Assert.Equal(RoundStatus.Optimal, result.Status);
            Assert.Equal(new PlainRound(round).Best(), result.Score.Total);
            Assert.Equal(result.Bound, result.Score.Total);
        },
        iter: 60 * s_more);

    [Fact]
    public void Of_any_round_no_rule_is_broken_and_the_score_is_that_of_the_written_points() => s_seeds.Select(RandomRound.Make).Sample(
        round =>
        {
            var (result, plain) = (round.Solve(), new PlainRound(round));
            Assert.Empty(RoundCheck.Faults(round, result.Allocations));
            Assert.True(plain.AreTogether(result.Allocations));
            Assert.All(round.Applications, application => Assert.All(application.Wishes, wish =>
            {
                var times = result.Allocations.Where(time => time.Group == application.Group && time.Wish == wish.Key).ToList();
                Assert.Empty(times.Except(plain.TimesOf(application, wish)));
                Assert.True(times.Count == 0 || (times.Count >= wish.MinimumTimes && times.Count <= wish.MaximumTimes));
            }));
            Assert.Equal(plain.Score(result.Allocations, []), result.Score.Total);
        },
        iter: 100 * s_more);

    [Fact]
    public void A_larger_round_is_solved_in_parts_without_a_fault_and_the_same_again()
    {
        var round = GeneratedRound.Make(3, spaces: 20, groups: 70);
        List<RoundProgress> told = [];
        var options = new RoundSolveOptions(0.5, null, told.Add);

        var result = RoundSolver.Solve(round, options, TestContext.Current.CancellationToken);

        Assert.InRange(result.Gap, 0, 0.04);
        Assert.Empty(RoundCheck.Faults(round, result.Allocations));
        Assert.All(told, progress => Assert.InRange(progress.Score, 0, progress.Bound));
        Assert.Equal(result.Allocations, RoundSolver.Solve(round, options, TestContext.Current.CancellationToken).Allocations);
    }

    [Fact]
    public void A_round_is_stopped_where_its_caller_wants() => Assert.Throws<OperationCanceledException>(
        () => RoundSolver.Solve(GeneratedRound.Make(3, 20, 70), new RoundSolveOptions(), new CancellationToken(canceled: true)));
}

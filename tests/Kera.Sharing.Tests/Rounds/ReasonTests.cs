using CsCheck;
using Kera.Sharing.Rounds;
using static Kera.Sharing.Tests.Rounds.Small;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>Reasons are true.</summary>
public sealed class ReasonTests
{
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10 : 1;

    [Fact]
    public void Each_option_that_cannot_be_is_told_why()
    {
        RoundSpace[] spaces =
        [
            Hall("small") with { Capacity = 5 }, Hall("bare"), Hall("closed") with { Open = [new(Tuesday, 17 * 60, 20 * 60)], Features = ["net"] },
            Hall("used") with { Occupied = [new(Monday, 17 * 60, 18 * 60)], Features = ["net"] },
        ];
        var wish = Wish() with { Options = ["small", "bare", "closed", "used"], People = 10, Features = ["net"] };

        Assert.Equal(
            [
                new(RoundReasonCode.TooFewDays, 1), new(RoundReasonCode.SpaceTooSmall, 1), new(RoundReasonCode.FeatureMissing, 1),
                new(RoundReasonCode.SpaceClosed, 1), new(RoundReasonCode.SpaceOccupied, 1),
            ],
            Round(spaces, Group("players", wish)).Solve().ReasonsOf("players"));
    }

    [Fact]
    public void A_minimum_that_is_not_reached_is_told_with_who_has_the_days()
    {
        var twice = Wish(On(Monday, 17, 18), On(Tuesday, 17, 18)) with { MinimumTimes = 2, MaximumTimes = 2 };
        var result = Round([Hall()], Group("adults", twice), Group("youth", Wish(), "youth")).Solve();

        Assert.Equal([new(RoundReasonCode.TakenByWeightier, 1, "youth"), new(RoundReasonCode.MinimumNotReached, 1)], result.ReasonsOf("adults"));
    }

    [Fact]
    public void Two_that_weigh_less_may_count_more_together()
    {
        // Two hours for one wish of a weight of 3, or an hour each for two groups of 2.
        var round = Round([Hall()], Group("long", Wish(On(Monday, 17, 19)) with { MinimumMinutes = 120, MaximumMinutes = 120, Options = ["other", "hall"] }, "youth"), Group("one", Wish()), Group("two", Wish(On(Monday, 18, 19)))) with
        {
            Spaces = [Hall(), Hall("other") with { Open = [] }],
            Categories = [new("youth", 101), new("adults", 100)],
        };

        Assert.Equal([new(RoundReasonCode.SpaceClosed, 1), new(RoundReasonCode.TakenByMoreTogether, 2, "adults")], round.Solve().ReasonsOf("long"));
    }

    [Fact]
    public void In_any_round_what_is_said_to_be_taken_is_taken_and_nothing_better_is_left() => Gen.Int[0, int.MaxValue].Select(RandomRound.Make).Sample(
        round =>
        {
            var (result, plain) = (round.Solve(), new PlainRound(round));
            Assert.All(round.Applications.Zip(result.Outcomes), pair => Assert.All(pair.First.Wishes.Zip(pair.Second.Wishes), wish => IsTrue(round, plain, result, pair.First, wish.First, wish.Second)));
        },
        iter: 100 * s_more);

    private static void IsTrue(Round round, PlainRound plain, RoundResult result, RoundApplication application, RoundWish wish, WishOutcome outcome)
    {
        var times = result.Allocations.Where(time => time.Group == application.Group && time.Wish == wish.Key).ToList();
        Assert.Equal((times.Count, times.Sum(time => time.Minutes)), (outcome.Times, outcome.Minutes));
        int Count(RoundReasonCode code) => outcome.Reasons.Where(reason => reason.Code == code).Sum(reason => reason.Count);
        Assert.True(times.Count == wish.MaximumTimes || outcome.Reasons.Any(reason => reason.Code >= RoundReasonCode.TooFewDays));
        Assert.Equal(times.Count(time => time.Space != wish.Options[0]), Count(RoundReasonCode.GrantedOtherSpace));
        Assert.Equal(times.Count(time => time.Minutes < wish.MaximumMinutes), Count(RoundReasonCode.GrantedShorter));
        if (times.Count == wish.MaximumTimes)
        {
            return;
        }

        var possible = plain.TimesOf(application, wish).ToList();
        Assert.Equal(Math.Max(0, wish.MaximumTimes - possible.Select(time => time.Day).Distinct().Count()), Count(RoundReasonCode.TooFewDays));
        var taken = outcome.Reasons.Where(reason => reason.Code is RoundReasonCode.TakenByWeightier or RoundReasonCode.TakenByMoreTogether).ToList();
        foreach (var reason in taken)
        {
            // So many of that category are there, and are in the way.
            var there = result.Allocations.Where(other => other.Group != application.Group
                && round.Applications.Single(one => one.Group == other.Group).Category == reason.Category
                && possible.Any(time => !plain.AreTogether([time, other]) || wish.Equipment.Count > 0));
            Assert.InRange(reason.Count, 1, there.Count());
            Assert.True(reason.Code == RoundReasonCode.TakenByMoreTogether || there.Any(other => WeightOf(result, other) >= WeightOf(round, application, wish)));
        }

        // No time fits beside what is granted; and none is worth those in its way.
        foreach (var time in times.Count > 0 ? possible.Where(time => times.All(own => own.Day != time.Day)) : [])
        {
            Assert.False(plain.AreTogether([.. result.Allocations, time]));
        }
    }

    private static long WeightOf(RoundResult result, RoundAllocation time) => result.Score.Wishes.Single(wish => wish.Group == time.Group && wish.Wish == time.Wish).Multiplier;

    // As it would be scored with a time.
    private static long WeightOf(Round round, RoundApplication application, RoundWish wish) =>
        RoundScore.Of(round, [new(application.Group, wish.Key, wish.Options[0], Monday, 17 * 60, 18 * 60)]).Wishes[0].Multiplier;

    [Fact]
    public void Figures_tell_how_it_is_shared_out()
    {
        var round = Round([Hall()], Group("one", Wish() with { MaximumTimes = 2 }), Group("two", Wish(), "youth"), Group("three", Wish()));
        var figures = RoundFigures.Of(round, [At("one", Monday, 17, 18), At("two", Tuesday, 17, 18)]);

        Assert.Equal([0.5, 1, 0], figures.Groups.Select(group => group.Share));
        Assert.Equal([new("youth", 60, 60), new("adults", 180, 60)], figures.Categories);
        Assert.Equal((0, 0.5), (figures.LeastShare, figures.MeanShare));
        // Differences of all pairs, both ways: 2 · (0.5 + 0.5 + 1) = 4; by 2 · 3² · 0.5.
        Assert.Equal(4.0 / 9, figures.Gini, 1e-12);
        Assert.Equal(new SpaceUse("hall", 360, 120), Assert.Single(figures.Spaces));
    }
}

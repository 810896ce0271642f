using CsCheck;
using Kera.Sharing.Rounds;
using static Kera.Sharing.Tests.Rounds.Small;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>What the handler decides: it holds, what cannot be is told, and what is not touched stays.</summary>
public sealed class HandlingTests
{
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10 : 1;

    [Fact]
    public void What_the_handler_grants_is_granted_though_others_weigh_more()
    {
        var round = Round([Hall()], Group("adults", Wish()), Group("youth", Wish(), "youth")) with { Pins = [new(At("adults", Monday, 17, 18))] };
        var result = round.Solve();

        Assert.Equal([At("adults", Monday, 17, 18)], result.Allocations);
        Assert.Equal([new(RoundReasonCode.HandlerGranted, 1)], result.ReasonsOf("youth"));
        Assert.Equal([new(RoundReasonCode.GrantedByHandler, 1), new(RoundReasonCode.GrantedAsWished, 1)], result.ReasonsOf("adults"));
    }

    [Fact]
    public void What_the_handler_does_not_want_is_not_granted()
    {
        var round = Round([Hall(), Hall("court")], Group("dancers", Wish(On(Monday, 17, 20)) with { Options = ["hall", "court"] }));

        Assert.Equal("court", Assert.Single((round with { Forbids = [new(Space: "hall")] }).Solve().Allocations).Space);
        Assert.InRange(Assert.Single((round with { Forbids = [new(Time: new(Monday, 17 * 60, 18 * 60))] }).Solve().Allocations).Begin, 18 * 60, 19 * 60);
        Assert.Equal([new(RoundReasonCode.TooFewDays, 1), new(RoundReasonCode.HandlerForbade, 2)], (round with { Forbids = [new("dancers")] }).Solve().ReasonsOf("dancers"));
    }

    [Fact]
    public void Rule_32_force_skips_duration_and_suitable_times_and_nothing_else()
    {
        var round = Round([Hall() with { Occupied = [new(Tuesday, 17 * 60, 18 * 60)] }], Group("dancers", Wish()));
        var unfit = At("dancers", Tuesday, 18, 20);

        Assert.Equal([RoundFaultCode.Duration, RoundFaultCode.NotSuitable], (round with { Pins = [new(unfit)] }).Solve().Faults.Select(fault => fault.Code));
        Assert.Equal([unfit], (round with { Pins = [new(unfit, Force: true)] }).Solve().Allocations);
        Assert.Equal([RoundFaultCode.Occupied], (round with { Pins = [new(At("dancers", Tuesday, 17, 19), Force: true)] }).Solve().Faults.Select(fault => fault.Code));
        Assert.Equal([RoundFaultCode.Closed], (round with { Pins = [new(At("dancers", Monday, 20, 21), Force: true)] }).Solve().Faults.Select(fault => fault.Code));
    }

    [Fact]
    public void Rule_31_what_the_handler_grants_is_checked_and_where_it_cannot_be_there_is_no_answer()
    {
        RoundSpace[] spaces = [Hall() with { Conflicts = ["court"] }, Hall("court"), Hall("room")];
        var twice = Wish(On(Monday, 17, 20), On(Tuesday, 17, 20)) with { Options = ["hall", "court"], MinimumMinutes = 60, MaximumMinutes = 120 };
        var round = Round(spaces, Group("one", twice), Group("two", twice));
        var first = At("one", Monday, 17, 18);
        (RoundAllocation Second, RoundFaultCode Code)[] cases =
        [
            (At("nobody", Monday, 17, 18), RoundFaultCode.UnknownWish),
            (At("two", Tuesday, 17, 18, "room"), RoundFaultCode.NotAnOption),
            (At("two", Monday, 17, 18), RoundFaultCode.SpaceTaken),
            (At("two", Monday, 17, 18, "court"), RoundFaultCode.SpaceTaken),
            (At("one", Monday, 19, 20), RoundFaultCode.SecondOnDay),
            (At("one", Tuesday, 17, 18), RoundFaultCode.TooManyTimes),
            (At("two", Tuesday, 17, 20), RoundFaultCode.Duration),
        ];

        Assert.All(cases, given =>
        {
            var result = (round with { Pins = [new(first), new(given.Second)] }).Solve();
            Assert.Equal((RoundStatus.Refused, 0), (result.Status, result.Allocations.Count));
            Assert.Contains(result.Faults, fault => fault.Code == given.Code && fault.Allocation == given.Second);
        });
        Assert.Equal(RoundFaultCode.Forbidden, Assert.Single((round with { Pins = [new(first)], Forbids = [new("one")] }).Solve().Faults).Code);
    }

    [Fact]
    public void What_the_handler_grants_needs_no_minimum_of_times() => Assert.Equal(
        [At("dancers", Monday, 17, 18)],
        (Round([Hall()], Group("dancers", Wish() with { MinimumTimes = 2, MaximumTimes = 2 })) with { Pins = [new(At("dancers", Monday, 17, 18))] }).Solve().Allocations);

    [Fact]
    public void In_any_round_what_the_handler_grants_and_does_not_want_holds() => Gen.Int[0, int.MaxValue].Select(RandomRound.Make).Sample(
        round =>
        {
            var free = round.Solve();
            // What was granted to the last is its own for good, in that time; the first no longer has what it had.
            round = round with
            {
                Pins = [.. free.Allocations.TakeLast(1).Select(time => new RoundPin(time))],
                Forbids = [.. round.Forbids, .. free.Allocations.SkipLast(1).Take(1).Select(time => new RoundForbid(time.Group, time.Wish, time.Space, new(time.Day, time.Begin, time.End)))],
            };
            var result = round.Solve(free.Allocations);
            Assert.NotEqual(RoundStatus.Refused, result.Status);
            Assert.Empty(RoundCheck.Faults(round, result.Allocations));
            Assert.Subset(result.Allocations.ToHashSet(), round.Pins.Select(pin => pin.Allocation).ToHashSet());
            Assert.DoesNotContain(free.Allocations.SkipLast(1).Take(1).SingleOrDefault(), result.Allocations);
            Assert.Equal(new PlainRound(round).Score(result.Allocations, free.Allocations), result.Score.Total);
        },
        iter: 60 * s_more);

    [Fact]
    public void Where_answers_count_the_same_the_former_one_stays() => Gen.Int[0, 2].Select(Gen.Int[0, 1]).Sample(
        (hour, group) =>
        {
            var round = Round([Hall()], Group("one", Wish(On(Monday, 17, 20))), Group("two", Wish(On(Monday, 17, 20))));
            RoundAllocation former = At(group == 0 ? "one" : "two", Monday, 17 + hour, 18 + hour);
            Assert.Contains(former, round.Solve([former]).Allocations);
        },
        iter: 20);

    [Fact]
    public void Changes_are_what_comes_goes_and_moves_by_group()
    {
        var changes = RoundChanges.Between(
            [At("one", Monday, 17, 18), At("two", Monday, 18, 19), At("three", Tuesday, 17, 18)],
            [At("one", Monday, 17, 18), At("two", Monday, 19, 20), At("two", Tuesday, 17, 18)]);

        Assert.Equal(["three", "two"], changes.Select(change => change.Group));
        Assert.Equal([At("three", Tuesday, 17, 18)], changes[0].Removed);
        Assert.Equal([new(At("two", Monday, 18, 19), At("two", Monday, 19, 20))], changes[1].Moved);
        Assert.Equal([At("two", Tuesday, 17, 18)], changes[1].Added);
    }
}

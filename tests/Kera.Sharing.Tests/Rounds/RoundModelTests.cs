using CsCheck;
using Google.OrTools.Sat;
using Kera.Generated;
using Kera.Sharing.Rounds;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>The model and the bound by themselves, without the steps that would mend an answer.</summary>
public sealed class RoundModelTests
{
    private static readonly int s_more = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10 : 1;

    private static readonly Gen<Round> s_rounds = Gen.Int[0, int.MaxValue].Select(RandomRound.Make).Where(round => new PlainRound(round).Answers < 5_000);

    [Fact]
    public void The_models_own_best_counts_what_trying_all_answers_finds() => s_rounds.Sample(
        round =>
        {
            var index = new RoundIndex(round);
            var model = new RoundModel(index, new RoundCandidates(index).All, new RoundBoard(index));
            using var solver = new CpSolver { StringParameters = "num_workers:1" };
            Assert.Equal(CpSolverStatus.Optimal, model.Solve(solver));
            Assert.Equal(new PlainRound(round).Best(), (long)Math.Round(solver.ObjectiveValue));
            Assert.Equal((long)Math.Round(solver.ObjectiveValue), new PlainRound(round).Score([.. model.Read(solver).Select(candidate => candidate.Allocation)], []));
        },
        iter: 40 * s_more);

    [Fact]
    public void No_answer_counts_more_than_the_bound_by_prices_nor_one_with_a_time_more_than_the_times() => s_rounds.Sample(
        round =>
        {
            var (index, best) = (new RoundIndex(round), new PlainRound(round).Best());
            var candidates = new RoundCandidates(index);
            var prices = new RoundPrices(index, candidates);
            prices.Move(100, new RoundBoard(index).Total, TestContext.Current.CancellationToken);
            Assert.True(best <= prices.Bound);
            var granted = round.Solve().Allocations;
            Assert.All(candidates.All.Where(candidate => granted.Contains(candidate.Allocation)), candidate => Assert.True(best <= prices.BoundWith(candidate)));

            prices.Tighten(50, 0, TestContext.Current.CancellationToken);

            Assert.True(best <= prices.Bound);
            Assert.All(candidates.All.Where(candidate => granted.Contains(candidate.Allocation)), candidate => Assert.True(best <= prices.BoundWith(candidate)));
        },
        iter: 20 * s_more);

    [Fact]
    public void A_group_that_chooses_for_all_its_wishes_at_once_bounds_closer_and_no_less_than_the_best()
    {
        var round = GeneratedRound.Make(2, spaces: 5, groups: 12);
        var index = new RoundIndex(round);
        var prices = new RoundPrices(index, new RoundCandidates(index));
        prices.Move(1_500, 0, TestContext.Current.CancellationToken);
        var before = prices.Bound;

        prices.Tighten(1_500, 0, TestContext.Current.CancellationToken);

        Assert.InRange(prices.Bound, round.Solve().Score.Total, before - (before / 2_000));
    }
}

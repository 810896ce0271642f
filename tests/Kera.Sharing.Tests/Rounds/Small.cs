using Kera.Sharing.Rounds;
using NodaTime;

namespace Kera.Sharing.Tests.Rounds;

/// <summary>Rounds of a few spaces and groups.</summary>
internal static class Small
{
    public const IsoDayOfWeek Monday = IsoDayOfWeek.Monday;
    public const IsoDayOfWeek Tuesday = IsoDayOfWeek.Tuesday;

    /// <summary>A space that is open from 17 to 20 on Mondays and Tuesdays.</summary>
    public static RoundSpace Hall(string key = "hall") => new(key, 30, [new(Monday, 17 * 60, 20 * 60), new(Tuesday, 17 * 60, 20 * 60)]);

    public static SuitableTime On(IsoDayOfWeek day, int from, int to, bool primary = true) => new(day, from * 60, to * 60, primary);

    /// <summary>A wish for the hall, for an hour on Monday from 17.</summary>
    public static RoundWish Wish(params SuitableTime[] suitable) => new("wish", ["hall"], suitable.Length > 0 ? suitable : [On(Monday, 17, 18)]);

    public static RoundApplication Group(string key, RoundWish wish, string category = "adults", int past = 100) => new(key, category, [wish]) { PastPercent = past };

    public static Round Round(IReadOnlyList<RoundSpace> spaces, params RoundApplication[] applications) =>
        new(new LocalDate(2027, 1, 4), new LocalDate(2027, 5, 30), 60, spaces, [new("youth", 300), new("adults", 100)], applications);

    public static RoundAllocation At(string group, IsoDayOfWeek day, int from, int to, string space = "hall") => new(group, "wish", space, day, from * 60, to * 60);

    public static RoundResult Solve(this Round round, IReadOnlyList<RoundAllocation>? former = null) =>
        RoundSolver.Solve(round, new RoundSolveOptions(5, former), TestContext.Current.CancellationToken);

    public static IReadOnlyList<RoundReason> ReasonsOf(this RoundResult result, string group) => result.Outcomes.Single(outcome => outcome.Group == group).Wishes[0].Reasons;
}

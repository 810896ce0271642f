using System.Globalization;

namespace Kera.Flows.Tests.Oracle;

public class IndependentReplay(ITestOutputHelper output)
{
    private const int TransactionsPerWorld = 50;

    /// <summary>200,000 transactions where KERA_TESTS_FULL is 1, a tenth otherwise.</summary>
    private static readonly int Worlds = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 4_000 : 400;

    /// <summary>Refusals that a typed caller cannot provoke: an event without an agent does not compile.</summary>
    private static readonly string[] OutOfReach = [nameof(MissingAgent), nameof(TooMuch)];

    [Fact]
    public void Agrees_with_the_ledger_on_every_random_transaction()
    {
        var worlds = Enumerable.Range(1, Worlds).AsParallel().Select(seed => (Seed: seed, World: new Comparison((ulong)seed)))
            .Select(one => (one.World, Difference: one.World.Run(TransactionsPerWorld))).ToList();
        var differences = worlds.Where(world => world.Difference is not null).Select(world => world.Difference!).ToList();
        var refusals = worlds.SelectMany(world => world.World.Refusals).GroupBy(pair => pair.Key)
            .Select(group => (group.Key.Oracle, group.Key.Kernel, Count: group.Sum(pair => pair.Value))).OrderByDescending(row => row.Count).ToList();
        var accepted = worlds.Sum(world => world.World.Accepted);
        var all = accepted + refusals.Sum(row => row.Count);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all} transactions, {accepted} accepted, {differences.Count} differing worlds"));
        foreach (var (oracle, kernel, count) in refusals)
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count,8} {oracle} / {kernel}"));

        foreach (var difference in differences)
            output.WriteLine(difference.Split('\n')[0]);

        Assert.True(differences.Count == 0, differences.OrderBy(text => text.Length).FirstOrDefault());
        Assert.True(accepted * 100 >= all * 40, "Too little is accepted for the comparison to mean much.");
        var actions = worlds.SelectMany(world => world.World.AcceptedActions).ToHashSet();
        Assert.Empty(FlowAction.All.Select(action => action.Name).Except(actions));
        var missing = typeof(Refusal).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Refusal))).Select(type => type.Name)
            .Except(refusals.Select(row => row.Kernel)).Except(OutOfReach);
        Assert.Empty(missing);
    }
}

namespace Kera.Flows.Tests.Generator;

/// <summary>Chance from a seed: the same seed throws the same dice on every machine.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to <paramref name="bound"/> − 1 (SplitMix64).</summary>
    public int Below(int bound)
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (int)((mixed ^ (mixed >> 31)) % (ulong)bound);
    }

    public bool Chance(int percent) => Below(100) < percent;

    public T One<T>(IReadOnlyList<T> of) => of[Below(of.Count)];

    /// <summary>One that fits, or the default where none does.</summary>
    public T? Some<T>(IEnumerable<T> of, Func<T, bool> fits)
    {
        var fitting = of.Where(fits).ToList();
        return fitting.Count == 0 ? default : One(fitting);
    }
}

namespace Kera.Energy;

/// <summary>A number that is the same in all steps, or one for each step.</summary>
public sealed class Profile
{
    private readonly double[] _values;

    private Profile(double[] values) => _values = values;

    /// <summary>Nothing in any step.</summary>
    public static Profile Zero { get; } = new([0]);

    /// <summary>How many steps it has; 0 where it is the same in all.</summary>
    public int Length => _values.Length == 1 ? 0 : _values.Length;

    /// <summary>Whether it is nothing in every step.</summary>
    public bool IsZero => Array.TrueForAll(_values, value => value == 0);

    /// <summary>The number of a step.</summary>
    public double this[int step] => _values.Length == 1 ? _values[0] : _values[step];

    /// <summary>The same in all steps.</summary>
    public static Profile Of(double value) => new([value]);

    /// <summary>One number for each step.</summary>
    /// <exception cref="EnergyException">There are none.</exception>
    public static Profile Of(IReadOnlyList<double> values) => values.Count == 0 ? throw new EnergyException("profile", "Give a number for each step.") : new([.. values]);

    /// <summary>The steps from one on, as many as are asked for.</summary>
    public Profile Part(int first, int count) => _values.Length == 1 ? this : new(_values[first..(first + count)]);

    /// <summary>The numbers that are there: one, or one for each step.</summary>
    internal ReadOnlySpan<double> Values => _values;
}

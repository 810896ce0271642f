namespace Kera.Sharing.Rounds;

/// <summary>
/// What a granted time counts, in points for each half hour. A wish's points are multiplied by <see cref="Priority"/>, the weight
/// of the category and <see cref="Past"/>; a group's by the highest priority, the weight and <see cref="Past"/>.
/// </summary>
public static class RoundPoints
{
    /// <summary>For each half hour that a time is longer than the wish's minimum.</summary>
    public const int Longer = 4;

    /// <summary>For each half hour of a time that is wholly in primary suitable times.</summary>
    public const int Primary = 6;

    /// <summary>For each half hour of a time that is as it was in the former answer: less than any other difference.</summary>
    public const int Kept = 1;

    /// <summary>For each half hour that a category lacks of its minimum, multiplied as in <see cref="Lack"/>: taken off.</summary>
    public const int Lacking = 200;

    private static readonly int[] s_times = [20, 12, 8, 6, 5, 4, 3];
    private static readonly int[] s_options = [6, 4, 2];
    private static readonly int[] s_priorities = [5, 4, 3, 2];

    /// <summary>For each half hour of the wish's minimum duration, at its first, second ... seventh time of the week.</summary>
    /// <param name="number">Which time of the week, from 1.</param>
    public static int Time(int number) => s_times[number - 1];

    /// <summary>For each half hour in the space that the wish names first, second, third; later ones count nothing more.</summary>
    /// <param name="place">The place among the wish's options, from 0.</param>
    public static int Option(int place) => place < s_options.Length ? s_options[place] : 0;

    /// <summary>By what a wish is multiplied, as its group's first, second, third or later.</summary>
    /// <param name="place">The place among the application's wishes, from 0.</param>
    public static int Priority(int place) => s_priorities[Math.Min(place, s_priorities.Length - 1)];

    /// <summary>By what a group is multiplied for what it got in past rounds: 100 where it got all, 200 where it got nothing.</summary>
    /// <param name="percent">What it got of what it wished, in per cent.</param>
    public static int Past(int percent) => 200 - percent;

    /// <summary>What the half hours of a group count more for being its first: 10 each within 2 hours a week, 4 each within the next 2.</summary>
    /// <param name="halfHours">The half hours that the group has in a week.</param>
    public static int First(int halfHours) => FirstLevels.Aggregate((Points: 0, Left: halfHours), (sum, level) =>
        (sum.Points + level.Points * Math.Min(level.HalfHours, sum.Left), Math.Max(0, sum.Left - level.HalfHours))).Points;

    /// <summary>What is taken off for half hours that a category lacks.</summary>
    /// <param name="halfHours">The half hours.</param>
    /// <param name="highestWeight">The highest weight of the round's categories.</param>
    public static long Lack(int halfHours, int highestWeight) => (long)halfHours * Lacking * s_priorities[0] * highestWeight * 100;

    internal static IReadOnlyList<(int HalfHours, int Points)> FirstLevels { get; } = [(4, 10), (4, 4)];
}

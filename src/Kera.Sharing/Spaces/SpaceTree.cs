using NodaTime;

namespace Kera.Sharing;

/// <summary>
/// The spaces of a place with what is above and below each, and the equipment they share. A booking occupies its space, all that the
/// space is a part of, and all its parts: of a hall with two courts, a booking of one court leaves the other free, and the hall not.
/// </summary>
public sealed class SpaceTree
{
    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, Equipment> _equipment;
    private readonly int[][] _above;
    private readonly int[][] _related;

    /// <summary>Lays the tree: O(spaces · depth).</summary>
    /// <param name="zone">The zone of all local times and days, such as Europe/Helsinki.</param>
    /// <param name="spaces">The spaces, in any order.</param>
    /// <param name="equipment">What they share.</param>
    /// <exception cref="SharingException">A key is there twice, a parent is not there, or a space is above itself.</exception>
    public SpaceTree(DateTimeZone zone, IReadOnlyList<Space> spaces, IReadOnlyList<Equipment>? equipment = null)
    {
        (Zone, Spaces) = (zone, spaces);
        _numbers = new(spaces.Count, StringComparer.Ordinal);
        for (var number = 0; number < spaces.Count; number++)
        {
            if (!_numbers.TryAdd(spaces[number].Key, number))
            {
                throw new SharingException($"The space '{spaces[number].Key}' is there twice. Give each a key of its own.");
            }
        }

        _equipment = new(StringComparer.Ordinal);
        foreach (var thing in equipment ?? [])
        {
            if (!_equipment.TryAdd(thing.Key, thing))
            {
                throw new SharingException($"The equipment '{thing.Key}' is there twice. Give each a key of its own.");
            }
        }

        _above = [.. spaces.Select(Above)];
        var below = spaces.Select(_ => new List<int>()).ToArray();
        for (var number = 0; number < spaces.Count; number++)
        {
            foreach (var above in _above[number])
            {
                below[above].Add(number);
            }
        }

        _related = [.. spaces.Select((_, number) => (int[])[number, .. _above[number], .. below[number]])];
    }

    /// <summary>The zone of all local times and days.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>The spaces, in the order in which they were given.</summary>
    public IReadOnlyList<Space> Spaces { get; }

    /// <summary>What the spaces share.</summary>
    public IReadOnlyCollection<Equipment> Equipment => _equipment.Values;

    /// <summary>A space by its key.</summary>
    /// <exception cref="SharingException">There is none.</exception>
    public Space Space(string key) => Spaces[NumberOf(key)];

    /// <summary>Whether there is such a space.</summary>
    public bool Contains(string key) => _numbers.ContainsKey(key);

    /// <summary>What a space is a part of, the nearest first.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public IReadOnlyList<Space> Ancestors(string key) => [.. _above[NumberOf(key)].Select(number => Spaces[number])];

    /// <summary>All parts of a space, and theirs.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public IReadOnlyList<Space> Descendants(string key)
    {
        var number = NumberOf(key);
        return [.. _related[number][(1 + _above[number].Length)..].Select(below => Spaces[below])];
    }

    /// <summary>Whether a booking of the one occupies the other: they are the same, or one is a part of the other.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public bool Meet(string one, string other) => _related[NumberOf(one)].Contains(NumberOf(other));

    /// <summary>The hours of a space: its own, or those of the nearest above that has some.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public OpeningHours HoursOf(string key) => HoursOf(NumberOf(key));

    internal int NumberOf(string key) => _numbers.TryGetValue(key, out var number) ? number : throw new SharingException($"There is no space '{key}'.");

    internal int[] Related(int number) => _related[number];

    /// <summary>When a space is open to customers, by its hours, from its first day to its last, and under its permits; whether it is free or in a round is left out.</summary>
    /// <param name="key">The key of the space.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <returns>The open time of those days, merged, in order.</returns>
    public IReadOnlyList<Interval> OpenTime(string key, LocalDate from, LocalDate to)
    {
        var days = new LocalDays(Zone, from, to);
        return [.. new SpaceView(this, NumberOf(key), days).Permissible(staff: false).Cut(days.Begin(from), days.Begin(to.PlusDays(1))).Select(span => span.ToInterval())];
    }

    internal int[] Above(int number) => _above[number];

    internal Equipment? EquipmentOf(string key) => _equipment.GetValueOrDefault(key);

    internal OpeningHours HoursOf(int number)
    {
        if (Spaces[number].Hours is { } own)
        {
            return own;
        }

        foreach (var above in _above[number])
        {
            if (Spaces[above].Hours is { } hours)
            {
                return hours;
            }
        }

        return OpeningHours.Never;
    }

    private int[] Above(Space space)
    {
        var above = new List<int>();
        for (var parent = space.Parent; parent is not null; parent = Spaces[above[^1]].Parent)
        {
            if (!_numbers.TryGetValue(parent, out var number))
            {
                throw new SharingException($"The space '{space.Key}' is a part of '{parent}', and there is no such space.");
            }

            if (above.Count == Spaces.Count)
            {
                throw new SharingException($"The space '{space.Key}' is a part of itself. Let one of those above it have no parent.");
            }

            above.Add(number);
        }

        return [.. above];
    }
}

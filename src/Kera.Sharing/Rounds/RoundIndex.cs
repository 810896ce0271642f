using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>A round with its names as numbers and its times as cells of the grid, 0 to <see cref="Cells"/> through the week from Monday.</summary>
internal sealed class RoundIndex
{
    private readonly Dictionary<(string Group, string Wish), int> _wishes = [];
    private readonly Dictionary<string, int> _spaces;
    private readonly Dictionary<RoundAllocation, bool> _pins = [];
    private readonly int _meanPast;

    public RoundIndex(Round round, IEnumerable<RoundAllocation>? former = null)
    {
        Round = round;
        CellsADay = 1440 / round.GridMinutes;
        Former = [.. former ?? []];
        _spaces = round.Spaces.Select((space, number) => (space.Key, number)).ToDictionary(pair => pair.Key, pair => pair.number);
        Beside = ConflictsOf(round.Spaces);
        Open = [.. round.Spaces.Select(space => CellsOf(space.Open))];
        var used = round.Spaces.Select(space => CellsOf(space.Occupied)).ToArray();
        Occupied = [.. Beside.Select(beside => Enumerable.Range(0, Cells).Select(cell => beside.Any(other => used[other][cell])).ToArray())];
        foreach (var pin in round.Pins)
        {
            _pins[pin.Allocation] = pin.Force || _pins.GetValueOrDefault(pin.Allocation);
        }

        _meanPast = (int)round.Applications.Select(application => application.PastPercent).Average().GetValueOrDefault(100);
        (Groups, Wishes) = ([], []);
        foreach (var application in round.Applications)
        {
            Groups.Add(GroupOf(application, Groups.Count));
        }
    }

    public Round Round { get; }

    public int CellsADay { get; }

    public int Cells => 7 * CellsADay;

    public HashSet<RoundAllocation> Former { get; }

    public List<IndexedGroup> Groups { get; }

    public List<IndexedWish> Wishes { get; }

    /// <summary>By space it and those that cannot be used while it is.</summary>
    public int[][] Beside { get; }

    /// <summary>By space and cell whether it is open.</summary>
    public bool[][] Open { get; }

    /// <summary>By space and cell whether it, or one that it cannot be used beside, is used already.</summary>
    public bool[][] Occupied { get; }

    public int? WishOf(RoundAllocation allocation) => _wishes.TryGetValue((allocation.Group, allocation.Wish), out var wish) ? wish : null;

    public bool IsPinned(RoundAllocation allocation) => _pins.ContainsKey(allocation);

    public bool IsForced(RoundAllocation allocation) => _pins.GetValueOrDefault(allocation);

    /// <summary>The cell in which a time of day is.</summary>
    public int CellOf(IsoDayOfWeek day, int minute) => ((int)day - 1) * CellsADay + minute / Round.GridMinutes;

    /// <summary>The cells that a span touches: the first, and the one after the last.</summary>
    public (int First, int End) CellsOf(IsoDayOfWeek day, int begin, int end) => (CellOf(day, begin), CellOf(day, end + Round.GridMinutes - 1));

    /// <summary>What a time is as a candidate; of a wish that there is, in one of its options, within a day.</summary>
    public Candidate CandidateOf(int wish, int option, IsoDayOfWeek day, int begin, int end)
    {
        var indexed = Wishes[wish];
        var (first, after) = CellsOf(day, begin, end);
        var primary = Suits(indexed.Primary, first, after);
        var halfHours = (end - begin) / 30;
        var space = indexed.Options[option];
        var allocation = new RoundAllocation(Groups[indexed.Group].Key, indexed.Wish.Key, Round.Spaces[space].Key, day, begin, end);
        var parts = new CandidatePoints(
            RoundPoints.Longer * Math.Max(0, halfHours - indexed.HalfHours),
            primary ? RoundPoints.Primary * halfHours : 0,
            RoundPoints.Option(option) * halfHours,
            Former.Contains(allocation) ? RoundPoints.Kept * halfHours : 0);
        return new Candidate(wish, option, space, first, after, primary, parts, allocation) { Pinned = IsPinned(allocation) };
    }

    /// <summary>Whether all cells are marked.</summary>
    public static bool Suits(bool[] marked, int first, int after) => Array.IndexOf(marked, false, first, after - first) < 0;

    /// <summary>Whether the handler does not want a wish in a space in a cell.</summary>
    public bool[] ForbiddenFor(int wish, int space)
    {
        var (indexed, cells) = (Wishes[wish], new bool[Cells]);
        var group = Groups[indexed.Group].Key;
        foreach (var forbid in Round.Forbids)
        {
            if ((forbid.Group ?? group) == group && (forbid.Wish ?? indexed.Wish.Key) == indexed.Wish.Key
                && (forbid.Space ?? Round.Spaces[space].Key) == Round.Spaces[space].Key)
            {
                var (first, after) = forbid.Time is { } time ? CellsOf(time.Day, time.Begin, time.End) : (0, Cells);
                Array.Fill(cells, true, first, after - first);
            }
        }

        return cells;
    }

    private static int[][] ConflictsOf(IReadOnlyList<RoundSpace> spaces)
    {
        var numbers = spaces.Select((space, number) => (space.Key, number)).ToDictionary(pair => pair.Key, pair => pair.number);
        var beside = spaces.Select((_, number) => new SortedSet<int> { number }).ToArray();
        foreach (var (one, other) in spaces.SelectMany((space, number) => space.Conflicts.Select(other => (number, numbers[other]))))
        {
            beside[one].Add(other);
            beside[other].Add(one);
        }

        return [.. beside.Select(others => others.ToArray())];
    }

    private IndexedGroup GroupOf(RoundApplication application, int number)
    {
        var category = Enumerable.Range(0, Round.Categories.Count).First(place => Round.Categories[place].Key == application.Category);
        var multiplier = (long)Round.Categories[category].Weight * RoundPoints.Past(application.PastPercent ?? _meanPast);
        var first = Wishes.Count;
        for (var place = 0; place < application.Wishes.Count; place++)
        {
            var wish = application.Wishes[place];
            var pins = _pins.Keys.Count(pin => pin.Group == application.Group && pin.Wish == wish.Key);
            var primary = CellsOf(wish.Suitable.Where(time => time.Primary).Select(time => new WeeklyTime(time.Day, time.Begin, time.End)));
            var suitable = CellsOf(wish.Suitable.Select(time => new WeeklyTime(time.Day, time.Begin, time.End)));
            _wishes.Add((application.Group, wish.Key), Wishes.Count);
            Wishes.Add(new IndexedWish(Wishes.Count, number, wish, multiplier * RoundPoints.Priority(place), pins, primary, suitable)
            {
                Options = [.. wish.Options.Select(option => _spaces[option])],
                Equipment = [.. wish.Equipment.Select(need => (Enumerable.Range(0, Round.Equipment.Count).First(place => Round.Equipment[place].Key == need.Equipment), need.Pieces))],
            });
        }

        return new IndexedGroup(number, application.Group, category, multiplier * RoundPoints.Priority(0), [.. Enumerable.Range(first, Wishes.Count - first)]);
    }

    private bool[] CellsOf(IEnumerable<WeeklyTime> times)
    {
        var cells = new bool[Cells];
        foreach (var time in times)
        {
            var (first, after) = CellsOf(time.Day, time.Begin, time.End);
            Array.Fill(cells, true, first, after - first);
        }

        return cells;
    }
}

/// <summary>A group by number.</summary>
internal sealed record IndexedGroup(int Number, string Key, int Category, long Multiplier, int[] Wishes);

/// <summary>A wish by number, with how many times the handler grants it and the cells that suit it.</summary>
internal sealed record IndexedWish(int Number, int Group, RoundWish Wish, long Multiplier, int Pins, bool[] Primary, bool[] Suitable)
{
    public required int[] Options { get; init; }

    public required (int Equipment, int Pieces)[] Equipment { get; init; }

    public int HalfHours => Wish.MinimumMinutes / 30;

    /// <summary>With fewer times there is none; what the handler grants needs no more.</summary>
    public int Floor => Pins > 0 ? Math.Min(Pins, Wish.MinimumTimes) : Wish.MinimumTimes;
}

/// <summary>A time that a wish may be granted: its space, its cells, and what it counts besides that it is a time.</summary>
internal sealed record Candidate(int Wish, int Option, int Space, int First, int After, bool Primary, CandidatePoints Parts, RoundAllocation Allocation)
{
    public bool Pinned { get; init; }

    public int Day => (int)Allocation.Day - 1;

    public int HalfHours => Allocation.Minutes / 30;

    public int Points { get; } = Parts.Longer + Parts.Primary + Parts.Option + Parts.Kept;
}

/// <summary>What a time counts before it is multiplied.</summary>
internal readonly record struct CandidatePoints(int Longer, int Primary, int Option, int Kept);

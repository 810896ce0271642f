namespace Kera.Sharing.Rounds;

/// <summary>Granted times on the spaces of a round, with what they count together.</summary>
internal sealed class RoundBoard
{
    private readonly RoundIndex _index;
    private readonly Candidate?[][] _spaces;
    private readonly Candidate?[][] _groups;
    private readonly List<Candidate>[][] _equipment;
    private readonly List<Candidate>[] _wishes;
    private readonly int[] _groupHalfHours;
    private readonly int[] _categoryHalfHours;
    private readonly int _highestWeight;

    public RoundBoard(RoundIndex index)
    {
        _index = index;
        _spaces = [.. index.Round.Spaces.Select(_ => new Candidate?[index.Cells])];
        _groups = [.. index.Groups.Select(_ => new Candidate?[index.Cells])];
        _equipment = [.. index.Round.Equipment.Select(_ => Enumerable.Range(0, index.Cells).Select(_ => new List<Candidate>()).ToArray())];
        _wishes = [.. index.Wishes.Select(_ => new List<Candidate>())];
        _groupHalfHours = new int[index.Groups.Count];
        _categoryHalfHours = new int[index.Round.Categories.Count];
        _highestWeight = index.Round.Categories.Select(category => category.Weight).DefaultIfEmpty(0).Max();
        Total = Enumerable.Range(0, _categoryHalfHours.Length).Sum(ValueOfCategory);
    }

    /// <summary>What all granted times count.</summary>
    public long Total { get; private set; }

    public IEnumerable<Candidate> All => _wishes.SelectMany(times => times);

    /// <summary>The times granted to a wish.</summary>
    public IReadOnlyList<Candidate> Of(int wish) => _wishes[wish];

    /// <summary>The half hours granted to a category.</summary>
    public int HalfHoursOf(int category) => _categoryHalfHours[category];

    /// <summary>The pieces of equipment that nobody has in a cell.</summary>
    public int FreePiecesOf(int equipment, int cell) => _index.Round.Equipment[equipment].Pieces - _equipment[equipment][cell].Sum(user => PiecesOf(user, equipment));

    /// <summary>A board with the same times granted.</summary>
    public RoundBoard Copy()
    {
        var copy = new RoundBoard(_index);
        foreach (var candidate in All)
        {
            copy.Add(candidate);
        }

        return copy;
    }

    public bool IsFull(int wish) => _wishes[wish].Count >= _index.Wishes[wish].Wish.MaximumTimes;

    /// <summary>Grants a time that nothing blocks.</summary>
    public void Add(Candidate candidate) => Change(candidate, true);

    /// <summary>Takes a granted time back.</summary>
    public void Remove(Candidate candidate) => Change(candidate, false);

    /// <summary>Whether nothing that is granted is in the way of a time.</summary>
    public bool IsFree(Candidate candidate) => BlockersOf(candidate).Count == 0;

    /// <summary>
    /// What is granted and in the way of a time: on the space or one beside it, of the same group, of the same wish on the day, or
    /// with the equipment, of which as many are named as must go. Without the equipment's it is each that is in the way.
    /// </summary>
    public HashSet<Candidate> BlockersOf(Candidate candidate)
    {
        HashSet<Candidate> blockers = [];
        var wish = _index.Wishes[candidate.Wish];
        foreach (var space in _index.Beside[candidate.Space])
        {
            AddAll(blockers, _spaces[space], candidate);
        }

        AddAll(blockers, _groups[wish.Group], candidate);
        foreach (var same in _wishes[candidate.Wish])
        {
            if (same.Day == candidate.Day)
            {
                blockers.Add(same);
            }
        }

        foreach (var (equipment, pieces) in wish.Equipment)
        {
            for (var cell = candidate.First; cell < candidate.After; cell++)
            {
                var users = _equipment[equipment][cell];
                var free = FreePiecesOf(equipment, cell) - pieces + users.Where(blockers.Contains).Sum(user => PiecesOf(user, equipment));
                foreach (var user in users.OrderBy(user => user.Pinned).ThenBy(user => _index.Wishes[user.Wish].Multiplier))
                {
                    free += free < 0 && blockers.Add(user) ? PiecesOf(user, equipment) : 0;
                }
            }
        }

        return blockers;
    }

    private int PiecesOf(Candidate user, int equipment) => _index.Wishes[user.Wish].Equipment.Where(need => need.Equipment == equipment).Sum(need => need.Pieces);

    private static void AddAll(HashSet<Candidate> blockers, Candidate?[] cells, Candidate candidate)
    {
        for (var cell = candidate.First; cell < candidate.After; cell++)
        {
            if (cells[cell] is { } other)
            {
                blockers.Add(other);
            }
        }
    }

    private void Change(Candidate candidate, bool add)
    {
        var wish = _index.Wishes[candidate.Wish];
        var category = _index.Groups[wish.Group].Category;
        Total -= ValueOfWish(wish) + ValueOfGroup(wish.Group) + ValueOfCategory(category);
        Array.Fill(_spaces[candidate.Space], add ? candidate : null, candidate.First, candidate.After - candidate.First);
        Array.Fill(_groups[wish.Group], add ? candidate : null, candidate.First, candidate.After - candidate.First);
        for (var cell = candidate.First; cell < candidate.After; cell++)
        {
            foreach (var (equipment, _) in wish.Equipment)
            {
                Change(_equipment[equipment][cell], candidate, add);
            }
        }

        Change(_wishes[candidate.Wish], candidate, add);
        _groupHalfHours[wish.Group] += add ? candidate.HalfHours : -candidate.HalfHours;
        _categoryHalfHours[category] += add ? candidate.HalfHours : -candidate.HalfHours;
        Total += ValueOfWish(wish) + ValueOfGroup(wish.Group) + ValueOfCategory(category);
    }

    private static void Change(List<Candidate> list, Candidate candidate, bool add)
    {
        if (add)
        {
            list.Add(candidate);
        }
        else
        {
            list.Remove(candidate);
        }
    }

    private long ValueOfWish(IndexedWish wish)
    {
        var points = 0;
        for (var number = 0; number < _wishes[wish.Number].Count; number++)
        {
            points += wish.HalfHours * RoundPoints.Time(number + 1) + _wishes[wish.Number][number].Points;
        }

        return points * wish.Multiplier;
    }

    private long ValueOfGroup(int group) => RoundPoints.First(_groupHalfHours[group]) * _index.Groups[group].Multiplier;

    private long ValueOfCategory(int category)
    {
        var lack = (_index.Round.Categories[category].MinimumMinutes / 30) - _categoryHalfHours[category];
        return lack > 0 ? -RoundPoints.Lack(lack, _highestWeight) : 0;
    }
}

namespace Kera.Energy;

/// <summary>What a row of a model holds together.</summary>
public enum RowKind
{
    /// <summary>What comes to a bus in a step is what goes.</summary>
    Balance,

    /// <summary>An activity stays between its least and its most.</summary>
    Level,

    /// <summary>An activity rises and falls no faster than it may.</summary>
    Ramp,

    /// <summary>A switched activity stays on, or off, for its least time.</summary>
    MinimumTime,

    /// <summary>On, start and stop belong together; a part-load curve is followed.</summary>
    Definition,

    /// <summary>A store holds what it held, with what came and went.</summary>
    StoreLevel,

    /// <summary>A store stays between its least and its most.</summary>
    StoreBound,

    /// <summary>A store is charged within its power.</summary>
    StoreCharge,

    /// <summary>A store is discharged within its power.</summary>
    StoreDischarge,

    /// <summary>A charging session has its energy by its departure.</summary>
    Session,

    /// <summary>A deferrable load runs.</summary>
    Load,

    /// <summary>The carbon cap.</summary>
    Cap,

    /// <summary>The peak of a period is its highest level.</summary>
    Peak,
}

/// <summary>A system written as a linear model, with the columns where each of its elements is found.</summary>
internal sealed partial class EnergyModel
{
    private readonly List<RowGroup> _rows = [];
    private readonly BusTerms[] _buses;
    private readonly Dictionary<string, int> _busNumbers = new(StringComparer.Ordinal);
    private readonly double[] _begin;

    /// <summary>Writes a system that was checked.</summary>
    public EnergyModel(EnergySystem system)
    {
        System = system;
        _buses = [.. system.Buses.Select(_ => new BusTerms(system.Steps))];
        for (var bus = 0; bus < system.Buses.Count; bus++)
        {
            _busNumbers.Add(system.Buses[bus].Name, bus);
        }

        _begin = new double[system.Steps + 1];
        for (var step = 0; step < system.Steps; step++)
        {
            _begin[step + 1] = _begin[step] + system.Hours[step];
        }

        Activities = [.. system.Activities.Select(AddActivity)];
        Stores = [.. system.Stores.Select(AddStore)];
        Sessions = [.. system.Sessions.Select(AddSession)];
        Loads = [.. system.Loads.Select(AddLoad)];
        Buses = [.. system.Buses.Select(AddBus)];
        foreach (var (activity, columns) in system.Activities.Zip(Activities))
        {
            AddLevelRows(activity, columns);
            AddRampRows(activity, columns);
        }

        foreach (var (store, columns) in system.Stores.Zip(Stores))
        {
            AddStoreRows(store, columns);
        }

        Peaks = [.. system.PeakFees.Select(AddPeakFee)];
        CapOver = AddCap();
    }

    /// <summary>What was written.</summary>
    public EnergySystem System { get; }

    /// <summary>The model.</summary>
    public LinearModel Linear { get; } = new();

    public IReadOnlyList<ActivityColumns> Activities { get; }

    public IReadOnlyList<StoreColumns> Stores { get; }

    public IReadOnlyList<SessionColumns> Sessions { get; }

    public IReadOnlyList<LoadColumns> Loads { get; }

    public IReadOnlyList<BusColumns> Buses { get; }

    /// <summary>By peak fee the first column of its periods.</summary>
    public IReadOnlyList<int> Peaks { get; }

    /// <summary>The column of what is caused beyond the cap; −1 without one.</summary>
    public int CapOver { get; }

    /// <summary>Where stores are kept from charging and discharging at once.</summary>
    public HashSet<(int Store, int Step)> OneWays { get; } = [];

    private double Weight => System.Objective.CostWeight;

    /// <summary>Which element and step a row is about; the step is −1 where it is about the whole plan.</summary>
    public (RowKind Kind, string Element, int Step) RowOf(int row)
    {
        var (low, high) = (0, _rows.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _rows[middle].First <= row ? (middle, high) : (low, middle - 1);
        }

        var group = _rows[low];
        return (group.Kind, group.Element, group.Step >= 0 ? group.Step + row - group.First : -1);
    }

    /// <summary>Keeps a store from charging and discharging at once in a step.</summary>
    public void AddOneWay(int store, int step)
    {
        var (element, columns) = (System.Stores[store], Stores[store]);
        var hours = System.Hours[step];
        var held = element.Capacity ?? element.Invest!.Most!.Value;
        var (charge, discharge) = (0.0, 0.0);
        foreach (var port in element.Ports)
        {
            charge += Math.Min(port.ChargeMost ?? double.PositiveInfinity, held / (hours * port.InEfficiency));
            discharge += Math.Min(port.DischargeMost ?? double.PositiveInfinity, held * port.OutEfficiency / hours);
        }

        var charging = Linear.AddColumn(0, 0, 1, whole: true);
        Begin(RowKind.StoreCharge, element.Name, step);
        Sum(columns.Charge, step);
        Linear.Add(charging, -charge);
        Linear.CloseRow(double.NegativeInfinity, 0);
        Begin(RowKind.StoreDischarge, element.Name, step);
        Sum(columns.Discharge, step);
        Linear.Add(charging, discharge);
        Linear.CloseRow(double.NegativeInfinity, discharge);
    }

    private void Begin(RowKind kind, string element, int step) => _rows.Add(new RowGroup(kind, element, Linear.RowCount, step));

    private void Sum(IReadOnlyList<int> firsts, int step, double by = 1)
    {
        foreach (var first in firsts)
        {
            Linear.Add(first + step, by);
        }
    }

    private BusColumns AddBus(EnergyBus bus)
    {
        var terms = _buses[_busNumbers[bus.Name]];
        var shortage = AddSteps(bus.ShortagePenalty);
        var surplus = AddSteps(bus.SurplusPenalty);
        Begin(RowKind.Balance, bus.Name, 0);
        var row = Linear.RowCount;
        for (var step = 0; step < System.Steps; step++)
        {
            terms.Write(Linear, step);
            if (shortage >= 0)
            {
                Linear.Add(shortage + step, 1);
            }

            if (surplus >= 0)
            {
                Linear.Add(surplus + step, -1);
            }

            var wanted = -terms.Constant[step];
            Linear.CloseRow(wanted, bus.Dump ? double.PositiveInfinity : wanted);
        }

        return new BusColumns(row, shortage, surplus);
    }

    // A column by step with a cost by unit of energy; −1 where there is no cost.
    private int AddSteps(double? penalty)
    {
        if (penalty is not { } cost)
        {
            return -1;
        }

        var first = Linear.ColumnCount;
        foreach (var hours in System.Hours)
        {
            Linear.AddColumn(cost * hours, 0, double.PositiveInfinity);
        }

        return first;
    }

    private int AddPeakFee(PeakFee fee)
    {
        var first = Linear.ColumnCount;
        foreach (var before in fee.PeakBefore)
        {
            Linear.AddColumn(fee.Fee * Weight, before, double.PositiveInfinity);
            Linear.Offset -= fee.Fee * Weight * before;
        }

        var columns = Activities[System.NumberOf(fee.Activity)];
        Begin(RowKind.Peak, fee.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            Sum(columns.Modes, step);
            Linear.Add(first + fee.PeriodOf[step], -1);
            Linear.CloseRow(double.NegativeInfinity, -(columns.Constant?[step] ?? 0));
        }

        return first;
    }

    private int AddCap()
    {
        if (System.Cap is not { } cap)
        {
            return -1;
        }

        var over = cap.Penalty is { } penalty ? Linear.AddColumn(penalty, 0, double.PositiveInfinity) : -1;
        Begin(RowKind.Cap, "carbon", -1);
        var constant = 0.0;
        foreach (var (activity, columns) in System.Activities.Zip(Activities))
        {
            for (var mode = 0; mode < activity.Modes.Count; mode++)
            {
                var carbon = activity.Modes[mode].Carbon;
                if (carbon.IsZero)
                {
                    continue;
                }

                for (var step = 0; step < System.Steps; step++)
                {
                    var by = carbon[step] * System.Hours[step];
                    if (columns.Constant is { } fixedLevel)
                    {
                        constant += by * fixedLevel[step];
                    }
                    else
                    {
                        Linear.Add(columns.Modes[mode] + step, by);
                    }
                }
            }
        }

        if (over >= 0)
        {
            Linear.Add(over, -1);
        }

        Linear.CloseRow(double.NegativeInfinity, cap.Most - constant);
        return over;
    }

    private sealed record RowGroup(RowKind Kind, string Element, int First, int Step);
}

/// <summary>Where an activity is found: the first column of each mode, or the level of each step where it is fixed.</summary>
internal sealed record ActivityColumns(IReadOnlyList<int> Modes, double[]? Constant, int Capacity, int On, int Start, int Stop);

/// <summary>Where a store is found, by port.</summary>
internal sealed record StoreColumns(IReadOnlyList<int> Charge, IReadOnlyList<int> Discharge, int Level, int Capacity, int Below);

/// <summary>Where a session is found: its first column, one by step of its stay, and the columns of what it lacks and of what it gets after the plan.</summary>
internal sealed record SessionColumns(int Charge, int Shortage, int Later);

/// <summary>Where a deferrable load is found: what it takes in each step by column, and the columns of what is missing and of what runs after the plan.</summary>
internal sealed record LoadColumns(IReadOnlyList<(int Column, int Step, double Power)> Terms, int Shortage, int Later);

/// <summary>Where a bus is found: its first row, and its first columns of shortage and surplus.</summary>
internal sealed record BusColumns(int Row, int Shortage, int Surplus);

/// <summary>What meets at a bus.</summary>
internal sealed class BusTerms(int steps)
{
    private readonly List<(int First, int Begin, int End, Profile By)> _terms = [];
    private List<(int Column, double By)>?[]? _single;

    public double[] Constant { get; } = new double[steps];

    public void Add(int first, Profile by) => _terms.Add((first, 0, steps, by));

    /// <summary>A column for each step from one to another.</summary>
    public void Add(int first, int begin, int end, double by) => _terms.Add((first - begin, begin, end, Profile.Of(by)));

    public void Add(int column, int step, double by) => ((_single ??= new List<(int, double)>?[steps])[step] ??= []).Add((column, by));

    public void Write(LinearModel model, int step)
    {
        foreach (var (first, begin, end, by) in _terms)
        {
            if (step >= begin && step < end)
            {
                model.Add(first + step, by[step]);
            }
        }

        foreach (var (column, by) in _single?[step] ?? [])
        {
            model.Add(column, by);
        }
    }
}

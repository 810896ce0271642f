namespace Kera.Energy;

internal sealed partial class EnergyModel
{
    private StoreColumns AddStore(EnergyStore store)
    {
        var steps = System.Steps;
        var capacity = store.Invest is { } investment ? Linear.AddColumn(investment.Cost * Weight, 0, investment.Most ?? double.PositiveInfinity) : -1;
        var power = store.PowerByCapacity is { } by && store.Capacity is { } given ? by * given : double.PositiveInfinity;
        List<int> charge = [], discharge = [];
        foreach (var port in store.Ports)
        {
            var bus = _buses[_busNumbers[port.Bus]];
            charge.Add(AddPower(port.ChargeCost, Math.Min(port.ChargeMost ?? double.PositiveInfinity, power)));
            discharge.Add(AddPower(port.DischargeCost, Math.Min(port.DischargeMost ?? double.PositiveInfinity, power)));
            bus.Add(charge[^1], Profile.Of(-1));
            bus.Add(discharge[^1], Profile.Of(1));
        }

        var below = AddSteps(store is { Least: not null, LeastPenalty: not null } ? store.LeastPenalty : null);
        var level = Linear.ColumnCount;
        for (var step = 0; step < steps; step++)
        {
            var cost = store.HoldCost * Weight * System.Hours[step] - (step == steps - 1 ? store.FinalValue : 0);
            var least = below < 0 && capacity < 0 ? (store.Least?[step] ?? 0) * (store.Capacity ?? 0) : 0;
            Linear.AddColumn(cost, least, store.Capacity ?? double.PositiveInfinity);
        }

        return new StoreColumns(charge, discharge, level, capacity, below);
    }

    private int AddPower(double cost, double most)
    {
        var first = Linear.ColumnCount;
        foreach (var hours in System.Hours)
        {
            Linear.AddColumn(cost * Weight * hours, 0, most);
        }

        return first;
    }

    private void AddStoreRows(EnergyStore store, StoreColumns columns)
    {
        Begin(RowKind.StoreLevel, store.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            var hours = System.Hours[step];
            var kept = Math.Pow(1 - store.LossByHour, hours);
            var before = step > 0 ? columns.Level + step - 1 : store.Cyclic ? columns.Level + System.Steps - 1 : -1;
            if (before == columns.Level + step)
            {
                // A plan of one step that ends as it began.
                Linear.Add(before, 1 - kept);
            }
            else
            {
                Linear.Add(columns.Level + step, 1);
                if (before >= 0)
                {
                    Linear.Add(before, -kept);
                }
            }

            for (var port = 0; port < store.Ports.Count; port++)
            {
                Linear.Add(columns.Charge[port] + step, -hours * store.Ports[port].InEfficiency);
                Linear.Add(columns.Discharge[port] + step, hours / store.Ports[port].OutEfficiency);
            }

            var held = before < 0 ? kept * store.LevelBefore : 0;
            Linear.CloseRow(held, held);
        }

        if (columns.Capacity >= 0)
        {
            AddOfCapacity(RowKind.StoreBound, store, columns.Capacity, [columns.Level], Profile.Of(1), high: true);
        }

        if (store.Least is { } least && (columns.Capacity >= 0 || columns.Below >= 0))
        {
            AddOfCapacity(RowKind.StoreBound, store, columns.Capacity, columns.Below >= 0 ? [columns.Level, columns.Below] : [columns.Level], least, high: false);
        }

        if (store.PowerByCapacity is { } power && (columns.Capacity >= 0 || store.Ports.Count > 1))
        {
            AddOfCapacity(RowKind.StoreCharge, store, columns.Capacity, columns.Charge, Profile.Of(power), high: true);
            AddOfCapacity(RowKind.StoreDischarge, store, columns.Capacity, columns.Discharge, Profile.Of(power), high: true);
        }
    }

    // A row by step: the sum of columns, at most or at least so much by unit of capacity.
    private void AddOfCapacity(RowKind kind, EnergyStore store, int capacity, IReadOnlyList<int> firsts, Profile by, bool high)
    {
        Begin(kind, store.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            Sum(firsts, step);
            if (capacity >= 0)
            {
                Linear.Add(capacity, -by[step]);
            }

            var bound = capacity >= 0 ? 0 : by[step] * store.Capacity!.Value;
            Linear.CloseRow(high ? double.NegativeInfinity : bound, high ? bound : double.PositiveInfinity);
        }
    }

    private SessionColumns AddSession(ChargingSession session)
    {
        var first = Linear.ColumnCount;
        for (var step = session.Arrival; step < session.Departure; step++)
        {
            Linear.AddColumn(0, 0, session.PowerMost);
        }

        _buses[_busNumbers[session.Bus]].Add(first, session.Arrival, session.Departure, -1);
        var shortage = Linear.AddColumn(session.ShortagePenalty, 0, session.Energy);
        var later = Linear.AddColumn(session.FinalValue, 0, session.LaterMost);
        Begin(RowKind.Session, session.Name, -1);
        for (var step = session.Arrival; step < session.Departure; step++)
        {
            Linear.Add(first + step - session.Arrival, System.Hours[step] * session.Efficiency);
        }

        Linear.Add(shortage, 1);
        Linear.Add(later, 1);
        Linear.CloseRow(session.Energy, session.Energy);
        return new SessionColumns(first, shortage, later);
    }

    private LoadColumns AddLoad(DeferrableLoad load)
    {
        var terms = load.Interruptible ? Interruptible(load) : InOneGo(load);
        var columns = terms.Select(term => term.Column).Distinct().ToList();
        // What is missing: hours where it may be interrupted, else the whole run.
        var shortage = Linear.AddColumn(load.ShortagePenalty, 0, load.Interruptible ? load.Run[0].Hours : 1);
        var later = Linear.AddColumn(load.FinalValue, 0, load.LaterMost);
        Begin(RowKind.Load, load.Name, -1);
        foreach (var column in columns)
        {
            Linear.Add(column, load.Interruptible ? System.Hours[load.Earliest + column - columns[0]] : 1);
        }

        Linear.Add(shortage, 1);
        Linear.Add(later, 1);
        Linear.CloseRow(load.Interruptible ? load.Run[0].Hours : 1, load.Interruptible ? HoursMost(load) : 1);
        foreach (var (column, step, power) in terms)
        {
            _buses[_busNumbers[load.Bus]].Add(column, step, -power);
        }

        return new LoadColumns(terms, shortage, later);
    }

    // Whole steps need not add up to its hours: it may run longer by less than a step, so that it is not run on where power is paid for.
    private double HoursMost(DeferrableLoad load)
    {
        const double LessThanAStep = 1 - 1e-3;
        var longest = 0.0;
        for (var step = load.Earliest; step < load.Latest; step++)
        {
            longest = Math.Max(longest, System.Hours[step]);
        }

        return load.Run[0].Hours + longest * LessThanAStep;
    }

    private List<(int Column, int Step, double Power)> Interruptible(DeferrableLoad load)
    {
        List<(int, int, double)> terms = [];
        for (var step = load.Earliest; step < load.Latest; step++)
        {
            terms.Add((Linear.AddColumn(0, 0, 1, whole: true), step, load.Run[0].Power));
        }

        return terms;
    }

    // A column for each step in which it could start; its power in a step is the mean of what its run has there.
    private List<(int Column, int Step, double Power)> InOneGo(DeferrableLoad load)
    {
        List<(int, int, double)> terms = [];
        var lasts = load.Run.Sum(piece => piece.Hours);
        for (var start = load.Earliest; start < load.Latest && _begin[start] + lasts <= _begin[load.Latest] + 1e-9; start++)
        {
            var column = Linear.AddColumn(0, 0, 1, whole: true);
            for (var step = start; step < load.Latest; step++)
            {
                var (at, energy) = (_begin[start], 0.0);
                foreach (var (hours, power) in load.Run)
                {
                    energy += power * Math.Max(0, Math.Min(at + hours, _begin[step + 1]) - Math.Max(at, _begin[step]));
                    at += hours;
                }

                if (energy != 0)
                {
                    terms.Add((column, step, energy / System.Hours[step]));
                }
            }
        }

        return terms;
    }
}

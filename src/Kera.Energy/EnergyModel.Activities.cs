namespace Kera.Energy;

internal sealed partial class EnergyModel
{
    // Columns of an activity, and what they bring to buses.
    private ActivityColumns AddActivity(EnergyActivity activity)
    {
        var steps = System.Steps;
        if (activity is { Fixed: { } levels, Invest: null, Commitment: null, Modes: [{ PartLoad: null }] })
        {
            return AddFixed(activity, levels);
        }

        var investment = activity.Invest;
        var capacity = investment is null ? -1 : Linear.AddColumn(investment.Cost * Weight, 0, investment.Most ?? double.PositiveInfinity);
        // The level's own bounds, where one column is the level and nothing else bounds it.
        var bounded = activity.Modes.Count == 1 && activity.Commitment is null && investment is null && activity.Fixed is null;
        var modes = new int[activity.Modes.Count];
        for (var mode = 0; mode < modes.Length; mode++)
        {
            modes[mode] = Linear.ColumnCount;
            var (cost, carbon) = (activity.Modes[mode].Cost, activity.Modes[mode].Carbon);
            for (var step = 0; step < steps; step++)
            {
                var by = (Weight * cost[step] + System.Objective.CarbonPrice * carbon[step]) * System.Hours[step];
                Linear.AddColumn(by, bounded ? Least(activity, step) : 0, investment is null ? Most(activity, step) : double.PositiveInfinity);
            }

            foreach (var (bus, flow) in activity.Modes[mode].Flows)
            {
                _buses[_busNumbers[bus]].Add(modes[mode], flow);
            }
        }

        var (on, start, stop) = activity.Commitment is { } commitment ? AddSwitch(activity, commitment) : (-1, -1, -1);
        if (activity.Modes[0].PartLoad is { } curve)
        {
            AddPartLoad(activity, curve, modes[0], on);
        }

        return new ActivityColumns(modes, null, capacity, on, start, stop);
    }

    private ActivityColumns AddFixed(EnergyActivity activity, Profile levels)
    {
        var mode = activity.Modes[0];
        var constant = new double[System.Steps];
        for (var step = 0; step < constant.Length; step++)
        {
            constant[step] = levels[step] * (activity.Capacity ?? 1);
            Linear.Offset += (Weight * mode.Cost[step] + System.Objective.CarbonPrice * mode.Carbon[step]) * System.Hours[step] * constant[step];
        }

        foreach (var (bus, flow) in mode.Flows)
        {
            var terms = _buses[_busNumbers[bus]].Constant;
            for (var step = 0; step < constant.Length; step++)
            {
                terms[step] += flow[step] * constant[step];
            }
        }

        return new ActivityColumns([], constant, -1, -1, -1, -1);
    }

    private (int On, int Start, int Stop) AddSwitch(EnergyActivity activity, UnitCommitment commitment)
    {
        var steps = System.Steps;
        var onBefore = commitment.HoursOnBefore > 0;
        var stays = onBefore ? commitment.MinimumHoursOn - commitment.HoursOnBefore : commitment.MinimumHoursOff - commitment.HoursOffBefore;
        var on = Linear.ColumnCount;
        for (var step = 0; step < steps; step++)
        {
            // What it must still finish from before the first step.
            var held = _begin[step] < stays;
            Linear.AddColumn(commitment.CostByHourOn * Weight * System.Hours[step], held && onBefore ? 1 : 0, held && !onBefore ? 0 : 1, whole: true);
        }

        if (commitment is { StartCost: 0, StopCost: 0, MinimumHoursOn: 0, MinimumHoursOff: 0 } && activity is { RampUp: null, RampDown: null })
        {
            return (on, -1, -1);
        }

        var start = Linear.ColumnCount;
        for (var step = 0; step < steps; step++)
        {
            Linear.AddColumn(commitment.StartCost * Weight, 0, 1);
        }

        var stop = Linear.ColumnCount;
        for (var step = 0; step < steps; step++)
        {
            Linear.AddColumn(commitment.StopCost * Weight, 0, 1);
        }

        Begin(RowKind.Definition, activity.Name, 0);
        for (var step = 0; step < steps; step++)
        {
            Linear.Add(on + step, 1);
            if (step > 0)
            {
                Linear.Add(on + step - 1, -1);
            }

            Linear.Add(start + step, -1);
            Linear.Add(stop + step, 1);
            var before = step == 0 && onBefore ? 1 : 0;
            Linear.CloseRow(before, before);
        }

        AddMinimumTime(activity.Name, commitment.MinimumHoursOn, start, on, 1);
        AddMinimumTime(activity.Name, commitment.MinimumHoursOff, stop, on, -1);
        return (on, start, stop);
    }

    // Rajan and Takriti, Minimum up/down polytopes of the unit commitment problem, 2005: who changed within the time has not changed
    // back. Without a time it still says that who starts is on, and who stops is off: else a unit that runs could start and stop
    // at once, and leap over its ramps.
    private void AddMinimumTime(string name, double hours, int changed, int on, int sign)
    {
        Begin(RowKind.MinimumTime, name, 0);
        var first = 0;
        for (var step = 0; step < System.Steps; step++)
        {
            while (first < step && _begin[step] - _begin[first] >= hours)
            {
                first++;
            }

            for (var earlier = first; earlier <= step; earlier++)
            {
                Linear.Add(changed + earlier, 1);
            }

            Linear.Add(on + step, -sign);
            Linear.CloseRow(double.NegativeInfinity, sign > 0 ? 0 : 1);
        }
    }

    // Padberg's incremental form: a piece is used only when the one before it is full.
    private void AddPartLoad(EnergyActivity activity, PartLoadCurve curve, int level, int on)
    {
        var (steps, capacity, points) = (System.Steps, activity.Capacity!.Value, curve.Points);
        var bus = _buses[_busNumbers[curve.Bus]];
        var pieces = new int[points.Count - 1];
        for (var piece = 0; piece < pieces.Length; piece++)
        {
            var width = (points[piece + 1].Level - points[piece].Level) * capacity;
            pieces[piece] = Linear.ColumnCount;
            for (var step = 0; step < steps; step++)
            {
                Linear.AddColumn(0, 0, width);
            }

            bus.Add(pieces[piece], Profile.Of((points[piece + 1].Flow - points[piece].Flow) * capacity / width));
        }

        var (least, flow) = (points[0].Level * capacity, points[0].Flow * capacity);
        if (on >= 0)
        {
            bus.Add(on, Profile.Of(flow));
        }
        else
        {
            for (var step = 0; step < steps; step++)
            {
                bus.Constant[step] += flow;
            }
        }

        Begin(RowKind.Definition, activity.Name, 0);
        for (var step = 0; step < steps; step++)
        {
            Linear.Add(level + step, 1);
            Sum(pieces, step, -1);
            if (on >= 0)
            {
                Linear.Add(on + step, -least);
            }

            var constant = on >= 0 ? 0 : least;
            Linear.CloseRow(constant, constant);
        }

        for (var piece = 0; piece + 1 < pieces.Length; piece++)
        {
            var full = Linear.ColumnCount;
            for (var step = 0; step < steps; step++)
            {
                Linear.AddColumn(0, 0, 1, whole: true);
            }

            Begin(RowKind.Definition, activity.Name, 0);
            for (var step = 0; step < steps; step++)
            {
                Linear.Add(pieces[piece] + step, 1);
                Linear.Add(full + step, -(points[piece + 1].Level - points[piece].Level) * capacity);
                Linear.CloseRow(0, double.PositiveInfinity);
            }

            Begin(RowKind.Definition, activity.Name, 0);
            for (var step = 0; step < steps; step++)
            {
                Linear.Add(pieces[piece + 1] + step, 1);
                Linear.Add(full + step, -(points[piece + 2].Level - points[piece + 1].Level) * capacity);
                Linear.CloseRow(double.NegativeInfinity, 0);
            }
        }
    }

    private static double Least(EnergyActivity activity, int step) => (activity.Least?[step] ?? 0) * (activity.Capacity ?? 1);

    private static double Most(EnergyActivity activity, int step) =>
        activity.Most is { } most ? most[step] * (activity.Capacity ?? 1) : activity.Capacity ?? double.PositiveInfinity;

    private void AddLevelRows(EnergyActivity activity, ActivityColumns columns)
    {
        if (columns.Constant is not null)
        {
            return;
        }

        if (activity.Fixed is { } levels)
        {
            AddLevelRows(activity, columns, levels, levels);
        }
        else if (activity.Invest is not null)
        {
            AddLevelRows(activity, columns, null, activity.Most ?? Profile.Of(1));
            if (activity.Commitment is null && activity.Least is { IsZero: false } least)
            {
                AddLevelRows(activity, columns, least, null);
            }
        }
        else if (activity.Commitment is null && activity.Modes.Count > 1)
        {
            AddLevelRows(activity, columns, activity.Least ?? Profile.Zero, activity.Most ?? Profile.Of(activity.Capacity is null ? double.PositiveInfinity : 1));
        }

        if (activity.Commitment is { } commitment)
        {
            AddSwitchedRows(activity, columns, commitment);
        }
    }

    // A row by step: the level, less what there is by unit of a sought capacity, between the bounds of a given one.
    private void AddLevelRows(EnergyActivity activity, ActivityColumns columns, Profile? least, Profile? most)
    {
        var sought = columns.Capacity >= 0;
        var capacity = activity.Capacity ?? 1;
        Begin(RowKind.Level, activity.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            Sum(columns.Modes, step);
            if (sought)
            {
                Linear.Add(columns.Capacity, -(most ?? least!)[step]);
            }

            var (low, high) = (least is null ? double.NegativeInfinity : sought ? 0 : least[step] * capacity, most is null ? double.PositiveInfinity : sought ? 0 : most[step] * capacity);
            Linear.CloseRow(low, high);
        }
    }

    private void AddSwitchedRows(EnergyActivity activity, ActivityColumns columns, UnitCommitment commitment)
    {
        var sought = columns.Capacity >= 0;
        var capacity = activity.Capacity ?? activity.Invest!.Most!.Value;
        Begin(RowKind.Level, activity.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            Sum(columns.Modes, step);
            Linear.Add(columns.On + step, -(activity.Most?[step] ?? 1) * capacity);
            Linear.CloseRow(double.NegativeInfinity, 0);
        }

        Begin(RowKind.Level, activity.Name, 0);
        for (var step = 0; step < System.Steps; step++)
        {
            var least = Math.Max(commitment.Least, activity.Least?[step] ?? 0);
            Sum(columns.Modes, step);
            Linear.Add(columns.On + step, -least * capacity);
            if (sought)
            {
                // Of what was built, where it is on; the difference to the most that could be built where it is off.
                Linear.Add(columns.Capacity, -least);
            }

            Linear.CloseRow(sought ? -least * capacity : 0, double.PositiveInfinity);
        }
    }

    private void AddRampRows(EnergyActivity activity, ActivityColumns columns)
    {
        AddRampRows(activity, columns, activity.RampUp, 1);
        AddRampRows(activity, columns, activity.RampDown, -1);
    }

    // Rising: level − level before ≤ ramp · (on before) + the least to start at · (start). Falling: the other way round, with on and stop.
    private void AddRampRows(EnergyActivity activity, ActivityColumns columns, double? ramp, int sign)
    {
        if (ramp is not { } byHour || columns.Constant is not null)
        {
            return;
        }

        var capacity = activity.Capacity ?? 1;
        for (var step = 0; step < System.Steps; step++)
        {
            if (step == 0 && activity.LevelBefore is null)
            {
                continue;
            }

            // From the middle of a step to the middle of the next.
            var hours = step == 0 ? System.Hours[0] : (System.Hours[step] + System.Hours[step - 1]) / 2;
            var by = byHour * hours;
            Begin(RowKind.Ramp, activity.Name, step);
            Sum(columns.Modes, step, sign);
            var high = 0.0;
            if (step > 0)
            {
                Sum(columns.Modes, step - 1, -sign);
            }
            else
            {
                high += sign * activity.LevelBefore!.Value;
            }

            if (activity.Commitment is { } commitment)
            {
                // The least of the step in which it is on: who starts comes to it, who stops comes from the one before.
                var jump = Math.Max(by, Math.Max(commitment.Least, activity.Least?[sign > 0 ? step : Math.Max(0, step - 1)] ?? 0)) * capacity;
                if (sign < 0)
                {
                    Linear.Add(columns.On + step, -by * capacity);
                }
                else if (step > 0)
                {
                    Linear.Add(columns.On + step - 1, -by * capacity);
                }
                else
                {
                    high += commitment.HoursOnBefore > 0 ? by * capacity : 0;
                }

                Linear.Add((sign > 0 ? columns.Start : columns.Stop) + step, -jump);
            }
            else if (columns.Capacity >= 0)
            {
                Linear.Add(columns.Capacity, -by);
            }
            else
            {
                high += by * capacity;
            }

            Linear.CloseRow(double.NegativeInfinity, high);
        }
    }
}

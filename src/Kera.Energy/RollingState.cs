namespace Kera.Energy;

/// <summary>
/// What one window hands to the next: how much stores hold, which units are on and for how long, levels for ramps, peaks so far,
/// carbon used, what sessions have got, and loads that have begun.
/// </summary>
internal sealed class RollingState
{
    private readonly EnergySystem _system;
    private readonly double[] _stores;
    private readonly double[][] _peaks;
    private readonly double?[] _levels;
    private readonly (double On, double Off)[] _units;
    private readonly double[] _sessions;
    private readonly double[] _loads;
    private readonly int[] _started;
    private readonly double[] _weights;
    private double _carbon;

    public RollingState(EnergySystem system)
    {
        _system = system;
        _stores = [.. system.Stores.Select(store => store.LevelBefore)];
        _peaks = [.. system.PeakFees.Select(fee => fee.PeakBefore.ToArray())];
        _levels = [.. system.Activities.Select(activity => activity.LevelBefore)];
        _units = [.. system.Activities.Select(activity => activity.Commitment is { } unit ? (unit.HoursOnBefore, unit.HoursOnBefore > 0 ? 0 : unit.HoursOffBefore) : (0, 0))];
        _sessions = new double[system.Sessions.Count];
        _loads = new double[system.Loads.Count];
        _started = [.. system.Loads.Select(_ => -1)];
        // A step's weight in the carbon budget: what is demanded in it.
        _weights = [.. Enumerable.Range(0, system.Steps).Select(step => system.Hours[step] * system.Activities.Sum(activity => (activity.Fixed?[step] ?? 0) * (activity.Capacity ?? 1)))];
    }

    /// <summary>A window of a system as it is known, from where the ones before ended.</summary>
    /// <param name="known">The window's steps as they are known: the same elements in the same order, without what was before.</param>
    /// <param name="first">The first step of the window in the whole.</param>
    public EnergySystem Begin(EnergySystem known, int first)
    {
        var steps = known.Steps;
        List<ChargingSession> sessions = [];
        for (var session = 0; session < _system.Sessions.Count; session++)
        {
            if (SessionIn(_system.Sessions[session], _sessions[session], first, steps) is { } part)
            {
                sessions.Add(part);
            }
        }

        List<EnergyActivity> running = [];
        List<DeferrableLoad> loads = [];
        for (var load = 0; load < _system.Loads.Count; load++)
        {
            AddLoad(load, first, steps, loads, running);
        }

        return known with
        {
            Activities = [.. known.Activities.Select((activity, number) => activity with
            {
                LevelBefore = _levels[number],
                Commitment = activity.Commitment is { } unit ? unit with { HoursOnBefore = _units[number].On, HoursOffBefore = _units[number].Off } : null,
            }), .. running],
            Stores = [.. known.Stores.Select((store, number) => store with { Cyclic = false, LevelBefore = Math.Clamp(_stores[number], 0, store.Capacity ?? double.PositiveInfinity) })],
            PeakFees = [.. known.PeakFees.Select((fee, number) => fee with { PeakBefore = _peaks[number] })],
            Sessions = sessions,
            Loads = loads,
            Cap = _system.Cap is { } cap ? cap with { Most = Math.Max(0, cap.Most - _carbon) * ShareOf(first, steps) } : null,
        };
    }

    /// <summary>Takes what a window commits: its first steps.</summary>
    public void Commit(EnergySystem window, EnergyPlan plan, int first, int steps)
    {
        for (var activity = 0; activity < _system.Activities.Count; activity++)
        {
            var run = plan.Activities[activity];
            // A solver's nothing may be a hair below it.
            _levels[activity] = Math.Max(0, run.Level[steps - 1]);
            for (var step = 0; step < steps; step++)
            {
                var hours = window.Hours[step];
                if (run.On is { } on)
                {
                    var (before, off) = _units[activity];
                    _units[activity] = on[step] ? (before + hours, 0) : (0, off + hours);
                }

                foreach (var (mode, level) in window.Activities[activity].Modes.Zip(run.Modes))
                {
                    _carbon += mode.Carbon[step] * level[step] * hours;
                }
            }
        }

        for (var store = 0; store < _stores.Length; store++)
        {
            _stores[store] = plan.Stores[store].Level[steps - 1];
        }

        for (var fee = 0; fee < _system.PeakFees.Count; fee++)
        {
            var level = plan.Activities[_system.NumberOf(_system.PeakFees[fee].Activity)].Level;
            for (var step = 0; step < steps; step++)
            {
                ref var peak = ref _peaks[fee][_system.PeakFees[fee].PeriodOf[first + step]];
                peak = Math.Max(peak, level[step]);
            }
        }

        for (var session = 0; session < _sessions.Length; session++)
        {
            var wanted = _system.Sessions[session];
            if (plan.Sessions.TryGetValue(wanted.Name, out var power))
            {
                _sessions[session] += Enumerable.Range(0, steps).Sum(step => power[step] * window.Hours[step] * wanted.Efficiency);
            }
        }

        for (var load = 0; load < _loads.Length; load++)
        {
            CommitLoad(load, window, plan, first, steps);
        }
    }

    private void CommitLoad(int load, EnergySystem window, EnergyPlan plan, int first, int steps)
    {
        var wanted = _system.Loads[load];
        if (!plan.Loads.TryGetValue(wanted.Name, out var power))
        {
            return;
        }

        for (var step = 0; step < steps; step++)
        {
            if (power[step] > 0)
            {
                _loads[load] += window.Hours[step];
                _started[load] = _started[load] < 0 ? first + step : _started[load];
            }
        }
    }

    /// <summary>What sessions and loads that are over have gone without.</summary>
    public IEnumerable<UnmetWish> Missing()
    {
        const double Least = 1e-6;
        foreach (var (session, got) in _system.Sessions.Zip(_sessions))
        {
            if (session.Energy - got is > Least and var missing)
            {
                yield return new UnmetWish(RowKind.Session, session.Name, -1, missing, missing * session.ShortagePenalty);
            }
        }

        for (var load = 0; load < _loads.Length; load++)
        {
            var wanted = _system.Loads[load];
            var missing = wanted.Interruptible ? wanted.Run[0].Hours - _loads[load] : _started[load] < 0 ? 1 : 0;
            if (missing > Least)
            {
                yield return new UnmetWish(RowKind.Load, wanted.Name, -1, missing, missing * wanted.ShortagePenalty);
            }
        }
    }

    // What it can still get after the window need not be given within it.
    private ChargingSession? SessionIn(ChargingSession session, double got, int first, int steps)
    {
        var (arrival, departure) = (Math.Max(session.Arrival - first, 0), Math.Min(session.Departure - first, steps));
        return departure > arrival && session.Energy - got > 1e-9
            ? session with { Arrival = arrival, Departure = departure, Energy = session.Energy - got, LaterMost = HoursAfter(first + steps, session.Departure) * session.PowerMost * session.Efficiency }
            : null;
    }

    private double HoursAfter(int window, int end) => Enumerable.Range(window, Math.Max(0, end - window)).Sum(step => _system.Hours[step]);

    private void AddLoad(int number, int first, int steps, List<DeferrableLoad> loads, List<EnergyActivity> running)
    {
        var load = _system.Loads[number];
        var (earliest, latest) = (Math.Max(load.Earliest - first, 0), Math.Min(load.Latest - first, steps));
        var after = HoursAfter(first + steps, load.Latest);
        if (load.Interruptible)
        {
            var left = load.Run[0].Hours - _loads[number];
            if (latest > earliest && left > 1e-9)
            {
                loads.Add(load with { Earliest = earliest, Latest = latest, Run = [(left, load.Run[0].Power)], LaterMost = after });
            }
        }
        else if (_started[number] >= 0)
        {
            AddRunning(load, _started[number], first, steps, running);
        }
        else if (latest > earliest)
        {
            // In one go all of it fits after the window, or none.
            loads.Add(load with { Earliest = earliest, Latest = latest, LaterMost = after >= load.Run.Sum(piece => piece.Hours) ? 1 : 0 });
        }
    }

    // What has begun in one go goes on: a demand that is fixed.
    private void AddRunning(DeferrableLoad load, int started, int first, int steps, List<EnergyActivity> running)
    {
        var levels = new double[steps];
        var at = 0.0;
        var begin = Enumerable.Range(started, first - started).Sum(step => _system.Hours[step]);
        var left = false;
        foreach (var (hours, power) in load.Run)
        {
            var stepBegin = begin;
            for (var step = 0; step < steps; step++)
            {
                var stepEnd = stepBegin + _system.Hours[first + step];
                var overlap = Math.Max(0, Math.Min(at + hours, stepEnd) - Math.Max(at, stepBegin));
                levels[step] += power * overlap / _system.Hours[first + step];
                left |= overlap > 0;
                stepBegin = stepEnd;
            }

            at += hours;
        }

        if (left)
        {
            running.Add(EnergyActivity.Simple(load.Name, new Dictionary<string, Profile> { [load.Bus] = Profile.Of(-1) }) with { Fixed = Profile.Of(levels) });
        }
    }

    // The window's share of what is demanded from it on.
    private double ShareOf(int first, int steps)
    {
        var rest = _weights.AsSpan(first);
        var (all, within) = (0.0, 0.0);
        for (var step = 0; step < rest.Length; step++)
        {
            all += rest[step];
            within += step < steps ? rest[step] : 0;
        }

        return all > 0 ? within / all : Math.Min(1, (double)steps / rest.Length);
    }
}

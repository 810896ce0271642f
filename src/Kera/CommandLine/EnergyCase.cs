using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Kera.Energy;

namespace Kera.CommandLine;

/// <summary>Reads an energy case: a JSON file, and the CSV beside it that has its series. docs/concepts/energy-case.md says its form.</summary>
public sealed class EnergyCase
{
    private readonly Dictionary<string, double[]> _series;
    private readonly double[] _hours;

    private EnergyCase(double[] hours, Dictionary<string, double[]> series) => (_hours, _series) = (hours, series);

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="EnergyException">A field is missing, unknown, doubled or of another kind.</exception>
    public static EnergySystem Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = new CaseFields(document.RootElement, "", "name", "source", "licence", "expected", "steps", "hours_per_step", "timeseries", "buses", "activities", "storages", "sessions", "loads", "peak_fees", "cap", "objective");
        var steps = root.Whole("steps") ?? throw new EnergyException("steps", "Give the number of steps.");
        if (steps is < 1 or > 1_000_000)
        {
            throw new EnergyException("steps", "A case has 1 to 1,000,000 steps.");
        }

        var series = root.Text("timeseries") is { } name ? ReadSeries(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, name), name, steps) : [];
        var given = new EnergyCase(new double[steps], series).Profile(root, "hours_per_step") ?? Energy.Profile.Of(1);
        double[] hours = [.. Enumerable.Range(0, steps).Select(step => given[step])];
        var reading = new EnergyCase(hours, series);
        return new EnergySystem(
            hours,
            [.. root.Members("buses", "shortage_penalty", "surplus_penalty", "dump").Select(bus => new EnergyBus(bus.Name) { Dump = bus.Fields.True("dump"), ShortagePenalty = bus.Fields.Number("shortage_penalty"), SurplusPenalty = bus.Fields.Number("surplus_penalty") })],
            [.. root.Items("activities", "name", "flows", "modes", "cost", "carbon", "capacity", "invest", "max", "min", "fix", "ramp_up", "ramp_down", "level_before", "commit", "part_load").Select(reading.Activity)],
            [.. root.Items("storages", "name", "bus", "ports", "e_nom", "invest", "cyclic", "e_initial", "loss_per_hour", "min", "min_penalty", "c_rate", "hold_cost", "final_value", "one_way", "charge_max", "discharge_max", "eta_in", "eta_out", "charge_cost", "discharge_cost").Select(reading.Store)])
        {
            Sessions = [.. root.Items("sessions", "name", "bus", "arrival", "departure", "energy", "max", "eta", "penalty").Select(Session)],
            Loads = [.. root.Items("loads", "name", "bus", "earliest", "latest", "run", "interruptible", "penalty").Select(Load)],
            PeakFees = [.. root.Items("peak_fees", "name", "activity", "fee", "period_of", "peak_before").Select(fields => reading.Fee(fields, steps))],
            Cap = root.Object("cap", "max", "penalty") is { } cap ? new CarbonCap(cap.NumberOf("max"), cap.Number("penalty")) : null,
            Objective = root.Object("objective", "cost", "carbon_price") is { } objective ? new EnergyObjective(objective.Number("cost") ?? 1, objective.Number("carbon_price") ?? 0) : new EnergyObjective(),
        };
    }

    private EnergyActivity Activity(CaseFields fields)
    {
        var name = fields.TextOf("name");
        if (fields.Has("flows") == fields.Has("modes"))
        {
            throw new EnergyException(fields.Path("flows"), "Give its flows by bus, or its modes with flows of their own.");
        }

        var modes = fields.Has("flows")
            ? [Mode(fields, name)]
            : fields.Items("modes", "name", "flows", "cost", "carbon").Select(mode => Mode(mode, mode.TextOf("name"))).ToList();
        var commit = fields.Object("commit", "min", "up_before", "down_before", "min_up", "min_down", "startup_cost", "shutdown_cost", "cost_on");
        return new EnergyActivity(name, modes)
        {
            Capacity = fields.Number("capacity"),
            Invest = Invest(fields),
            Most = Profile(fields, "max"),
            Least = Profile(fields, "min"),
            Fixed = Profile(fields, "fix"),
            RampUp = fields.Number("ramp_up"),
            RampDown = fields.Number("ramp_down"),
            LevelBefore = fields.Number("level_before"),
            Commitment = commit is null ? null : new UnitCommitment(commit.Number("min") ?? 0)
            {
                // Counted in steps, of the length of the first.
                HoursOnBefore = (commit.Number("up_before") ?? 1) * _hours[0],
                HoursOffBefore = (commit.Number("down_before") ?? 1) * _hours[0],
                MinimumHoursOn = (commit.Number("min_up") ?? 0) * _hours[0],
                MinimumHoursOff = (commit.Number("min_down") ?? 0) * _hours[0],
                StartCost = commit.Number("startup_cost") ?? 0,
                StopCost = commit.Number("shutdown_cost") ?? 0,
                CostByHourOn = commit.Number("cost_on") ?? 0,
            },
        };
    }

    private ActivityMode Mode(CaseFields fields, string name)
    {
        var flows = new Dictionary<string, Profile>(StringComparer.Ordinal);
        var given = fields.AnyObject("flows");
        foreach (var bus in given.Names)
        {
            flows[bus] = Profile(given, bus)!;
        }

        var curve = fields.Object("part_load", "bus", "points");
        return new ActivityMode(name, flows)
        {
            Cost = Profile(fields, "cost") ?? Energy.Profile.Zero,
            Carbon = Profile(fields, "carbon") ?? Energy.Profile.Zero,
            PartLoad = curve is null ? null : new PartLoadCurve(curve.TextOf("bus"), curve.Pairs("points")),
        };
    }

    private EnergyStore Store(CaseFields fields)
    {
        if (fields.Has("bus") == fields.Has("ports"))
        {
            throw new EnergyException(fields.Path("bus"), "Give the bus it is on, or a list of ports.");
        }

        return new EnergyStore(fields.TextOf("name"), fields.Has("bus") ? [Port(fields)] : [.. fields.Items("ports", "bus", "charge_max", "discharge_max", "eta_in", "eta_out", "charge_cost", "discharge_cost").Select(Port)])
        {
            Capacity = fields.Number("e_nom"),
            Invest = Invest(fields),
            Cyclic = fields.True("cyclic"),
            LevelBefore = fields.Number("e_initial") ?? 0,
            LossByHour = fields.Number("loss_per_hour") ?? 0,
            Least = Profile(fields, "min"),
            LeastPenalty = fields.Number("min_penalty"),
            PowerByCapacity = fields.Number("c_rate"),
            HoldCost = fields.Number("hold_cost") ?? 0,
            FinalValue = fields.Number("final_value") ?? 0,
            OneWayAtATime = fields.True("one_way"),
        };
    }

    private static StorePort Port(CaseFields fields) => new(fields.TextOf("bus"))
    {
        ChargeMost = fields.Number("charge_max"),
        DischargeMost = fields.Number("discharge_max"),
        InEfficiency = fields.Number("eta_in") ?? 1,
        OutEfficiency = fields.Number("eta_out") ?? 1,
        ChargeCost = fields.Number("charge_cost") ?? 0,
        DischargeCost = fields.Number("discharge_cost") ?? 0,
    };

    private static ChargingSession Session(CaseFields fields) =>
        new(fields.TextOf("name"), fields.TextOf("bus"), fields.WholeOf("arrival"), fields.WholeOf("departure"), fields.NumberOf("energy"), fields.NumberOf("max"), fields.NumberOf("penalty"))
        {
            Efficiency = fields.Number("eta") ?? 1,
        };

    private static DeferrableLoad Load(CaseFields fields) =>
        new(fields.TextOf("name"), fields.TextOf("bus"), fields.WholeOf("earliest"), fields.WholeOf("latest"), fields.Pairs("run"), fields.NumberOf("penalty")) { Interruptible = fields.True("interruptible") };

    private PeakFee Fee(CaseFields fields, int steps)
    {
        var periods = Profile(fields, "period_of") ?? Energy.Profile.Zero;
        var before = Profile(fields, "peak_before", ofSteps: false) ?? Energy.Profile.Zero;
        int[] of = [.. Enumerable.Range(0, steps).Select(step => (int)periods[step])];
        return new PeakFee(fields.TextOf("name"), fields.TextOf("activity"), fields.NumberOf("fee"), of, [.. Enumerable.Range(0, Math.Max(before.Length, of.Max() + 1)).Select(period => before.Length is 0 || period < before.Length ? before[period] : 0)]);
    }

    private static Investment? Invest(CaseFields fields) => fields.Object("invest", "cost", "max") is { } invest ? new Investment(invest.NumberOf("cost"), invest.Number("max")) : null;

    // A number, a list, or the name of a column.
    private Profile? Profile(CaseFields fields, string name, bool ofSteps = true)
    {
        if (fields.Find(name) is not { } value)
        {
            return null;
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => Energy.Profile.Of(value.GetDouble()),
            JsonValueKind.Array when ofSteps && value.GetArrayLength() != _hours.Length => throw new EnergyException(fields.Path(name), $"It has {value.GetArrayLength()} numbers for {_hours.Length} steps."),
            JsonValueKind.Array => Energy.Profile.Of([.. value.EnumerateArray().Select((item, number) => item.ValueKind == JsonValueKind.Number ? item.GetDouble() : throw new EnergyException($"{fields.Path(name)}[{number}]", "This is no number."))]),
            JsonValueKind.String => Energy.Profile.Of(_series.TryGetValue(value.GetString()!, out var column) ? column : throw new EnergyException(fields.Path(name), $"The series have no column '{value.GetString()}'. They have {string.Join(", ", _series.Keys)}.")),
            _ => throw new EnergyException(fields.Path(name), "Give a number, a list with one for each step, or the name of a column of the series."),
        };
    }

    private static Dictionary<string, double[]> ReadSeries(string path, string name, int steps)
    {
        if (!File.Exists(path))
        {
            throw new EnergyException("timeseries", $"There is no file '{name}' beside the case.");
        }

        using var reader = new CsvReader(new StreamReader(path), new CsvConfiguration(CultureInfo.InvariantCulture));
        if (!reader.Read() || !reader.ReadHeader())
        {
            throw new EnergyException("timeseries", $"'{name}' is empty.");
        }

        var headings = reader.HeaderRecord!;
        var columns = headings.Select(_ => new double[steps]).ToArray();
        var row = 0;
        for (; reader.Read(); row++)
        {
            // The first column tells the step; the others are numbers.
            for (var column = 1; column < headings.Length && row < steps; column++)
            {
                columns[column][row] = double.TryParse(reader.GetField(column), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? value
                    : throw new EnergyException("timeseries", $"{name}:{reader.Parser.RawRow}: '{reader.GetField(column)}' in {headings[column]} is no number.");
            }
        }

        return row == steps
            ? headings.Skip(1).Zip(columns.Skip(1)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal)
            : throw new EnergyException("timeseries", $"'{name}' has {row} rows for {steps} steps.");
    }
}

using Kera.Energy;
using Kera.Generated;
using NodaTime;

namespace Kera.Bench.Scenarios;

/// <summary>
/// The Finnish year as it would have been run by forecasts: each day at noon UTC, when tomorrow's prices are out, 48 hours are planned by what
/// is known, and 24 of them are run. Heat pumps and stores run as planned, whatever comes; demand, sun and prices are as they
/// were, and the grid, the electric boiler and bought district heat meet what differs, at the least cost of the hour. Heat is let go only where it is too much then.
/// </summary>
internal sealed class ForecastRolling
{
    private const int Kept = 24;
    private const int Ahead = 48;
    // The last day of January: a month of history, and noon.
    private const int First = (31 * 24) + 12;
    private static readonly string[] s_asPlanned = ["ashp", "dc_hp"];
    private static readonly Instant s_start = Instant.FromUtc(2023, 1, 1, 0, 0);
    private static readonly DateTimeZone s_helsinki = DateTimeZoneProviders.Tzdb["Europe/Helsinki"];
    private static readonly DateTimeZone s_market = DateTimeZoneProviders.Tzdb["Europe/Oslo"];
    private readonly EnergySystem _year;
    private readonly double[] _spot;
    private readonly Dictionary<int, Known> _known = [];

    public ForecastRolling(EnergySystem year, string shared)
    {
        _year = year;
        var market = new SharedHours(Path.Combine(shared, "data/energy/fi_hourly_2023_2024.csv"), new LocalDate(2023, 1, 1));
        var district = new SharedHours(Path.Combine(shared, "reference/energy/fi2023_year.csv"), new LocalDate(2023, 1, 1));
        var (price, temperature) = (market.Column("spot_eur_mwh_ex_vat"), new ForecastInputs(market.Column("temp_vantaa_c")));
        _spot = [.. Enumerable.Range(0, year.Steps).Select(hour => price[s_start + Duration.FromHours(hour)])];
        var (demand, sold, sun) = (ForecastTask.Demand(s_helsinki, FinnishHolidays.Contains), ForecastTask.Price(s_market, FinnishHolidays.Contains), ForecastTask.Sun(60.3, 25));
        for (var first = First; first < year.Steps; first += Kept)
        {
            var origin = s_start + Duration.FromHours(first);
            double[] Forecast(ForecastTask task, HourlySeries series, Instant from) =>
                [.. Forecaster.Forecast(task, series.Before(from), temperature, from, Ahead).Hours.Select(hour => hour.Median)];
            // Until the end of tomorrow by the market's clock.
            var published = origin.InZone(s_market).Date.PlusDays(2).AtStartOfDayInZone(s_market).ToInstant();
            _known[first] = new Known(
                Forecast(demand, district.Column("heat"), origin),
                Forecast(demand, district.Column("el"), origin),
                Forecast(sun, district.Column("pv"), origin),
                Forecast(sold, price, origin),
                Forecast(sold, price, published),
                (int)(published - origin).TotalHours);
        }
    }

    /// <summary>The least cost of the hours that are run, all of them known.</summary>
    public double Best()
    {
        var rest = RollingPlanner.Window(_year, new RollingWindow(First, _year.Steps - First));
        return EnergyPlanner.Plan(rest with { Stores = [.. rest.Stores.Select(store => store with { Cyclic = false })] }, new PlanOptions(Prices: false), CancellationToken.None).Cost;
    }

    /// <summary>What the run costs, and how much heat was let go.</summary>
    /// <param name="demands">Whether demand and sun are forecast; else they are known.</param>
    /// <param name="prices">How prices are known.</param>
    public (double Cost, double LetGo) Run(bool demands, PriceKnowledge prices)
    {
        var held = _year.Stores.Select(_ => 0.0).ToArray();
        var (cost, letGo) = (0.0, 0.0);
        for (var first = First; first < _year.Steps; first += Kept)
        {
            var steps = Math.Min(Ahead, _year.Steps - first);
            var actual = RollingPlanner.Window(_year, new RollingWindow(first, steps));
            var known = _known[first];
            var window = actual with
            {
                Activities = [.. actual.Activities.Select(activity => AsKnown(activity, known, first, steps, demands, prices))],
                Stores = [.. actual.Stores.Select((store, number) => store with { Cyclic = false, LevelBefore = Math.Clamp(held[number], 0, store.Capacity!.Value) })],
            };
            var plan = Planned(window, first);
            var kept = Math.Min(Kept, steps);
            var (paid, gone) = Carried(RollingPlanner.Window(_year, new RollingWindow(first, kept)), plan, first);
            (cost, letGo) = (cost + paid, letGo + gone);
            for (var store = 0; store < held.Length; store++)
            {
                held[store] = plan.Stores[store].Level[kept - 1];
            }
        }

        return (cost, letGo);
    }

    // Fees are known: what is forecast of a price moves both ways of the grid.
    private EnergyActivity AsKnown(EnergyActivity activity, Known known, int first, int steps, bool demands, PriceKnowledge prices)
    {
        double Price(int step) => prices switch
        {
            PriceKnowledge.All => _spot[first + step],
            PriceKnowledge.Forecast => known.Price[step],
            _ => step < known.Published ? _spot[first + step] : known.PriceAfter[step - known.Published],
        };
        EnergyActivity WithPrice(int sign) => activity with
        {
            Modes = [activity.Modes[0] with { Cost = Profile.Of([.. Enumerable.Range(0, steps).Select(step => activity.Modes[0].Cost[step] + sign * (Price(step) - _spot[first + step]))]) }],
        };
        return activity.Name switch
        {
            "import" => WithPrice(1),
            "export" => WithPrice(-1),
            "dem_heat" when demands => activity with { Fixed = NotBelowNothing(known.Heat[..steps]) },
            "dem_el" when demands => activity with { Fixed = NotBelowNothing(known.Power[..steps]) },
            "pv" when demands => activity with { Most = Profile.Of([.. known.Sun[..steps].Select(share => Math.Clamp(share, 0, 1))]) },
            _ => activity,
        };
    }

    private static (double Cost, double LetGo) Carried(EnergySystem actual, EnergyPlan plan, int first)
    {
        var steps = actual.Steps;
        EnergyActivity Ran(EnergyActivity activity) => !s_asPlanned.Contains(activity.Name) ? activity
            : activity with { Capacity = null, Fixed = NotBelowNothing(plan.Activities.First(run => run.Name == activity.Name).Level[..steps]) };
        // A store as what it gives, or takes, in each hour, with the cost of its wear.
        EnergyActivity AsPlanned(EnergyStore store)
        {
            var (port, run) = (store.Ports[0], plan.Stores.First(each => each.Name == store.Name));
            return new EnergyActivity(store.Name, [new ActivityMode("as planned", new Dictionary<string, Profile> { [port.Bus] = Profile.Of([.. Enumerable.Range(0, steps).Select(step => run.Discharge[0][step] - run.Charge[0][step])]) })
            {
                Cost = Profile.Of([.. Enumerable.Range(0, steps).Select(step => (port.ChargeCost * run.Charge[0][step]) + (port.DischargeCost * run.Discharge[0][step]))]),
            }])
            { Fixed = Profile.Of(1) };
        }

        var ran = actual with
        {
            // So dear, and in no cost, that heat is not made to be let go for a price below nothing.
            Buses = [.. actual.Buses.Select(bus => bus.Name == "heat" ? bus with { SurplusPenalty = 10_000 } : bus)],
            Activities = [.. actual.Activities.Select(Ran), .. actual.Stores.Select(AsPlanned)],
            Stores = [],
        };
        var run = Planned(ran, first);
        return (run.Cost, -run.Unmet.Sum(wish => wish.Amount));
    }

    // Of a forecast, and of a solver's nothing, which may be a hair below it.
    private static Profile NotBelowNothing(double[] levels) => Profile.Of([.. levels.Select(level => Math.Max(0, level))]);

    private static EnergyPlan Planned(EnergySystem system, int first)
    {
        var plan = EnergyPlanner.Plan(system, new PlanOptions(Prices: false), CancellationToken.None);
        return plan.Status == SolveStatus.Optimal ? plan : throw new InvalidOperationException($"From hour {first} there is no plan: {plan.Status}. {string.Join(" ", plan.Unmet)} {string.Join(" ", plan.Faults)}");
    }

    /// <summary>How prices are known.</summary>
    public enum PriceKnowledge
    {
        /// <summary>All of them.</summary>
        All,

        /// <summary>Those of today and tomorrow as they are published; after them by forecast.</summary>
        Published,

        /// <summary>None: by forecast from the first hour on.</summary>
        Forecast,
    }

    private sealed record Known(double[] Heat, double[] Power, double[] Sun, double[] Price, double[] PriceAfter, int Published);
}

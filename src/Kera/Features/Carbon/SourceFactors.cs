using Kera.Base.District;
using Kera.Carbon;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>What a unit of a source carries in an hour, in kilograms of CO2e; where nothing is known it is not covered.</summary>
/// <param name="Covered">Whether there is a factor at all.</param>
/// <param name="Location">All stages, by what is physically there.</param>
/// <param name="Market">All stages, by what was bought; as by location where nothing is known of it.</param>
/// <param name="Direct">What is given off where the unit is made, by location.</param>
/// <param name="Biogenic">Biogenic CO2, which is not in the others.</param>
/// <param name="ByMean">Whether the mean of a year stands where the hour's mix is not known.</param>
/// <param name="ByMarket">Whether there is a factor of the market; else <paramref name="Market"/> is as by location.</param>
public readonly record struct SourceIntensity(bool Covered, double Location, double Market, double Direct, double Biogenic, bool ByMean = false, bool ByMarket = false);

/// <summary>Finds what sources carry: by the hour's generation where it is known, else by the factors of the year.</summary>
public sealed class SourceFactors
{
    private static readonly FactorStage[] Parts = [FactorStage.Direct, FactorStage.Upstream, FactorStage.GridLoss, FactorStage.Infrastructure];
    private const string Biogenic = "biogenicCO2";
    private static readonly HashSet<string> NothingMeasured = [];
    private readonly Dictionary<string, FactorBook> _books;
    private readonly DistrictCarbon _carbon;
    private readonly MixHours _mixes;
    private readonly DateTimeZone _zone;
    private readonly Dictionary<(string Source, string Unit, DateOnly Day), SourceIntensity> _ofDay = [];
    private readonly Dictionary<(string Mix, Instant Hour), (double LifeCycle, double Direct)?> _ofHour = [];

    /// <summary>Factors of a district.</summary>
    /// <param name="factors">All that there are.</param>
    /// <param name="carbon">Which are used for what.</param>
    /// <param name="mixes">The generation of the hours in question.</param>
    /// <param name="zone">The zone of the days for which factors hold.</param>
    public SourceFactors(IReadOnlyList<EmissionFactor> factors, DistrictCarbon carbon, MixHours mixes, DateTimeZone zone)
    {
        (_carbon, _mixes, _zone) = (carbon, mixes, zone);
        _books = factors.Select(factor => factor.Gas).Distinct(StringComparer.Ordinal).ToDictionary(gas => gas, gas => new FactorBook(factors, gas, carbon.Regions), StringComparer.Ordinal);
    }

    /// <summary>What a unit of a source carries in an hour.</summary>
    /// <param name="source">The source.</param>
    /// <param name="unit">The unit in which it is counted.</param>
    /// <param name="hour">The beginning of the hour.</param>
    /// <param name="measured">The gases whose emissions were measured, for which no factor counts; a factor of CO2e is taken for one of CO2.</param>
    public SourceIntensity Of(CarbonSource source, Kera.Flows.Unit unit, Instant hour, IReadOnlySet<string>? measured = null)
    {
        if (source.CutOff)
        {
            return new SourceIntensity(true, 0, 0, 0, 0, ByMarket: true);
        }

        var ofDay = measured is { Count: > 0 } ? Reckoned(source, unit, DayOf(hour), measured) : OfDay(source, unit, DayOf(hour));
        return source.Mix is { } mix && OfMix(mix, hour) is { } known && unit.Dimension == "energy"
            ? ofDay with { Covered = true, Location = known.LifeCycle * Kilowatthours(unit), Market = ofDay.ByMarket ? ofDay.Market : known.LifeCycle * Kilowatthours(unit), Direct = known.Direct * Kilowatthours(unit) }
            : ofDay with { ByMean = source.Mix is not null };
    }

    /// <summary>The factor that a reference finds on a day; null where there is none.</summary>
    public EmissionFactor? Find(FactorReference reference, DateOnly day) =>
        _books.GetValueOrDefault(reference.Gas)?.Find(new FactorWish(reference.Key, reference.Unit.Code, reference.Stage, reference.Method, day));

    /// <summary>What a unit costs by a factor, in kilograms of CO2e; null where there is no factor, or not for such a unit.</summary>
    public double? Kilograms(FactorReference reference, Kera.Flows.Unit unit, DateOnly day) =>
        Find(reference, day) is { } factor && reference.Unit.Dimension == unit.Dimension ? factor.Kilograms * Potential(factor.Gas) * Size(unit) / Size(reference.Unit) : null;

    /// <summary>The intensity of a mix in an hour, in kg CO2e for a kWh; null where an hour's generation is not known, or a kind has no factor.</summary>
    public (double LifeCycle, double Direct)? OfMix(string mix, Instant hour)
    {
        if (_ofHour.TryGetValue((mix, hour), out var known))
        {
            return known;
        }

        (double, double)? intensity = null;
        if (_mixes.Of(mix, hour) is { } generation && _books.GetValueOrDefault("CO2e") is { } book)
        {
            var day = DayOf(hour);
            var kinds = _carbon.Mixes[mix].Kinds;
            var lifeCycle = book.Sum(generation.Select(each => new FactoredAmount(Wish(kinds[each.Kind].Factor, FactorStage.LifeCycle, day), each.Amount)));
            var burned = generation.Where(each => kinds[each.Kind].Burns).Select(each => new FactoredAmount(Wish(kinds[each.Kind].Factor, FactorStage.Direct, day), each.Amount));
            var direct = book.Sum(burned);
            intensity = lifeCycle.Coverage == 1 && (direct.Coverage ?? 1) == 1 ? (lifeCycle.Kilograms / lifeCycle.Amount, direct.Kilograms / lifeCycle.Amount) : null;
        }

        return _ofHour[(mix, hour)] = intensity;
    }

    private static FactorWish Wish(string factor, FactorStage stage, DateOnly day) => new(factor, "kWh", stage, FactorMethod.Location, day);

    /// <summary>The day of the district on which an hour begins.</summary>
    public DateOnly DayOf(Instant hour)
    {
        var date = hour.InZone(_zone).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }

    private SourceIntensity OfDay(CarbonSource source, Kera.Flows.Unit unit, DateOnly day)
    {
        if (!_ofDay.TryGetValue((source.Key, unit.Code, day), out var known))
        {
            _ofDay[(source.Key, unit.Code, day)] = known = Reckoned(source, unit, day, NothingMeasured);
        }

        return known;
    }

    // By the mean of the year. A sum of stages counts those that are there; without any the source is a gap.
    private SourceIntensity Reckoned(CarbonSource source, Kera.Flows.Unit unit, DateOnly day, IReadOnlySet<string> measured)
    {
        var biogenic = measured.Contains(Biogenic) ? 0 : source.Factors.Where(factor => factor.Gas == Biogenic).Sum(factor => Kilograms(factor, unit, day) ?? 0);
        var (location, market) = (All(FactorMethod.Location), All(FactorMethod.Market));
        return new SourceIntensity(location is not null || measured.Count > 0, location ?? 0, market ?? location ?? 0, Of(FactorMethod.Location, FactorStage.Direct, kept: true) ?? 0, biogenic, ByMarket: market is not null);

        // Of a number for all stages the direct part that was measured is taken off.
        double? All(FactorMethod method)
        {
            var replaced = (Of(method, FactorStage.Direct, kept: false) ?? 0) - (Of(method, FactorStage.Direct, kept: true) ?? 0);
            if (Of(method, FactorStage.LifeCycle, kept: false) is { } whole)
            {
                return Math.Max(0, whole - replaced);
            }

            var parts = Parts.Select(part => Of(method, part, kept: part == FactorStage.Direct)).OfType<double>().ToList();
            return parts.Count > 0 ? parts.Sum() : null;
        }

        double? Of(FactorMethod method, FactorStage stage, bool kept)
        {
            var found = source.Factors
                .Where(factor => factor.Method == method && factor.Stage == stage && factor.Gas != Biogenic && !(kept && measured.Contains(factor.Gas == "CO2e" ? "CO2" : factor.Gas)))
                .Select(factor => Kilograms(factor, unit, day)).OfType<double>().ToList();
            return found.Count > 0 ? found.Sum() : null;
        }
    }

    private double Potential(string gas) =>
        gas is "CO2e" or "CO2" or "biogenicCO2" ? 1 : (double)(_carbon.Gases.Values.FirstOrDefault(known => known.Gas == gas)?.Potential ?? throw new InvalidOperationException($"{gas} has no warming potential: name it among the gases of carbon.yaml."));

    private static double Kilowatthours(Kera.Flows.Unit unit) => Size(unit);

    private static double Size(Kera.Flows.Unit unit) => (double)unit.Numerator / unit.Denominator;
}

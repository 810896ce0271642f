using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Readings;
using Kera.Energy;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>How often an address may have a comparison solved.</summary>
public sealed class WhatIfLimit(int times = 60) : AddressLimit(times, TimeSpan.FromMinutes(10));

/// <summary>Why there is no comparison.</summary>
public enum WhatIfTrouble
{
    /// <summary>Nothing is known of some of what a plan rests on.</summary>
    Unknown,

    /// <summary>The solver finds no plan.</summary>
    Unsolved,

    /// <summary>Another comparison is being solved, and takes long.</summary>
    Busy,

    /// <summary>The address has asked too often.</summary>
    TooOften,
}

/// <summary>A system and its plan.</summary>
public sealed record PlannedEnergy(DistrictEnergy Energy, PlanContent Plan);

/// <summary>The district as it is and as it is tried, planned for the same hours.</summary>
public sealed record Comparison(PlannedEnergy Present, PlannedEnergy Tried);

/// <summary>What came of a question.</summary>
/// <param name="Comparison">The two plans; null where there are none.</param>
/// <param name="Trouble">Why there are none.</param>
/// <param name="Unknown">The elements of which nothing is known.</param>
public sealed record WhatIfAnswer(Comparison? Comparison, WhatIfTrouble? Trouble = null, IReadOnlyList<string>? Unknown = null);

/// <summary>
/// Solves what a planner asks, one at a time. Nothing is stored; the last answers are kept in memory as long as the district's own plan
/// is the same, so that the file of a comparison, or a look again, costs nothing.
/// </summary>
public sealed class WhatIf(EnergyPlanning planning, EnergyOutlook outlook, EnergyOffers offers, DistrictInForce district, WhatIfLimit limit, IClock clock) : IDisposable
{
    private const int Kept = 20;
    private const double Kilo = 1_000;

    // What a MWh counts that is less in a store at the end: more than power costs, so that it is only where the store cannot, and less than to go without.
    private const double LessLeft = 1_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    // Nearer to the best than the hourly plan: what is told is the difference of two.
    private static readonly PlanOptions Patience = new(RelativeGap: 1e-5, TimeLimit: 10);

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly Dictionary<string, WhatIfAnswer> _answers = new(StringComparer.Ordinal);

    /// <summary>The two plans of a question without faults.</summary>
    public async Task<WhatIfAnswer> AnswerAsync(WhatIfQuestion question, System.Net.IPAddress? address, CancellationToken cancellation)
    {
        if (!await _one.WaitAsync(LongestWait, cancellation))
        {
            return new WhatIfAnswer(null, WhatIfTrouble.Busy);
        }

        try
        {
            var newest = await planning.NewestAsync(cancellation);
            var key = $"{newest?.Row.Id} {Hours.Of(clock.GetCurrentInstant())} {QueryString.Create(question.Query)}";
            if (_answers.TryGetValue(key, out var known))
            {
                return known;
            }

            if (limit.TooManyFrom(address))
            {
                return new WhatIfAnswer(null, WhatIfTrouble.TooOften);
            }

            limit.Count(address);
            var answer = await SolveAsync(planning.Energy!, question, newest?.Content, cancellation);
            if (_answers.Count >= Kept)
            {
                _answers.Clear();
            }

            return _answers[key] = answer;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<WhatIfAnswer> SolveAsync(DistrictEnergy energy, WhatIfQuestion question, PlanContent? newest, CancellationToken cancellation)
    {
        var inputs = await InputsAsync(energy, question.Week, newest, cancellation);
        if (inputs.Unknown is { Count: > 0 } unknown)
        {
            return new WhatIfAnswer(null, WhatIfTrouble.Unknown, unknown);
        }

        var tried = Lever.Pull(energy, question.Numbers);
        var system = EnergySystemMaker.Make(energy, inputs, district.Zone);
        var triedInputs = Lever.Pull(inputs, energy, question.Numbers);
        var triedSystem = EnergySystemMaker.Make(tried, triedInputs, district.Zone);
        var past = question.Week is not null;
        return Planned(energy, inputs, past ? Cyclic(system) : system, cancellation) is { } present
            && Planned(tried, triedInputs, past ? Cyclic(triedSystem) : EndingAs(present.Plan, triedSystem), cancellation) is { } other
            ? new WhatIfAnswer(new Comparison(present, other))
            : new WhatIfAnswer(null, WhatIfTrouble.Unsolved);
    }

    private async Task<EnergyInputs> InputsAsync(DistrictEnergy energy, LocalDate? week, PlanContent? newest, CancellationToken cancellation)
    {
        if (week is not { } day)
        {
            var next = Hours.Of(clock.GetCurrentInstant()) + Hours.Length;
            var (ahead, _) = await offers.AheadAsync(energy, next, EnergyPlanning.Ahead, cancellation);
            return (await outlook.ReadAsync(energy, next, EnergyPlanning.Ahead, newest, cancellation)) with { Offers = ahead };
        }

        var (first, end) = (day.AtStartOfDayInZone(district.Zone).ToInstant(), day.PlusWeeks(1).AtStartOfDayInZone(district.Zone).ToInstant());
        return await outlook.RecordedAsync(energy, first, (int)(end - first).TotalHours, cancellation);
    }

    // Of a past week nobody knows what stores of another size held, nor what they held in the end would be worth.
    private static EnergySystem Cyclic(EnergySystem system) => system with { Stores = [.. system.Stores.Select(store => store with { Cyclic = true })] };

    // What is left in a store is worth something, and is in no cost: so that costs can be compared, as much is left as in the other plan.
    private static EnergySystem EndingAs(PlanContent present, EnergySystem system) => system with
    {
        // What an offer moves is kept as a store too, and ends as the offer says.
        Stores = [.. system.Stores.Select(store => !present.StoreLevels.TryGetValue(store.Name, out var levels) ? store : store with
        {
            FinalValue = 0,
            Least = Profile.Of([.. new double[system.Steps - 1], store.Capacity > 0 ? Math.Clamp(levels[^1] / Kilo / store.Capacity.Value, 0, 1) : 0]),
            LeastPenalty = LessLeft,
        })],
    };

    private PlannedEnergy? Planned(DistrictEnergy energy, EnergyInputs inputs, EnergySystem system, CancellationToken cancellation) =>
        planning.Solved(system, Patience, cancellation).Plan is { } plan ? new PlannedEnergy(energy, PlanContent.Of(energy, inputs, plan)) : null;
}

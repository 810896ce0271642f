using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Energy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>Plans the coming two days: once an hour, and when prices or offers changed in between.</summary>
public sealed class EnergyPlanning(DistrictInForce district, EnergyOutlook outlook, EnergyOperating operating, EnergyOffers offers, KeraStore store, LinearSolve solve, IClock clock, ILogger<EnergyPlanning> logger) : IDisposable
{
    private static readonly PlanOptions Patience = new(RelativeGap: 1e-3, TimeLimit: 20);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>For how many hours is planned.</summary>
    internal static int Ahead => 48;

    /// <summary>What the district says of its energy; null where it says nothing.</summary>
    public DistrictEnergy? Energy => district.Model?.Energy;

    /// <summary>The newest plan; null where there is none.</summary>
    public async Task<(EnergyPlanRow Row, PlanContent Content)?> NewestAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.EnergyPlans.AsNoTracking().OrderByDescending(row => row.First).ThenByDescending(row => row.Id).FirstOrDefaultAsync(cancellation) is { } row ? (row, PlanContent.Read(row.Content)) : null;
    }

    /// <summary>Makes a plan from the next hour on, where there is none of what is known now. Several at once wait for each other.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (Energy is not { } energy)
        {
            return;
        }

        await _one.WaitAsync(cancellation);
        try
        {
            await PlanAsync(energy, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The plan of a system that passes its checks; null with the trouble, whatever is wrong with the solve: plants run on by the fallback.</summary>
    internal (EnergyPlan? Plan, string Trouble) Solved(EnergySystem system, PlanOptions patience, CancellationToken cancellation)
    {
        try
        {
            var plan = EnergyPlanner.Plan(system, patience, cancellation, solve);
            return plan.HasPlan && plan.Faults.Count == 0 ? (plan, "") : (null, $"{plan.Status}. {string.Join(" ", plan.Faults)}");
        }
        catch (EnergyException mistake)
        {
            return (null, $"{mistake.Field}: {mistake.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task PlanAsync(DistrictEnergy energy, CancellationToken cancellation)
    {
        var first = Hours.Of(clock.GetCurrentInstant()) + Hours.Length;
        var newest = await NewestAsync(cancellation);
        var (ahead, stamp) = await offers.AheadAsync(energy, first, Ahead, cancellation);
        if (newest is { } there && there.Row.First == DistrictCalendar.ToMicroseconds(first) && there.Content.Offers == stamp && SamePrices(there.Content, await outlook.KnownPricesAsync(energy, first, Ahead, cancellation)))
        {
            // A mode that changed since makes other setpoints of the same plan.
            await operating.PublishAsync(first, there.Content, "", cancellation);
            return;
        }

        var inputs = (await outlook.ReadAsync(energy, first, Ahead, newest?.Content, cancellation)) with { Offers = ahead };
        if (inputs.Unknown is { Count: > 0 } unknown)
        {
            // Made of stand-ins, a plan would be one of another district.
            logger.LogInformation("No plan from {First} on: nothing is known of {Unknown}.", first, string.Join(", ", unknown));
            await FallBackAsync(energy, first, string.Join(' ', unknown), cancellation);
            return;
        }

        var (plan, trouble) = Solved(EnergySystemMaker.Make(energy, inputs, district.Zone), Patience, cancellation);
        if (plan is null)
        {
            logger.LogError("No plan from {First} on: {Trouble}", first, trouble);
            await FallBackAsync(energy, first, "solver", cancellation);
            return;
        }

        await using var db = store.OpenContext();
        var content = PlanContent.Of(energy, inputs, plan) with { Offers = stamp };
        db.EnergyPlans.Add(new EnergyPlanRow
        {
            Made = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()),
            First = DistrictCalendar.ToMicroseconds(first),
            Content = content.ToBytes(),
        });
        await EnergyOffers.WriteAsync(db, energy, first, Ahead, ahead, stamp, plan, cancellation);
        await db.SaveChangesAsync(cancellation);
        await operating.PublishAsync(first, content, "", cancellation);
    }

    private async Task FallBackAsync(DistrictEnergy energy, Instant first, string reason, CancellationToken cancellation)
    {
        await offers.FallBackAsync(energy, first, Ahead, cancellation);
        await operating.PublishAsync(first, null, reason, cancellation);
    }

    // Whether the plan knew all that is published of the hours ahead, as it is.
    private static bool SamePrices(PlanContent plan, IReadOnlyDictionary<string, SortedDictionary<Instant, double>> known) =>
        known.All(each => plan.Market.TryGetValue(each.Key, out var market)
            && Enumerable.Range(0, plan.Hours).All(hour => each.Value.TryGetValue(plan.At(hour), out var price) ? market.Knowledge[hour] == Knowledge.Known && market.Values[hour].Equals(price) : market.Knowledge[hour] != Knowledge.Known));
}

using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>
/// Carries plans out: of each plan the first hour becomes a setpoint of each plant, within what the plant may, and by its mode
/// told, proposed or in force. Without a plan it is the fallback of energy.yaml, with the reason. What is in force is a commitment.
/// </summary>
public sealed class EnergyOperating(DistrictInForce district, KeraStore store, LedgerWriter ledger, Catalog catalog, IClock clock, ILogger<EnergyOperating> logger)
{
    private DistrictEnergy? Energy => district.Model?.Energy;

    /// <summary>By plant how its plan is carried out: as somebody said last, else as energy.yaml says.</summary>
    public async Task<IReadOnlyDictionary<string, PlantMode>> ModesAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var said = await db.EnergyModes.AsNoTracking().ToDictionaryAsync(row => row.Plant, row => row.Mode, cancellation);
        return (Energy?.Plants.Values ?? []).ToDictionary(plant => plant.Key, plant => said.TryGetValue(plant.Key, out var mode) ? mode : plant.Mode, StringComparer.Ordinal);
    }

    /// <summary>Says how a plant's plan is carried out. What was proposed and waits is withdrawn.</summary>
    public async Task SetModeAsync(DistrictPlant plant, PlantMode mode, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        await using var db = store.OpenContext();
        var row = await db.EnergyModes.FirstOrDefaultAsync(each => each.Plant == plant.Key, cancellation);
        if (row is null)
        {
            db.EnergyModes.Add(row = new EnergyModeRow { Plant = plant.Key });
        }

        (row.Mode, row.Changed) = (mode, DistrictCalendar.ToMicroseconds(now));
        db.EnergySetpoints.RemoveRange(await db.EnergySetpoints.Where(each => each.Plant == plant.Key && each.State == SetpointState.Proposed).ToListAsync(cancellation));
        Audit.Add(db, actor, now, "plant.mode", $"{plant.Key}: {mode}");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Makes the setpoints of an hour that is ahead. What is in force already stays.</summary>
    /// <param name="hour">The hour.</param>
    /// <param name="plan">The plan whose first hour it is; null where there is none.</param>
    /// <param name="reason">Why there is none; empty where there is.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task PublishAsync(Instant hour, PlanContent? plan, string reason, CancellationToken cancellation)
    {
        var modes = await ModesAsync(cancellation);
        var (now, at) = (clock.GetCurrentInstant(), DistrictCalendar.ToMicroseconds(hour));
        await using var db = store.OpenContext();
        var there = await db.EnergySetpoints.Where(row => row.Hour == at).ToDictionaryAsync(row => row.Plant, StringComparer.Ordinal, cancellation);
        List<(DistrictPlant Plant, EnergySetpointRow Row)> inForce = [];
        var changed = false;
        foreach (var plant in Energy!.Plants.Values.Where(plant => modes[plant.Key] != PlantMode.Off))
        {
            var row = there.GetValueOrDefault(plant.Key);
            if (row is { State: SetpointState.InForce })
            {
                // Where the program ended between the two, the commitment follows.
                if (catalog.Find(catalog.Commitments, KeyOf(plant, hour)) is null)
                {
                    inForce.Add((plant, row));
                }

                continue;
            }

            if (row is null)
            {
                db.EnergySetpoints.Add(row = new EnergySetpointRow { Plant = plant.Key, Hour = at });
            }

            var wanted = plan is null ? plant.Capacity * plant.FallbackPercent / 100 : (decimal)plan.Levels[plant.Key][0];
            var given = plant.Within(wanted);
            // What the solver leaves of nothing is nothing.
            const decimal Rounding = 0.01m;
            var cause = plan is null ? SetpointCause.Fallback : Math.Abs(given - wanted) > Rounding ? SetpointCause.Limit : SetpointCause.Plan;
            var state = modes[plant.Key] switch
            {
                PlantMode.Automatic => SetpointState.InForce,
                PlantMode.Approve => SetpointState.Proposed,
                _ => SetpointState.Advised,
            };
            var kilowatts = (double)Math.Round(given, 3);
            if (row.Made != 0 && row.Kilowatts.Equals(kilowatts) && row.Cause == cause && row.State == state && row.Reason == reason)
            {
                continue;
            }

            changed = true;
            (row.Kilowatts, row.Cause, row.State, row.Reason, row.Made) = (kilowatts, cause, state, reason, DistrictCalendar.ToMicroseconds(now));
            if (row.State == SetpointState.InForce)
            {
                inForce.Add((plant, row));
            }
        }

        if (changed)
        {
            Audit.Add(db, Actor.Job(), now, "plant.setpoints", string.Create(CultureInfo.InvariantCulture, $"{hour}: {(plan is null ? "fallback" : "plan")}"));
            await db.SaveChangesAsync(cancellation);
        }

        foreach (var (plant, row) in inForce)
        {
            await CommitAsync(plant, row, Actor.Job(), cancellation);
        }
    }

    /// <summary>Approves what is proposed for a plant in an hour that has not begun; false where there is nothing to approve.</summary>
    public async Task<bool> ApproveAsync(DistrictPlant plant, Instant hour, Actor actor, CancellationToken cancellation)
    {
        var (now, at) = (clock.GetCurrentInstant(), DistrictCalendar.ToMicroseconds(hour));
        await using var db = store.OpenContext();
        if (hour <= now || await db.EnergySetpoints.FirstOrDefaultAsync(row => row.Plant == plant.Key && row.Hour == at && row.State == SetpointState.Proposed, cancellation) is not { } row)
        {
            return false;
        }

        (row.State, row.Approved) = (SetpointState.InForce, DistrictCalendar.ToMicroseconds(now));
        Audit.Add(db, actor, now, "plant.approve", string.Create(CultureInfo.InvariantCulture, $"{plant.Key}: {hour}"));
        await db.SaveChangesAsync(cancellation);
        await CommitAsync(plant, row, actor, cancellation);
        return true;
    }

    /// <summary>The setpoints of hours from one on and before another, in order.</summary>
    public async Task<IReadOnlyList<EnergySetpointRow>> SetpointsAsync(Instant from, Instant until, CancellationToken cancellation)
    {
        var (first, end) = (DistrictCalendar.ToMicroseconds(from), DistrictCalendar.ToMicroseconds(until));
        await using var db = store.OpenContext();
        return await db.EnergySetpoints.AsNoTracking().Where(row => row.Hour >= first && row.Hour < end).OrderBy(row => row.Hour).ThenBy(row => row.Plant).ToListAsync(cancellation);
    }

    // A key of plant and hour, so that what is told twice is there once.
    private static string KeyOf(DistrictPlant plant, Instant hour) => $"energy-{plant.Key}-{hour.ToString("uuuuMMddHH", CultureInfo.InvariantCulture)}";

    private async Task CommitAsync(DistrictPlant plant, EnergySetpointRow row, Actor actor, CancellationToken cancellation)
    {
        var hour = DistrictCalendar.ToInstant(row.Hour);
        var input = new CommitmentInput
        {
            Key = KeyOf(plant, hour),
            NameFi = plant.Name.In("fi"),
            NameSv = plant.Name.In("sv"),
            NameEn = plant.Name.In("en"),
            Action = "produce",
            Provider = plant.Holder,
            Receiver = plant.Holder,
            ResourceInventoriedAs = Energy!.Buses[plant.Gives].Network,
            ResourceQuantity = new MeasureInput(RoundedQuantity.Of(row.Kilowatts, 3), "kWh"),
            Due = hour + Hours.Length,
            Audience = [Catalog.Public],
            Source = Promises.OperatingPlan,
        };
        if ((await ledger.PutCommitmentAsync(input, actor, cancellation)).Refusal is { } refusal)
        {
            logger.LogError("The setpoint of {Plant} at {Hour} is no commitment: {Sentence}", plant.Key, hour, refusal.Sentence);
        }
    }
}

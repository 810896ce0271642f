using System.Globalization;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Store;
using Kera.Energy;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Energy;

/// <summary>An offer as the hours ahead have it: steps from the first hour of the plan, powers in kW, energies in kWh.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Flexibility">Whose it is.</param>
/// <param name="Kind">What is offered.</param>
/// <param name="From">The first step in which it may be moved.</param>
/// <param name="Until">The first step in which it may not any more.</param>
/// <param name="Power">The most power, or that at which it runs.</param>
/// <param name="Energy">What is still wanted; of a shift what it holds ahead at most.</param>
/// <param name="Hours">For how many hours it is still to run.</param>
/// <param name="Interruptible">Whether it may stop and go on.</param>
/// <param name="Held">What a shift holds ahead before the first step.</param>
/// <param name="LossPercent">What of it is lost in an hour.</param>
public sealed record OfferAhead(long Id, string Flexibility, OfferKind Kind, int From, int Until, double Power, double Energy, int Hours, bool Interruptible, double Held, double LossPercent)
{
    /// <summary>What it is called in a plan.</summary>
    public string Element => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}");

    /// <summary>How elements begin that are an offer's.</summary>
    public static string Prefix => "offer ";
}

/// <summary>Keeps offers to move use, brings them into plans and writes what is planned of each beside it.</summary>
public sealed class EnergyOffers(KeraStore store, IClock clock)
{
    /// <summary>An offer's window is at most so long: the whole of it fits into one plan.</summary>
    public static int MostHours => 48;

    /// <summary>An agent's flexibility has at most so many offers that are not over.</summary>
    public static int MostOffers => 500;

    /// <summary>The first hour that can still be planned.</summary>
    public Instant Next => Hours.Of(clock.GetCurrentInstant()) + Hours.Length;

    /// <summary>The offers of a flexibility that end after a moment, by key.</summary>
    public async Task<IReadOnlyList<EnergyOfferRow>> ListAsync(string flexibility, Instant after, CancellationToken cancellation)
    {
        var end = DistrictCalendar.ToMicroseconds(after);
        await using var db = store.OpenContext();
        return await db.EnergyOffers.AsNoTracking().Where(row => row.Flexibility == flexibility && row.Until > end).OrderBy(row => row.From).ThenBy(row => row.Key).ToListAsync(cancellation);
    }

    /// <summary>One offer; null where there is none.</summary>
    public async Task<EnergyOfferRow?> FindAsync(string flexibility, string key, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.EnergyOffers.AsNoTracking().FirstOrDefaultAsync(row => row.Flexibility == flexibility && row.Key == key, cancellation);
    }

    /// <summary>Makes an offer or changes one; of one that has begun, what was planned of the hours that are over stays.</summary>
    /// <param name="offer">What is offered.</param>
    /// <param name="actor">Who offers.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>The offer and whether it is new; a refusal where it has begun and would begin at another time, or where there are too many.</returns>
    public async Task<(EnergyOfferRow? Row, bool Created, OfferRefusal? Refusal)> PutAsync(EnergyOfferRow offer, Actor actor, CancellationToken cancellation)
    {
        var now = clock.GetCurrentInstant();
        var next = DistrictCalendar.ToMicroseconds(Next);
        await using var db = store.OpenContext();
        var row = await db.EnergyOffers.FirstOrDefaultAsync(each => each.Flexibility == offer.Flexibility && each.Key == offer.Key, cancellation);
        if (row is not null && row.From < next && (row.From != offer.From || row.Kind != offer.Kind))
        {
            return (null, false, OfferRefusal.Begun);
        }

        var created = row is null;
        if (row is null)
        {
            var open = DistrictCalendar.ToMicroseconds(now);
            if (await db.EnergyOffers.CountAsync(each => each.Flexibility == offer.Flexibility && each.Until > open, cancellation) >= MostOffers)
            {
                return (null, false, OfferRefusal.TooMany);
            }

            db.EnergyOffers.Add(row = new EnergyOfferRow { Flexibility = offer.Flexibility, Key = offer.Key });
        }
        else if (Same(row, offer))
        {
            return (row, false, null);
        }

        (row.Kind, row.From, row.Until, row.Power, row.Energy, row.Hours, row.Interruptible, row.LossPercent) = (offer.Kind, offer.From, offer.Until, offer.Power, offer.Energy, offer.Hours, offer.Interruptible, offer.LossPercent);
        row.Changed = DistrictCalendar.ToMicroseconds(now);
        new OfferSchedule(row).Plan(Next, _ => null);
        Audit.Add(db, actor, now, "offer.put", $"{row.Flexibility}: {row.Key}");
        await db.SaveChangesAsync(cancellation);
        return (row, created, null);
    }

    /// <summary>Takes an offer back; false where there is none.</summary>
    public async Task<bool> RemoveAsync(string flexibility, string key, Actor actor, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        if (await db.EnergyOffers.FirstOrDefaultAsync(row => row.Flexibility == flexibility && row.Key == key, cancellation) is not { } row)
        {
            return false;
        }

        db.EnergyOffers.Remove(row);
        Audit.Add(db, actor, clock.GetCurrentInstant(), "offer.remove", $"{flexibility}: {key}");
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>The offers whose window lies in a plan or has begun before it, and a word that is another when one of them is.</summary>
    public async Task<(IReadOnlyList<OfferAhead> Offers, string Stamp)> AheadAsync(DistrictEnergy energy, Instant first, int hours, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await InPlan(db, energy, first, hours).AsNoTracking().ToListAsync(cancellation);
        return ([.. rows.Select(row => Ahead(row, first)).OfType<OfferAhead>()], string.Join(' ', rows.Select(Stamp)));
    }

    /// <summary>Writes what a plan has for its offers beside them, in the transaction that keeps the plan. One that came or changed while it was solved waits for the next.</summary>
    public static async Task WriteAsync(KeraDb db, DistrictEnergy energy, Instant first, int hours, IReadOnlyList<OfferAhead> offers, string stamp, EnergyPlan plan, CancellationToken cancellation)
    {
        const double Kilo = 1_000;
        var ahead = offers.ToDictionary(offer => offer.Id);
        var planned = stamp.Split(' ').ToHashSet(StringComparer.Ordinal);
        var activities = plan.Activities.ToDictionary(activity => activity.Name, StringComparer.Ordinal);
        foreach (var row in (await InPlan(db, energy, first, hours).ToListAsync(cancellation)).Where(row => planned.Contains(Stamp(row))))
        {
            double Megawatts(int step) => !ahead.TryGetValue(row.Id, out var offer) ? 0
                : offer.Kind == OfferKind.Charging ? plan.Sessions[offer.Element][step]
                : offer.Kind == OfferKind.Run ? plan.Loads[offer.Element][step]
                : activities[EnergySystemMaker.More(offer)].Level[step] - activities[EnergySystemMaker.Less(offer)].Level[step];
            new OfferSchedule(row).Plan(first, hour => Megawatts((int)(hour - first).TotalHours) * Kilo);
        }
    }

    /// <summary>
    /// Without a plan: what was planned before stays, and of what never was, what is wanted is taken as soon as it may be, those that end first first,
    /// within what the flexibility takes at most. Nothing is shifted.
    /// </summary>
    public async Task FallBackAsync(DistrictEnergy energy, Instant first, int hours, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        var rows = await InPlan(db, energy, first, hours).ToListAsync(cancellation);
        foreach (var flexibility in rows.GroupBy(row => row.Flexibility))
        {
            var left = new Dictionary<Instant, double>();
            var capacity = (double)energy.Flexibilities[flexibility.Key].Capacity;
            double Left(Instant hour) => left.GetValueOrDefault(hour, capacity);
            foreach (var row in flexibility.OrderByDescending(row => new OfferSchedule(row).PlannedFrom(first)).ThenBy(row => row.Until).ThenBy(row => row.Id))
            {
                var schedule = new OfferSchedule(row);
                if (!schedule.PlannedFrom(first))
                {
                    AtOnce(row, schedule, first, Left);
                }

                for (var hour = Instant.Max(first, schedule.First); hour < DistrictCalendar.ToInstant(row.Until); hour += Hours.Length)
                {
                    left[hour] = Left(hour) - Math.Max(0, schedule.Hours[schedule.Before(hour)] ?? 0);
                }
            }
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static void AtOnce(EnergyOfferRow row, OfferSchedule schedule, Instant first, Func<Instant, double> left)
    {
        if (Ahead(row, first) is not { } offer)
        {
            return;
        }

        var (energy, hours) = (offer.Energy, offer.Hours);
        schedule.Plan(first, hour =>
        {
            if (offer.Kind == OfferKind.Charging)
            {
                var power = Math.Max(0, Math.Min(Math.Min(offer.Power, left(hour)), energy));
                energy -= power;
                return power;
            }

            // A load that may not stop begins where there is time and room for the whole of it.
            var begins = hours == offer.Hours && !offer.Interruptible ? hours : 1;
            if (offer.Kind != OfferKind.Run || hours == 0 || hour + Duration.FromHours(begins) > DistrictCalendar.ToInstant(row.Until) || Enumerable.Range(0, begins).Any(ahead => left(hour + Duration.FromHours(ahead)) < offer.Power))
            {
                return 0;
            }

            hours--;
            return offer.Power;
        });
    }

    private static IQueryable<EnergyOfferRow> InPlan(KeraDb db, DistrictEnergy energy, Instant first, int hours)
    {
        var (begin, end) = (DistrictCalendar.ToMicroseconds(first), DistrictCalendar.ToMicroseconds(first + Duration.FromHours(hours)));
        var known = energy.Flexibilities.Keys.ToList();
        return db.EnergyOffers.Where(row => row.Until > begin && row.Until <= end && known.Contains(row.Flexibility)).OrderBy(row => row.Id);
    }

    // What is left of it to be planned; null for nothing.
    private static OfferAhead? Ahead(EnergyOfferRow row, Instant first)
    {
        var schedule = new OfferSchedule(row);
        var (from, until) = ((int)(Instant.Max(schedule.First, first) - first).TotalHours, (int)(DistrictCalendar.ToInstant(row.Until) - first).TotalHours);
        var ahead = new OfferAhead(row.Id, row.Flexibility, row.Kind, from, until, row.Power, row.Energy, 0, row.Interruptible, 0, row.LossPercent);
        switch (row.Kind)
        {
            case OfferKind.Charging:
                // What a solver leaves of nothing is nothing.
                const double Rounding = 0.001;
                var wanted = row.Energy - schedule.EnergyBefore(first);
                return wanted > Rounding ? ahead with { Energy = wanted } : null;
            case OfferKind.Run:
                var run = schedule.RunBefore(first);
                var hours = row.Hours - run;
                // One that runs and may not stop goes on at once; one that cannot end in time any more does not begin.
                return hours <= 0 ? null
                    : run > 0 && !row.Interruptible ? ahead with { Hours = Math.Min(hours, until), From = 0, Until = Math.Min(hours, until) }
                    : row.Interruptible ? ahead with { Hours = Math.Min(hours, until - from) }
                    : hours <= until - from ? ahead with { Hours = hours } : null;
            default:
                return ahead with { Held = Math.Min(row.Energy, schedule.HeldBefore(first)) };
        }
    }

    private static string Stamp(EnergyOfferRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Id}:{row.Changed}");

    private static bool Same(EnergyOfferRow one, EnergyOfferRow other) =>
        (one.Kind, one.From, one.Until, one.Power, one.Energy, one.Hours, one.Interruptible, one.LossPercent) == (other.Kind, other.From, other.Until, other.Power, other.Energy, other.Hours, other.Interruptible, other.LossPercent);
}

/// <summary>Why an offer cannot be taken as it is.</summary>
public enum OfferRefusal
{
    /// <summary>It has begun, and would begin at another time or be of another kind.</summary>
    Begun,

    /// <summary>The flexibility has too many.</summary>
    TooMany,
}

using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces.Premises;

/// <summary>
/// Tells the ledger of agreements: an Agreement, and a Commitment for each month's duty, the owner's and the tenant's as each other's
/// reciprocal clauses. Ended early, the duties that fall away are finished. It goes on from what rows say is not recorded; keys count once.
/// </summary>
public sealed class TenancyLedger(KeraStore store, DistrictInForce district, PremisesRegister register, LedgerWriter ledger, MasterData master, Catalog catalog, ILogger<TenancyLedger> logger)
{
    /// <summary>The key of an agreement in the ledger.</summary>
    public static string KeyOf(Tenancy tenancy) => "tenancy-" + tenancy.Key;

    /// <summary>The key of a duty in the ledger.</summary>
    public static string KeyOf(Tenancy tenancy, Duty duty) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{KeyOf(tenancy)}-{WordOf(duty.Kind)}-{duty.Month.Year:0000}-{duty.Month.Month:00}");

    /// <summary>The specification by which a duty is counted; null where the district names none.</summary>
    public string? SpecificationOf(DutyKind kind)
    {
        var duties = district.Model?.Letting?.Duties ?? DistrictDuties.None;
        return kind switch
        {
            DutyKind.Use => duties.Use,
            DutyKind.Rent => duties.Rent,
            DutyKind.Upkeep => duties.Upkeep,
            DutyKind.Opening => duties.Opening,
            _ => duties.Sharing,
        };
    }

    /// <summary>Brings the ledger up to the agreements.</summary>
    public async Task AdvanceAsync(CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        foreach (var row in await db.Tenancies.AsNoTracking().Where(row => row.Unrecorded).OrderBy(row => row.Id).ToListAsync(cancellation))
        {
            if (await RecordAsync(Tenancy.Of(row), cancellation))
            {
                // Changed meanwhile, it is told again.
                await db.Tenancies.Where(each => each.Id == row.Id && each.Changed == row.Changed).ExecuteUpdateAsync(each => each.SetProperty(tenancy => tenancy.Unrecorded, false), cancellation);
            }
        }
    }

    /// <summary>Whether the owner may say of a duty that it was done: it is the tenant's own work or service, its month has begun, and the ledger counts it and has not heard of it.</summary>
    /// <param name="tenancy">The agreement.</param>
    /// <param name="duty">One of its duties.</param>
    /// <param name="promised">What the ledger knows of them.</param>
    public bool IsToConfirm(Tenancy tenancy, Duty duty, IReadOnlyDictionary<string, CommitmentRow> promised) =>
        duty.Kind is DutyKind.Upkeep or DutyKind.Opening or DutyKind.Sharing && LocalDate.Max(duty.Month, tenancy.Terms.FirstDay) <= register.Today
        && promised.GetValueOrDefault(KeyOf(tenancy, duty)) is { Finished: false, Fulfilled: 0 };

    /// <summary>The duties of an agreement as the ledger has them, with what was fulfilled, by key.</summary>
    public async Task<IReadOnlyDictionary<string, CommitmentRow>> PromisedAsync(Tenancy tenancy, CancellationToken cancellation)
    {
        var prefix = KeyOf(tenancy) + "-";
        await using var db = store.OpenContext();
        return await db.Commitments.AsNoTracking().Where(row => row.Key.StartsWith(prefix)).ToDictionaryAsync(row => row.Key, StringComparer.Ordinal, cancellation);
    }

    /// <summary>The owner says that a month's duty was done: an event that fulfils its commitment, once.</summary>
    /// <returns>Whether there is such a duty to confirm.</returns>
    public async Task<bool> ConfirmAsync(Tenancy tenancy, string kind, string month, Actor actor, CancellationToken cancellation)
    {
        if (TenancyDuties.Of(tenancy.Terms).FirstOrDefault(each => each.Kind.ToString() == kind && LocalDatePattern.Iso.Format(each.Month) == month) is not { } duty || !IsToConfirm(tenancy, duty, await PromisedAsync(tenancy, cancellation)))
        {
            return false;
        }

        // What is done for premises goes into their temporary use, which is one process for each agreement.
        var premises = await register.FindAsync(tenancy.Premises, cancellation);
        var process = new ProcessInput(KeyOf(tenancy), NameOf(tenancy, premises), null, Continuous: true, premises?.Place);
        if ((await master.PutAsync(process, actor, cancellation)).Refusal is { } refusal)
        {
            return Told(tenancy, new AppendOutcome([], refusal, 0));
        }

        var (commitment, effort) = (KeyOf(tenancy, duty), duty.Kind == DutyKind.Upkeep);
        var amount = new MeasureInput(duty.Amount, "h");
        var done = new EventInput
        {
            IdempotencyKey = commitment,
            Action = effort ? "work" : "deliverService",
            Provider = tenancy.Tenant,
            Receiver = tenancy.Owner,
            InputOf = process.Key,
            ResourceConformsTo = SpecificationOf(duty.Kind),
            ResourceQuantity = effort ? null : amount,
            EffortQuantity = effort ? amount : null,
            HasPointInTime = Instant.Min(register.Now, register.Zone.AtStartOfDay(duty.Due).ToInstant()),
            Fulfills = [new FulfilmentInput(commitment, amount)],
            Audience = [tenancy.Owner, tenancy.Tenant],
        };
        return Told(tenancy, await ledger.AppendAsync([done], actor, cancellation));
    }

    private static LocalizedText NameOf(Tenancy tenancy, EmptyPremises? premises) => premises?.Words.Name ?? new LocalizedText(tenancy.Premises, tenancy.Premises, tenancy.Premises);

    private async Task<bool> RecordAsync(Tenancy tenancy, CancellationToken cancellation)
    {
        var name = NameOf(tenancy, await register.FindAsync(tenancy.Premises, cancellation));
        var agreement = new AgreementInput(KeyOf(tenancy), name.Fi, name.Sv, name.En, [tenancy.Owner, tenancy.Tenant]);
        if (!Told(tenancy, await ledger.PutAgreementAsync(agreement, Actor.Job(), cancellation)))
        {
            return false;
        }

        var duties = TenancyDuties.Of(tenancy.Terms).Where(duty => SpecificationOf(duty.Kind) is not null).ToDictionary(duty => KeyOf(tenancy, duty), StringComparer.Ordinal);
        foreach (var (key, duty) in duties)
        {
            if (!Told(tenancy, await ledger.PutCommitmentAsync(Commitment(tenancy, duty, key, name), Actor.Job(), cancellation)))
            {
                return false;
            }
        }

        // What was promised for the time after an early end is promised no more.
        var prefix = KeyOf(tenancy) + "-";
        foreach (var entry in catalog.Commitments.All.Where(entry => entry.Row.Key.StartsWith(prefix, StringComparison.Ordinal) && !entry.Row.Finished && !duties.ContainsKey(entry.Row.Key)).ToList())
        {
            if (!Told(tenancy, await ledger.PutCommitmentAsync(Finished(entry, name), Actor.Job(), cancellation)))
            {
                return false;
            }
        }

        return true;
    }

    private CommitmentInput Commitment(Tenancy tenancy, Duty duty, string key, LocalizedText name)
    {
        var (provider, receiver) = duty.IsTenants ? (tenancy.Tenant, tenancy.Owner) : (tenancy.Owner, tenancy.Tenant);
        var effort = duty.Kind is DutyKind.Use or DutyKind.Upkeep;
        var amount = new MeasureInput(duty.Amount, duty.Kind == DutyKind.Rent ? "EUR" : "h");
        return new CommitmentInput
        {
            Key = key,
            NameFi = name.Fi,
            NameSv = name.Sv,
            NameEn = name.En,
            Action = duty.Kind switch { DutyKind.Use => "use", DutyKind.Rent => "transfer", DutyKind.Upkeep => "work", _ => "deliverService" },
            Provider = provider,
            Receiver = receiver,
            ResourceConformsTo = SpecificationOf(duty.Kind),
            ResourceQuantity = effort ? null : amount,
            EffortQuantity = effort ? amount : null,
            Due = register.Zone.AtStartOfDay(duty.Due.PlusDays(1)).ToInstant(),
            ClauseOf = KeyOf(tenancy),
            Reciprocal = duty.IsTenants,
            Audience = [tenancy.Owner, tenancy.Tenant],
        };
    }

    private CommitmentInput Finished(Entry<Commitment, CommitmentRow> entry, LocalizedText name)
    {
        var (noun, row) = (entry.Noun, entry.Row);
        return new CommitmentInput
        {
            Key = row.Key,
            NameFi = name.Fi,
            NameSv = name.Sv,
            NameEn = name.En,
            Action = noun.Action.Name,
            Provider = noun.Provider.Key,
            Receiver = noun.Receiver.Key,
            ResourceConformsTo = noun.ConformsTo.Key,
            ResourceQuantity = noun.ResourceQuantity is { } quantity ? new MeasureInput(quantity, noun.ConformsTo.Unit.Code) : null,
            EffortQuantity = noun.EffortQuantity is { } effort ? new MeasureInput(effort, (noun.ConformsTo.EffortUnit ?? Unit.Find("h")).Code) : null,
            Due = row.Due is { } due ? DistrictCalendar.ToInstant(due) : null,
            ClauseOf = noun.ClauseOf?.Key,
            Reciprocal = row.Reciprocal,
            Finished = true,
            Audience = catalog.AudienceKey(row.AudienceId).Split(' '),
        };
    }

    private static string WordOf(DutyKind kind) => kind.ToString().ToLowerInvariant();

    private bool Told(Tenancy tenancy, AppendOutcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            logger.LogError("The agreement {Agreement} is not in the ledger: {Sentence}", tenancy.Key, refusal.Sentence);
        }

        return outcome.Accepted;
    }
}

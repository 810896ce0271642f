using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces.Premises;

/// <summary>
/// Tells the ledger of agreements: an Agreement, and a Commitment for each month's duty, the owner's and the tenant's as each other's
/// reciprocal clauses. Ended early, the duties that fall away are finished. It goes on from what rows say is not recorded; keys count once.
/// </summary>
public sealed class TenancyLedger(KeraStore store, DistrictInForce district, PremisesRegister register, LedgerWriter ledger, Catalog catalog, ILogger<TenancyLedger> logger)
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

    private async Task<bool> RecordAsync(Tenancy tenancy, CancellationToken cancellation)
    {
        var name = (await register.FindAsync(tenancy.Premises, cancellation))?.Words.Name ?? new LocalizedText(tenancy.Premises, tenancy.Premises, tenancy.Premises);
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

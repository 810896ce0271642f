using System.Text.Json;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>What loading a district's files did.</summary>
/// <param name="Changed">How many rows of master data were added, changed or retired.</param>
/// <param name="Recorded">How many events of the history were recorded now.</param>
/// <param name="Mistakes">What could not be taken over, each in a sentence with its remedy.</param>
public sealed record LoadReport(int Changed, int Recorded, IReadOnlyList<string> Mistakes);

/// <summary>
/// Brings the store in line with a district's files: rows are put by key and audited, keys that are missing retire, promises
/// get a new version where they changed, and the history is recorded once. Running it again changes nothing.
/// </summary>
public sealed class DistrictLoader(KeraStore store, Catalog catalog, LedgerWriter writer, IClock clock)
{
    private const int Batch = 1_000;

    /// <summary>Loads a checked model.</summary>
    /// <param name="model">What the files say.</param>
    /// <param name="demonstration">Whether the store holds the demonstration; a store is of one kind and one district.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public async Task<LoadReport> LoadAsync(DistrictModel model, bool demonstration, CancellationToken cancellation = default)
    {
        var mistakes = new List<string>();
        var changed = await PutMasterDataAsync(model, demonstration, mistakes, cancellation);
        catalog.Reload();
        if (mistakes.Count > 0)
        {
            return new LoadReport(changed, 0, mistakes);
        }

        await PutPromisesAsync(model, mistakes, cancellation);
        var recorded = await RecordHistoryAsync(model, mistakes, cancellation);
        await PutTargetsAsync(model, mistakes, cancellation);
        return new LoadReport(changed, recorded, mistakes);
    }

    private async Task<int> PutMasterDataAsync(DistrictModel model, bool demonstration, List<string> mistakes, CancellationToken cancellation)
    {
        // Audiences first, each in its own short transaction: the rows below refer to them.
        foreach (var flow in model.Flows.Values.Where(flow => flow.Audience.Count > 0))
        {
            catalog.AudienceId(flow.Audience);
        }

        await using var db = store.OpenContext();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await PutDistrictAsync(db, model.Header, demonstration, mistakes, cancellation);
        var upsert = new MasterUpsert(db, mistakes);

        var agents = await upsert.PutAsync(model.Agents.Values.Select(each => Named(new AgentRow
        {
            Key = each.Key,
            Kind = each.Kind == DistrictAgentKind.Ecological ? "ecological" : "organization",
            Outside = each.Outside,
            RoleFi = each.Role?.Fi ?? "",
            RoleSv = each.Role?.Sv ?? "",
            RoleEn = each.Role?.En ?? "",
            Fictional = each.Fictional,
        }, each.Name, each.Sources)), (before, after) => before.Outside == after.Outside ? null : "whether it is outside", cancellation);
        var specifications = await upsert.PutAsync(model.ResourceSpecifications.Values.Select(each => Named(new SpecificationRow
        {
            Key = each.Key,
            Unit = each.Unit.Code,
            EffortUnit = each.EffortUnit?.Code,
            Classification = Word(each.Classification),
        }, each.Name, [])), (before, after) => before.Unit == after.Unit && before.EffortUnit == after.EffortUnit ? null : "its unit", cancellation);
        var kinds = await upsert.PutAsync(model.ProcessSpecifications.Values.Select(each => Named(new ProcessSpecificationRow { Key = each.Key }, each.Name, [])), (_, _) => null, cancellation);
        var places = await upsert.PutAsync(model.Places.Values.Select(each => Named(new PlaceRow
        {
            Key = each.Key,
            Kind = Word(each.Kind),
            Geometry = each.Geometry?.GeoJson,
            Schematic = each.Schematic,
            Phases = JsonSerializer.Serialize(each.Phases.Select(phase => new { phase = Word(phase.Phase), from = phase.From?.Text, to = phase.To?.Text })),
            Fictional = each.Fictional,
        }, each.Name, each.Sources)), (_, _) => null, cancellation);
        foreach (var place in model.Places.Values)
        {
            places[place.Key].PartOfId = place.PartOf is null ? null : places[place.PartOf].Id;
        }

        var resources = await upsert.PutAsync(model.Resources.Values.Select(each => Named(new ResourceRow
        {
            Key = each.Key,
            SpecificationId = specifications[each.Specification].Id,
            Kind = each.Kind,
            Lot = each.Lot,
            PlaceId = each.Place is null ? null : places[each.Place].Id,
            NoteFi = each.Note?.Fi ?? "",
            NoteSv = each.Note?.Sv ?? "",
            NoteEn = each.Note?.En ?? "",
            Fictional = each.Fictional,
        }, each.Name, each.Sources)), (before, after) => before.SpecificationId == after.SpecificationId && before.Kind == after.Kind && before.Lot == after.Lot ? null : "its specification, kind or lot", cancellation);
        var processes = await upsert.PutAsync(model.Processes.Values.Select(each => Named(new ProcessRow
        {
            Key = each.Key,
            BasedOnId = each.BasedOn is null ? null : kinds[each.BasedOn].Id,
            Continuous = each.Continuous,
            PlaceId = each.Place is null ? null : places[each.Place].Id,
            Fictional = each.Fictional,
        }, each.Name, each.Sources)), (before, after) => before.Continuous == after.Continuous && before.BasedOnId == after.BasedOnId ? null : "what it is based on, or whether it is continuous", cancellation);
        await upsert.PutAsync(model.Flows.Values.Select(each => Named(new DeclaredFlowRow
        {
            Key = each.Key,
            ActionId = each.Action?.Id,
            ProviderId = each.Provider is null ? null : agents[each.Provider].Id,
            ReceiverId = each.Receiver is null ? null : agents[each.Receiver].Id,
            ResourceId = each.Resource is null ? null : resources[each.Resource].Id,
            ToResourceId = each.ToResource is null ? null : resources[each.ToResource].Id,
            SpecificationId = each.Specification is null ? null : specifications[each.Specification].Id,
            ProcessId = each.Process is null ? null : processes[each.Process].Id,
            Unit = each.Unit.Code,
            PlaceId = each.Place is null ? null : places[each.Place].Id,
            AudienceId = each.Audience.Count == 0 ? null : catalog.AudienceId(each.Audience),
            OwnerId = each.Owner is null ? null : agents[each.Owner].Id,
            Target = Word(each.Target),
            Quality = Word(each.Label),
        }, each.Name, [])), (_, _) => null, cancellation);

        if (mistakes.Count > 0)
        {
            return 0;
        }

        if (upsert.Changed > 0)
        {
            db.Audits.Add(new AuditRow
            {
                At = DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant()),
                Actor = Actor.Start().Key,
                Via = Actor.Start().Via,
                Operation = "district files",
                Subject = upsert.Subject,
            });
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return upsert.Changed;
    }

    private static async Task PutDistrictAsync(KeraDb db, DistrictHeader header, bool demonstration, List<string> mistakes, CancellationToken cancellation)
    {
        var stored = await db.Districts.SingleOrDefaultAsync(cancellation);
        if (stored is null)
        {
            db.Districts.Add(new DistrictRow { Id = 1, Key = header.Key, Zone = header.Zone.Id, Demonstration = demonstration });
        }
        else if (stored.Key != header.Key || stored.Zone != header.Zone.Id || stored.Demonstration != demonstration)
        {
            mistakes.Add(
                $"The store holds district '{stored.Key}' in zone {stored.Zone}{(stored.Demonstration ? " with its demonstration" : "")}; the files are of '{header.Key}' in {header.Zone.Id}{(demonstration ? " with its demonstration" : "")}. Name another folder with --data.");
        }
    }

    private async Task PutPromisesAsync(DistrictModel model, List<string> mistakes, CancellationToken cancellation)
    {
        foreach (var agreement in model.Agreements.Values)
        {
            Note(await writer.PutAgreementAsync(
                new AgreementInput(agreement.Key, agreement.Name.Fi, agreement.Name.Sv, agreement.Name.En, [Catalog.Public], Origin.File, string.Join(' ', agreement.Sources)), Actor.Start(), cancellation), agreement.Key);
        }

        foreach (var commitment in model.Commitments.Values)
        {
            Note(await writer.PutCommitmentAsync(
                new CommitmentInput
                {
                    Key = commitment.Key,
                    NameFi = commitment.Name.Fi,
                    NameSv = commitment.Name.Sv,
                    NameEn = commitment.Name.En,
                    Action = commitment.Action.Name,
                    Provider = commitment.Provider,
                    Receiver = commitment.Receiver,
                    ResourceConformsTo = commitment.Specification,
                    ResourceInventoriedAs = commitment.Resource,
                    ResourceQuantity = commitment.ResourceQuantity,
                    EffortQuantity = commitment.EffortQuantity,
                    Due = commitment.Due is null ? null : model.Header.Zone.AtStartOfDay(commitment.Due.Last.PlusDays(1)).ToInstant(),
                    ClauseOf = commitment.ClauseOf,
                    Audience = [Catalog.Public],
                    Origin = Origin.File,
                    Source = string.Join(' ', commitment.Sources),
                },
                Actor.Start(), cancellation), commitment.Key);
        }

        void Note(AppendOutcome outcome, string key)
        {
            if (outcome.Refusal is { } refusal)
            {
                mistakes.Add($"agreements.yaml: '{key}': {refusal.Field}: {refusal.Sentence}");
            }
        }
    }

    private async Task PutTargetsAsync(DistrictModel model, List<string> mistakes, CancellationToken cancellation)
    {
        foreach (var (agreement, target) in model.Agreements.Values.SelectMany(agreement => agreement.Targets.Select(target => (agreement, target))))
        {
            var outcome = await writer.PutTargetAsync(
                new TargetInput(target.Key, agreement.Key, target.Indicator, Word(target.Comparator), target.Value, target.Unit.Code, target.By), Actor.Start(), cancellation);
            if (outcome.Refusal is { } refusal)
            {
                mistakes.Add($"agreements.yaml: '{target.Key}': {refusal.Field}: {refusal.Sentence}");
            }
        }
    }

    private async Task<int> RecordHistoryAsync(DistrictModel model, List<string> mistakes, CancellationToken cancellation)
    {
        var recorded = 0;
        foreach (var batch in model.Openings.Concat(model.History.Values.Select(each => each.Input)).Chunk(Batch))
        {
            var outcome = await writer.AppendAsync(batch, Actor.Start(), cancellation);
            if (outcome.Refusal is { } refusal)
            {
                var input = batch[outcome.RefusedIndex];
                mistakes.Add(refusal is KeyUsedBefore before
                    ? $"history.yaml: '{input.IdempotencyKey}' was recorded as event {before.Position}, and the file now says otherwise. What is recorded stays: put the entry back as it was, and add one that corrects it (corrects: {before.Position}, resourceQuantity: the signed difference)."
                    : $"history.yaml: '{input.IdempotencyKey}': {refusal.Field}: {refusal.Sentence}");
                return recorded;
            }

            recorded += outcome.Events.Count(each => !each.WasThere);
        }

        return recorded;
    }

    private static TRow Named<TRow>(TRow row, LocalizedText name, IReadOnlyList<string> sources)
        where TRow : NounRow
    {
        (row.NameFi, row.NameSv, row.NameEn, row.Source, row.Origin) = (name.Fi, name.Sv, name.En, string.Join(' ', sources), Origin.File);
        return row;
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

using System.Text.Json;
using System.Text.RegularExpressions;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Ledger;

/// <summary>
/// Puts nouns by key, outside the district's files. What events count on – a unit, a kind, whether an agent is outside – stays
/// as it was first given. Every change is audited; putting the same again changes nothing.
/// </summary>
public sealed partial class MasterData(KeraStore store, Catalog catalog, IClock clock)
{
    private const int LongestText = 1_000;

    /// <summary>Whether a text can be the key of a noun.</summary>
    public static bool IsKey(string text) => Key().IsMatch(text);

    public Task<PutOutcome> PutAsync(AgentInput input, Actor actor, CancellationToken cancellation = default) => PutAsync(
        new AgentRow
        {
            Key = input.Key,
            Kind = input.Ecological ? "ecological" : "organization",
            Outside = input.Outside,
            RoleFi = input.Role?.Fi ?? "",
            RoleSv = input.Role?.Sv ?? "",
            RoleEn = input.Role?.En ?? "",
        },
        input.Name,
        [("note", input.Role)],
        input.Key == Catalog.Public ? new ReservedKey(input.Key) : null,
        before => before.Outside == input.Outside ? null : "outside",
        catalog.Put,
        actor,
        cancellation);

    public Task<PutOutcome> PutAsync(PlaceInput input, Actor actor, CancellationToken cancellation = default)
    {
        var whole = Known(catalog.Places, input.PartOf, "partOf", "place", out var refusal);
        return PutAsync(
            new PlaceRow { Key = input.Key, Kind = Word(input.Kind), PartOfId = whole?.Row.Id, Geometry = input.Geometry, Schematic = input.Schematic },
            input.Name,
            [],
            refusal ?? (whole is not null && Lies(whole, input.Key) ? new PartOfItself(input.Key, input.PartOf!) : null),
            _ => null,
            catalog.Put,
            actor,
            cancellation);
    }

    public Task<PutOutcome> PutAsync(SpecificationInput input, Actor actor, CancellationToken cancellation = default) => PutAsync(
        new SpecificationRow { Key = input.Key, Unit = input.Unit, EffortUnit = input.EffortUnit, Classification = Word(input.Classification) },
        input.Name,
        [],
        UnknownUnit(input.Unit, "defaultUnitOfResource") ?? (input.EffortUnit is null ? null : UnknownUnit(input.EffortUnit, "defaultUnitOfEffort")),
        before => before.Unit != input.Unit ? "defaultUnitOfResource" : before.EffortUnit != input.EffortUnit ? "defaultUnitOfEffort" : null,
        catalog.Put,
        actor,
        cancellation);

    public Task<PutOutcome> PutAsync(ProcessSpecificationInput input, Actor actor, CancellationToken cancellation = default) =>
        PutAsync(new ProcessSpecificationRow { Key = input.Key }, input.Name, [], null, _ => null, catalog.Put, actor, cancellation);

    public Task<PutOutcome> PutAsync(ResourceInput input, Actor actor, CancellationToken cancellation = default)
    {
        var specification = Known(catalog.Specifications, input.ConformsTo, "conformsTo", "specification", out var refusal);
        var place = Known(catalog.Places, input.Place, "place", "place", out var unknownPlace);
        var row = new ResourceRow
        {
            Key = input.Key,
            SpecificationId = specification?.Row.Id ?? 0,
            Kind = input.Kind,
            Lot = input.Lot,
            PlaceId = place?.Row.Id,
            NoteFi = input.Note?.Fi ?? "",
            NoteSv = input.Note?.Sv ?? "",
            NoteEn = input.Note?.En ?? "",
        };
        return PutAsync(
            row,
            input.Name,
            [("note", input.Note), ("lot", input.Lot is null ? null : new LocalizedText(input.Lot, "", ""))],
            refusal ?? unknownPlace,
            before => before.SpecificationId != row.SpecificationId ? "conformsTo" : before.Kind != row.Kind ? "kind" : before.Lot != row.Lot ? "lot" : null,
            catalog.Put,
            actor,
            cancellation);
    }

    public Task<PutOutcome> PutAsync(ProcessInput input, Actor actor, CancellationToken cancellation = default)
    {
        var basedOn = Known(catalog.ProcessSpecifications, input.BasedOn, "basedOn", "process specification", out var refusal);
        var place = Known(catalog.Places, input.Place, "place", "place", out var unknownPlace);
        return PutAsync(
            new ProcessRow { Key = input.Key, BasedOnId = basedOn?.Row.Id, Continuous = input.Continuous, PlaceId = place?.Row.Id },
            input.Name,
            [],
            refusal ?? unknownPlace,
            before => before.BasedOnId != basedOn?.Row.Id ? "basedOn" : before.Continuous != input.Continuous ? "continuous" : null,
            catalog.Put,
            actor,
            cancellation);
    }

    private async Task<PutOutcome> PutAsync<TRow>(
        TRow row,
        LocalizedText name,
        IReadOnlyList<(string Field, LocalizedText? Text)> texts,
        Refusal? refusal,
        Func<TRow, string?> changedPart,
        Action<TRow> keep,
        Actor actor,
        CancellationToken cancellation)
        where TRow : NounRow
    {
        refusal = (IsKey(row.Key) ? null : new WrongKey(row.Key)) ?? WrongTexts([("name", name), .. texts]) ?? refusal;
        if (refusal is not null)
        {
            return new PutOutcome(Created: false, refusal);
        }

        (row.NameFi, row.NameSv, row.NameEn, row.Origin) = (name.Fi, name.Sv, name.En, Origin.Api);
        try
        {
            return await StoreAsync(row, changedPart, keep, actor, cancellation);
        }
        catch (DbUpdateException)
        {
            // Another request may have made the key in the same moment; if none has, the failure is a real one and comes again.
            return await StoreAsync(row, changedPart, keep, actor, cancellation);
        }
    }

    private async Task<PutOutcome> StoreAsync<TRow>(TRow row, Func<TRow, string?> changedPart, Action<TRow> keep, Actor actor, CancellationToken cancellation)
        where TRow : NounRow
    {
        await using var db = store.OpenContext();
        var before = await db.Set<TRow>().SingleOrDefaultAsync(stored => stored.Key == row.Key, cancellation);
        if (before is { Origin: not Origin.Api })
        {
            return new PutOutcome(Created: false, before.Origin == Origin.File ? new TakenByFiles(row.Key) : new ReservedKey(row.Key));
        }

        if (before is not null && changedPart(before) is { } part)
        {
            return new PutOutcome(Created: false, new CannotChange(part, row.Key));
        }

        if (before is null)
        {
            row.Id = 0;
            db.Add(row);
        }
        else
        {
            row.Id = before.Id;
            db.Entry(before).CurrentValues.SetValues(row);
        }

        if (db.ChangeTracker.HasChanges())
        {
            var kind = db.Model.FindEntityType(typeof(TRow))!.GetTableName()!;
            Audit.Add(db, actor, clock.GetCurrentInstant(), $"{kind}.put", row.Key);
            await db.SaveChangesAsync(cancellation);
        }

        keep(row);
        return new PutOutcome(Created: before is null, null);
    }

    private Entry<TNoun, TRow>? Known<TNoun, TRow>(NounTable<TNoun, TRow> table, string? key, string field, string kind, out Refusal? refusal)
        where TRow : NounRow
    {
        var known = key is null ? null : catalog.Find(table, key);
        refusal =
            key is null ? null
            : known is null ? new UnknownNoun(field, kind, key, Nearest.To(key, table.All.Select(each => each.Row.Key)))
            : known.Row.Retired ? new RetiredNoun(field, kind, key)
            : null;
        return known;
    }

    private bool Lies(Entry<SpatialThing, PlaceRow> place, string within)
    {
        var seen = new HashSet<int>();
        for (var each = place; each is not null && seen.Add(each.Row.Id); each = each.Row.PartOfId is { } id ? catalog.Places.Get(id) : null)
        {
            if (each.Row.Key == within)
            {
                return true;
            }
        }

        return false;
    }

    private static UnknownNoun? UnknownUnit(string code, string field) =>
        Unit.TryFind(code, out _) ? null : new UnknownNoun(field, "unit", code, Nearest.To(code, Unit.All.Select(unit => unit.Code)));

    private static WrongText? WrongTexts(IEnumerable<(string Field, LocalizedText? Text)> texts)
    {
        foreach (var (field, text) in texts)
        {
            foreach (var each in text is null ? [] : new[] { text.Fi, text.Sv, text.En })
            {
                if (each.Length > LongestText || each.Any(char.IsControl))
                {
                    return new WrongText(field, $"'{field}' has control characters, or more than {LongestText} characters. Shorten it to one line.");
                }
            }
        }

        return null;
    }

    private static string Word<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,63}\\z")]
    private static partial Regex Key();
}

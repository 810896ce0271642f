using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.District.Reading;

/// <summary>Reads premises.yaml.</summary>
internal sealed class PremisesReader(IReadOnlyDictionary<string, DistrictResourceSpecification> specifications)
{
    private static readonly Unit s_hour = Unit.Find("h");
    private static readonly Unit s_euro = Unit.Find("EUR");

    public DistrictLetting Letting(Entry root)
    {
        var duties = root.Child("duties", "duties") is { } entry ? Duties(entry) : DistrictDuties.None;
        var premises = ModelReader.Section(root, "premises", "premises", Premises, each => each.Key);
        root.Done();
        return new DistrictLetting(duties, premises);
    }

    private DistrictDuties Duties(Entry entry)
    {
        var duties = new DistrictDuties(
            Duty(entry, "use", s_hour, effort: true),
            Duty(entry, "rent", s_euro, effort: false),
            Duty(entry, "upkeep", s_hour, effort: true),
            Duty(entry, "opening", s_hour, effort: false),
            Duty(entry, "sharing", s_hour, effort: false));
        entry.Done();
        return duties;
    }

    private string? Duty(Entry entry, string name, Unit unit, bool effort)
    {
        if (entry.OptionalReference(name, Noun.ResourceSpecification) is not { } key || !specifications.TryGetValue(key, out var specification))
        {
            return null;
        }

        var counted = effort ? specification.EffortUnit ?? s_hour : specification.Unit;
        if (counted != unit)
        {
            entry.Report.Add(entry.Node.Field(name)!, $"'{key}' is counted in {counted}, and {name} is counted in {unit}", $"name a specification whose {(effort ? "effort unit" : "unit")} is {unit}");
        }

        return key;
    }

    private static DistrictPremises Premises(Entry entry)
    {
        var (illustrative, sources) = EnergyReader.Provenance(entry);
        var premises = new DistrictPremises
        {
            Key = entry.Key(),
            Name = entry.Name(),
            Owner = entry.Reference("owner", Noun.Agent),
            Place = entry.Reference("place", Noun.Place),
            Area = entry.Share("area"),
            Condition = entry.OptionalLocalized("condition"),
            Plan = entry.OptionalLocalized("plan"),
            Uses = entry.OptionalLocalized("uses"),
            Permits = [.. entry.Children("permits", "permit").Select(Permit)],
            FirstDay = entry.OptionalDay("firstDay"),
            LastDay = entry.OptionalDay("lastDay"),
            Illustrative = illustrative,
            Sources = sources,
        };
        if (premises.Area == 0 && entry.Node.Field("area") is { Kind: NodeKind.Scalar } area)
        {
            entry.Report.Add(area, "the premises have an area of nothing", "write their floor area in square metres");
        }

        Order(entry, "lastDay", premises.FirstDay, premises.LastDay);
        return premises;
    }

    private static PremisesPermit Permit(Entry entry)
    {
        var permit = new PremisesPermit(entry.Name(), entry.Day("from"), entry.Day("to"));
        Order(entry, "to", permit.From, permit.To);
        entry.Done();
        return permit;
    }

    private static void Order(Entry entry, string field, LocalDate? from, LocalDate? to)
    {
        if (to < from && entry.Node.Field(field) is { } node)
        {
            entry.Report.Add(node, $"the end {LocalDatePattern.Iso.Format(to.Value)} is before the beginning {LocalDatePattern.Iso.Format(from!.Value)}", "swap or mend the two dates");
        }
    }
}

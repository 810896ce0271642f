using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.District.Reading;

internal static class MeasureUnits
{
    /// <summary>Reports an amount whose unit does not convert into the one that its specification is kept in.</summary>
    public static void Check(Entry entry, string name, MeasureInput? measure, Unit wanted, string specification)
    {
        if (measure is null || entry.Node.Field(name) is not { } node || !Unit.TryFind(measure.HasUnit, out var unit))
        {
            return;
        }

        Check(entry, node.Field("hasUnit"), unit, wanted, specification);
        if (unit.Dimension == wanted.Dimension && unit.ConvertTo(wanted, measure.HasNumericalValue) is null)
        {
            entry.Report.Add(node, $"{measure.HasNumericalValue} {unit} does not convert exactly into {wanted}", $"give it in {wanted}");
        }
    }

    /// <inheritdoc cref="Check(Entry, string, MeasureInput?, Unit, string)"/>
    public static void Check(Entry entry, FileNode? node, Unit unit, Unit wanted, string specification)
    {
        var bothRead = unit.Dimension != EntryValues.UnreadDimension && wanted.Dimension != EntryValues.UnreadDimension;
        if (node is not null && bothRead && unit.Dimension != wanted.Dimension)
        {
            var fitting = Unit.All.Where(other => other.Dimension == wanted.Dimension).Select(other => other.Code);
            entry.Report.Add(node, $"'{unit}' is a unit of {unit.Dimension}, but '{specification}' is counted in {wanted}", $"use {Entry.OneOf(fitting)}");
        }
    }
}

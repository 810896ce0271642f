using Kera.Base.District.Formulas;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;

namespace Kera.Features.Indicators;

/// <summary>Which flows a total of a formula adds up.</summary>
/// <param name="Filter">What the ledger is asked for: these flows and perhaps others.</param>
/// <param name="Fits">Whether a flow is among them.</param>
internal sealed record FlowMatch(LedgerFilter Filter, Func<FlowNouns, bool> Fits)
{
    /// <summary>The flows of a total; null where a key that it names is not in the store.</summary>
    public static FlowMatch? Of(FormulaTotal total, LedgerQueries queries, Catalog catalog, FormulaScope scope)
    {
        var complete = true;
        var filter = new LedgerFilter
        {
            Action = total["action"] is { } action ? FlowAction.Find(action) : null,
            Specification = Entry(catalog.Specifications, scope.SpecificationOf(total)?.Key)?.Noun,
            Process = Entry(catalog.Processes, total["process"])?.Noun,
            Place = Entry(catalog.Places, total["place"])?.Noun,
            Agent = Entry(catalog.Agents, total["agent"])?.Noun,
            Resource = Entry(catalog.Resources, total["resource"])?.Noun,
        };
        var kind = Entry(catalog.ProcessSpecifications, total["processKind"])?.Noun;
        var declared = Entry(catalog.DeclaredFlows, total["flow"])?.Row;
        var matching = queries.Matching(filter);
        return complete ? new FlowMatch(filter, flow =>
            matching(flow)
            && (kind is null || flow.InputOf?.BasedOn == kind || flow.OutputOf?.BasedOn == kind)
            && (declared is null || flow.DeclaredId == declared.Id)) : null;

        Entry<TNoun, TRow>? Entry<TNoun, TRow>(NounTable<TNoun, TRow> table, string? key)
            where TRow : NounRow
        {
            var found = key is null ? null : catalog.Find(table, key);
            complete &= key is null || found is not null;
            return found;
        }
    }
}

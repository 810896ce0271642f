using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Base.District.Reading;

internal static class EntryActions
{
    /// <summary>One of the 19 actions, in the field <c>action</c>; null where it is none, which is then reported.</summary>
    public static FlowAction? Action(this Entry entry)
    {
        var names = FlowAction.All.Select(action => action.Name).ToList();
        var node = entry.RequiredScalar("action", $"use {Entry.OneOf(names)}");
        if (node is null)
        {
            return null;
        }

        if (FlowAction.TryFind(node.Text, out var action))
        {
            return action;
        }

        entry.Report.Add(node, $"unknown action '{node.Text}'", Nearest.To(node.Text, names) is { } nearest ? $"did you mean '{nearest}'?" : $"use {Entry.OneOf(names)}");
        return null;
    }
}

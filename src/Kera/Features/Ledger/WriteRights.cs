using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Flows;

namespace Kera.Features.Ledger;

/// <summary>An event that is not the caller's to record.</summary>
internal sealed record NotAParty(string Agent) : Refusal("provider", $"A token of '{Agent}' records events in which '{Agent}' is provider or receiver. For others' events it needs the scope '{Scopes.WriteAnyEvents}'.");

/// <summary>
/// Who may record what: an agent the events in which it is provider or receiver, and corrections of those; a token with the
/// scope for it, of a feed or of the City, all.
/// </summary>
internal sealed class WriteRights(Catalog catalog, LedgerQueries queries)
{
    /// <summary>The first event that the caller may not record; null where all may be.</summary>
    public async Task<(Refusal Refusal, int Index)?> RefuseAsync(HttpContext context, IReadOnlyList<EventInput> events)
    {
        if (context.User.HasClaim("scope", Scopes.WriteAnyEvents))
        {
            return null;
        }

        var agent = context.Actor().Key;
        for (var index = 0; index < events.Count; index++)
        {
            var parties = await PartiesAsync(events[index], context.RequestAborted);
            if (parties is null)
            {
                return (new WrongCorrection("corrects", $"There is no event {events[index].Corrects}."), index);
            }

            if (!parties.Contains(agent))
            {
                return (new NotAParty(agent), index);
            }
        }

        return null;
    }

    /// <summary>The parties that the event will have; null for a correction of what is not there yet, which nobody's rights can be known of.</summary>
    private async Task<IReadOnlyList<string>?> PartiesAsync(EventInput input, CancellationToken cancellation)
    {
        if (input.Corrects is { } position)
        {
            var original = (await queries.EventAsync(Reader.Everything, position, cancellation))?.Stored.Event;
            return original is null ? null : [original.Provider.Key, original.Receiver.Key];
        }

        var declared = input.Flow is null ? null : catalog.Find(catalog.DeclaredFlows, input.Flow)?.Row;
        return [.. new[] { input.Provider ?? Agent(declared?.ProviderId), input.Receiver ?? Agent(declared?.ReceiverId) }.OfType<string>()];
    }

    private string? Agent(int? id) => catalog.Get(catalog.Agents, id)?.Key;
}

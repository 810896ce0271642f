using System.Security.Cryptography;
using System.Text;
using Kera.Base.Access;
using Kera.Base.District;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>What is signed once before a loan. Another text is signed anew.</summary>
public sealed class ThingWaivers(KeraStore store, ThingShelf shelf)
{
    /// <summary>Whether a person signed a waiver as it reads now.</summary>
    public async Task<bool> HasSignedAsync(string waiver, int agentId, CancellationToken cancellation)
    {
        var digest = DigestOf(shelf.Things!.Waivers[waiver]);
        await using var db = store.OpenContext();
        return await db.ThingWaivers.AnyAsync(row => row.AgentId == agentId && row.Waiver == waiver && row.Digest == digest, cancellation);
    }

    /// <summary>Signs what some kinds ask for, in the caller's transaction.</summary>
    internal async Task SignAsync(KeraDb db, IEnumerable<ThingKind> kinds, Borrower me, CancellationToken cancellation)
    {
        foreach (var waiver in kinds.Select(kind => kind.Waiver).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            var digest = DigestOf(shelf.Things!.Waivers[waiver]);
            var row = await db.ThingWaivers.SingleOrDefaultAsync(row => row.AgentId == me.AgentId && row.Waiver == waiver, cancellation);
            if (row is null)
            {
                db.ThingWaivers.Add(row = new ThingWaiverRow { AgentId = me.AgentId, Waiver = waiver });
            }

            if (row.Digest != digest)
            {
                (row.Digest, row.SignedAt) = (digest, shelf.NowMicroseconds);
                Audit.Add(db, me.Actor, shelf.Now, "waiver.sign", waiver);
            }
        }
    }

    private static string DigestOf(ThingWaiver waiver) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{waiver.Text.Fi}\n{waiver.Text.Sv}\n{waiver.Text.En}")));
}

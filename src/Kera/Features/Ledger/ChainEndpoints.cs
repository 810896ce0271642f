using Kera.Base.Api;
using Kera.Base.Ledger;

namespace Kera.Features.Ledger;

/// <summary>The head of the chain: publish it, and whoever has it can see later that nothing before it was changed.</summary>
/// <param name="Position">The newest entry; 0 while there is none.</param>
/// <param name="Hash">Its hash, SHA-256 in hexadecimal digits.</param>
/// <param name="Version">The version of the encoding over which hashes run.</param>
/// <param name="Zone">The zone whose days and months totals have.</param>
public sealed record ChainDocument(long Position, string Hash, int Version, string Zone);

/// <summary>The chain.</summary>
internal static class ChainEndpoints
{
    public static void MapChain(this RouteGroupBuilder api) =>
        api.MapGet("/chain", async (LedgerQueries queries, CancellationToken cancellation) =>
        {
            var (position, hash) = await queries.HeadAsync(cancellation);
            return new Answer(new ChainDocument(position, Convert.ToHexStringLower(hash), CanonicalEncoding.Version, queries.Zone.Id));
        }).Describes<ChainDocument>("Chain", "Gives the head of the chain");
}

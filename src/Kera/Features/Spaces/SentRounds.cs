using Kera.Base.District;
using Kera.Base.Store;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces;

/// <summary>The spaces with the rounds as they stand: what the files know of a round, and whether its results were sent, which the store knows.</summary>
internal sealed class SentRounds
{
    // One that is taken over by a newer one does no harm: each is right for what it says.
    private volatile Known? _known;

    /// <summary>The tree in which days of rounds whose results were sent are free to book.</summary>
    /// <param name="db">Where it is stored which were sent.</param>
    /// <param name="spaces">What the files say.</param>
    /// <param name="asked">The spaces that are asked about; the store is not asked where none of them is in a round.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<SpaceTree> TreeAsync(KeraDb db, DistrictSpaces spaces, IEnumerable<string> asked, CancellationToken cancellation)
    {
        if (!asked.Any(key => spaces.Tree.Contains(key) && spaces.Tree.Space(key).Rules.Rounds.Count > 0))
        {
            return spaces.Tree;
        }

        var sent = await db.Rounds.Where(row => row.Sent != null).Select(row => row.Key).OrderBy(key => key).ToListAsync(cancellation);
        var keys = string.Join(' ', sent.Where(spaces.Rounds.ContainsKey));
        if (keys.Length == 0)
        {
            return spaces.Tree;
        }

        if (_known is not { } known || known.From != spaces.Tree || known.Sent != keys)
        {
            _known = known = new Known(spaces.Tree, keys, new SpaceTree(spaces.Tree.Zone, [.. spaces.Tree.Spaces.Select(space => With(space, sent))], [.. spaces.Tree.Equipment]));
        }

        return known.Tree;
    }

    private static Space With(Space space, List<string> sent) => space with
    {
        Rules = space.Rules with { Rounds = [.. space.Rules.Rounds.Select(round => sent.Contains(round.Key) ? round with { ResultsSent = true } : round)] },
    };

    private sealed record Known(SpaceTree From, string Sent, SpaceTree Tree);
}

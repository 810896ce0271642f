namespace Kera.Base.Access;

/// <summary>What a token may do, as words.</summary>
public static class Scopes
{
    /// <summary>Read what the token's agent is entitled to.</summary>
    public const string Read = "read";

    /// <summary>Record events in which the token's agent is provider or receiver, and corrections of those.</summary>
    public const string WriteEvents = "events:write";

    /// <summary>Record events of all agents, together with <see cref="WriteEvents"/>: for feeds, and for the City.</summary>
    public const string WriteAnyEvents = "events:write-any";

    /// <summary>Add and change agents, places, specifications, resources, processes, agreements and commitments.</summary>
    public const string WriteMaster = "master:write";

    /// <summary>Offer that the use of what the token's agent holds is moved, and read when it is wanted.</summary>
    public const string WriteOffers = "offers:write";

    /// <summary>Ask energy communities for what concerns the points of the token's agent, and answer what others ask of those that it manages.</summary>
    public const string WriteCommunities = "communities:write";

    /// <summary>Book, move and cancel for the token's agent, and read its bookings.</summary>
    public const string WriteBookings = "bookings:write";

    /// <summary>Reserve, extend and give up things for the token's agent, hand out and take back those that it keeps, and read both.</summary>
    public const string WriteLoans = "loans:write";

    /// <summary>Apply for times and send applications for the groups that the token's person leads.</summary>
    public const string WriteApplications = "applications:write";

    /// <summary>Read Series that are not public.</summary>
    public const string ReadSeries = "series:read";

    /// <summary>Append to Series.</summary>
    public const string WriteSeries = "series:write";

    /// <summary>Add and revoke tokens.</summary>
    public const string WriteTokens = "tokens:write";

    /// <summary>Every scope, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } = [WriteApplications, WriteBookings, WriteCommunities, WriteEvents, WriteAnyEvents, WriteLoans, WriteMaster, WriteOffers, Read, ReadSeries, WriteSeries, WriteTokens];

    /// <summary>What whoever acts for an agent may give its programs: what is that agent's own, and nothing that is done for all.</summary>
    public static IReadOnlyList<string> OfAnAgent { get; } = [Read, WriteEvents, WriteOffers, WriteCommunities, WriteBookings, WriteLoans, ReadSeries, WriteSeries];

    /// <summary>The scopes in order and once each, as they are stored.</summary>
    /// <exception cref="AccessException">There is none, or one is unknown.</exception>
    internal static string Join(IReadOnlyCollection<string> scopes)
    {
        if (scopes.Count == 0)
        {
            throw new AccessException("scope", $"A token without a scope may do nothing. Give at least one of: {string.Join(", ", All)}.");
        }

        foreach (var scope in scopes)
        {
            if (!All.Contains(scope))
            {
                throw new AccessException("scope", $"There is no scope '{scope}'. Use one of: {string.Join(", ", All)}.");
            }
        }

        return string.Join(' ', scopes.Distinct().Order(StringComparer.Ordinal));
    }
}

/// <summary>Something asked of tokens, persons or Series that cannot be: which field, and what to do instead.</summary>
/// <param name="field">The field or option that is wrong.</param>
/// <param name="sentence">What is wrong and what would be right.</param>
/// <param name="textKey">The key of the same sentence in the languages of pages; null where no page asks for it.</param>
public sealed class AccessException(string field, string sentence, string? textKey = null) : Exception(sentence)
{
    /// <summary>The key of the same sentence in the languages of pages.</summary>
    public string? TextKey { get; } = textKey;

    /// <summary>The field or option that is wrong.</summary>
    public string Field { get; } = field;
}

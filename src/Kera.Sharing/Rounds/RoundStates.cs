using NodaTime;

namespace Kera.Sharing.Rounds;

/// <summary>How far a round has come.</summary>
public enum RoundState
{
    /// <summary>Applications are not taken yet.</summary>
    Upcoming,

    /// <summary>Groups apply.</summary>
    Open,

    /// <summary>Applications are taken no more; times are shared out.</summary>
    InAllocation,

    /// <summary>The answer is accepted and not told yet.</summary>
    Handled,

    /// <summary>The groups know, and the bookings are made.</summary>
    ResultsSent,
}

/// <summary>How far an application has come.</summary>
public enum ApplicationState
{
    /// <summary>Begun and not sent.</summary>
    Draft,

    /// <summary>Sent; it can still be changed.</summary>
    Received,

    /// <summary>Times are shared out.</summary>
    InAllocation,

    /// <summary>Decided and not told yet.</summary>
    Handled,

    /// <summary>The group knows.</summary>
    ResultsSent,

    /// <summary>It was not sent in time.</summary>
    Expired,

    /// <summary>The group took it back.</summary>
    Cancelled,
}

/// <summary>States of rounds and applications: no clock has to move them, they follow from what was done and when one asks.</summary>
public static class RoundStates
{
    /// <summary>The state of a round.</summary>
    /// <param name="opens">From when groups apply.</param>
    /// <param name="closes">Until when.</param>
    /// <param name="handled">Whether its answer is accepted.</param>
    /// <param name="resultsSent">Whether its results were sent.</param>
    /// <param name="now">When one asks.</param>
    public static RoundState Of(Instant opens, Instant closes, bool handled, bool resultsSent, Instant now) =>
        resultsSent ? RoundState.ResultsSent
        : handled ? RoundState.Handled
        : now < opens ? RoundState.Upcoming
        : now < closes ? RoundState.Open
        : RoundState.InAllocation;

    /// <summary>The state of an application.</summary>
    /// <param name="round">The state of its round.</param>
    /// <param name="sent">Whether it was sent.</param>
    /// <param name="cancelled">Whether the group took it back.</param>
    public static ApplicationState Of(RoundState round, bool sent, bool cancelled) => (cancelled, sent, round) switch
    {
        (true, _, _) => ApplicationState.Cancelled,
        (_, false, RoundState.Upcoming or RoundState.Open) => ApplicationState.Draft,
        (_, false, _) => ApplicationState.Expired,
        (_, _, RoundState.Upcoming or RoundState.Open) => ApplicationState.Received,
        (_, _, RoundState.InAllocation) => ApplicationState.InAllocation,
        (_, _, RoundState.Handled) => ApplicationState.Handled,
        _ => ApplicationState.ResultsSent,
    };
}

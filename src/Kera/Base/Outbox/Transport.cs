using Kera.Base.Store;

namespace Kera.Base.Outbox;

/// <summary>A message on its way out.</summary>
/// <param name="Id">The same at each attempt; what stands before the @ of a mail's Message-ID.</param>
/// <param name="Domain">What stands after it.</param>
/// <param name="Recipient">To whom.</param>
/// <param name="Subject">Of a mail.</param>
/// <param name="Body">Its words, or JSON.</param>
/// <param name="Calendar">The calendar file that a mail carries; empty for none.</param>
public sealed record OutgoingMessage(string Id, string Domain, string Recipient, string Subject, string Body, string Calendar = "");

/// <summary>How an attempt went.</summary>
/// <param name="Kind">Whether it is sent, to be tried again, or refused for good.</param>
/// <param name="Sentence">Why not; names no address and quotes no server, for servers quote addresses.</param>
/// <param name="ChannelAway">Whether it is the way that is closed, not this message: then others need not try it now.</param>
public sealed record SendOutcome(SendKind Kind, string Sentence = "", bool ChannelAway = false)
{
    /// <summary>The other side has it.</summary>
    public static readonly SendOutcome Sent = new(SendKind.Sent);

    /// <summary>The way is closed for now.</summary>
    public static SendOutcome Away(string sentence) => new(SendKind.Later, sentence, ChannelAway: true);

    /// <summary>Not now; perhaps later.</summary>
    public static SendOutcome Later(string sentence) => new(SendKind.Later, sentence);

    /// <summary>Never.</summary>
    public static SendOutcome Refused(string sentence) => new(SendKind.Refused, sentence);
}

/// <summary>Whether a message is sent.</summary>
public enum SendKind
{
    Sent,
    Later,
    Refused,
}

/// <summary>A way out for messages of one channel. Where a channel has none, its messages wait.</summary>
/// <param name="Channel">Which messages.</param>
/// <param name="Domain">What stands after the @ of their Message-ID.</param>
/// <param name="SendAsync">Makes one attempt. Ends within <see cref="Longest"/>, for then it is cancelled, and later another may begin.</param>
public sealed record Transport(OutboxChannel Channel, string Domain, Func<OutgoingMessage, CancellationToken, Task<SendOutcome>> SendAsync)
{
    /// <summary>An attempt is stopped after so long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
}

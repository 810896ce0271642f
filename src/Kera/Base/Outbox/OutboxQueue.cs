using System.Security.Cryptography;
using Kera.Base.Jobs;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>How many messages of a channel are in a state.</summary>
/// <param name="Channel">mail, webhook or text.</param>
/// <param name="State">waiting, sent, refused, expired or withheld.</param>
/// <param name="Messages">How many.</param>
/// <param name="Oldest">When the oldest of them was written.</param>
public sealed record OutboxCount(string Channel, string State, int Messages, Instant Oldest);

/// <summary>
/// Where messages wait to be sent. They are written in the transaction of what they tell of: either both are there, or neither.
/// </summary>
public sealed class OutboxQueue(KeraStore store, IClock clock)
{
    /// <summary>Adds a message to a context; it is sent some seconds after the caller's transaction has committed, and never where it has not.</summary>
    /// <returns>The message's random key, by which the outbox and receivers know it.</returns>
    public string Add(KeraDb db, Message message)
    {
        var now = clock.GetCurrentInstant();
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        db.OutboxMessages.Add(new OutboxMessageRow
        {
            Key = key,
            Channel = message.Channel,
            Recipient = message.Recipient,
            Subject = message.Subject,
            Body = message.Body,
            Calendar = message.Calendar ?? "",
            PersonId = message.PersonId,
            Created = DistrictCalendar.ToMicroseconds(now),
            NextAttempt = DistrictCalendar.ToMicroseconds(now),
            Expires = DistrictCalendar.ToMicroseconds(now + message.Lifetime),
        });
        return key;
    }

    /// <summary>How many messages there are, by channel and state.</summary>
    public async Task<IReadOnlyList<OutboxCount>> CountAsync(CancellationToken cancellation = default)
    {
        await using var db = store.OpenContext();
        var counts = await db.OutboxMessages
            .GroupBy(message => new { message.Channel, message.State })
            .Select(group => new { group.Key.Channel, group.Key.State, Messages = group.Count(), Oldest = group.Min(message => message.Created) })
            .ToListAsync(cancellation);
        return [.. counts.OrderBy(count => count.Channel).ThenBy(count => count.State).Select(count => new OutboxCount(
            count.Channel.ToString().ToLowerInvariant(), count.State.ToString().ToLowerInvariant(), count.Messages, DistrictCalendar.ToInstant(count.Oldest)))];
    }

    /// <summary>With a person every message to them goes, sent or not: by their number, and by their address where they had one.</summary>
    public static ErasureRule Erasure { get; } = new("outbox_message", EraseAsync);

    /// <summary>Some time after a message has ended, to whom it was and what it said is forgotten; that there was one stays.</summary>
    public static RetentionRule Retention { get; } = new("outbox", Days: 30, ForgetAsync);

    private static Task<int> EraseAsync(KeraDb db, ErasedPerson person, CancellationToken cancellation)
    {
        var (id, address) = (person.AgentId, person.Email.ToLowerInvariant());
#pragma warning disable CA1304, CA1311, CA1862 // Translated to the database's lower(), which has no culture to give.
        return db.OutboxMessages
            .Where(message => message.PersonId == id || (address != "" && message.Recipient.ToLower() == address))
            .ExecuteDeleteAsync(cancellation);
#pragma warning restore CA1304, CA1311, CA1862
    }

    private static Task<int> ForgetAsync(KeraDb db, Instant before, CancellationToken cancellation)
    {
        var end = DistrictCalendar.ToMicroseconds(before);
        return db.OutboxMessages
            .Where(message => message.State != OutboxState.Waiting && message.Ended < end && message.Recipient != "")
            .ExecuteUpdateAsync(rows => rows.SetProperty(row => row.Recipient, "").SetProperty(row => row.Subject, "").SetProperty(row => row.Body, "").SetProperty(row => row.Calendar, "").SetProperty(row => row.PersonId, (int?)null), cancellation);
    }
}

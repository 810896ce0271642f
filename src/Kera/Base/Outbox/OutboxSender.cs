using System.Data.Common;
using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>
/// Sends what waits in the outbox. An attempt claims its message first, so that no two are made at once, also not by two nodes;
/// a claim outlasts the longest attempt several times, and ends by itself where the node dies. A message is given to the other
/// side once; only where a node dies, or the connection breaks, after the other side took it and before that is recorded here,
/// it is given once more, with the same id, by which the other side can know it.
/// </summary>
public sealed class OutboxSender(KeraStore store, IEnumerable<Transport> transports, IClock clock, TimeProvider time, ILogger<OutboxSender> logger)
{
    private const int Batch = 100;
    private static readonly Duration Claim = Duration.FromMinutes(5);
    private static readonly Duration FirstPause = Duration.FromMinutes(1);
    private static readonly Duration LongestPause = Duration.FromHours(1);

    private readonly Dictionary<OutboxChannel, Transport> _transports = transports.ToDictionary(transport => transport.Channel);

    /// <summary>Tries every message that is due and gives up those whose time is over.</summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> SendDueAsync(CancellationToken cancellation = default)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await ExpireAsync(connection, cancellation);
        var sent = 0;
        foreach (var transport in _transports.Values)
        {
            var away = false;
            for (var ids = await DueAsync(connection, transport.Channel, cancellation); ids.Count > 0 && !away; ids = await DueAsync(connection, transport.Channel, cancellation))
            {
                foreach (var id in ids)
                {
                    if (await SendAsync(connection, transport, id, cancellation) is { } outcome)
                    {
                        sent += outcome.Kind == SendKind.Sent ? 1 : 0;
                        if (outcome.ChannelAway)
                        {
                            // The others would only wait for the same.
                            away = true;
                            break;
                        }
                    }
                }
            }
        }

        return sent;
    }

    private async Task<SendOutcome?> SendAsync(DbConnection connection, Transport transport, long id, CancellationToken cancellation)
    {
        var claim = RandomNumberGenerator.GetHexString(16, lowercase: true);
        if (await ClaimAsync(connection, transport, id, claim, cancellation) is not { } row)
        {
            return null;
        }

        var outcome = await TryAsync(transport, new OutgoingMessage(row.Key, row.Domain!, row.Recipient, row.Subject, row.Body, row.Calendar), cancellation);
        // What the other side has taken is recorded, also while the program stops.
        await RecordAsync(connection, row, claim, outcome);
        return outcome;
    }

    private async Task<SendOutcome> TryAsync(Transport transport, OutgoingMessage message, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Transport.Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);
        try
        {
            return await transport.SendAsync(message, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return SendOutcome.Away(cancellation.IsCancellationRequested ? "The program stopped." : "The other side did not answer in time.");
        }
        catch (Exception failure)
        {
            // Only its kind: its message may quote the address.
            logger.LogError("Sending a {Channel} message failed with {Failure}.", transport.Channel, failure.GetType().Name);
            return SendOutcome.Later($"Sending failed with {failure.GetType().Name}.");
        }
    }

    private async Task<List<long>> DueAsync(DbConnection connection, OutboxChannel channel, CancellationToken cancellation)
    {
        await using var command = Command(
            connection,
            $"SELECT id FROM outbox_message WHERE state = 0 AND channel = @channel AND next_attempt <= @now AND (claim IS NULL OR claimed_until <= @now) ORDER BY next_attempt, id LIMIT {Batch}",
            ("@channel", (int)channel), ("@now", Now()));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<long>();
        while (await reader.ReadAsync(cancellation))
        {
            ids.Add(reader.GetInt64(0));
        }

        return ids;
    }

    private async Task<OutboxMessageRow?> ClaimAsync(DbConnection connection, Transport transport, long id, string claim, CancellationToken cancellation)
    {
        await using var command = Command(
            connection,
            """
            UPDATE outbox_message SET claim = @claim, claimed_until = @until, attempts = attempts + 1, domain = COALESCE(domain, @domain)
            WHERE id = @id AND state = 0 AND next_attempt <= @now AND (claim IS NULL OR claimed_until <= @now)
            """,
            ("@claim", claim), ("@until", DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant() + Claim)), ("@domain", transport.Domain), ("@id", id), ("@now", Now()));
        return await command.ExecuteNonQueryAsync(cancellation) == 1
            // Erased in between, it is no more there.
            ? PlainRows.Read<OutboxMessageRow>(connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"id = {id} AND claim = '{claim}'")).SingleOrDefault()
            : null;
    }

    private async Task RecordAsync(DbConnection connection, OutboxMessageRow row, string claim, SendOutcome outcome)
    {
        var now = clock.GetCurrentInstant();
        var state = outcome.Kind switch { SendKind.Sent => OutboxState.Sent, SendKind.Refused => OutboxState.Refused, _ => OutboxState.Waiting };
        await using var command = Command(
            connection,
            "UPDATE outbox_message SET state = @state, claim = NULL, claimed_until = NULL, next_attempt = @next, error = @error, ended = @ended WHERE id = @id AND claim = @claim",
            ("@state", (int)state), ("@next", DistrictCalendar.ToMicroseconds(now + PauseAfter(row.Attempts))), ("@error", outcome.Sentence),
            ("@ended", state == OutboxState.Waiting ? null : DistrictCalendar.ToMicroseconds(now)), ("@id", row.Id), ("@claim", claim));
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task ExpireAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = Command(
            connection,
            $"UPDATE outbox_message SET state = {(int)OutboxState.Expired}, ended = @now, claim = NULL, claimed_until = NULL WHERE state = 0 AND expires <= @now AND (claim IS NULL OR claimed_until <= @now)",
            ("@now", Now()));
        var expired = await command.ExecuteNonQueryAsync(cancellation);
        if (expired > 0)
        {
            logger.LogWarning("{Expired} messages were given up: they could not be sent in their time. 'kera outbox' counts them.", expired);
        }
    }

    /// <summary>One minute, two, four, … up to an hour.</summary>
    private static Duration PauseAfter(int attempts) => Duration.Min(FirstPause * (1L << Math.Clamp(attempts - 1, 0, 10)), LongestPause);

    private long Now() => DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant());

    private static DbCommand Command(DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Bind(name, value);
        }

        return command;
    }
}

using System.Data.Common;
using Kera.Base.Ledger;
using Kera.Base.Store;
using NodaTime;

namespace Kera.Base.Access;

/// <summary>
/// The record of who wrote what, one line per transaction, in the transaction itself. Nothing personal stands in it: subjects
/// are keys and numbers, never names.
/// </summary>
public static class Audit
{
    /// <summary>Adds a line to a context (what was done as a word, <c>token.add</c>; to what, by key); it is stored when the caller saves.</summary>
    public static void Add(KeraDb db, Actor actor, Instant at, string operation, string subject) =>
        db.Audits.Add(new AuditRow { At = DistrictCalendar.ToMicroseconds(at), Actor = actor.Key, Via = actor.Via, Operation = operation, Subject = subject });

    /// <summary>
    /// Writes a line in an open transaction, for writers that use plain commands; the positions are the first and last of the
    /// chain that the transaction wrote, where it wrote any.
    /// </summary>
    public static async Task WriteAsync(
        DbTransaction transaction, Actor actor, Instant at, string operation, string subject, long? firstPosition = null, long? lastPosition = null, CancellationToken cancellation = default)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = """
            INSERT INTO audit (at, actor, via, operation, subject, first_position, last_position)
            VALUES (@at, @actor, @via, @operation, @subject, @first, @last)
            """;
        command.Bind("@at", DistrictCalendar.ToMicroseconds(at));
        command.Bind("@actor", actor.Key);
        command.Bind("@via", actor.Via);
        command.Bind("@operation", operation);
        command.Bind("@subject", subject);
        command.Bind("@first", firstPosition);
        command.Bind("@last", lastPosition);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}

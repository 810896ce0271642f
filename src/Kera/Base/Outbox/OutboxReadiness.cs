using System.Data.Common;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using NodaTime;

namespace Kera.Base.Outbox;

/// <summary>Whether messages wait that should have gone: no reason to send no requests here, but somebody must know.</summary>
internal sealed class OutboxReadiness(KeraStore store, IEnumerable<Transport> transports, IClock clock) : IHealthCheck
{
    private static readonly Duration Patience = Duration.FromMinutes(15);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var notes = await NotesAsync(cancellationToken);
            return notes.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded(string.Join(' ', notes));
        }
        catch (DbException)
        {
            // The store's own check says so.
            return HealthCheckResult.Healthy();
        }
    }

    private async Task<List<string>> NotesAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenConnectionAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT channel, count(*), sum(CASE WHEN created < @late THEN 1 ELSE 0 END), max(error) FROM outbox_message WHERE state = 0 GROUP BY channel ORDER BY channel";
        command.Bind("@late", DistrictCalendar.ToMicroseconds(clock.GetCurrentInstant() - Patience));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ways = transports.Select(transport => transport.Channel).ToHashSet();
        var notes = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            var (channel, waiting, late) = ((OutboxChannel)reader.GetInt32(0), reader.GetInt64(1), Convert.ToInt64(reader.GetValue(2), System.Globalization.CultureInfo.InvariantCulture));
            if (!ways.Contains(channel))
            {
                notes.Add($"{waiting} {Name(channel)} wait, for no setting says how to send them ({Setting(channel)}).");
            }
            else if (late > 0)
            {
                notes.Add($"{late} {Name(channel)} wait longer than they should. {reader.GetString(3)}".TrimEnd());
            }
        }

        return notes;
    }

    private static string Name(OutboxChannel channel) => channel switch { OutboxChannel.Mail => "mails", OutboxChannel.Webhook => "webhook calls", _ => "text messages" };

    private static string Setting(OutboxChannel channel) => channel switch { OutboxChannel.Mail => "Mail:Host", OutboxChannel.Webhook => "Webhooks:Secret", _ => "Text:Url" };
}

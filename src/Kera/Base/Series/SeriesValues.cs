using System.Data.Common;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Flows;
using Microsoft.Data.Sqlite;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Kera.Base.Series;

/// <summary>The values of Series in the database, by prepared commands: a year of hours is written in one go.</summary>
internal static class SeriesValues
{
    private const long Grid = 900;

    /// <summary>The values by time, each on the grid and only once.</summary>
    /// <exception cref="AccessException">One is off the grid, or stands twice.</exception>
    public static List<SeriesValue> InOrder(SeriesDescription series, IReadOnlyList<SeriesValue> values)
    {
        // Zones of the world are whole quarters of an hour apart, so local hours and days begin on quarters too.
        var seconds = (long)series.Step.TotalSeconds;
        var grid = Duration.FromSeconds(seconds % Grid == 0 ? Grid : seconds);
        List<SeriesValue> ordered = [.. values.OrderBy(value => value.Start)];
        for (var index = 0; index < ordered.Count; index++)
        {
            var start = ordered[index].Start;
            if (start.ToUnixTimeTicks() % grid.BclCompatibleTicks != 0)
            {
                throw new AccessException("start", $"{start} is no beginning of a step of {seconds} s in the Series '{series.Key}'.");
            }

            if (index > 0 && start - ordered[index - 1].Start < series.Step)
            {
                throw new AccessException("start", $"{start} begins before the value of {ordered[index - 1].Start} has ended; the Series '{series.Key}' has steps of {seconds} s.");
            }
        }

        return ordered;
    }

    /// <summary>What of the given values is new or other than what is there; both are in order of time.</summary>
    public static (List<SeriesValue> Changed, SeriesAppend Outcome) Compare(List<SeriesValue> given, List<SeriesValue> there)
    {
        var known = there.ToDictionary(value => value.Start);
        List<SeriesValue> changed = [];
        var (added, same, replaced) = (0, 0, 0);
        foreach (var value in given)
        {
            if (!known.TryGetValue(value.Start, out var old))
            {
                added++;
                changed.Add(value);
            }
            else if (old == value)
            {
                same++;
            }
            else
            {
                replaced++;
                changed.Add(value);
            }
        }

        return (changed, new SeriesAppend(added, same, replaced));
    }

    /// <summary>The stored values from first to last, both included, in order of time; at most <paramref name="limit"/> where it is given.</summary>
    public static async Task<List<SeriesValue>> ReadAsync(
        DbConnection connection, DbTransaction? transaction, int seriesId, Instant first, Instant last, int? limit, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT start, value, quality FROM series_value WHERE series_id = @series AND start BETWEEN @first AND @last ORDER BY start"
            + (limit is null ? "" : " LIMIT @limit");
        command.Bind("@series", seriesId);
        command.Bind("@first", DistrictCalendar.ToMicroseconds(first));
        command.Bind("@last", DistrictCalendar.ToMicroseconds(last));
        if (limit is not null)
        {
            command.Bind("@limit", limit);
        }

        List<SeriesValue> values = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            values.Add(new SeriesValue(DistrictCalendar.ToInstant(reader.GetInt64(0)), new Quantity(reader.GetInt64(1)), (SeriesQuality)reader.GetInt32(2)));
        }

        return values;
    }

    /// <summary>Holds the Series until the transaction ends.</summary>
    public static async Task LockAsync(DbTransaction transaction, int seriesId, CancellationToken cancellation)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT id FROM series WHERE id = @series FOR UPDATE";
        command.Bind("@series", seriesId);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Takes values away.</summary>
    public static async Task DeleteAsync(DbTransaction transaction, int seriesId, IReadOnlyList<Instant> starts, CancellationToken cancellation)
    {
        foreach (var start in starts)
        {
            await using var command = transaction.Connection!.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "DELETE FROM series_value WHERE series_id = @series AND start = @start";
            command.Bind("@series", seriesId);
            command.Bind("@start", DistrictCalendar.ToMicroseconds(start));
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    /// <summary>Puts values in, over those that are there.</summary>
    public static Task WriteAsync(DbTransaction transaction, int seriesId, List<SeriesValue> values, CancellationToken cancellation) =>
        transaction.Connection is NpgsqlConnection
            ? WriteOnPostgresAsync(transaction, seriesId, values, cancellation)
            : WriteOnSqliteAsync(transaction, seriesId, values, cancellation);

    private static async Task WriteOnPostgresAsync(DbTransaction transaction, int seriesId, List<SeriesValue> values, CancellationToken cancellation)
    {
        await using var command = (NpgsqlCommand)transaction.Connection!.CreateCommand();
        command.CommandText = """
            INSERT INTO series_value (series_id, start, value, quality)
            SELECT @series, given.* FROM unnest(@starts, @values, @qualities) AS given
            ON CONFLICT (series_id, start) DO UPDATE SET value = excluded.value, quality = excluded.quality
            """;
        command.Parameters.AddWithValue("@series", seriesId);
        command.Parameters.AddWithValue("@starts", NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.Select(value => DistrictCalendar.ToMicroseconds(value.Start)).ToArray());
        command.Parameters.AddWithValue("@values", NpgsqlDbType.Array | NpgsqlDbType.Bigint, values.Select(value => value.Value.Millionths).ToArray());
        command.Parameters.AddWithValue("@qualities", NpgsqlDbType.Array | NpgsqlDbType.Integer, values.Select(value => (int)value.Quality).ToArray());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task WriteOnSqliteAsync(DbTransaction transaction, int seriesId, List<SeriesValue> values, CancellationToken cancellation)
    {
        await using var command = (SqliteCommand)transaction.Connection!.CreateCommand();
        command.Transaction = (SqliteTransaction)transaction;
        command.CommandText = """
            INSERT INTO series_value (series_id, start, value, quality) VALUES (@series, @start, @value, @quality)
            ON CONFLICT (series_id, start) DO UPDATE SET value = excluded.value, quality = excluded.quality
            """;
        command.Parameters.Add("@series", SqliteType.Integer).Value = seriesId;
        var start = command.Parameters.Add("@start", SqliteType.Integer);
        var amount = command.Parameters.Add("@value", SqliteType.Integer);
        var quality = command.Parameters.Add("@quality", SqliteType.Integer);
        await command.PrepareAsync(cancellation);
        foreach (var value in values)
        {
            start.Value = DistrictCalendar.ToMicroseconds(value.Start);
            amount.Value = value.Value.Millionths;
            quality.Value = (int)value.Quality;
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }
}

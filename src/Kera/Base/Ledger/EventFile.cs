using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Security.Cryptography;
using Kera.Base.Access;
using Kera.Flows;

namespace Kera.Base.Ledger;

/// <summary>Where an import stopped, and why.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Field">The field, in the API's name.</param>
/// <param name="Rule">The rule's stable name.</param>
/// <param name="Sentence">What is wrong and what would be right.</param>
public sealed record EventFileStop(long Line, string Field, string Rule, string Sentence);

/// <summary>What an import did.</summary>
/// <param name="Recorded">Events recorded now.</param>
/// <param name="Same">Events that were there.</param>
/// <param name="Stopped">Where it stopped before the end; null where it did not.</param>
public sealed record EventFileReport(long Recorded, long Same, EventFileStop? Stopped);

/// <summary>
/// Takes a file of events into the ledger, one a line in the API's JSON. An event without a key gets one of its line's
/// content, so that the same file again adds nothing.
/// </summary>
public sealed class EventFile(LedgerWriter ledger)
{
    private const int Batch = 1_000;
    private const int LongestLine = 1_048_576;

    /// <summary>Imports the lines in order, in batches of 1,000, and stops at the first that is wrong: those before it are recorded.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="actor">Who imports.</param>
    /// <param name="progress">Told bytes and events done, now and then.</param>
    /// <param name="cancellation">Stops between batches; what is recorded stays.</param>
    public async Task<EventFileReport> ImportAsync(Stream stream, Actor actor, Action<long, long>? progress = null, CancellationToken cancellation = default)
    {
        var reading = new Reading(stream);
        var (recorded, same) = (0L, 0L);
        while (true)
        {
            var (lines, mistake) = await reading.NextAsync(cancellation);
            if (lines.Count > 0)
            {
                var outcome = await ledger.AppendAsync([.. lines.Select(line => line.Event)], actor, cancellation);
                if (outcome.Refusal is { } refusal)
                {
                    mistake = new EventFileStop(lines[outcome.RefusedIndex].Number, refusal.Field, refusal.Code, refusal.Sentence);
                    outcome = outcome.RefusedIndex == 0 ? null : await ledger.AppendAsync([.. lines.Take(outcome.RefusedIndex).Select(line => line.Event)], actor, cancellation);
                }

                recorded += outcome?.Events.Count(each => !each.WasThere) ?? 0;
                same += outcome?.Events.Count(each => each.WasThere) ?? 0;
            }

            if (mistake is not null || lines.Count == 0)
            {
                return new EventFileReport(recorded, same, mistake);
            }

            progress?.Invoke(reading.Bytes, recorded + same);
        }
    }

    private readonly record struct Line(long Number, EventInput Event);

    /// <summary>The lines of a file, read and mapped a batch at a time.</summary>
    private sealed class Reading(Stream stream)
    {
        private readonly PipeReader _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        private readonly Dictionary<UInt128, int> _occurrences = [];
        private long _number;

        public long Bytes { get; private set; }

        /// <summary>The next batch, and what is wrong with the line after it; an empty batch without a mistake is the end.</summary>
        public async Task<(List<Line> Lines, EventFileStop? Mistake)> NextAsync(CancellationToken cancellation)
        {
            List<Line> lines = new(Batch);
            while (lines.Count < Batch)
            {
                var result = await _pipe.ReadAsync(cancellation);
                var buffer = result.Buffer;
                if (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var mistake = Take(buffer.Slice(0, end), lines);
                    Advance(buffer, buffer.GetPosition(1, end));
                    if (mistake is not null)
                    {
                        return (lines, mistake);
                    }
                }
                else if (buffer.Length > LongestLine)
                {
                    _pipe.AdvanceTo(buffer.Start);
                    return (lines, Stop(new WrongText("event", $"The line is longer than {LongestLine:N0} bytes. A note has at most 10,000 characters.")));
                }
                else if (result.IsCompleted)
                {
                    var mistake = Take(buffer, lines);
                    Advance(buffer, buffer.End);
                    return (lines, mistake);
                }
                else
                {
                    _pipe.AdvanceTo(buffer.Start, buffer.End);
                }
            }

            return (lines, null);
        }

        private void Advance(ReadOnlySequence<byte> buffer, SequencePosition consumed)
        {
            Bytes += buffer.Slice(0, consumed).Length;
            _pipe.AdvanceTo(consumed);
        }

        private EventFileStop? Take(ReadOnlySequence<byte> sequence, List<Line> lines)
        {
            if (sequence.IsEmpty)
            {
                _number++;
                return null;
            }

            if (sequence.Length > LongestLine)
            {
                return Stop(new WrongText("event", $"The line is longer than {LongestLine:N0} bytes. A note has at most 10,000 characters."));
            }

            ReadOnlyMemory<byte> line = sequence.ToArray();
            line = line.Slice(0, line.Span.TrimEnd("\r \t"u8).Length);
            if (_number == 0 && line.Span.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            if (line.IsEmpty)
            {
                _number++;
                return null;
            }

            if (EventJson.Read(line, out var refusal) is not { } input)
            {
                return Stop(refusal!);
            }

            _number++;
            lines.Add(new Line(_number, input.IdempotencyKey is null ? input with { IdempotencyKey = KeyOf(line) } : input));
            return null;
        }

        private string KeyOf(ReadOnlyMemory<byte> line)
        {
            var hash = SHA256.HashData(line.Span);
            var short128 = BitConverter.ToUInt128(hash);
            var occurrence = _occurrences[short128] = _occurrences.GetValueOrDefault(short128) + 1;
            return string.Create(CultureInfo.InvariantCulture, $"import:{Convert.ToHexStringLower(hash)}:{occurrence}");
        }

        private EventFileStop Stop(Refusal refusal) => new(_number + 1, refusal.Field.Length == 0 ? "event" : refusal.Field, refusal.Code, refusal.Sentence);
    }
}

using System.Text;
using System.Text.Json;
using NodaTime;

namespace Kera.Base.Live;

/// <summary>That the ledger went on, as an event of an event stream whose id is the position.</summary>
/// <param name="From">The position before it: what this tells of came after.</param>
/// <param name="Position">The newest position.</param>
/// <param name="At">When this node saw it.</param>
/// <param name="Flows">The public declared flows that were written to, by key and in order; null where there were too many to name, or it is not known: any may have been.</param>
public sealed record LiveUpdate(long From, long Position, Instant At, IReadOnlyList<string>? Flows)
{
    private byte[]? _frame;

    /// <summary>The event as it goes over the line; made once, whoever many listen.</summary>
    public ReadOnlyMemory<byte> Frame => _frame ??= Encoding.UTF8.GetBytes(
        $"id: {Position}\nevent: head\ndata: {JsonSerializer.Serialize(new Document(Position, At.ToString(), Flows), JsonSerializerOptions.Web)}\n\n");

    /// <summary>What is said of it: the position, the time, and the flows; no flows at all where any may have changed.</summary>
    private sealed record Document(long Position, string At, IReadOnlyList<string>? Flows);
}

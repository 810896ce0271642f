using Kera.Flows;
using NodaTime;

namespace Kera.Features.Carbon;

/// <summary>
/// What processes that are no plant or meter make, and when. A batch is walked wholly: what went into it stays in it until its
/// products come out, and each unit of them takes as much.
/// </summary>
/// <param name="outputs">By process: the hours of its products with their amounts, and when anything first went into it.</param>
public sealed class BatchOutputs(IReadOnlyDictionary<int, IReadOnlyList<(Instant Hour, double Quantity)>> outputs)
{
    private const double Least = 1e-6;

    /// <summary>Without any.</summary>
    public static BatchOutputs None { get; } = new(new Dictionary<int, IReadOnlyList<(Instant, double)>>());

    /// <summary>Whether a process is such a batch, with something in or out of it.</summary>
    public bool Has(Process process) => outputs.ContainsKey(process.Id);

    /// <summary>How much is still in it after an hour: what comes out later, or 1 where nothing ever came out; null where it is no batch.</summary>
    public double? Remaining(int process, Instant hour) => !outputs.TryGetValue(process, out var made) ? null : made.Sum(each => each.Quantity) <= Least ? 1 : Math.Max(0, Math.Round(made.Where(each => each.Hour > hour).Sum(each => each.Quantity), 6));
}

using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;

namespace Kera.Features.Flows;

/// <summary>One kind of movement in one unit: what may be added up.</summary>
/// <param name="Action">The action.</param>
/// <param name="Unit">The UCUM code.</param>
/// <param name="Quantity">The sum.</param>
/// <param name="Events">How many events it is the sum of.</param>
public sealed record Movement(string Action, string Unit, Quantity Quantity, long Events);

/// <summary>A flow with its sum over all bars.</summary>
public sealed record FlowSum(Flow Flow, Quantity Quantity, long Events);

/// <summary>
/// What moved in a stretch of time. Only one action in one unit is added up: kilowatt-hours and kilograms have no sum, and
/// what is produced into a network and consumed from it would be counted twice.
/// </summary>
public sealed class FlowsOverview
{
    /// <summary>Adds up.</summary>
    /// <param name="amounts">What the flows amounted to, by bar.</param>
    /// <param name="window">The stretch of time.</param>
    /// <param name="action">The action to show; null for the one with the most events.</param>
    /// <param name="unit">The unit to show; null for the one with the most events.</param>
    public FlowsOverview(IReadOnlyList<FlowAmount> amounts, FlowsWindow window, string? action, string? unit)
    {
        Window = window;
        Movements =
        [
            .. amounts.GroupBy(amount => (amount.Flow.Action, amount.Flow.Unit))
                .Select(group => new Movement(group.Key.Action, group.Key.Unit, Sum(group), group.Sum(amount => amount.Events)))
                .OrderByDescending(movement => movement.Events)
                .ThenBy(movement => movement.Action, StringComparer.Ordinal)
                .ThenBy(movement => movement.Unit, StringComparer.Ordinal),
        ];
        Chosen = Movements.FirstOrDefault(movement =>
            (action is null || movement.Action == action) && (unit is null || movement.Unit == unit));
        var shown = amounts.Where(amount => Chosen is not null && amount.Flow.Action == Chosen.Action && amount.Flow.Unit == Chosen.Unit).ToList();
        Flows =
        [
            .. shown.GroupBy(amount => amount.Flow)
                .Select(group => new FlowSum(group.Key, Sum(group), group.Sum(amount => amount.Events)))
                .OrderByDescending(sum => sum.Quantity)
                .ThenBy(sum => sum.Flow.Subject.Name, StringComparer.Ordinal),
        ];
        var bars = new Quantity?[window.Starts.Count];
        foreach (var amount in shown)
        {
            if (window.IndexOf(amount.Start) is var bar and >= 0)
            {
                bars[bar] = (bars[bar] ?? Quantity.Zero) + amount.Quantity;
            }
        }

        Bars = bars;
        Quality = shown.Count == 0 ? null : shown.Max(amount => amount.Flow.Quality);
    }

    /// <summary>The stretch of time.</summary>
    public FlowsWindow Window { get; }

    /// <summary>Everything that moved, by what may be added up; the most events first.</summary>
    public IReadOnlyList<Movement> Movements { get; }

    /// <summary>The movement that is shown; null where nothing moved.</summary>
    public Movement? Chosen { get; }

    /// <summary>Its flows, the largest first.</summary>
    public IReadOnlyList<FlowSum> Flows { get; }

    /// <summary>Its sum by bar; null where nothing was recorded.</summary>
    public IReadOnlyList<Quantity?> Bars { get; }

    /// <summary>The least sure of what is in the sum; null where nothing is.</summary>
    public Quality? Quality { get; }

    /// <summary>Where a moment stands, in percent of the stretch; null where it is outside.</summary>
    public decimal? Place(Instant now)
    {
        var bar = Window.IndexOf(now);
        if (bar < 0)
        {
            return null;
        }

        var end = bar + 1 < Window.Starts.Count ? Window.Starts[bar + 1] : Window.End;
        var within = (decimal)(now - Window.Starts[bar]).BclCompatibleTicks / (end - Window.Starts[bar]).BclCompatibleTicks;
        return (bar + within) * 100 / Window.Starts.Count;
    }

    private static Quantity Sum(IEnumerable<FlowAmount> amounts) =>
        amounts.Aggregate(Quantity.Zero, (sum, amount) => sum + amount.Quantity);
}

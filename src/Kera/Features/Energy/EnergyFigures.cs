using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.Readings;
using Kera.Base.Ui;
using Kera.Flows;

namespace Kera.Features.Energy;

/// <summary>What gives to a network in the coming day, by the newest plan: <c>energy.ahead.NETWORK</c>.</summary>
internal static class EnergyFigures
{
    private const int Day = 24;

    public static FigureFamily Family { get; } = new(Figures);

    private static IReadOnlyList<Figure> Figures(IServiceProvider services)
    {
        var catalog = services.GetRequiredService<Catalog>();
        return services.GetRequiredService<DistrictInForce>().Model?.Energy is not { } energy ? [] :
        [
            .. energy.Buses.Values.Where(bus => energy.Demands.Values.Any(demand => demand.Bus == bus.Key)).Select(bus => new Figure(
                $"energy.ahead.{bus.Network}", "energy.ahead", (context, cancellation) => AheadAsync(context, energy, bus, cancellation))
            {
                Name = Texts.InAll((texts, language) => texts.Format("energy.ahead", ("network", catalog.Find(catalog.Resources, bus.Network)!.Row.Name(language)))),
            }),
        ];
    }

    private static async Task<FigureValue?> AheadAsync(FigureContext context, DistrictEnergy energy, DistrictBus bus, CancellationToken cancellation)
    {
        if (await context.Services.GetRequiredService<EnergyPlanning>().NewestAsync(cancellation) is not { Content: var plan })
        {
            return null;
        }

        var first = Math.Max(0, (int)Math.Ceiling((context.Now - plan.At(0)).TotalHours));
        var hours = Math.Min(Day, plan.Hours - first);
        if (hours <= 0)
        {
            return null;
        }

        var view = new EnergyView(energy, plan, null, null, new Dictionary<string, double>(), context.Language.Code);
        List<FigurePart> parts = [.. view.Supply(bus, plan)
            .Select(each => new FigurePart(view.NameOf(each.Key), RoundedQuantity.Of(each.Kilowatts.Skip(first).Take(hours).Sum(), 0), "kWh", context.Services.GetRequiredService<DistrictInForce>().Demonstration ? Quality.Synthetic : Quality.Estimated, null))
            .Where(part => part.Quantity > Quantity.Zero)
            .OrderByDescending(part => part.Quantity)];
        return parts.Count == 0 ? null : new FigureValue
        {
            Quantity = parts.Aggregate(Quantity.Zero, (sum, part) => sum + part.Quantity),
            Unit = "kWh",
            From = plan.At(first),
            Until = plan.At(first) + (Hours.Length * hours),
            Formula = Texts.For(context.Language)["energy.ahead.formula"],
            Parts = parts,
        };
    }
}

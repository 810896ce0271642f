using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Things;

/// <summary>Things by name: <c>lending.hour.KIND</c>, what an hour of use carries, and <c>lending.avoided</c>, the purchases that loans took the place of.</summary>
internal static class ThingFigureBook
{
    private const string HourPrefix = "lending.hour.";

    public static string Avoided => "lending.avoided";

    public static string HourOf(ThingKind kind) => HourPrefix + kind.Key;

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(new Figure(Avoided, "things.figure.avoided", AvoidedAsync));
        services.AddSingleton(new FigureFamily(static _ => [], Find));
    }

    private static Figure? Find(IServiceProvider services, string key) =>
        key.StartsWith(HourPrefix, StringComparison.Ordinal) && services.GetRequiredService<ThingShelf>().Things?.Kinds.GetValueOrDefault(key[HourPrefix.Length..]) is { Footprint: { } footprint } kind
            ? new Figure(key, "things.figure.hour", (context, cancellation) => HourAsync(context, kind, footprint, cancellation)) { Name = Texts.InAll((texts, language) => texts.Format("things.figure.hour", ("thing", kind.Name.In(language.Code)))) }
            : null;

    private static async Task<FigureValue?> HourAsync(FigureContext context, ThingKind kind, ThingFootprint footprint, CancellationToken cancellation)
    {
        var shelf = context.Services.GetRequiredService<ThingShelf>();
        var items = shelf.ItemsOf(kind).ToList();
        await using var db = context.Services.GetRequiredService<KeraStore>().OpenContext();
        if (await ThingFootprints.OfAsync(db, shelf, kind, footprint, cancellation) is not { } now)
        {
            return null;
        }

        var (texts, quality) = (Texts.For(context.Language), kind.Illustrative ? Quality.Synthetic : Quality.Estimated);
        return new FigureValue
        {
            Quantity = Amount(now.PerHour),
            Unit = "kg{CO2e}/h",
            PartUnit = "kg{CO2e}",
            From = shelf.StartOf(items.Min(item => item.Since)),
            Until = context.Now,
            FormulaKey = "things.figure.hour.formula",
            Parts = [new FigurePart(texts["things.figure.remaining"], Amount(now.Remaining), "kg{CO2e}", quality, null)],
            Divisor = new FigurePart(texts["things.figure.hours"], Amount(Math.Max(now.Expected, now.Least)), "h", quality, null),
        };
    }

    private static async Task<FigureValue?> AvoidedAsync(FigureContext context, CancellationToken cancellation)
    {
        var shelf = context.Services.GetRequiredService<ThingShelf>();
        var formats = new Formats(context.Language, context.Services.GetRequiredService<NodaTime.DateTimeZone>());
        await using var db = context.Services.GetRequiredService<KeraStore>().OpenContext();
        var loans = await db.Loans.Where(row => row.State == LoanState.Returned).GroupBy(row => row.Kind).Select(group => new { Kind = group.Key, Loans = group.Count(), First = group.Min(row => row.First) }).ToListAsync(cancellation);
        var parts = loans.Where(each => shelf.Things?.Kinds.GetValueOrDefault(each.Kind)?.LoansPerPurchase is not null).Select(each =>
        {
            var kind = shelf.Things!.Kinds[each.Kind];
            return new FigurePart(
                Texts.For(context.Language).Format("things.figure.part", ("thing", kind.Name.In(context.Language.Code)), ("loans", formats.Number(each.Loans)), ("each", formats.Number(kind.LoansPerPurchase!.Value))),
                Amount((decimal)each.Loans / kind.LoansPerPurchase!.Value),
                "1",
                kind.Illustrative ? Quality.Synthetic : Quality.Estimated,
                new FigureLink(ThingEndpoints.PathOf(each.Kind), []));
        }).OrderByDescending(part => part.Quantity.Millionths).ToList();
        return parts.Count == 0 ? null : new FigureValue
        {
            Quantity = new Quantity(parts.Sum(part => part.Quantity.Millionths)),
            Unit = "1",
            From = shelf.StartOf(DistrictCalendar.DateOf(loans.Min(each => each.First))),
            Until = context.Now,
            FormulaKey = "things.figure.avoided.formula",
            Parts = parts,
        };
    }

    private static Quantity Amount(decimal amount) => new((long)decimal.Round(amount * Quantity.One));
}

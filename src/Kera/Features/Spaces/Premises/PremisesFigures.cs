using Kera.Base.Figures;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using Microsoft.EntityFrameworkCore;

namespace Kera.Features.Spaces.Premises;

/// <summary>What stands empty, as the figure <c>premises.vacancy</c>: the share of the floor area that is for temporary use which nobody has today.</summary>
internal static class PremisesFigures
{
    public static void Register(IServiceCollection services) => services.AddSingleton(new Figure("premises.vacancy", "premises.vacancy", VacancyAsync));

    private static async Task<FigureValue?> VacancyAsync(FigureContext context, CancellationToken cancellation)
    {
        var register = context.Services.GetRequiredService<PremisesRegister>();
        var today = register.Today;
        var there = (await register.ListAsync(cancellation)).Where(each => !each.Withdrawn && !(today < each.FirstDay) && !(today > each.LastDay)).ToList();
        var whole = new Quantity(there.Sum(each => each.Area.Millionths));
        if (whole == Quantity.Zero)
        {
            return null;
        }

        var (texts, formats) = (Texts.For(context.Language), new Formats(context.Language, register.Zone));
        await using var db = context.Services.GetRequiredService<KeraStore>().OpenContext();
        var let = (await db.Tenancies.AsNoTracking().Where(row => row.State == TenancyState.Agreed).ToListAsync(cancellation)).Select(Tenancy.Of).Where(tenancy => tenancy.Holds(today)).ToLookup(tenancy => tenancy.Premises);
        var empty = there.Select(each => new FigurePart(
                each.Words.Name.In(context.Language.Code),
                new Quantity(Math.Max(0, each.Area.Millionths - let[each.Key].Sum(tenancy => tenancy.Terms.Area.Millionths))),
                "m2",
                each.Illustrative ? Quality.Synthetic : Quality.Measured,
                new FigureLink(PremisesEndpoints.PathOf(each.Key), [])))
            .Where(part => part.Quantity > Quantity.Zero).OrderByDescending(part => part.Quantity).ToList();
        return new FigureValue
        {
            Quantity = new Quantity((long)decimal.Round(100m * empty.Sum(part => part.Quantity.Millionths) / whole.Millionths * Quantity.One)),
            Unit = "%",
            PartUnit = "m2",
            From = register.Zone.AtStartOfDay(today).ToInstant(),
            Until = context.Now,
            FormulaKey = "premises.vacancy.formula",
            Parts = empty,
            Factors =
            [
                .. there.Select(each => new FigureFactor(
                    formats.Amount(each.Area, "m2"),
                    each.Words.Name.In(context.Language.Code),
                    texts[each.OfFiles ? "premises.vacancy.files" : "premises.vacancy.owner"],
                    each.Illustrative)),
            ],
            Divisor = new FigurePart(texts["premises.vacancy.whole"], whole, "m2", there.Exists(each => each.Illustrative) ? Quality.Synthetic : Quality.Measured, new FigureLink(PremisesEndpoints.Path, [])),
        };
    }
}

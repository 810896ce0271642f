using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>
/// What bookings of the last 30 full days tell of a district, without anybody's own: <c>spaces.use-rate</c>, <c>spaces.people</c> and
/// <c>spaces.missed</c>.
/// </summary>
internal static class SpaceFigures
{
    // Of fewer bookings one could tell whose it was.
    private const int LeastBookings = 10;
    private const long MicrosecondsOfMillionthHour = 3_600;
    private const int Days = 30;

    public static void Register(IServiceCollection services)
    {
        services.AddSingleton(new Figure("spaces.use-rate", "spaces.userate", UseRateAsync));
        services.AddSingleton(new Figure("spaces.people", "spaces.people", (context, cancellation) => SumAsync(
            context,
            "spaces.people.formula",
            "1",
            bookings => bookings.Where(booking => !booking.NoShow).Select(booking => (booking.Space, Quantity.Whole(booking.People))),
            cancellation)));
        services.AddSingleton(new Figure("spaces.missed", "spaces.missed", (context, cancellation) => SumAsync(
            context,
            "spaces.missed.formula",
            "h",
            bookings => bookings.Where(booking => booking.NoShow).Select(booking => (booking.Space, Hours(booking))),
            cancellation)));
    }

    private static async Task<FigureValue?> SumAsync(FigureContext context, string formula, string unit, Func<IReadOnlyList<Ended>, IEnumerable<(string Space, Quantity Amount)>> amounts, CancellationToken cancellation)
    {
        if (await EndedAsync(context, cancellation) is not { } ended)
        {
            return null;
        }

        var parts = amounts(ended.Bookings).GroupBy(each => each.Space).Select(group => new FigurePart(ended.NameOf(group.Key), new Quantity(group.Sum(each => each.Amount.Millionths)), unit, Quality.Measured, LinkOf(group.Key)))
            .OrderByDescending(part => part.Quantity).ToList();
        return new FigureValue
        {
            Quantity = new Quantity(parts.Sum(part => part.Quantity.Millionths)),
            Unit = unit,
            From = ended.From,
            Until = ended.Until,
            FormulaKey = formula,
            Parts = parts,
            Events = ended.Events,
            EventsLink = ended.EventsLink,
        };
    }

    // Of the smallest that can be booked: who takes a hall takes its courts, and who takes a court leaves the rest of the hall.
    private static async Task<FigureValue?> UseRateAsync(FigureContext context, CancellationToken cancellation)
    {
        if (await EndedAsync(context, cancellation) is not { } ended)
        {
            return null;
        }

        var tree = ended.Spaces.Tree;
        var (first, last) = (ended.From.InZone(tree.Zone).Date, ended.Until.InZone(tree.Zone).Date.PlusDays(-1));
        var smallest = ended.Spaces.Spaces.Values.Where(space => space.Bookable && !tree.Descendants(space.Key).Any(part => ended.Spaces.Spaces[part.Key].Bookable)).ToList();
        var open = Quantity.Zero;
        List<FigurePart> parts = [];
        foreach (var space in smallest)
        {
            open += Hours(tree.OpenTime(space.Key, first, last).Aggregate(Duration.Zero, (sum, time) => sum + time.Duration));
            var wholes = tree.Ancestors(space.Key).Select(whole => whole.Key).Append(space.Key).ToHashSet(StringComparer.Ordinal);
            var used = ended.Bookings.Where(booking => !booking.NoShow && wholes.Contains(booking.Space)).Sum(booking => Hours(booking).Millionths);
            if (used > 0)
            {
                parts.Add(new FigurePart(ended.NameOf(space.Key), new Quantity(used), "h", Quality.Measured, LinkOf(space.Key)));
            }
        }

        return open == Quantity.Zero ? null : new FigureValue
        {
            Quantity = new Quantity((long)decimal.Round(100m * parts.Sum(part => part.Quantity.Millionths) / open.Millionths * Quantity.One)),
            Unit = "%",
            PartUnit = "h",
            From = ended.From,
            Until = ended.Until,
            FormulaKey = "spaces.userate.formula",
            Parts = [.. parts.OrderByDescending(part => part.Quantity)],
            Divisor = new FigurePart(Texts.For(context.Language)["spaces.userate.open"], open, "h", Quality.Measured, new FigureLink(SpaceEndpoints.Path, [])),
            Events = ended.Events,
            EventsLink = ended.EventsLink,
        };
    }

    // Null of too few to be told.
    private static async Task<EndedBookings?> EndedAsync(FigureContext context, CancellationToken cancellation)
    {
        if (context.Services.GetRequiredService<SpaceCalendar>().Spaces is not { } spaces)
        {
            return null;
        }

        var today = context.Now.InZone(spaces.Tree.Zone).Date;
        var (from, until) = (spaces.Tree.Zone.AtStartOfDay(today.PlusDays(-Days)).ToInstant(), spaces.Tree.Zone.AtStartOfDay(today).ToInstant());
        var (least, most) = (DistrictCalendar.ToMicroseconds(from), DistrictCalendar.ToMicroseconds(until));
        await using var db = context.Services.GetRequiredService<KeraStore>().OpenContext();
        var bookings = await db.Bookings.AsNoTracking()
            .Where(row => row.State == BookingState.Confirmed && row.Kind != BookingKind.Block && row.End > least && row.End <= most)
            .Select(row => new Ended(row.Space, row.Begin, row.End, row.People, row.NoShow, row.Recorded == BookingRecord.Used)).ToListAsync(cancellation);
        return bookings.Count < LeastBookings ? null : new EndedBookings(spaces, context.Language, from, until, bookings);
    }

    private static Quantity Hours(Ended booking) => new((booking.End - booking.Begin) / MicrosecondsOfMillionthHour);

    private static Quantity Hours(Duration time) => new((long)(time.TotalHours * Quantity.One));

    private static FigureLink LinkOf(string space) => new(SpaceEndpoints.PathOf(space), []);

    private sealed record Ended(string Space, long Begin, long End, int People, bool NoShow, bool InLedger);

    private sealed record EndedBookings(DistrictSpaces Spaces, Language Language, Instant From, Instant Until, IReadOnlyList<Ended> Bookings)
    {
        /// <summary>How many of them the ledger has as uses.</summary>
        public int Events => Bookings.Count(booking => booking.InLedger);

        /// <summary>Where the ledger's uses of these days are shown.</summary>
        public FigureLink EventsLink => new("/flows", [new("period", "day"), new("from", LocalDatePattern.Iso.Format(From.InZone(Spaces.Tree.Zone).Date)), new("action", "use")]);

        // A file that changed may have taken a space away.
        public string NameOf(string space) => Spaces.Spaces.GetValueOrDefault(space)?.Name.In(Language.Code) ?? space;
    }
}

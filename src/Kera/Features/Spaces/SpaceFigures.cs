using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Sharing;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>What bookings tell of a district, without anybody's own.</summary>
internal static class SpaceFigures
{
    // Of fewer bookings one could tell whose it was.
    private const int LeastBookings = 10;
    private const long MicrosecondsOfMillionthHour = 3_600;
    private static readonly Duration s_time = Duration.FromDays(30);

    public static void Register(IServiceCollection services) => services.AddSingleton(new Figure("spaces.missed", "spaces.missed", MissedAsync));

    private static async Task<FigureValue?> MissedAsync(FigureContext context, CancellationToken cancellation)
    {
        var (from, now) = (DistrictCalendar.ToMicroseconds(context.Now - s_time), DistrictCalendar.ToMicroseconds(context.Now));
        var spaces = context.Services.GetRequiredService<SpaceCalendar>().Spaces?.Spaces;
        await using var db = context.Services.GetRequiredService<KeraStore>().OpenContext();
        var ended = db.Bookings.AsNoTracking().Where(row => row.State == BookingState.Confirmed && row.Kind != BookingKind.Block && row.End > from && row.End <= now);
        if (spaces is null || await ended.CountAsync(cancellation) < LeastBookings)
        {
            return null;
        }

        var missed = await ended.Where(row => row.NoShow).Select(row => new { row.Space, Time = row.End - row.Begin }).ToListAsync(cancellation);
        return new FigureValue
        {
            Quantity = new Quantity(missed.Sum(row => row.Time) / MicrosecondsOfMillionthHour),
            Unit = "h",
            From = context.Now - s_time,
            Until = context.Now,
            FormulaKey = "spaces.missed.formula",
            Parts = [.. missed.GroupBy(row => row.Space)
                .Select(group => new FigurePart(spaces.GetValueOrDefault(group.Key)?.Name.In(context.Language.Code) ?? group.Key, new Quantity(group.Sum(row => row.Time) / MicrosecondsOfMillionthHour), "h", Quality.Measured, null))
                .OrderByDescending(part => part.Quantity)],
        };
    }
}

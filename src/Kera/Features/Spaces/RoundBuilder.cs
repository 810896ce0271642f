using Kera.Base.District;
using Kera.Base.Store;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>Puts a round together as the kernel solves it: what the files say, what groups sent, what the handler decided, and what is booked already.</summary>
internal sealed class RoundBuilder(SpaceCalendar calendar)
{
    private const int AnyNumber = 100_000;
    private const int SlotMinutes = 30;
    private const int SlotsInDay = 48;

    /// <summary>The round as it is now.</summary>
    public async Task<Round> BuildAsync(KeraDb db, DistrictRound round, RoundHandling handling, CancellationToken cancellation)
    {
        var spaces = calendar.Spaces!;
        var tree = spaces.Tree;
        List<string> keys = [.. round.Spaces.Select(space => space.Space)];
        var season = SeasonOf(tree.Zone, round);
        var book = await calendar.ReadAsync(db, keys, season, null, cancellation);
        return new Round(
            round.First,
            round.Last,
            round.GridMinutes,
            [.. round.Spaces.Select(space => new RoundSpace(space.Space, tree.Space(space.Space).Capacity ?? AnyNumber, space.Open)
            {
                Features = spaces.Spaces[space.Space].Features,
                Conflicts = [.. tree.Ancestors(space.Space).Concat(tree.Descendants(space.Space)).Select(each => each.Key).Where(keys.Contains)],
                Occupied = OccupiedIn(book, space.Space, round, season),
            })],
            [.. round.Categories.Select(category => new RoundCategory(category.Kind, category.Weight) { MinimumMinutes = category.LeastMinutes })],
            await ApplicationsAsync(db, round, cancellation))
        {
            Equipment = [.. tree.Equipment.Select(thing => new RoundEquipment(thing.Key, thing.Pieces))],
            Pins = handling.Pins,
            Forbids = handling.Forbids,
        };
    }

    /// <summary>The time of a season.</summary>
    public static Interval SeasonOf(DateTimeZone zone, DistrictRound round) => new(zone.AtStartOfDay(round.First).ToInstant(), zone.AtStartOfDay(round.Last.PlusDays(1)).ToInstant());

    private static async Task<IReadOnlyList<RoundApplication>> ApplicationsAsync(KeraDb db, DistrictRound round, CancellationToken cancellation)
    {
        var rows = await db.RoundApplications.AsNoTracking().Where(row => row.Round == round.Key && row.Sent != null && row.Cancelled == null)
            .Join(db.Groups, row => row.GroupId, group => group.Id, (row, group) => new { Row = row, group.Key }).OrderBy(each => each.Row.Id).ToListAsync(cancellation);
        var groups = rows.ConvertAll(each => each.Row.GroupId);
        var past = (await db.RoundApplications.AsNoTracking().Where(row => groups.Contains(row.GroupId) && row.Round != round.Key && row.Wished > 0).ToListAsync(cancellation)).ToLookup(row => row.GroupId);
        return [.. rows.Select(each => new RoundApplication(each.Key, each.Row.Kind, RoundRegister.WishesOf(each.Row))
        {
            PastPercent = past[each.Row.GroupId].Sum(row => row.Wished) is var wished and > 0 ? Math.Min(100, past[each.Row.GroupId].Sum(row => row.Granted) * 100 / wished) : null,
        })];
    }

    // What is booked on half of a weekday's dates or more is used already; less than that is a date without the weekly time, here and there.
    private List<WeeklyTime> OccupiedIn(BookingBook book, string space, DistrictRound round, Interval season)
    {
        var zone = book.Spaces.Zone;
        var dates = new Dictionary<(IsoDayOfWeek Day, int Slot), HashSet<LocalDate>>();
        foreach (var booking in book.Occupying(space, season, calendar.Now))
        {
            for (var at = booking.Time.Start; at < booking.Time.End; at += Duration.FromMinutes(SlotMinutes))
            {
                var local = at.InZone(zone);
                if (local.Date >= round.First && local.Date <= round.Last)
                {
                    var slot = (local.DayOfWeek, ((local.Hour * 60) + local.Minute) / SlotMinutes);
                    (dates.TryGetValue(slot, out var known) ? known : dates[slot] = []).Add(local.Date);
                }
            }
        }

        var weeks = Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None).ToDictionary(day => day, day => DaysOf(round).Count(date => date.DayOfWeek == day));
        var taken = dates.Where(slot => slot.Value.Count * 2 >= weeks[slot.Key.Day]).Select(slot => slot.Key).ToHashSet();
        List<WeeklyTime> times = [];
        foreach (var day in weeks.Keys)
        {
            for (var slot = 0; slot < SlotsInDay; slot++)
            {
                var begin = slot;
                while (slot < SlotsInDay && taken.Contains((day, slot)))
                {
                    slot++;
                }

                if (slot > begin)
                {
                    times.Add(new WeeklyTime(day, begin * SlotMinutes, slot * SlotMinutes));
                }
            }
        }

        return times;
    }

    private static IEnumerable<LocalDate> DaysOf(DistrictRound round) => Enumerable.Range(0, Period.DaysBetween(round.First, round.Last) + 1).Select(round.First.PlusDays);
}

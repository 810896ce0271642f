using System.Globalization;
using Kera.Base.Access;
using Kera.Base.Accounts;
using Kera.Base.District;
using Kera.Base.Groups;
using Kera.Base.Hosting;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Sharing;
using Kera.Sharing.Rounds;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>
/// The demonstration's made-up bookings, groups and applications, made once in a store that has none. Each booking is one that the rules
/// allow three days before it; the people cannot sign in.
/// </summary>
internal sealed class DemonstrationBookings(
    KeraStore store, BookingRegister register, BookingLedger ledger, SpaceCalendar calendar, PersonStore persons, GroupBook groups, RoundRegister rounds, Catalog catalog, DistrictInForce district,
    IHostApplicationLifetime lifetime, ILogger<DemonstrationBookings> logger) : BackgroundService
{
    private const int DaysBefore = 28;
    private const int DaysAfter = 13;
    private const int MostPeople = 6;
    private const int WishedTimes = 2;
    private const int WishedMinutes = 90;
    private const int Hour = 60;
    private const int Evening = 21;
    private const int Afternoon = 16;
    private const int Hundred = 100;
    private static readonly Duration s_asked = Duration.FromDays(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!district.Demonstration || district.Model?.Demo is not { Bookings: { } demo } whole || calendar.Spaces is not { } spaces)
        {
            return;
        }

        await lifetime.StartedAsync(stoppingToken);
        try
        {
            await using (var db = store.OpenContext())
            {
                if (await db.Groups.AnyAsync(stoppingToken) || await db.Bookings.AnyAsync(stoppingToken))
                {
                    return;
                }
            }

            var people = await PeopleAsync(demo, stoppingToken);
            await BookAsync(spaces, demo, people, new Chance((ulong)whole.Seed), stoppingToken);
            foreach (var (group, leader) in demo.Groups.Zip(people))
            {
                await ApplyAsync(spaces, group, leader, stoppingToken);
            }

            await ledger.AdvanceAsync(stoppingToken);
        }
        catch (System.Data.Common.DbException failure)
        {
            logger.LogError(failure, "The demonstration's bookings were not all made.");
        }
    }

    private async Task<List<SignedIn>> PeopleAsync(DemoBookings demo, CancellationToken cancellation)
    {
        List<SignedIn> people = [];
        for (var number = 1; number <= demo.People; number++)
        {
            var name = Texts.For(Language.Finnish).Format("spaces.demonstration.name", ("number", number.ToString(CultureInfo.InvariantCulture)));
            var person = await persons.AddAsync(name, "", "", Actor.Start(), cancellation);
            people.Add(new SignedIn(0, 0, catalog.Find(catalog.Agents, person)!.Row.Id, person, null, [new RoleGrant(Role.Resident)]));
        }

        return people;
    }

    private async Task BookAsync(DistrictSpaces spaces, DemoBookings demo, List<SignedIn> people, Chance chance, CancellationToken cancellation)
    {
        var book = new BookingBook(spaces.Tree, []);
        var (first, last) = (calendar.Today.PlusDays(-DaysBefore), calendar.Today.PlusDays(DaysAfter));
        await using var db = store.OpenContext();
        foreach (var space in spaces.Spaces.Values.Where(each => each.Bookable && !spaces.Tree.Descendants(each.Key).Any(part => spaces.Spaces[part.Key].Bookable)))
        {
            var rules = spaces.Tree.Space(space.Key).Rules;
            var length = rules.LeastDuration ?? rules.Step;
            foreach (var start in spaces.Tree.OpenTime(space.Key, first, last).SelectMany(open => Starts(open, rules.StartGrid)))
            {
                var hour = start.InZone(spaces.Tree.Zone).Hour;
                // More in the afternoon and evening.
                if (chance.Next(Hundred) >= demo.Share * (hour is >= Afternoon and < Evening ? 2 : 1))
                {
                    continue;
                }

                var person = people[chance.Next(people.Count)];
                var request = new BookingRequest(space.Key, new Interval(start, start + length)) { People = 1 + chance.Next(Math.Min(MostPeople, spaces.Tree.Space(space.Key).Capacity ?? MostPeople)) };
                var decision = BookingCheck.Decide(book, request, calendar.AskerOf(person, space), Instant.Min(calendar.Now, start - s_asked));
                if (!decision.Allowed || register.Confirmed(request, decision, new BookingDetails(request.People, "", ""), person) is not { State: BookingState.Confirmed } row)
                {
                    continue;
                }

                row.Made = row.Changed = DistrictCalendar.ToMicroseconds(Instant.Min(calendar.Now, start - s_asked));
                book = book.Add(BookingView.Of(row).Booking);
                db.Bookings.Add(row);
            }
        }

        Audit.Add(db, Actor.Start(), calendar.Now, "booking.add", "made up for the demonstration");
        await db.SaveChangesAsync(cancellation);
    }

    private static IEnumerable<Instant> Starts(Interval open, Duration grid)
    {
        for (var start = open.Start; start + grid <= open.End; start += grid)
        {
            yield return start;
        }
    }

    private async Task ApplyAsync(DistrictSpaces spaces, DemoGroup group, SignedIn leader, CancellationToken cancellation)
    {
        var key = await groups.AddAsync(group.Name, group.Kind, [.. spaces.GroupKinds.Keys], leader, cancellation);
        foreach (var (round, state) in await rounds.ListAsync(cancellation))
        {
            var suiting = round.Spaces.Where(space => group.Spaces.Contains(space.Space)).ToList();
            if (state != RoundState.Open || suiting.Count == 0 || round.Categories.All(category => category.Kind != group.Kind))
            {
                continue;
            }

            // Evenings from Monday to Thursday, whatever the space's.
            List<SuitableTime> suitable = [.. new[] { IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday }.Select(day => new SuitableTime(day, (Afternoon + 1) * Hour, Evening * Hour))];
            var wish = new RoundWish("1", [.. group.Spaces.Where(each => suiting.Exists(space => space.Space == each))], suitable) { MaximumTimes = WishedTimes, MinimumMinutes = WishedMinutes, MaximumMinutes = WishedMinutes, People = MostPeople };
            await rounds.WriteAsync(round.Key, key, [wish], send: true, leader.AgentId, Actor.Start(), cancellation);
        }
    }

    // The same numbers on every machine: a linear congruential generator with Knuth's constants for MMIX.
    private sealed class Chance(ulong seed)
    {
        private ulong _state = seed;

        public int Next(int below)
        {
            _state = (_state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407;
            return (int)((_state >> 33) % (ulong)below);
        }
    }
}

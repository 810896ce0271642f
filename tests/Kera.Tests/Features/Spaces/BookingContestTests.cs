using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.Store;
using Kera.Features.Spaces;
using Kera.Sharing;
using Kera.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Kera.Tests.Features.Spaces;

/// <summary>Many who want the same times of a hall, its courts and its things at once: nothing is given twice.</summary>
public sealed class BookingContestTests(PostgresServer server)
{
    private static readonly int s_attempts = Environment.GetEnvironmentVariable("KERA_TESTS_FULL") == "1" ? 10_000 : 150;

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Nothing_is_booked_twice_over_a_hierarchy_with_shared_equipment(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        string[] spaces = ["court-1", "court-2", "court-3", "skate-hall", "workshop", "kutoja-hall"];
        var first = Instant.FromUtc(2026, 11, 26, 12, 0);
        var random = new Random(1);
        BookingRequest[] wishes =
        [
            .. Enumerable.Range(0, s_attempts).Select(_ =>
            {
                var space = spaces[random.Next(spaces.Length)];
                var start = first + Duration.FromDays(random.Next(3)) + Duration.FromHours(random.Next(8));
                return new BookingRequest(space, new Interval(start, start + Duration.FromHours(1 + random.Next(2))))
                {
                    Equipment = space.StartsWith("court", StringComparison.Ordinal) && random.Next(2) == 0 ? [new EquipmentUse("padel-rackets", 1 + random.Next(4))] : [],
                };
            }),
        ];

        var accepted = 0;
        await Parallel.ForEachAsync(
            wishes.Select((wish, number) => (wish, number)),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = TestContext.Current.CancellationToken },
            async (each, cancellation) =>
            {
                var outcome = await town.Register.BookAsync(each.wish, new BookingDetails(1, "", ""), SpaceTown.Person(each.number), cancellation);
                if (outcome.Booking is not null)
                {
                    Interlocked.Increment(ref accepted);
                }
                else
                {
                    Assert.NotEmpty(outcome.Decision.Refusals);
                }
            });

        await using var db = town.Services.GetRequiredService<KeraStore>().OpenContext();
        var rows = await db.Bookings.AsNoTracking().ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(accepted, rows.Count);
        Assert.InRange(accepted, 10, s_attempts);
        var calendar = town.Services.GetRequiredService<SpaceCalendar>();
        var tree = calendar.Spaces!.Tree;
        for (var one = 0; one < rows.Count; one++)
        {
            for (var other = one + 1; other < rows.Count; other++)
            {
                Assert.False(
                    tree.Meet(rows[one].Space, rows[other].Space) && rows[one].Begin < rows[other].End && rows[other].Begin < rows[one].End,
                    $"{rows[one].Space} and {rows[other].Space} at one time");
            }
        }

        var pieces = tree.Equipment.Single(thing => thing.Key == "padel-rackets").Pieces;
        Assert.All(rows, row => Assert.InRange(
            rows.Where(other => other.Begin <= row.Begin && row.Begin < other.End).Sum(other => EquipmentOf(other, "padel-rackets")), 0, pieces));
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("postgres")]
    public async Task Who_asks_for_much_at_once_holds_no_more_than_three_times(string provider)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        (string Space, int Hour)[] wishes = [("court-1", 8), ("court-2", 10), ("workshop", 15), ("workshop", 16), ("workshop", 17), ("workshop", 18)];

        var outcomes = await Task.WhenAll(wishes.Select(async wish =>
        {
            var start = Instant.FromUtc(2026, 11, 26, wish.Hour, 0);
            try
            {
                return (await town.Register.HoldAsync(new BookingRequest(wish.Space, new Interval(start, start + Duration.FromHours(1))), SpaceTown.Person(1), TestContext.Current.CancellationToken)).Booking;
            }
            catch (AccessException refused) when (refused.TextKey == "spaces.error.holds")
            {
                return null;
            }
        }));

        Assert.Equal(3, outcomes.Count(booking => booking is not null));
    }

    [Theory]
    [InlineData("sqlite", 2, false)]
    [InlineData("sqlite", 1, true)]
    [InlineData("postgres", 2, false)]
    [InlineData("postgres", 1, true)]
    public async Task What_an_earlier_booking_keeps_free_after_it_is_kept_free_however_far_it_reaches(string provider, int hours, bool free)
    {
        await using var town = await SpaceTown.StartAsync(provider, server);
        var start = Instant.FromUtc(2026, 11, 26, 12, 0);
        await using (var db = town.Services.GetRequiredService<KeraStore>().OpenContext())
        {
            db.Bookings.Add(new BookingRow
            {
                Key = "before",
                Space = "court-1",
                State = BookingState.Confirmed,
                Begin = DistrictCalendar.ToMicroseconds(start - Duration.FromHours(3)),
                End = DistrictCalendar.ToMicroseconds(start - Duration.FromHours(1)),
                BufferAfter = Duration.FromHours(hours).BclCompatibleTicks / 10,
            });
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var outcome = await town.Register.BookAsync(new BookingRequest("court-1", new Interval(start, start + Duration.FromHours(1))), new BookingDetails(1, "", ""), SpaceTown.Person(1), TestContext.Current.CancellationToken);

        Assert.Equal(free, outcome.Booking is not null);
    }

    private static int EquipmentOf(BookingRow row, string key) =>
        row.Equipment.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => each.Split(':')).Where(parts => parts[0] == key)
            .Sum(parts => int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
}

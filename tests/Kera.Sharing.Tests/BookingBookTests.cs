using CsCheck;
using NodaTime;
using static Kera.Sharing.Tests.Hall;

namespace Kera.Sharing.Tests;

/// <summary>Trees and books: what they refuse, and that a book that was changed is as one that was made anew.</summary>
public sealed class BookingBookTests
{
    private static readonly string[] s_spaces = ["hall", "court-a", "court-b", "room"];

    [Fact]
    public void A_book_that_was_changed_answers_as_one_made_anew() => Gen.Int[0, int.MaxValue].Sample(
        seed =>
        {
            var random = new Random(seed);
            var tree = Tree(new() { Limits = [new BookingsAtOnce(LimitOf.Person, 5, ["court"])] }, OpeningHours.Always);
            var (book, bookings) = (new BookingBook(tree, []), new Dictionary<string, Booking>());
            for (var step = 0; step < 60; step++)
            {
                var id = $"b{random.Next(20)}";
                var begin = At(Day, 0) + Duration.FromMinutes(30 * random.Next(48));
                var booking = new Booking(id, s_spaces[random.Next(4)], new(begin, begin + Duration.FromMinutes(30 * random.Next(1, 6))), State: (BookingState)random.Next(6))
                {
                    BufferAfter = Duration.FromMinutes(random.Next(90)),
                    Equipment = random.Next(2) == 0 ? [] : [new("chairs", random.Next(1, 12)), new("chairs", 1)],
                    Person = random.Next(2) == 0 ? "anna" : null,
                    Group = random.Next(2) == 0 ? "choir" : null,
                };
                var before = book;
                if (!bookings.Remove(id))
                {
                    (book, bookings[id]) = (book.Add(booking), booking);
                }
                else if (random.Next(2) == 0)
                {
                    book = book.Remove(id);
                }
                else
                {
                    (book, bookings[id]) = (book.Replace(booking), booking);
                }

                Assert.NotSame(before, book);
            }

            var anew = new BookingBook(tree, bookings.Values);
            Assert.Equal(anew.Count, book.Count);
            foreach (var space in s_spaces)
            {
                var wish = new StartWish(Day, Day) { Duration = Duration.FromHours(1), Equipment = [new("chairs", 6)] };
                Assert.Equal(OfferedStarts.Of(anew, space, wish, Anna, Now).Starts, OfferedStarts.Of(book, space, wish, Anna, Now).Starts);
                Assert.Equal(anew.Occupying(space, Time(0, 24), Now).Select(booking => booking.Id).Order(), book.Occupying(space, Time(0, 24), Now).Select(booking => booking.Id).Order());
            }
        },
        iter: 300);

    [Fact]
    public void A_reader_keeps_the_book_it_began_with()
    {
        var book = Book(null, Booked("b", "room", Time(10, 11)));

        _ = book.Remove("b");

        Assert.False(book.Allows("room", Time(10, 11)));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var book = Book(null, Booked("b", "room", Time(10, 11)));

        Assert.Contains("twice", Assert.Throws<SharingException>(() => book.Add(Booked("b", "hall", Time(10, 11)))).Message, StringComparison.Ordinal);
        Assert.Contains("no space 'attic'", Assert.Throws<SharingException>(() => book.Add(Booked("c", "attic", Time(10, 11)))).Message, StringComparison.Ordinal);
        Assert.Contains("no time", Assert.Throws<SharingException>(() => book.Add(Booked("c", "hall", Time(10, 10)))).Message, StringComparison.Ordinal);
        Assert.Contains("no booking 'c'", Assert.Throws<SharingException>(() => book.Remove("c")).Message, StringComparison.Ordinal);
        Space One(string key, string? parent) => new(key, "hall", new()) { Parent = parent };
        Assert.Contains("part of itself", Assert.Throws<SharingException>(() => new SpaceTree(Helsinki, [One("a", "b"), One("b", "a")])).Message, StringComparison.Ordinal);
        Assert.Contains("part of itself", Assert.Throws<SharingException>(() => new SpaceTree(Helsinki, [One("a", "a")])).Message, StringComparison.Ordinal);
        Assert.Contains("no such space", Assert.Throws<SharingException>(() => new SpaceTree(Helsinki, [One("a", "b")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tree_knows_what_is_above_and_below()
    {
        var tree = Tree();

        Assert.Equal(["hall"], tree.Ancestors("court-a").Select(space => space.Key));
        Assert.Equal(["court-a", "court-b"], tree.Descendants("hall").Select(space => space.Key));
        Assert.True(tree.Meet("hall", "court-a"));
        Assert.False(tree.Meet("court-a", "court-b"));
    }
}

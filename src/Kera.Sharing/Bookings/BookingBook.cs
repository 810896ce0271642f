using System.Collections.Immutable;
using NodaTime;

namespace Kera.Sharing;

/// <summary>
/// All bookings of a tree of spaces, by space, by equipment and by who booked. It never changes: adding and removing give another book that
/// shares all it can, so that a reader keeps what it began with. Building it is O(n log n); a change copies the bookings of one space.
/// </summary>
public sealed class BookingBook
{
    private readonly SpaceBookings[] _bySpace;
    private readonly ImmutableDictionary<string, SpaceBookings> _byEquipment;
    private readonly ImmutableDictionary<string, ImmutableArray<Booking>> _byPerson;
    private readonly ImmutableDictionary<string, ImmutableArray<Booking>> _byGroup;
    private readonly ImmutableDictionary<string, Booking> _byId;

    /// <summary>Puts bookings in a book. Cancelled and denied ones may be among them.</summary>
    /// <exception cref="SharingException">A booking is of a space that is not there, has no length, has an id that another has, or a buffer below zero.</exception>
    public BookingBook(SpaceTree spaces, IEnumerable<Booking> bookings)
    {
        Spaces = spaces;
        var byId = ImmutableDictionary.CreateBuilder<string, Booking>(StringComparer.Ordinal);
        var bySpace = new List<Booking>?[spaces.Spaces.Count];
        var byEquipment = new Dictionary<string, List<Booking>>(StringComparer.Ordinal);
        foreach (var booking in bookings)
        {
            var number = Check(spaces, booking);
            if (byId.ContainsKey(booking.Id))
            {
                throw Twice(booking);
            }

            byId.Add(booking.Id, booking);
            if (booking.State is BookingState.Cancelled or BookingState.Denied)
            {
                continue;
            }

            (bySpace[number] ??= []).Add(booking);
            foreach (var key in booking.EquipmentKeys)
            {
                if (!byEquipment.TryGetValue(key, out var users))
                {
                    byEquipment[key] = users = [];
                }

                users.Add(booking);
            }
        }

        _byId = byId.ToImmutable();
        _bySpace = [.. bySpace.Select(list => list is null ? SpaceBookings.Empty : SpaceBookings.Of(list))];
        _byEquipment = byEquipment.ToImmutableDictionary(pair => pair.Key, pair => SpaceBookings.Of(pair.Value), StringComparer.Ordinal);
        _byPerson = By(booking => booking.Person);
        _byGroup = By(booking => booking.Group);

        ImmutableDictionary<string, ImmutableArray<Booking>> By(Func<Booking, string?> key) => bySpace.SelectMany(list => list ?? [])
            .Where(booking => key(booking) is not null)
            .GroupBy(booking => key(booking)!, StringComparer.Ordinal)
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableArray(), StringComparer.Ordinal);
    }

    private BookingBook(BookingBook book, SpaceBookings[] bySpace, Change change)
    {
        (Spaces, _bySpace) = (book.Spaces, bySpace);
        _byId = change.Put is { } put ? book._byId.Add(put.Id, put) : book._byId.Remove(change.Booking.Id);
        if (change.Booking.State is BookingState.Cancelled or BookingState.Denied)
        {
            (_byEquipment, _byPerson, _byGroup) = (book._byEquipment, book._byPerson, book._byGroup);
            return;
        }

        var byEquipment = book._byEquipment;
        foreach (var key in change.Booking.EquipmentKeys)
        {
            byEquipment = byEquipment.SetItem(key, Changed(byEquipment.GetValueOrDefault(key, SpaceBookings.Empty), change));
        }

        _byEquipment = byEquipment;
        _byPerson = Changed(book._byPerson, change.Booking.Person, change);
        _byGroup = Changed(book._byGroup, change.Booking.Group, change);
    }

    /// <summary>The spaces.</summary>
    public SpaceTree Spaces { get; }

    /// <summary>How many bookings it has, cancelled and denied ones among them.</summary>
    public int Count => _byId.Count;

    /// <summary>A booking by its id, or null.</summary>
    public Booking? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The book with one booking more.</summary>
    /// <exception cref="SharingException">As when a book is made.</exception>
    public BookingBook Add(Booking booking)
    {
        var number = Check(Spaces, booking);
        return _byId.ContainsKey(booking.Id) ? throw Twice(booking) : With(number, new(booking, booking));
    }

    /// <summary>The book without a booking.</summary>
    /// <exception cref="SharingException">There is no such booking.</exception>
    public BookingBook Remove(string id)
    {
        var booking = Find(id) ?? throw new SharingException($"There is no booking '{id}'.");
        return With(Spaces.NumberOf(booking.Space), new(booking, null));
    }

    /// <summary>The book with a booking as it is now instead of the one with its id.</summary>
    /// <exception cref="SharingException">There is no such booking, or as when a book is made.</exception>
    public BookingBook Replace(Booking booking) => Remove(booking.Id).Add(booking);

    /// <summary>What occupies a space in a time, buffers left aside, in the order of beginnings: bookings of the space, of what it is a part of, and of its parts.</summary>
    /// <exception cref="SharingException">There is no such space.</exception>
    public IReadOnlyList<Booking> Occupying(string space, Interval time, Instant now)
    {
        var found = new List<Booking>();
        foreach (var related in Spaces.Related(Spaces.NumberOf(space)))
        {
            foreach (ref readonly var booked in _bySpace[related].Around(Ticks.Of(time.Start), Ticks.Of(time.End)))
            {
                if (booked.Booking.Time.Start < time.End && time.Start < booked.Booking.Time.End && booked.Booking.Occupies(now))
                {
                    found.Add(booked.Booking);
                }
            }
        }

        return [.. found.OrderBy(booking => booking.Time.Start)];
    }

    internal SpaceBookings Of(int space) => _bySpace[space];

    internal SpaceBookings OfEquipment(string key) => _byEquipment.GetValueOrDefault(key, SpaceBookings.Empty);

    internal IReadOnlyList<Booking> OfPerson(string person) => _byPerson.GetValueOrDefault(person, []);

    internal IReadOnlyList<Booking> OfGroup(string group) => _byGroup.GetValueOrDefault(group, []);

    private static int Check(SpaceTree spaces, Booking booking)
    {
        if (!booking.Time.HasStart || !booking.Time.HasEnd || booking.Time.Duration <= Duration.Zero)
        {
            throw new SharingException($"The booking '{booking.Id}' has no time. Let it end after it begins.");
        }

        return booking.BufferBefore < Duration.Zero || booking.BufferAfter < Duration.Zero
            ? throw new SharingException($"The booking '{booking.Id}' has a buffer below zero.")
            : spaces.NumberOf(booking.Space);
    }

    private static SharingException Twice(Booking booking) => new($"The booking '{booking.Id}' is there twice. Give each an id of its own, or replace it.");

    private static SpaceBookings Changed(SpaceBookings bookings, Change change) => change.Put is { } put ? bookings.Add(put) : bookings.Remove(change.Booking);

    private static ImmutableDictionary<string, ImmutableArray<Booking>> Changed(ImmutableDictionary<string, ImmutableArray<Booking>> lists, string? key, Change change)
    {
        if (key is null)
        {
            return lists;
        }

        var list = lists.GetValueOrDefault(key, []);
        return lists.SetItem(key, change.Put is { } put ? list.Add(put) : list.RemoveAll(booking => booking.Id == change.Booking.Id));
    }

    private BookingBook With(int number, Change change)
    {
        if (change.Booking.State is BookingState.Cancelled or BookingState.Denied)
        {
            return new(this, _bySpace, change);
        }

        SpaceBookings[] bySpace = [.. _bySpace];
        bySpace[number] = Changed(bySpace[number], change);
        return new(this, bySpace, change);
    }

    // A booking that comes, or one that goes.
    private readonly record struct Change(Booking Booking, Booking? Put);
}

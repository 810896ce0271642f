using Kera.Base.District;
using Kera.Base.Figures;
using Kera.Base.Ledger;
using Kera.Base.Ui;
using Kera.Flows;
using Kera.Sharing;
using NodaTime;

namespace Kera.Features.Spaces;

/// <summary>Spaces and bookings in the reader's words.</summary>
internal static class SpaceWords
{
    private const int MinutesInHour = 60;

    public static string Name(PageContext page, DistrictSpaces spaces, string key) => spaces.Spaces.GetValueOrDefault(key)?.Name.In(page.Language.Code) ?? key;

    public static string Place(PageContext page, Catalog catalog, string place) => catalog.Find(catalog.Places, place)?.Row.Name(page.Language) ?? place;

    public static string Euros(PageContext page, decimal euros) => page.Formats.Amount(new Quantity((long)(euros * Quantity.One)), "EUR", 2);

    /// <summary>What is paid: free of charge is said in words.</summary>
    public static string Price(PageContext page, decimal euros) => euros == 0 ? page.Texts["spaces.free"] : Euros(page, euros);

    /// <summary>A duration as one says it: hours where it is whole ones, else hours and minutes, days where it is long.</summary>
    public static string Length(PageContext page, Duration duration)
    {
        var minutes = (long)duration.TotalMinutes;
        const int MinutesInDay = 24 * MinutesInHour;
        return minutes % MinutesInDay == 0 && minutes > MinutesInDay ? page.Texts.Count("spaces.days", minutes / MinutesInDay, ("count", page.Formats.Number(minutes / MinutesInDay)))
            : minutes < MinutesInHour ? page.Texts.Format("spaces.minutes", ("count", page.Formats.Number(minutes)))
            : minutes % MinutesInHour == 0 ? page.Texts.Format("spaces.hours", ("count", page.Formats.Number(minutes / MinutesInHour)))
            : page.Texts.Format("spaces.hours.minutes", ("hours", page.Formats.Number(minutes / MinutesInHour)), ("minutes", page.Formats.Number(minutes % MinutesInHour)));
    }

    /// <summary>A day with its weekday.</summary>
    public static string Day(PageContext page, LocalDate date) => page.Texts.Format("spaces.day", ("weekday", page.Texts.Of("spaces.weekday", date.DayOfWeek.ToString())), ("date", page.Formats.Date(date)));

    /// <summary>A time with its day; its end has a day where that is another.</summary>
    public static string Time(PageContext page, Interval time)
    {
        var zone = page.Formats.Zone;
        var (begin, end) = (time.Start.InZone(zone).Date, time.End.InZone(zone));
        // Midnight is the end of the day that it ends.
        var sameDay = end.Date == begin || (end.TimeOfDay == LocalTime.Midnight && end.Date == begin.PlusDays(1));
        return page.Texts.Format(
            "spaces.time",
            ("day", Day(page, begin)),
            ("begin", page.Formats.Time(time.Start)),
            ("end", sameDay ? page.Formats.Time(time.End) : page.Formats.Moment(time.End)));
    }

    /// <summary>What an hour of a space costs the climate; null where nobody tells.</summary>
    public static string? Footprint(PageContext page, FigureValue? figure) => figure is null ? null : page.Formats.Prose(figure.Quantity, figure.Unit);

    /// <summary>Why a time may not be booked: the rule, with its values.</summary>
    public static string Refusal(PageContext page, DistrictSpaces spaces, BookingRefusal refusal)
    {
        var keys = refusal.Keys ?? [];
        return page.Texts.FormatStored("spaces.refusal", refusal.Code.ToString(), new Dictionary<string, string>
        {
            ["from"] = refusal.From is { } from ? page.Formats.Moment(from) : "",
            ["until"] = refusal.Until is { } until ? page.Formats.Moment(until) : "",
            ["is"] = refusal.Is is { } length ? Length(page, length) : "",
            ["limit"] = refusal.Limit is { } limit ? Length(page, limit) : "",
            ["count"] = refusal.Count is { } count ? page.Formats.Number(count) : "",
            ["most"] = refusal.Most is { } most ? page.Formats.Number(most) : "",
            ["space"] = refusal.Key is { } space ? Name(page, spaces, space) : "",
            ["equipment"] = refusal.Key is { } thing ? spaces.Equipment.GetValueOrDefault(thing)?.Name.In(page.Language.Code) ?? "" : "",
            ["who"] = string.Join(", ", keys.Select(key => spaces.Audiences.GetValueOrDefault(key)?.Name.In(page.Language.Code) ?? key)),
        });
    }

    /// <summary>A thing that can be booked with a space.</summary>
    public static string Thing(PageContext page, DistrictSpaces spaces, string thing) => spaces.Equipment[thing].Name.In(page.Language.Code);

    /// <summary>How many pieces of a thing there are, and what each costs.</summary>
    public static string ThingHint(PageContext page, DistrictSpaces spaces, string thing, Interval time) => page.Texts.Format(
        "spaces.pieces.hint",
        ("count", page.Formats.Number(spaces.Tree.Equipment.Single(each => each.Key == thing).Pieces)),
        ("price", Price(page, PriceQuote.LineOf(spaces.Equipment[thing].Prices, time, page.Formats.Zone, [])?.Gross ?? 0)));

    /// <summary>The spaces that an agent keeps, to choose among.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Kept(PageContext page, DistrictSpaces spaces, string agent) =>
        [.. spaces.Spaces.Values.Where(space => space.Keeper == agent).Select(space => KeyValuePair.Create(space.Key, space.Name.In(page.Language.Code)))];

    /// <summary>Who comes, for the keeper: a name, what staff wrote, or what kind of booking it is.</summary>
    public static string Who(PageContext page, BookingView booking, IReadOnlyDictionary<int, string> names) =>
        booking.AgentId is { } id && names.TryGetValue(id, out var name) ? name
        : booking is { AgentId: null, Purpose.Length: > 0 } ? booking.Purpose
        : page.Texts.Of("spaces.kind", booking.Booking.Kind.ToString());

    /// <summary>What equipment a booking takes.</summary>
    public static string Equipment(PageContext page, DistrictSpaces spaces, IEnumerable<EquipmentUse> uses) => string.Join(", ", uses.Select(use =>
        page.Texts.Format("spaces.pieces", ("count", page.Formats.Number(use.Pieces)), ("thing", spaces.Equipment.GetValueOrDefault(use.Equipment)?.Name.In(page.Language.Code) ?? use.Equipment))));

    /// <summary>Why a booking may not be cancelled.</summary>
    public static string Refusal(PageContext page, StateRefusal refusal) =>
        page.Texts.FormatStored("spaces.unchanged", refusal.Code.ToString(), new Dictionary<string, string> { ["until"] = refusal.Until is { } until ? page.Formats.Moment(until) : "" });

    /// <summary>How one gets in on the day of a booking; null where nobody says.</summary>
    public static string? Access(PageContext page, DistrictSpace space, LocalDate day) => AccessTypes.On(space.Access, day) is { } type ? page.Texts.Of("spaces.access", type.ToString()) : null;
}

using System.Globalization;
using Kera.Base.District;
using Kera.Base.Ledger;
using Kera.Base.Requests;
using Kera.Base.Store;
using Kera.Base.Ui;
using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Homes;

/// <summary>What homes, rooms and reports are called.</summary>
internal static class HomeWords
{
    public static string Place(PageContext page, Catalog catalog, string key) => catalog.Find(catalog.Places, key)?.Row.Name(page.Language) ?? key;

    public static string Agent(PageContext page, Catalog catalog, string key) => catalog.Find(catalog.Agents, key)?.Row.Name(page.Language) ?? key;

    public static string Kind(PageContext page, Catalog catalog, string key) => catalog.Find(catalog.Specifications, key)?.Row.Name(page.Language) ?? key;

    public static string Network(PageContext page, Catalog catalog, string key) => catalog.Find(catalog.Resources, key)?.Row.Name(page.Language) ?? key;

    public static string Room(PageContext page, HomeRoom room) => page.Texts.Of("homes.room", room.ToString());

    public static string Feeling(PageContext page, string kind) => page.Texts.OfStored("ask", kind);

    /// <summary>Room and feeling in a few words.</summary>
    public static string Plain(PageContext page, RoomFeeling feeling, HomeRoom room) => Texts.WithoutSoftHyphens($"{Room(page, room)}: {Feeling(page, RoomReports.WordOf(feeling))}");

    public static string Name(PageContext page, HeldReport held) => $"{Room(page, held.Report.Room)}: {Feeling(page, held.Request.Kind)}";

    /// <summary>Who has a report, since when, and by when it is answered; or when it was.</summary>
    public static string Holds(PageContext page, Catalog catalog, RequestView request, Instant now)
    {
        var formats = page.Formats;
        var keeper = Agent(page, catalog, request.Holder.Agent!);
        return request.Answered is { } answered
            ? page.Texts.Format("homes.report.answered", ("time", formats.Moment(answered)), ("keeper", keeper))
            : page.Texts.Format(
                request.IsLate(now) ? "homes.report.late" : request.TakenById is null ? "homes.report.waits" : "homes.report.taken",
                ("keeper", keeper), ("since", formats.Moment(request.Steps[^1].At)), ("day", formats.Date(RequestBook.LastDay(request.Due, formats.Zone))));
    }

    /// <summary>What the thermometer said.</summary>
    public static string Measured(PageContext page, MeasuredRoom measured) => page.Texts.Format(
        "homes.report.measured",
        ("newest", Degrees(page, measured.Newest)), ("time", page.Formats.Moment(InstantPattern.General.Parse(measured.At).Value)), ("lowest", Degrees(page, measured.Lowest)), ("highest", Degrees(page, measured.Highest)));

    public static string Degrees(PageContext page, decimal degrees) => page.Formats.Amount(new Quantity((long)(Math.Round(degrees, 1) * Quantity.One)), "Cel", 1);

    /// <summary>An amount for the eye: a tenth, or a hundredth of what is counted in cubic metres.</summary>
    public static string Use(PageContext page, Quantity use, string unit) => page.Formats.Number(Rounded(use.ToDecimal(), unit == "m3" ? 3 : 1), unit == "m3" ? 3 : 1);

    public static string Euros(PageContext page, decimal euros) => page.Formats.Amount(Rounded(euros, 2), "EUR", 2);

    public static string Number(PageContext page, decimal value, int decimals) => page.Formats.Number(Rounded(value, decimals), decimals);

    public static Quantity Rounded(decimal value, int decimals) => new((long)(Math.Round(value, decimals, MidpointRounding.AwayFromZero) * Quantity.One));

    /// <summary>What a bar is of: an hour, a day or a month.</summary>
    public static string Bar(PageContext page, HomePeriod period, Instant start)
    {
        var local = start.InZone(page.Formats.Zone);
        return period.Span switch
        {
            HomeSpan.Day => page.Formats.Time(local.TimeOfDay),
            HomeSpan.Month => page.Formats.Date(local.Date),
            _ => page.Formats.Month(local.Date),
        };
    }

    /// <summary>A stretch of time by name.</summary>
    public static string Period(PageContext page, HomePeriod period) => period.Span switch
    {
        HomeSpan.Day => page.Formats.Date(period.First),
        HomeSpan.Month => page.Formats.Month(period.First),
        _ => period.First.Year.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>What stands beneath the bars: not under each where they are many.</summary>
    public static (string? Label, bool Minor) Axis(PageContext page, HomePeriod period, Instant start)
    {
        var local = start.InZone(page.Formats.Zone);
        return period.Span switch
        {
            HomeSpan.Day => (local.Hour % 6 == 0 ? Formats.Two(local.Hour) : null, local.Hour % 12 != 0),
            HomeSpan.Month => (local.Day % 5 == 0 || local.Day == 1 ? local.Day.ToString(CultureInfo.InvariantCulture) : null, local.Day % 10 != 0),
            _ => (local.Month.ToString(CultureInfo.InvariantCulture), local.Month % 3 != 0),
        };
    }

    /// <summary>What a share of the use is known of, where it is not all of it; null where it is.</summary>
    public static string? Share(PageContext page, Quantity part, Quantity whole) => part == whole ? null : page.Formats.Percent(part, whole);

    /// <summary>What values of Series rest on.</summary>
    public static Quality Of(SeriesQuality quality) => quality switch
    {
        SeriesQuality.Measured => Quality.Measured,
        SeriesQuality.Estimated => Quality.Estimated,
        _ => Quality.Synthetic,
    };
}

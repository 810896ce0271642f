using System.Globalization;
using System.Text;
using Kera.Flows;
using NodaTime;

namespace Kera.Base.Ui;

/// <summary>
/// Writes numbers, amounts and times as a language writes them. Its own, exact on <see cref="Quantity"/>, because the
/// tables of the operating system differ between machines. Every space inside a number or before a unit is U+00A0.
/// </summary>
/// <param name="language">Whose customs.</param>
/// <param name="zone">The zone of every time written.</param>
public sealed partial class Formats(Language language, DateTimeZone zone)
{
    private const char NoBreakSpace = '\u00A0';
    private const char Minus = '\u2212';

    private static readonly string[][] Ladders = [["Wh", "kWh", "MWh", "GWh"], ["g", "kg", "t"], ["g{CO2e}", "kg{CO2e}", "t{CO2e}"], ["m", "km"]];

    private readonly Texts _texts = Texts.For(language);
    private readonly bool _english = language == Language.English;

    /// <summary>The zone of every time written.</summary>
    public DateTimeZone Zone => zone;

    /// <summary>How many decimals the finest of the amounts needs, 0 to 6: a column is written with as many.</summary>
    public static int Decimals(IEnumerable<Quantity> quantities)
    {
        var decimals = 0;
        foreach (var quantity in quantities)
        {
            while (decimals < 6 && quantity.Millionths % PowerOfTen(6 - decimals) != 0)
            {
                decimals++;
            }
        }

        return decimals;
    }

    /// <summary>An amount in full, never rounded.</summary>
    /// <param name="quantity">The amount.</param>
    /// <param name="decimals">At least so many decimals.</param>
    public string Number(Quantity quantity, int decimals = 0)
    {
        decimals = Math.Max(decimals, Decimals([quantity]));
        var digits = UInt128.CreateChecked(Int128.Abs(quantity.Millionths));
        return Compose(quantity.Millionths < 0, (long)(digits / Quantity.One), (long)(digits % Quantity.One), decimals);
    }

    /// <summary>An amount for the eye, rounded to whole units from a thousand, to a tenth from ten, else to a thousandth.</summary>
    public string Rounded(Quantity quantity)
    {
        var value = quantity.ToDecimal();
        var decimals = Math.Abs(value) switch { >= 1_000 => 0, >= 10 => 1, _ => 3 };
        return Number(new Quantity((long)(Math.Round(value, decimals, MidpointRounding.AwayFromZero) * Quantity.One)));
    }

    /// <summary>A whole number.</summary>
    public string Number(long number) => Compose(number < 0, Math.Abs(number), 0, 0);

    /// <summary>An amount in full with its unit.</summary>
    public string Amount(Quantity quantity, string unit, int decimals = 0) => WithUnit(Number(quantity, decimals), unit);

    /// <summary>An amount as a sentence says it: three significant digits, in the unit that keeps it short.</summary>
    public string Prose(Quantity quantity, string unit)
    {
        var value = quantity.ToDecimal();
        var ladder = Array.Find(Ladders, steps => steps.Contains(unit)) ?? [];
        for (var next = Array.IndexOf(ladder, unit) + 1; next > 0 && next < ladder.Length && Math.Abs(value) >= 10_000; next++)
        {
            value /= 1_000;
            unit = ladder[next];
        }

        var rounded = ThreeDigits(value);
        return WithUnit(Number(new Quantity((long)(rounded * Quantity.One))), unit);
    }

    /// <summary>A share of a whole as a rounded percentage; what is less than half of one is “under 1”.</summary>
    public string Percent(Quantity part, Quantity whole)
    {
        var percent = whole == Quantity.Zero ? 0 : Math.Round(part.ToDecimal() * 100 / whole.ToDecimal(), MidpointRounding.AwayFromZero);
        var tiny = percent == 0 && part > Quantity.Zero;
        var number = tiny ? _texts["number.underOne"] : Number((long)percent);
        return _english ? number + "%" : $"{number}{NoBreakSpace}%";
    }

    /// <summary>The symbol of a unit, by its UCUM code; of a ratio both with a stroke between.</summary>
    public string Unit(string code) => code switch
    {
        "1" or "d" or "{person}.km" or "{resident}" or "{job}" => _texts.Of("unit", code),
        "m2" => "m²",
        "m3" => "m³",
        "har" => "ha",
        "t.km" => "tkm",
        "EUR" => "€",
        "Cel" => "°C",
        _ when code.Contains('/', StringComparison.Ordinal) => string.Join('/', code.Split('/').Select(Unit)),
        // What is in braces says of what: kg{CO2e}.
        _ => code.Replace("{", $"{NoBreakSpace}", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal),
    };

    /// <summary>A day in figures: <c>24.11.2026</c>, in English <c>24 Nov 2026</c>.</summary>
    public string Date(LocalDate date) => _english
        ? $"{date.Day}{NoBreakSpace}{_texts.Of("month.short", Two(date.Month))} {date.Year}"
        : $"{date.Day}.{date.Month}.{date.Year}";

    /// <summary>A time of day: <c>14.05</c> in Finnish, <c>14:05</c> else.</summary>
    public string Time(LocalTime time) => $"{Two(time.Hour)}{(language == Language.Finnish ? '.' : ':')}{Two(time.Minute)}";

    /// <summary>A time of day in the district's zone. What the clock shows twice, where summer time ends, says which of the two it is.</summary>
    public string Time(Instant instant)
    {
        var local = instant.InZone(zone).LocalDateTime;
        var time = Time(local.TimeOfDay);
        return zone.MapLocal(local).Count < 2 ? time
            : _texts.Format(zone.GetZoneInterval(instant).Savings > Offset.Zero ? "time.summer" : "time.winter", ("time", time));
    }

    /// <summary>A moment in the district's zone, to the minute.</summary>
    public string Moment(Instant instant) => _texts.Format("time.moment", ("date", Date(instant.InZone(zone).Date)), ("time", Time(instant)));

    /// <summary>A moment as its day alone, or to the minute.</summary>
    public string When(Instant instant, bool wholeDay) => wholeDay ? Date(instant.InZone(zone).Date) : Moment(instant);

    /// <summary>A month and its year: <c>marraskuu 2026</c>.</summary>
    public string Month(LocalDate date) => $"{_texts.Of("month.name", Two(date.Month))}{NoBreakSpace}{date.Year}";

    /// <summary>When, in the midst of a sentence: <c>marraskuussa 2026</c>, <c>in November 2026</c>.</summary>
    public string InMonth(LocalDate date) =>
        _texts.Format("time.inMonth", ("month", _texts.Of("month.name", Two(date.Month))), ("year", Year(date)));

    /// <summary>When, in the midst of a sentence: <c>24.11.2026</c>, <c>on 24 November 2026</c>.</summary>
    public string OnDay(LocalDate date) =>
        _texts.Format("time.onDay", ("day", Number(date.Day)), ("month", _texts.Of("month.name", Two(date.Month))), ("number", Number(date.Month)), ("year", Year(date)));

    /// <summary>When, in the midst of a sentence: <c>vuonna 2026</c>, <c>in 2026</c>.</summary>
    public string InYear(LocalDate date) => _texts.Format("time.inYear", ("year", Year(date)));

    /// <summary>From one to another, without a break at the dash: <c>17:00–18:30</c>.</summary>
    /// <param name="from">The first, as it is written.</param>
    /// <param name="to">The last.</param>
    public static string Span(string from, string to) => $"{from}–\u2060{to}";

    /// <summary>Two digits, as of an hour.</summary>
    public static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static string Year(LocalDate date) => date.Year.ToString(CultureInfo.InvariantCulture);

    private static long PowerOfTen(int exponent)
    {
        var power = 1L;
        for (; exponent > 0; exponent--)
        {
            power *= 10;
        }

        return power;
    }

    private static decimal ThreeDigits(decimal value)
    {
        var scale = 1m;
        while (Math.Abs(value) >= 1_000 * scale)
        {
            scale *= 10;
        }

        while (value != 0 && Math.Abs(value) < 100 * scale && scale > 0.0001m)
        {
            scale /= 10;
        }

        return Math.Round(value / scale, MidpointRounding.AwayFromZero) * scale;
    }

    private string WithUnit(string number, string unit) => (unit, _english) switch
    {
        ("EUR", true) => "€" + number,
        ("%", true) => number + "%",
        _ => $"{number}{NoBreakSpace}{Unit(unit)}",
    };

    private string Compose(bool negative, long whole, long millionths, int decimals)
    {
        var digits = whole.ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        if (negative)
        {
            text.Append(Minus);
        }

        for (var at = 0; at < digits.Length; at++)
        {
            if (at > 0 && (digits.Length - at) % 3 == 0)
            {
                text.Append(_english ? ',' : NoBreakSpace);
            }

            text.Append(digits[at]);
        }

        if (decimals > 0)
        {
            text.Append(_english ? '.' : ',').Append(millionths.ToString("000000", CultureInfo.InvariantCulture).AsSpan(0, decimals));
        }

        return text.ToString();
    }
}

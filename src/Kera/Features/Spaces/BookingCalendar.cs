using System.Text;
using Kera.Base.Ui;
using Kera.Sharing;
using NodaTime;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>Something in a calendar.</summary>
/// <param name="Uid">Its id, the same through all changes.</param>
/// <param name="Stamp">When it last changed.</param>
/// <param name="Time">When it is.</param>
/// <param name="Summary">What it is called.</param>
/// <param name="Status"><c>CONFIRMED</c>, <c>TENTATIVE</c> or <c>CANCELLED</c>.</param>
/// <param name="Sequence">How often it changed: the later state takes the place of the earlier.</param>
/// <param name="Url">Where more is told; empty for nowhere.</param>
internal sealed record CalendarEntry(string Uid, Instant Stamp, Interval Time, string Summary, string Status, int Sequence, string Url);

/// <summary>What a calendar file that tells of a change says of itself (RFC 5546).</summary>
/// <param name="Method"><c>PUBLISH</c> or <c>CANCEL</c>.</param>
/// <param name="Organizer">Who keeps what is booked.</param>
/// <param name="Address">Where they are reached, as an address with its scheme.</param>
internal sealed record CalendarHead(string Method, string Organizer, string Address);

/// <summary>Bookings as iCalendar (RFC 5545). Times are UTC, which every calendar turns into the reader's own.</summary>
internal static class BookingCalendar
{
    private const int LongestLine = 75;
    private static readonly InstantPattern s_stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    /// <summary>One's own booking.</summary>
    public static CalendarEntry Entry(BookingView booking, string summary, string url) => new(
        $"booking-{booking.Key}@kera",
        booking.Changed,
        booking.Booking.Time,
        summary,
        booking.Booking.State switch
        {
            BookingState.Confirmed => "CONFIRMED",
            BookingState.Cancelled or BookingState.Denied => "CANCELLED",
            _ => "TENTATIVE",
        },
        booking.Sequence,
        url);

    /// <summary>Writes a calendar.</summary>
    /// <param name="entries">What is in it.</param>
    /// <param name="head">What it tells of a change; null for a calendar that is looked at again and again.</param>
    /// <param name="name">What a reader calls it; empty for nothing.</param>
    public static string Write(IEnumerable<CalendarEntry> entries, CalendarHead? head, string name = "")
    {
        var text = new StringBuilder();
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Kera//Spaces//EN");
        if (name.Length > 0)
        {
            Line("NAME:" + Escaped(name));
            Line("X-WR-CALNAME:" + Escaped(name));
            Line("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
        }

        if (head is not null)
        {
            Line("METHOD:" + head.Method);
        }

        foreach (var entry in entries)
        {
            Line("BEGIN:VEVENT");
            Line("UID:" + entry.Uid);
            Line("DTSTAMP:" + s_stamp.Format(entry.Stamp));
            Line("DTSTART:" + s_stamp.Format(entry.Time.Start));
            Line("DTEND:" + s_stamp.Format(entry.Time.End));
            Line("SUMMARY:" + Escaped(entry.Summary));
            Line(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SEQUENCE:{entry.Sequence}"));
            Line("STATUS:" + entry.Status);
            if (head is not null)
            {
                // A quoted value takes everything but quotes and line ends.
                Line($"ORGANIZER;CN=\"{Texts.WithoutSoftHyphens(head.Organizer).Replace('"', '\'')}\":{head.Address}");
            }

            if (entry.Url.Length > 0)
            {
                Line("URL:" + entry.Url);
            }

            Line("END:VEVENT");
        }

        Line("END:VCALENDAR");
        return text.ToString();

        // Lines end in CRLF, and a long one goes on after a space on the next, at most 75 bytes each.
        void Line(string line)
        {
            var bytes = 0;
            foreach (var rune in line.EnumerateRunes())
            {
                if (bytes + rune.Utf8SequenceLength > LongestLine)
                {
                    text.Append("\r\n ");
                    bytes = 1;
                }

                text.Append(rune.ToString());
                bytes += rune.Utf8SequenceLength;
            }

            text.Append("\r\n");
        }
    }

    private static string Escaped(string text) => Texts.WithoutSoftHyphens(text)
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}

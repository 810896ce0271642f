using System.Text;
using Kera.Base.District;
using Kera.Base.Ui;
using Kera.Sharing;
using NodaTime.Text;

namespace Kera.Features.Spaces;

/// <summary>A booking as iCalendar (RFC 5545). Its times are UTC, which every calendar turns into the reader's own.</summary>
internal static class BookingCalendar
{
    private const int LongestLine = 75;
    private static readonly InstantPattern s_stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    public static string Write(PageContext page, DistrictSpace space, BookingView booking)
    {
        var text = new StringBuilder();
        var time = booking.Booking.Time;
        Line("BEGIN:VCALENDAR");
        Line("VERSION:2.0");
        Line("PRODID:-//Kera//Spaces//EN");
        Line("METHOD:PUBLISH");
        Line("BEGIN:VEVENT");
        Line($"UID:booking-{booking.Key}@kera");
        Line("DTSTAMP:" + s_stamp.Format(booking.Changed));
        Line("DTSTART:" + s_stamp.Format(time.Start));
        Line("DTEND:" + s_stamp.Format(time.End));
        Line("SUMMARY:" + Escaped(space.Name.In(page.Language.Code)));
        // A later state of the same booking takes the place of an earlier one.
        Line("SEQUENCE:" + (booking.Booking.State is BookingState.Cancelled or BookingState.Denied ? "1" : "0"));
        Line("STATUS:" + booking.Booking.State switch
        {
            BookingState.Confirmed => "CONFIRMED",
            BookingState.Cancelled or BookingState.Denied => "CANCELLED",
            _ => "TENTATIVE",
        });
        Line("END:VEVENT");
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

using Kera.Flows;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Ledger;

/// <summary>Moments as text: RFC 3339, always with an offset, so that nobody has to guess a zone.</summary>
public static class Moments
{
    private static readonly OffsetDateTimePattern Rfc3339 = OffsetDateTimePattern.Rfc3339;

    /// <summary>Reads a moment with at most six decimals of a second.</summary>
    /// <param name="text">As <c>2026-03-29T03:00:00+03:00</c>.</param>
    /// <param name="field">The field to name in a refusal.</param>
    /// <param name="refusal">Why it cannot be read.</param>
    public static Instant? Parse(string text, string field, out Refusal? refusal)
    {
        var parsed = Rfc3339.Parse(text);
        if (!parsed.Success)
        {
            refusal = new WrongMoment(field, LocalDateTimePattern.GeneralIso.Parse(text).Success || LocalDatePattern.Iso.Parse(text).Success || LocalDateTimePattern.ExtendedIso.Parse(text).Success
                ? "has no offset from UTC, so it could mean several moments. Write it as 2026-03-29T03:00:00+03:00, or with Z for UTC."
                : "is no moment. Write it as 2026-03-29T03:00:00+03:00, or with Z for UTC.");
            return null;
        }

        var moment = parsed.Value.ToInstant();
        if (parsed.Value.NanosecondOfSecond % 1_000 != 0)
        {
            refusal = new WrongMoment(field, "is finer than a microsecond. Give at most six decimals of a second.");
            return null;
        }

        refusal = null;
        return moment;
    }

    /// <summary>The moment in UTC, as <c>2026-03-29T00:00:00Z</c>, exact.</summary>
    /// <param name="microseconds">Since 1970 UTC.</param>
    public static string Write(long microseconds) => InstantPattern.ExtendedIso.Format(DistrictCalendar.ToInstant(microseconds));
}

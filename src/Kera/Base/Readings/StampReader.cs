using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace Kera.Base.Readings;

/// <summary>
/// Reads stamps as files write them: a local date and time of one zone, or with an offset of its own, which then counts.
/// </summary>
public sealed class StampReader
{
    private static readonly LocalDateTimePattern[] Local =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
    ];

    private static readonly OffsetDateTimePattern[] WithOffset =
    [
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'sso<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mm':'sso<Z+HH:mm>"),
        OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd HH':'mmo<Z+HH:mm>"),
    ];

    private readonly DateTimeZone _zone;

    private StampReader(DateTimeZone zone) => _zone = zone;

    /// <summary>A reader for a zone: a name of the time zone database as <c>Europe/Helsinki</c>, or a fixed offset as <c>+01:00</c> or <c>Z</c>.</summary>
    public static bool TryCreate(string zone, [NotNullWhen(true)] out StampReader? reader)
    {
        reader = OffsetPattern.CreateWithInvariantCulture("Z+HH:mm").Parse(zone) is { Success: true, Value: var offset }
            ? new StampReader(DateTimeZone.ForOffset(offset))
            : DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is { } known ? new StampReader(known) : null;
        return reader is not null;
    }

    /// <summary>Reads a stamp.</summary>
    /// <param name="text">As the file has it.</param>
    /// <param name="instant">The moment.</param>
    /// <returns>Null where it was read; else what is wrong and what would be right.</returns>
    public string? Read(string text, out Instant instant)
    {
        if (TryReadWithOffset(text, out instant))
        {
            return null;
        }

        foreach (var pattern in Local)
        {
            if (pattern.Parse(text) is { Success: true, Value: var local })
            {
                return Map(local, out instant);
            }
        }

        return $"'{text}' is no time; write 2020-01-31 13:00:00, or with its offset 2020-01-31T13:00+02:00";
    }

    /// <summary>Reads a stamp that says its offset itself, as <c>2020-01-31T13:00+02:00</c>.</summary>
    public static bool TryReadWithOffset(string text, out Instant instant)
    {
        foreach (var pattern in WithOffset)
        {
            if (pattern.Parse(text) is { Success: true, Value: var stamped })
            {
                instant = stamped.ToInstant();
                return true;
            }
        }

        instant = default;
        return false;
    }

    private string? Map(LocalDateTime local, out Instant instant)
    {
        instant = default;
        var mapping = _zone.MapLocal(local);
        switch (mapping.Count)
        {
            case 0:
                return $"{local:uuuu-MM-dd HH:mm:ss} never was in {_zone.Id}, where clocks went forward over it; give stamps with their offset, or --zone as a fixed offset if the file knows no clock change";
            case 1:
                instant = mapping.Single().ToInstant();
                return null;
            default:
                return $"{local:uuuu-MM-dd HH:mm:ss} was twice in {_zone.Id}, where clocks went back; give stamps with their offset, or --zone as a fixed offset if the file knows no clock change";
        }
    }
}

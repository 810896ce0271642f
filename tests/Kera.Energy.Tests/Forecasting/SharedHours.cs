using System.Globalization;
using Kera.Energy;
using NodaTime;

namespace Kera.Generated;

/// <summary>A file of hours: a head with names, then a line for each hour, the first column its time, UTC.</summary>
internal sealed class SharedHours(string path, LocalDate first)
{
    private readonly string[] _lines = File.ReadAllLines(path);

    /// <summary>A column by its name; an empty field is a gap.</summary>
    public HourlySeries Column(string name)
    {
        var column = Array.IndexOf(_lines[0].Split(','), name);
        var values = _lines.Skip(1).Select(line => line.Split(',')[column]).Select(field => field.Length == 0 ? double.NaN : double.Parse(field, CultureInfo.InvariantCulture));
        return new HourlySeries(first.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant(), [.. values]);
    }
}

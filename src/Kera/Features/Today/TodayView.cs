using Kera.Base.District;
using Kera.Base.Figures;
using NodaTime;

namespace Kera.Features.Today;

/// <summary>A registered tile with what it shows.</summary>
/// <param name="Tile">The tile.</param>
/// <param name="Figure">Its figure; null where no feature has registered one of that name.</param>
/// <param name="Value">What it amounts to; null where nothing is recorded for it.</param>
public sealed record TodayTile(Tile Tile, Figure? Figure, FigureValue? Value);

/// <summary>What the page shows, and what it says first.</summary>
public sealed class TodayView
{
    private const int MostChanges = 4;

    /// <summary>Chooses among the tiles and the district's timeline.</summary>
    /// <param name="tiles">All tiles, in order.</param>
    /// <param name="district">What the district's files say; null where they were not read.</param>
    /// <param name="name">The district's name.</param>
    /// <param name="now">The present moment.</param>
    /// <param name="zone">The zone of its days.</param>
    public TodayView(IReadOnlyList<TodayTile> tiles, DistrictModel? district, string name, Instant now, DateTimeZone zone)
    {
        Hero = tiles.FirstOrDefault(tile => tile.Value is { Course.Count: > 0 });
        Tiles = [.. tiles.Where(tile => tile != Hero)];
        (District, Now) = (name, now);
        var today = now.InZone(zone).Date;
        Changes =
        [
            .. (district?.Timeline.Values ?? []).Where(each => each.Date.Last <= today)
                .OrderByDescending(each => each.Date.Last)
                .Take(MostChanges),
        ];
    }

    /// <summary>The large figure; null where there is none by the hour.</summary>
    public TodayTile? Hero { get; }

    /// <summary>The others.</summary>
    public IReadOnlyList<TodayTile> Tiles { get; }

    /// <summary>What changed last, the newest first.</summary>
    public IReadOnlyList<DistrictMilestone> Changes { get; }

    /// <summary>The district's name.</summary>
    public string District { get; }

    /// <summary>The present moment.</summary>
    public Instant Now { get; }

    /// <summary>How long nothing has come in; null while the large figure is fresh.</summary>
    public Duration? Silence => Hero?.Value is { } value ? FigureWords.Silence(value, Now) : null;
}

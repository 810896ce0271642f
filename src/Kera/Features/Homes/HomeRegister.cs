using System.Text.Json.Nodes;
using Kera.Base.Access;
using Kera.Base.Ledger;
using Kera.Base.People;
using Kera.Base.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Kera.Features.Homes;

/// <summary>A person's home as they say it is.</summary>
/// <param name="Place">The key of the building's place.</param>
/// <param name="Door">Which home of it; empty where unsaid.</param>
/// <param name="Kind">What kind, where it is to be compared.</param>
/// <param name="Size">How large, where it is to be compared.</param>
public sealed record Home(string Place, string Door, HomeKind? Kind, HomeSize? Size);

/// <summary>Where people live, as they say themselves.</summary>
public sealed class HomeRegister(KeraStore store, Catalog catalog, HomeBook book, IClock clock)
{
    private const int LongestDoor = 40;

    /// <summary>Where somebody lives goes with them.</summary>
    public static ErasureRule Erasure { get; } = new("home", static (db, person, cancellation) => db.Homes.Where(row => row.AgentId == person.AgentId).ExecuteDeleteAsync(cancellation));

    /// <summary>What is held of a person's home, in their export.</summary>
    public PersonalDataPart Part => new(
        "home",
        async (db, agentId, cancellation) => await db.Homes.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } row
            ? new JsonObject { ["place"] = catalog.Places.Get(row.PlaceId).Row.Key, ["door"] = row.Door, ["kind"] = row.Kind?.ToString(), ["size"] = row.Size?.ToString() }
            : null,
        static (_, _, _) => Task.FromResult<string?>(null));

    /// <summary>A person's home; null where they have said nothing.</summary>
    public async Task<Home?> FindAsync(int agentId, CancellationToken cancellation)
    {
        await using var db = store.OpenContext();
        return await db.Homes.AsNoTracking().SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation) is { } row
            ? new Home(catalog.Get(catalog.Places, row.PlaceId).Key, row.Door, row.Kind, row.Size)
            : null;
    }

    /// <summary>Says where a person lives.</summary>
    /// <exception cref="AccessException">There are no homes at the place, the door is too long, or only one of kind and size is said.</exception>
    public async Task SetAsync(int agentId, Home home, Actor actor, CancellationToken cancellation)
    {
        if (book.Buildings?.Buildings.GetValueOrDefault(home.Place) is not { Homes: true } || catalog.Find(catalog.Places, home.Place) is not { } place)
        {
            throw new AccessException("place", "Choose the building.", "homes.error.place");
        }

        var door = home.Door.Trim();
        if (door.Length > LongestDoor || door.Any(char.IsControl))
        {
            throw new AccessException("door", "Write at most 40 characters.", "homes.error.door");
        }

        if (home.Kind is null != home.Size is null)
        {
            throw new AccessException(home.Kind is null ? "kind" : "size", "Choose both kind and size, or neither.", "homes.error.group");
        }

        await using var db = store.OpenContext();
        var row = await db.Homes.SingleOrDefaultAsync(row => row.AgentId == agentId, cancellation);
        if (row is null)
        {
            db.Homes.Add(row = new HomeRow { AgentId = agentId });
        }

        var now = clock.GetCurrentInstant();
        (row.PlaceId, row.Door, row.Kind, row.Size, row.Changed) = (place.Noun.Id, door, home.Kind, home.Size, DistrictCalendar.ToMicroseconds(now));
        Audit.Add(db, actor, now, "home.set", catalog.Get(catalog.Agents, agentId).Key);
        await db.SaveChangesAsync(cancellation);
    }
}
